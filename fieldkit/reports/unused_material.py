"""The schedule of unused material: what was gathered and no finding and no judgement cites, by date, place and kind.

It tells that the material exists and nothing of what it says, so that it can be handed to whoever asks what was left
out (facts, section 6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Paragraph, Points, Table
from fieldkit.reports.clock_words import clock, zone_words
from fieldkit.reports.dates import day, moment, stamp

NO_WORDS = (
    "Provisional. This schedule lists what no finding and no judgement cites today. It is described by date, place and "
    "kind alone and holds no words of any note."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedNote:
    """A note that nothing cites. ``at`` is on the clock of its place; ``kind`` tells what it is, never what it says."""

    id: str
    at: datetime
    visit: str
    place: str
    activity: str
    kind: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedFile:
    """A file that no cited note is about or names."""

    id: str
    exhibit: str
    kind: str
    size: int
    sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnusedMaterial:
    """``all_notes`` and ``cited`` are counts of the assessment; held notes are counted and not listed."""

    assessment: str
    notes: tuple[UnusedNote, ...]
    files: tuple[UnusedFile, ...]
    all_notes: int
    cited: int
    all_files: int
    held: int
    files_held: int
    findings: int
    judgements: int
    made_at: datetime


def compose(schedule: UnusedMaterial) -> Document:
    """The document."""
    return Document(
        kicker=schedule.assessment, title="Schedule of unused material", blocks=tuple(_blocks(schedule)),
        footer=f"Provisional. Made {moment(schedule.made_at)}",
    )  # fmt: skip


def _blocks(schedule: UnusedMaterial) -> Iterator[Block]:
    unused = len(schedule.notes)
    yield Paragraph(text=NO_WORDS, strong=True)
    yield KeyFacts(
        facts=(
            ("Notes", f"{schedule.all_notes:,}, of which {schedule.cited:,} are cited and {unused:,} are not"),
            ("Files", f"{schedule.all_files:,}, of which {len(schedule.files):,} belong to no cited note"),
            ("Looked through", f"{_many(schedule.findings, 'finding')} and {_many(schedule.judgements, 'judgement')}"),
        )
    )  # fmt: skip
    yield Heading(text="Unused notes")
    if not schedule.notes:
        yield Paragraph(text="None: every note that is not held is cited.")
    else:
        yield from _summed(schedule.notes)
        yield from _listed(schedule.notes)
    yield Heading(text="Unused files")
    yield _files(schedule.files) if schedule.files else Paragraph(text="None.")
    if points := _held(schedule):
        yield Heading(text="What is not listed")
        yield Points(points=points)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _summed(notes: tuple[UnusedNote, ...]) -> Iterator[Block]:
    count = Counter((one.kind, one.activity) for one in notes)
    rows = tuple((kind, activity, f"{number:,}") for (kind, activity), number in sorted(count.items()))
    yield Table(header=("Kind", "Made in", "Notes"), rows=rows, widths=(10, 6, 2))


def _listed(notes: tuple[UnusedNote, ...]) -> Iterator[Block]:
    def place(one: UnusedNote) -> tuple[str, date]:
        return one.visit, one.at.date()

    for (visit, on), group in groupby(notes, key=place):
        yield Heading(text=f"{visit}, {day(on)}", level=3)
        rows = tuple(
            (f"{clock(one.at)} {zone_words(one.at)}", one.place, one.activity, one.kind, one.by, one.id[-8:])
            for one in group
        )
        yield Table(
            header=("Time", "Place", "Made in", "Kind", "By", "Note"), rows=rows, widths=(14, 24, 17, 25, 6, 14)
        )


def _files(files: tuple[UnusedFile, ...]) -> Table:
    rows = tuple((one.exhibit, one.kind, f"{one.size:,}", stamp(one.received_at), one.sha256) for one in files)
    return Table(header=("Exhibit", "Kind", "Bytes", "Received", "SHA-256"), rows=rows, widths=(11, 14, 12, 24, 39))


def _held(schedule: UnusedMaterial) -> tuple[str, ...]:
    found = []
    if schedule.held:
        count = "1 note is" if schedule.held == 1 else f"{schedule.held:,} notes are"
        found.append(f"{count} held because a consent was refused or taken back.")
    if schedule.files_held:
        count = "1 file is" if schedule.files_held == 1 else f"{schedule.files_held:,} files are"
        found.append(f"{count} held or restricted to named people.")
    return tuple(found)
