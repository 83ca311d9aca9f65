"""Gathers the evidence pack of a statement for paper (``fieldkit.reports.evidence_pack``)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fieldkit.app.coverage import coverage
from fieldkit.app.evidence_rows import EvidenceRows
from fieldkit.app.finding_board import FindingView, Standing, finding_board
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.report_notes import ReportNotes, bearing_words
from fieldkit.app.report_walls import lost_words
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.coverage import Cell
from fieldkit.domain.evidence import Acquisition, Bearing, EvidenceItem
from fieldkit.domain.finding_words import BEARINGS, STRENGTHS, Runs
from fieldkit.domain.framework import Category, Framework, Statement
from fieldkit.domain.triangulation import triangulate
from fieldkit.kernel.errors import Mistake
from fieldkit.reports.evidence_pack import EvidencePack, PackCategory, PackFinding, PackItem

_CAME = {Acquisition.HELD: "held already", Acquisition.REQUESTED: "asked for", Acquisition.COLLECTED: "collected"}


def evidence_pack(
    questions: Questions, assessment: Assessment, framework: Framework, statement: str, at: datetime
) -> EvidencePack:
    """All that is tagged to a statement and may be told. Called on the store lane.

    Raises ``Mistake('score.unknown')`` for a statement that the framework does not have.
    """
    found = framework.statement_by(statement)
    if found is None:
        raise Mistake("score.unknown", subject=statement, field="statement")
    notes = ReportNotes(questions, assessment.id, (framework,))
    rows, held, restricted = _rows(questions, notes, assessment, framework, found)
    evidence = EvidenceRows(questions, assessment.id)
    return EvidencePack(
        assessment=assessment.name, framework=framework.short_title, label=found.position, title=found.title,
        theme=framework.theme_of(found).title, descriptor=found.descriptor,
        categories=_categories(questions, notes, assessment, framework, found, rows),
        findings=_findings(questions, notes, assessment, framework, found),
        triangulation=triangulate(evidence.of_statement(rows, framework.id, found.id), framework.triangulation),
        notes=len(rows), held=held, restricted=restricted, made_at=at,
    )  # fmt: skip


def _rows(
    questions: Questions, notes: ReportNotes, assessment: Assessment, framework: Framework, statement: Statement
) -> tuple[list[EntryRow], int, int]:
    """The notes that count, by time and id; how many are held, and how many are for named people alone."""
    term = Term(facet=Facet.STATEMENT, values=(f"{framework.id}/{statement.id}",))
    found, held, restricted = [], 0, 0
    for row in every_note(questions, EntryFilter(assessment=assessment.id, terms=(term,))):
        if row.barred is not None:
            held += 1
        elif row.withdrawal is None and notes.is_restricted(row):
            restricted += 1
        elif row.withdrawal is None and _tags(row, framework, statement):
            found.append(row)
    found.sort(key=lambda row: (row.entry.noticed_at, row.entry.id))
    return found, held, restricted


def _tags(row: EntryRow, framework: Framework, statement: Statement) -> list[EvidenceItem]:
    return [one for one in row.evidence if (one.pack, one.statement) == (framework.id, statement.id)]


def _categories(
    questions: Questions, notes: ReportNotes, assessment: Assessment, framework: Framework, statement: Statement,
    rows: Iterable[EntryRow],
) -> tuple[PackCategory, ...]:  # fmt: skip
    cells = coverage(questions, assessment, framework).cells
    items: dict[str, list[PackItem]] = {}
    for row in rows:
        told = notes.note(row)
        activity = notes.activities.get(row.entry.activity)
        by_category: dict[str, list[EvidenceItem]] = {}
        for one in _tags(row, framework, statement):
            by_category.setdefault(one.category, []).append(one)
        for category, tags in by_category.items():
            items.setdefault(category, []).append(PackItem(
                note=told, activity=activity.title if activity is not None else "", says=_joined(map(_says, tags)),
                came=_joined(_CAME[one.acquisition] for one in tags),
                strengths=any(one.bearing is Bearing.STRENGTH for one in tags),
                shortfalls=any(one.bearing is Bearing.SHORTFALL for one in tags),
            ))  # fmt: skip
    return tuple(_category(one, cells[statement.id, one.id], items) for one in framework.categories)


def _category(one: Category, cell: Cell, items: dict[str, list[PackItem]]) -> PackCategory:
    return PackCategory(title=one.title, cell=cell, items=tuple(items.get(one.id, ())))


def _says(item: EvidenceItem) -> str:
    return bearing_words(item) or ("strong, neutral" if item.strong else "neutral")


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(words))


def _findings(
    questions: Questions, notes: ReportNotes, assessment: Assessment, framework: Framework, statement: Statement
) -> tuple[PackFinding, ...]:
    views = finding_board(questions, assessment.id, framework).of(statement.id)
    lost = lost_words(questions, assessment.id, notes.restricted) if views else None
    return tuple(_finding(one, lost) for one in views)


def _finding(one: FindingView, lost: Runs | None) -> PackFinding:
    is_held = any(each.standing is Standing.HELD for each in one.cited)
    is_told = not is_held and not (lost is not None and lost.are_in(one.value.claim))
    return PackFinding(
        reference=one.reference, claim=one.value.claim if is_told else "", bearing=BEARINGS[one.value.bearing],
        strength=STRENGTHS[one.strength], agree=one.triangulation.agree, against=one.triangulation.contradict,
        marks=one.marks,
    )  # fmt: skip
