"""What evidence a case gave: which statements and categories its notes touch, and which no other evidence does.

Following a case costs days; what it gave is asked of it in the pilots' evaluation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldkit.app.case_file import CaseFile
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term
from fieldkit.domain.coverage import NOTHING, Place
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """``notes`` of the case that count; ``items`` by cell, a note once in each; ``alone``: cells nothing else fills."""

    notes: int = 0
    items: Mapping[Place, int] = field(default_factory=dict)
    alone: frozenset[Place] = frozenset()

    @property
    def statements(self) -> frozenset[str]:
        """The statements it gave something to."""
        return frozenset(statement for statement, _ in self.items)


def given_by(questions: Questions, files: Sequence[CaseFile], framework: Framework) -> dict[RecordId, Given]:
    """What each case gave to the statements of ``framework``: notes of its activity, and those of any other about it.

    Notes that are withdrawn or held count nowhere. Called on the store lane.
    """
    owner = _owners(files)
    if not owner:
        return {}
    known = {(one.id, category.id) for one in framework for category in framework.categories}
    notes: Counter[RecordId] = Counter()
    items: dict[RecordId, Counter[Place]] = {}
    wanted = EntryFilter(
        assessment=files[0].assessment.id, terms=(Term(facet=Facet.ABOUT, values=tuple(sorted(owner))),)
    )
    for row in every_note(questions, wanted):
        cells = {(item.statement, item.category) for item in row.evidence if item.pack == framework.id} & known
        if not cells or row.withdrawal is not None or row.barred is not None:
            continue
        for case in _cases_of(row, owner):
            notes[case] += 1
            items.setdefault(case, Counter()).update(cells)
    total = questions.coverage(files[0].assessment.id, framework.id)
    return {
        case: Given(
            notes=notes[case], items=dict(counts),
            alone=frozenset(place for place, count in counts.items() if total.get(place, NOTHING).items == count),
        )
        for case, counts in items.items()
    }  # fmt: skip


def _owners(files: Sequence[CaseFile]) -> dict[str, RecordId]:
    """Whose case it is that a note about each of these belongs to."""
    found: dict[str, RecordId] = {}
    for file in files:
        if file.case is not None:
            found |= {file.case.id: file.case.id, file.activity.id: file.case.id}
            found |= {step.touchpoint.id: file.case.id for step in file.path.steps}
    return found


def _cases_of(row: EntryRow, owner: Mapping[str, RecordId]) -> set[RecordId]:
    return {owner[about] for about in (row.entry.activity, row.entry.about) if about is not None and about in owner}
