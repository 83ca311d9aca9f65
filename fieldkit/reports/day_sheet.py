"""The end-of-day sheet on paper, one or two pages: Alert, Advise, Assure, gaps, points for leaders, tomorrow.

An empty section is never left blank: it says "None" where somebody stated that, and that it is not stated where nobody
did, so that a draft cannot be mistaken for a finished sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.domain.day_changes import Changed, DayChange
from fieldkit.domain.quality_risk import FOR_DISCUSSION
from fieldkit.reports.blocks import Block, Document, Heading, Note, Paragraph, Points, Table
from fieldkit.reports.dates import day, moment

NOT_STATED = "Not stated yet. Add an item, or state None."
_CHANGED = {
    Changed.ADDED: "Added", Changed.CANCELLED: "Cancelled", Changed.BACK: "On again", Changed.MOVED: "Moved",
    Changed.STAFFED: "Others go",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """An item: its words, the level it suggests, what it was made of, and who wrote it."""

    text: str
    level: str = ""
    source: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """A section of Triple A. ``none_by``: who stated that there is nothing; empty where nobody did."""

    title: str
    lines: tuple[DayLine, ...]
    none_by: str = ""

    @property
    def is_stated(self) -> bool:
        return bool(self.lines or self.none_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """The sheet of a day. ``gaps`` are statement, what has nothing, what has too little."""

    assessment: str
    visit: str
    on: date
    status: str
    standing: str
    triple: tuple[DayPart, ...]
    actions: tuple[DayLine, ...]
    gaps: tuple[tuple[str, str, str], ...]
    leaders: tuple[DayLine, ...]
    tomorrow: date | None
    changes: tuple[DayChange, ...]
    said_of_tomorrow: tuple[DayLine, ...]
    held: int
    made_at: datetime


def compose(page: DayPage) -> Document:
    """The sheet as neutral blocks."""
    return Document(
        title=f"End-of-day sheet, {day(page.on)}",
        kicker=f"FieldKit · {page.assessment} · {page.visit}",
        blocks=(
            Note(title=page.status, text=page.standing), *_triple(page), *_gaps(page), *_leaders(page),
            *_tomorrow(page), *_held(page),
        ),
        footer=f"End-of-day sheet, {day(page.on)} · provisional · made {moment(page.made_at)}",
    )  # fmt: skip


def change_words(change: DayChange) -> str:
    """``Moved: Ward 4 walk, from 09:30 to 11:00``: the same on screens, paper and the command line."""
    now, before = change.now, change.before
    head = f"{_CHANGED[change.changed]}: {now.title}"
    if change.changed is Changed.MOVED and before is not None:
        return f"{head}, from {_when(change, is_now=False)} to {_when(change, is_now=True)}"
    if change.changed is Changed.STAFFED:
        return f"{head}, {', '.join(now.assigned) or 'nobody yet'}"
    return f"{head}, {_when(change, is_now=True)}"


def _when(change: DayChange, *, is_now: bool) -> str:
    one = change.now if is_now else change.before
    assert one is not None
    other = change.before
    is_other_day = other is not None and other.on != change.now.on
    parts = [day(one.on) if one.on and is_other_day else "", one.starts or "no time", one.place, one.stream]
    return " ".join(filter(None, parts))


def _triple(page: DayPage) -> tuple[Block, ...]:
    found: list[Block] = []
    for part in page.triple:
        found.append(Heading(text=part.title))
        if part.lines:
            found.append(_table(part.lines, has_level=any(one.level for one in part.lines)))
        elif part.none_by:
            found.append(Paragraph(text=f"None. Stated by {part.none_by}."))
        else:
            found.append(Paragraph(text=NOT_STATED, strong=True))
        if any(one.level for one in part.lines):
            found.append(Paragraph(text=f"Suggested levels of quality assurance: {FOR_DISCUSSION}"))
    return tuple(found)


def _table(lines: tuple[DayLine, ...], *, has_level: bool) -> Table:
    if has_level:
        return Table(
            header=("What", "Suggested level", "Made of", "By"), widths=(10, 3, 4, 2),
            rows=tuple((one.text, one.level, one.source, one.by) for one in lines),
        )  # fmt: skip
    return Table(
        header=("What", "Made of", "By"), widths=(13, 4, 2), rows=tuple((one.text, one.source, one.by) for one in lines)
    )


def _gaps(page: DayPage) -> tuple[Block, ...]:
    found: list[Block] = [Heading(text="Gaps in the evidence")]
    if page.actions:
        found.append(Points(points=tuple(_point(one) for one in page.actions)))
    if page.gaps:
        table = Table(
            header=("Statement", "Nothing yet", "Too little"), rows=page.gaps, widths=(6, 5, 4),
            caption="Needed by the framework pack, counted over the whole visit",
        )  # fmt: skip
        found.append(table)
    if not page.actions and not page.gaps:
        found.append(Paragraph(text="No needed category is without evidence."))
    return tuple(found)


def _leaders(page: DayPage) -> tuple[Block, ...]:
    head = Heading(text="Points to check with leaders")
    if not page.leaders:
        return (head, Paragraph(text="None written down."))
    return (head, Points(points=tuple(_point(one) for one in page.leaders)))


def _tomorrow(page: DayPage) -> tuple[Block, ...]:
    when = f"Next day, {day(page.tomorrow)}" if page.tomorrow else "Next day"
    points = (*(change_words(one) for one in page.changes), *(_point(one) for one in page.said_of_tomorrow))
    if points:
        return (Heading(text=when), Points(points=points))
    words = "The programme has not changed today." if page.tomorrow else "Nothing is planned after this day."
    return (Heading(text=when), Paragraph(text=words))


def _held(page: DayPage) -> tuple[Block, ...]:
    if not page.held:
        return ()
    count = "1 item is" if page.held == 1 else f"{page.held} items are"
    return (Paragraph(text=f"{count} held, restricted, or repeat words that count no more, and not shown here."),)


def _point(one: DayLine) -> str:
    source = f" [{one.source}]" if one.source else ""
    return f"{one.text}{source} ({one.by})" if one.by else f"{one.text}{source}"
