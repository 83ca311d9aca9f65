"""The record of an activity on paper: what was noted in the order in which it happened, with everything added since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Paragraph, Points, Table
from fieldkit.reports.clock_words import whole
from fieldkit.reports.dates import day, moment
from fieldkit.reports.told_notes import (
    PROVISIONAL_RECORD,
    ToldFile,
    ToldNote,
    file_table,
    left_out_points,
    note_tables,
    statement_key,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRecord:
    """Everything of one activity. ``agenda`` are its items with the time planned and the notes under each.

    ``held`` counts what a consent keeps out of use; nothing of it is in ``notes``.
    """

    assessment: str
    visit: str
    title: str
    kind: str
    on: date | None
    planned: str
    place: str
    organisation: str
    team: tuple[str, ...]
    is_cancelled: bool
    agenda: tuple[tuple[str, str, int], ...]
    people: tuple[tuple[str, str, str], ...]
    notes: tuple[ToldNote, ...]
    files: tuple[ToldFile, ...]
    held: int
    files_held: int
    made_at: datetime

    @property
    def standing(self) -> tuple[ToldNote, ...]:
        """Notes whose words are told."""
        return tuple(one for one in self.notes if not one.gone)


def compose(record: ActivityRecord) -> Document:
    """The document."""
    return Document(
        kicker=f"{record.assessment} · {record.visit}", title=f"Activity record: {record.title}",
        blocks=tuple(_blocks(record)),
        footer=f"Provisional. Made {moment(record.made_at)}. Confidential, for the team",
    )  # fmt: skip


def _blocks(record: ActivityRecord) -> Iterator[Block]:
    yield Paragraph(text=PROVISIONAL_RECORD, strong=True)
    yield _facts(record)
    if record.agenda:
        yield Heading(text="Agenda")
        rows = tuple((str(at), *item[:2], f"{item[2]:,}") for at, item in enumerate(record.agenda, start=1))
        yield Table(header=("No.", "Item", "Planned", "Notes"), rows=rows, widths=(2, 12, 3, 2))
    if record.people:
        yield Heading(text="Who is meant by the codes")
        yield Table(header=("Code", "Role", "Organisation"), rows=record.people, widths=(2, 6, 6))
    yield Heading(text="What was noted")
    yield Paragraph(text=_summed(record))
    yield from note_tables(record.notes)
    yield from statement_key(record.notes)
    yield Heading(text="Files")
    yield from file_table(record.files)
    points = left_out_points(record.held)
    if record.files_held:
        points += (f"{record.files_held} of the files are held or restricted, and not listed.",)
    if points:
        yield Heading(text="What is left out")
        yield Points(points=points)


def _facts(record: ActivityRecord) -> KeyFacts:
    when = ", ".join(filter(None, (day(record.on) if record.on else "", record.planned)))
    facts = [
        ("Activity", record.kind + (", cancelled" if record.is_cancelled else "")), ("When", when or "No day planned"),
        ("Where", record.place or "Not said"), ("Organisation", record.organisation or "Not said"),
        ("Who went", ", ".join(record.team) or "Nobody was assigned"),
        ("Noted by", ", ".join(sorted({one.by for one in record.notes if one.by})) or "Nobody"),
    ]  # fmt: skip
    if record.standing:
        first, last = record.standing[0].at, record.standing[-1].at
        facts.append(("Noticed", whole(first) if first == last else f"from {whole(first)} to {whole(last)}"))
    return KeyFacts(facts=tuple(facts))


def _summed(record: ActivityRecord) -> str:
    notes = record.standing
    if not record.notes:
        return "Nothing was noted." if not record.held else "Nothing that may be told was noted."
    exact, later = sum(one.is_exact for one in notes), sum(one.later for one in notes)
    added, gone = sum(len(one.addenda) for one in notes), len(record.notes) - len(notes)
    parts = [f"{len(notes):,} {'note' if len(notes) == 1 else 'notes'}"]
    parts += [f"{exact:,} in exact words"] if exact else []
    parts += [f"{later:,} written up more than 15 minutes later"] if later else []
    parts += ["1 addition since" if added == 1 else f"{added:,} additions since"] if added else []
    parts += [f"{gone:,} withdrawn or restricted, by time only"] if gone else []
    return "; ".join(parts) + "."
