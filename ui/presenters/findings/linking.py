"""Linking notes to the chosen finding: which are offered, what each says of itself, and every link one undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fieldkit.app.finding_board import CitedNote, FindingView, Use, reuse_warning
from fieldkit.app.findings import NewCitation, cite, put_back, uncite
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term, Word
from fieldkit.domain.finding import Citation, Finding
from fieldkit.domain.framework import Framework
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.ids import AssessmentId, EntryId
from ui.presenters.findings.lines import excerpt
from ui.presenters.services import Session
from ui.presenters.undo import Deed
from ui.presenters.wording import ui

MOST_OFFERED = 40
"""Notes beside those that are cited, the newest that match."""
_SIDES = {Side.AGREES: "Supports it", Side.CONTRADICTS: "Contradicts it"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A note beside the chosen finding; ``side`` None = not linked. ``row`` None: it is not on this laptop."""

    note: EntryId
    row: EntryRow | None
    title: str
    status: str
    side: Side | None


def read_notes(
    questions: Questions, assessment: AssessmentId, framework: Framework, statement: str, words: str
) -> tuple[EntryRow, ...]:
    """The notes of the statement; with words to look for, those of the whole assessment that have them."""
    terms = () if words.strip() else (Term(facet=Facet.STATEMENT, values=(f"{framework.id}/{statement}",)),)
    sought = tuple(Word(text=one, is_prefix=True) for one in words.split())
    wanted = EntryFilter(assessment=assessment, terms=terms, words=sought, limit=MOST_OFFERED)
    rows: list[EntryRow] = []
    while len(rows) < MOST_OFFERED:
        walk = questions.walk(wanted)
        rows += [row for row in walk.rows if row.withdrawal is None and row.barred is None]
        if not walk.reached:
            break
        wanted = EntryFilter(assessment=assessment, terms=terms, words=sought, limit=MOST_OFFERED, before=walk.reached)
    return tuple(rows[:MOST_OFFERED])


def offered(
    view: FindingView, rows: Iterable[EntryRow], uses: dict[EntryId, tuple[Use, ...]]
) -> tuple[Offered, ...]:  # fmt: skip
    """What is cited first, then what could be."""
    cited = [_cited(one) for one in view.cited]
    there = set(view.value.notes)
    more = [
        Offered(
            note=row.entry.id, row=row, title=_title(row, row.entry.text), side=None,
            status=_and("Not linked", reuse_warning(uses.get(row.entry.id, ()), view.value.id)),
        )
        for row in rows if row.entry.id not in there
    ]  # fmt: skip
    return (*cited, *more)


class Linking:
    """Each verb writes one revision of the finding and one deed that undoes it."""

    def __init__(self, session: Session, refused: Callable[[Exception], None]) -> None:
        self._session = session
        self._refused = refused

    def link(self, view: FindingView, notes: Iterable[EntryId], side: Side, warning: str = "") -> None:
        """Cite notes, or turn them to this side."""
        wanted = [NewCitation(note=one, side=side) for one in notes]
        name = f"{ui.count(len(wanted), 'note')} linked to {view.reference}, {_SIDES[side].lower()}"
        self._do(view, lambda uow: cite(uow, view.value.id, wanted), name, warning)

    def unlink(self, view: FindingView, note: EntryId) -> None:
        """Take every citation of a note off."""
        name = f"Note taken off {view.reference}"
        self._do(view, lambda uow: uncite(uow, view.value.id, notes=[note]), name)

    def _do(self, view: FindingView, action: Callable[[Any], Finding], name: str, warning: str = "") -> None:
        before = {one.id: one for one in view.value.evidence}

        def done(made: Finding) -> None:
            after = {one.id: one for one in made.evidence}
            if after != before:
                self._session.undo.did(
                    Deed(name=name, undo=self._change(made, after, before), redo=self._change(made, before, after))
                )
            self._session.say(_and(name, warning))

        self._session.workspace.perform(action, initiator="findings", done=done, failed=self._refused)

    def _change(
        self, made: Finding, there: dict[str, Citation], wanted: dict[str, Citation]
    ) -> Callable[[], None]:  # fmt: skip
        back = [one for name, one in wanted.items() if there.get(name) != one]
        gone = [name for name in there if name not in wanted]

        def change(uow: Any) -> None:
            now = uow.questions.record(Finding.KIND, made.id).value
            put_back(uow, made.id, back)
            still = {one.id for one in now.evidence}
            if still & set(gone):
                uncite(uow, made.id, citations=[name for name in gone if name in still])

        return lambda: _ignore(self._session.workspace.perform(change, initiator="findings", failed=self._refused))


def _cited(one: CitedNote) -> Offered:
    also = "; ".join(f"also {use.words}" for use in one.elsewhere)
    row = one.row
    title = _title(row, one.words) if row is not None and one.words else f"Note {one.citation.note[-8:]}"
    part = "part of the note" if one.citation.is_part else ""
    return Offered(
        note=one.citation.note, row=row if one.words else None, title=title, side=one.citation.side,
        status=_and(_SIDES[one.citation.side], part, one.standing.value, also),
    )  # fmt: skip


def _title(row: EntryRow, words: str) -> str:
    return f"{ui.day(row.entry.noticed_at.astimezone().date())}: {excerpt(words)}"


def _and(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _ignore(_: object) -> None:
    """A step of undo gives nothing back."""
