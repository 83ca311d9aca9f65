"""The sheet as lines of a list: what is said, what is not stated yet, what changes, what is proposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.app.day_board import DayBoard, Proposal
from fieldkit.app.rows import RecordRow
from fieldkit.domain.day_sheet import TRIPLE_A, Section
from fieldkit.domain.quality_risk import FOR_DISCUSSION
from fieldkit.reports.day_sheet import change_words

TITLES = {
    Section.ALERT: "Alert", Section.ADVISE: "Advise", Section.ASSURE: "Assure", Section.GAP: "Gap",
    Section.LEADERS: "Check with leaders", Section.TOMORROW: "Next day",
}  # fmt: skip
WHAT = {
    Section.ALERT: "needs a decision or an escalation", Section.ADVISE: "to be watched",
    Section.ASSURE: "good news that is corroborated", Section.GAP: "what to do about missing evidence",
    Section.LEADERS: "so that a misunderstanding ends today", Section.TOMORROW: "what changes",
}  # fmt: skip


class LineKind(StrEnum):
    """What a line is about; the value begins its key."""

    ITEM = "item"
    NONE = "none"
    BLANK = "blank"
    CHANGE = "change"
    PROPOSAL = "proposal"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A line: its words, how it stands, and what Enter does of it."""

    kind: LineKind
    section: Section
    title: str
    status: str
    row: RecordRow | None = None
    proposal: Proposal | None = None
    place: int = 0

    @property
    def key(self) -> str:
        about = self.row.record if self.row else self.proposal.key if self.proposal else f"{self.section}{self.place}"
        return f"{self.kind.value}/{about}"


def lines_of(board: DayBoard, sources: dict[str, str]) -> tuple[DayRow, ...]:
    """Every line, the sheet in the order it is printed, then proposals, then what was taken off.

    ``sources`` says of each item what it was made of.
    """
    found: list[DayRow] = []
    for section in Section:
        found += _section(board, section, sources)
    found += [_proposal(one) for one in board.proposals]
    found += [_off(one) for one in board.off]
    return tuple(found)


def _section(board: DayBoard, section: Section, sources: dict[str, str]) -> Iterable[DayRow]:
    rows = board.of(section)
    for row in rows:
        yield _item(row, sources.get(row.record, ""))
    if section is Section.TOMORROW:
        for place, change in enumerate(board.changes):
            yield DayRow(
                kind=LineKind.CHANGE, section=section, title=f"Next day: {change_words(change)}",
                status="From the programme", place=place,
            )  # fmt: skip
    if rows or section not in TRIPLE_A:
        return
    none = next((one for one in board.nones if one.value.section is section), None)
    if none is not None:
        yield DayRow(
            kind=LineKind.NONE, section=section, title=f"{TITLES[section]}: none",
            status=f"Stated by {none.author_name}. Enter to add an item after all", row=none,
        )  # fmt: skip
        return
    yield DayRow(
        kind=LineKind.BLANK, section=section, title=f"{TITLES[section]}: not stated yet",
        status=f"{WHAT[section].capitalize()}. Enter to add an item, or state None",
    )  # fmt: skip


def _item(row: RecordRow, source: str) -> DayRow:
    item = row.value
    level = f"Suggested level: {item.level.value}. {FOR_DISCUSSION}" if item.level else ""
    asked = "Needs your decision" if row.heads > 1 else ""
    parts = (asked, level, f"Made of {source}" if source else "", f"By {row.author_name}")
    return DayRow(
        kind=LineKind.ITEM, section=item.section, title=f"{TITLES[item.section]}: {' '.join(item.text.split())}",
        status=" · ".join(filter(None, parts)), row=row,
    )  # fmt: skip


def _proposal(one: Proposal) -> DayRow:
    return DayRow(
        kind=LineKind.PROPOSAL, section=one.section, title=f"Proposed, {TITLES[one.section].lower()}: {one.text}",
        status="Enter puts it on the sheet", proposal=one,
    )  # fmt: skip


def _off(row: RecordRow) -> DayRow:
    item = row.value
    words = "none" if item.is_none else " ".join(item.text.split())
    return DayRow(
        kind=LineKind.OFF, section=item.section, title=f"Taken off, {TITLES[item.section].lower()}: {words}",
        status="Enter puts it back", row=row,
    )  # fmt: skip
