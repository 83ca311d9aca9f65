"""Cases side by side in words: a row for each thing compared, a column for each case; screen, print and console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fieldkit.domain.case_comparing import Asked, Lack, Passage, asked, lacks, passages
from fieldkit.domain.coverage import Place
from fieldkit.domain.framework import Framework, Need
from fieldkit.domain.pathway import Pathway, Referral, Transition
from fieldkit.reports.blocks import Block, Document, Heading, Paragraph, Table
from fieldkit.reports.case_words import POINTS, days
from fieldkit.reports.dates import day as day_words

NOTHING = "—"
_MOST_IN_PRINT = 6
"""Cases beside each other on a page; more stand in tables of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseColumn:
    """One case. ``items`` and ``alone`` as ``fieldkit.app.case_yield.Given`` has them, ``notes`` that count."""

    code: str
    path: Pathway
    notes: int
    items: Mapping[Place, int]
    alone: frozenset[Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRow:
    """One thing in every case. ``sentence`` says the row to a screen reader, case by case."""

    label: str
    cells: tuple[str, ...]
    sentence: str


def compare_rows(columns: Sequence[CaseColumn], framework: Framework | None) -> tuple[CompareRow, ...]:
    """How long, then each step of the way, referrals, what handovers lacked, and what evidence came of it."""
    codes = tuple(one.code for one in columns)
    paths = [one.path for one in columns]
    rows = [_row(label, codes, [say(path) for path in paths]) for label, say in _OVERALL]
    rows += [_passage(one, codes) for one in passages(paths)]
    rows += [_asked(one, codes) for one in asked(paths)]
    rows += [_lack(one, codes) for one in lacks(paths)]
    rows += _given(columns, codes, framework)
    return tuple(rows)


def compare_summary(columns: Sequence[CaseColumn], held: Sequence[str] = ()) -> str:
    """``4 cases   Longest: C02, 212 days   Most often not done at a handover: person told, 3 of 4``."""
    parts = [f"{len(columns)} case" + ("" if len(columns) == 1 else "s")]
    paths = [one.path for one in columns]
    if len(columns) > 1:
        longest = max(columns, key=lambda one: one.path.days)
        parts.append(f"Longest: {longest.code}, {days(longest.path.days)}")
    shared = next((one for one in passages(paths) if one.cases > 1), None)
    if shared is not None:
        parts.append(f"{shared.left} to {shared.reached}: in {shared.cases} of {len(columns)}")
    worst = next(iter(lacks(paths)), None)
    if worst is not None:
        lacking, known = worst.total
        parts.append(f"Most often not done at a handover: {POINTS[worst.point].casefold()}, {lacking} of {known}")
    if held:
        parts.append(f"Held and left out: {', '.join(held)}")
    return "   ".join(parts)


def given_rows(column: CaseColumn, framework: Framework) -> tuple[CompareRow, ...]:
    """What one case gave: a row for each statement, a cell for each category, with how often; ``—`` for none."""
    names = tuple(category.title for category in framework.categories)
    found = []
    for one in framework:
        counts = [column.items.get((one.id, category.id), 0) for category in framework.categories]
        only = [
            name for name, category in zip(names, framework.categories, strict=True)
            if (one.id, category.id) in column.alone
        ]  # fmt: skip
        covered = ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True) if count)
        said = f"{one.position} {one.title}: {covered or 'nothing'}"
        said += f". Nothing else fills {', '.join(only)}" if only else ""
        found.append(
            CompareRow(
                label=f"{one.position} {one.title}", cells=tuple(str(count) if count else NOTHING for count in counts),
                sentence=said,
            )
        )  # fmt: skip
    return tuple(found)


def given_summary(column: CaseColumn, framework: Framework, subject: str) -> str:
    """``7 notes count   5 of 96 cells   4 of 17 statements   2 that nothing else fills``. ``subject`` of the matrix."""
    statements = {statement for statement, _ in column.items}
    parts = [
        f"{column.notes} note" + (" counts" if column.notes == 1 else "s count"),
        f"{len(column.items)} of {cells_used(framework, subject)} cells",
        f"{len(statements)} of {len(framework)} statements",
    ]
    if column.alone:
        parts.append(f"{len(column.alone)} that nothing else fills")
    return "   ".join(parts)


def cells_used(framework: Framework, subject: str) -> int:
    """How many cells the pack uses for this kind of subject."""
    return sum(
        framework.need(one.id, category.id, subject) is not Need.NOT_USED
        for one in framework
        for category in framework.categories
    )


def compose_comparison(
    assessment: str,
    columns: Sequence[CaseColumn],
    framework: Framework | None,
    subject: str,
    held: Sequence[str],
    today: date,
) -> Document:
    """The comparison on paper, six cases to a table."""
    blocks: list[Block] = [Paragraph(text=compare_summary(columns, held).replace("   ", " · "), strong=True)]
    rows = compare_rows(columns, framework)
    for start in range(0, len(columns), _MOST_IN_PRINT):
        some = slice(start, start + _MOST_IN_PRINT)
        codes = tuple(one.code for one in columns)[some]
        table = tuple((row.label, *row.cells[some]) for row in rows if set(row.cells[some]) != {NOTHING})
        blocks.append(
            Table(header=("Measure", *codes), rows=table, caption="Side by side", widths=(34, *([11] * len(codes))))
        )
    if framework is not None:
        blocks += [block for one in columns for block in _given_on_paper(one, framework, subject)]
    return Document(
        kicker=assessment, title="Cases side by side", blocks=tuple(blocks),
        footer=f"Cases side by side. Confidential. Printed on {day_words(today)}",
    )  # fmt: skip


def _given_on_paper(column: CaseColumn, framework: Framework, subject: str) -> list[Block]:
    """The statements a case gave something to, each with its categories in words; the others in one line."""
    rows, missing = [], []
    for one in framework:
        counts = [(category, column.items.get((one.id, category.id), 0)) for category in framework.categories]
        told = ", ".join(f"{category.title} {count}" for category, count in counts if count)
        alone = ", ".join(category.title for category, _ in counts if (one.id, category.id) in column.alone)
        if told:
            rows.append((f"{one.position} {one.title}", told, alone))
        else:
            missing.append(f"{one.position} {one.title}")
    said = Paragraph(text=given_summary(column, framework, subject).replace("   ", " · "))
    blocks: list[Block] = [Heading(text=f"What {column.code} gave"), said]
    if rows:
        blocks.append(
            Table(header=("Statement", "Evidence", "Nothing else fills"), rows=tuple(rows), widths=(38, 37, 25))
        )
    if missing:
        blocks.append(Paragraph(text=f"Not covered: {'; '.join(missing)}"))
    return blocks


def _row(label: str, codes: Sequence[str], cells: Sequence[str]) -> CompareRow:
    said = ", ".join(f"{code} {'none' if cell == NOTHING else cell}" for code, cell in zip(codes, cells, strict=True))
    return CompareRow(label=label, cells=tuple(cells), sentence=f"{label}: {said}")


def _passage(one: Passage, codes: Sequence[str]) -> CompareRow:
    cells = [_waits(found, one) for found in one.found]
    return _row(f"{one.left} to {one.reached}", codes, cells)


def _waits(found: Sequence[Transition], one: Passage) -> str:
    if not found:
        return NOTHING
    said = ", ".join(f"{each.wait.days} d" for each in found)
    standard = next((each.reached.standard_days for each in found if each.reached.standard_days is not None), None)
    over = standard is not None and any(each.wait.days > standard for each in found)
    longest = one.cases > 1 and one.longest > 0 and max(each.wait.days for each in found) == one.longest
    marks = [word for word, holds in (("over", over), ("longest", longest)) if holds]
    return " ".join((said, *marks))


def _asked(one: Asked, codes: Sequence[str]) -> CompareRow:
    return _row(
        f"Referral {'by' if one.is_by else 'to'} {one.service}", codes, [_taken_up(found) for found in one.found]
    )


def _taken_up(found: Sequence[Referral]) -> str:
    said = (
        (f"open, {each.days} d" if each.is_open else f"{each.days} d") + (" over" if each.is_over else "")
        for each in found
    )
    return ", ".join(said) or NOTHING


def _lack(one: Lack, codes: Sequence[str]) -> CompareRow:
    cells = [f"{lacking} of {known}" if known else NOTHING for lacking, known in one.found]
    return _row(f"Handovers without: {POINTS[one.point].casefold()}", codes, cells)


def _given(columns: Sequence[CaseColumn], codes: Sequence[str], framework: Framework | None) -> list[CompareRow]:
    rows = [_row("Notes that count", codes, [str(one.notes) for one in columns])]
    if framework is None:
        return rows
    statements = [f"{len({name for name, _ in one.items})} of {len(framework)}" for one in columns]
    rows.append(_row("Statements with evidence", codes, statements))
    rows.append(_row("Cells of the matrix filled", codes, [str(len(one.items)) for one in columns]))
    rows.append(_row("Cells that only this case fills", codes, [str(len(one.alone)) for one in columns]))
    return rows


def _longest(path: Pathway) -> str:
    wait = path.longest.wait if path.longest is not None else None
    return f"{wait.days} d" if wait is not None else NOTHING


def _met(path: Pathway) -> str:
    return str(len({step.touchpoint.organisation for step in path.steps} - {""}))


_OVERALL = (
    ("Events", lambda path: str(len(path.steps))),
    ("Services", _met),
    ("From first to last event", lambda path: f"{path.days:,} d"),
    ("Longest wait", _longest),
    ("Waits over standard", lambda path: str(path.over_standard)),
    ("Open referrals", lambda path: str(len(path.open_referrals))),
)
