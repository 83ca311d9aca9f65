"""Coverage on paper: every statement against every category in words and numbers, and what to do about gaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fieldkit.domain.coverage import Cell, Coverage, State
from fieldkit.domain.framework import CoverageRule, Framework, Need, Statement
from fieldkit.reports.blocks import Block, Document, Drawing, Heading, KeyFacts, Note, Paragraph, Table
from fieldkit.reports.charts import heat_map
from fieldkit.reports.dates import moment
from fieldkit.reports.evidence_pack import STATES, short_words

_NEED = {Need.REQUIRED: "required", Need.EXPECTED: "expected", Need.NOT_USED: "not needed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAction:
    """What somebody wrote on an end-of-day sheet to do about the gaps of a statement."""

    statement: str
    text: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageReport:
    """``ways`` say for each category how its evidence is gathered; ``left_out`` counts actions that may not be told."""

    assessment: str
    framework: Framework
    coverage: Coverage
    ways: dict[str, str]
    actions: tuple[GapAction, ...]
    left_out: int
    made_at: datetime


def compose(report: CoverageReport) -> Document:
    """The document."""
    return Document(
        kicker=f"{report.assessment} · {report.framework.short_title}", title="Coverage",
        blocks=tuple(_blocks(report)), footer=f"Provisional. Made {moment(report.made_at)}",
    )  # fmt: skip


def _blocks(report: CoverageReport) -> Iterator[Block]:
    found = report.coverage
    yield Paragraph(
        text=f"Provisional. {found.enough} of {found.needed} needed cells have enough evidence.", strong=True
    )
    yield KeyFacts(facts=tuple(_facts(report)))
    yield Drawing(title="At a glance", picture=heat_map(report.framework, found))
    for theme in report.framework.themes:
        statements = report.framework.statements_of(theme.id)
        yield Heading(text=theme.title)
        yield _matrix(report, statements)
        yield from _gaps(report, statements)
    if unsure := [one.text for one in report.framework.unconfirmed if one.id in ("coverage", "matrix")]:
        yield Note(title="Not confirmed by a publication", text=" ".join(unsure))


def _facts(report: CoverageReport) -> Iterator[tuple[str, str]]:
    count = {state: sum(cell.state is state for cell in report.coverage) for state in State}
    yield "Cells", ", ".join(f"{STATES[state]} {number}" for state, number in count.items())
    yield "Rule", rule_words(report.framework)
    if report.left_out:
        noun = "action is" if report.left_out == 1 else "actions are"
        yield "Left out", f"{report.left_out} {noun} not told: held, or in words that count no more"


def rule_words(framework: Framework) -> str:
    """From how much on a cell has enough or is strong, in a sentence."""
    rule: CoverageRule = framework.coverage
    strong = f"{rule.strong_items} from {rule.strong_activities} activities"
    first = framework.category_by(rule.strong_category) if rule.strong_category else None
    more = f", with something under {first.short} for the same statement" if first is not None else ""
    return f"Enough is {rule.enough_items} notes from {rule.enough_sources} sources. Strong is {strong}{more}."


def cell_words(cell: Cell) -> str:
    """``Thin 2``; where nothing is needed ``Not needed``, with a number if there is something all the same."""
    if cell.state is State.NOT_NEEDED:
        return f"{STATES[cell.state]}{f', {cell.count.items:,}' if cell.count.items else ''}"
    return f"{STATES[cell.state]} {cell.count.items:,}"


def _matrix(report: CoverageReport, statements: tuple[Statement, ...]) -> Table:
    categories = report.framework.categories
    rows = tuple(
        (f"{one.position} {one.title}", *(cell_words(report.coverage.cells[one.id, each.id]) for each in categories))
        for one in statements
    )
    return Table(
        header=("Statement", *(one.short for one in categories)), rows=rows,
        widths=(25, *(max(11, 3 + len(one.short)) for one in categories)),
    )  # fmt: skip


def _gaps(report: CoverageReport, statements: tuple[Statement, ...]) -> Iterator[Block]:
    yield Heading(text="Gaps and what to do", level=3)
    rows = [row for one in statements for row in _statement_gaps(report, one)]
    if not rows:
        yield Paragraph(text="Every needed cell of this theme has enough.")
        return
    yield Table(header=("Statement", "Category", "Missing", "What to do"), rows=tuple(rows), widths=(13, 22, 25, 40))


def _statement_gaps(report: CoverageReport, statement: Statement) -> Iterator[tuple[str, ...]]:
    for category in report.framework.categories:
        cell = report.coverage.cells[statement.id, category.id]
        if cell.state in (State.GAP, State.THIN):
            missing = "nothing yet" if cell.state is State.GAP else short_words(cell)
            yield statement.position, f"{category.short}, {_NEED[cell.need]}", missing, report.ways[category.id]
    for one in report.actions:
        if one.statement == statement.id:
            yield statement.position, "Written down", one.said, one.text
