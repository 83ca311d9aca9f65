"""Notes and files as reports tell them: who by code and role, exact words apart from paraphrase, what counts no more.

Gathering (``fieldkit.app.report_notes``) decides what may be told; nothing that may not is in these values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from fieldkit.reports.blocks import Block, Heading, Paragraph, Table
from fieldkit.reports.clock_words import beside, clock, day_and_zone, whole

NO_WORDS = "No words: a moment was marked."
WITHDRAWN = "A note was withdrawn."
RESTRICTED = "A note for named people alone: its words are not on paper."
PROVISIONAL_RECORD = (
    "Provisional. This is what the team noted, not a judgement. Sentences in “quotation marks” are exact words; "
    "everything else is the assessor's account."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAddendum:
    """Words that were added later: by whom, when and why."""

    by: str
    at: datetime
    reason: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTag:
    """A tag in the words of the pack: ``Q2``, ``Learning culture``, ``Staff``; ``bearing`` is empty for neutral.

    ``place`` names statement and pack apart from all others.
    """

    place: str
    label: str
    title: str
    category: str
    bearing: str = ""

    @property
    def short(self) -> str:
        """``Q2: Staff, shortfall``."""
        return f"{self.label}: {', '.join(filter(None, (self.category, self.bearing)))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNote:
    """One note. ``at`` and ``entered_at`` are on the clock of the place where it was noticed.

    ``kinds`` say what it is beside a plain account. ``gone`` is what stands instead of its words where it may not be
    told (``WITHDRAWN``, ``RESTRICTED``); everything else is empty then. ``item_number`` is that of the agenda item or
    question it was noted under, 0 without one.
    """

    id: str
    at: datetime
    entered_at: datetime
    later: bool = False
    by: str = ""
    who: str = ""
    words: str = ""
    is_exact: bool = False
    is_own_view: bool = False
    kinds: tuple[str, ...] = ()
    item: str = ""
    item_number: int = 0
    tags: tuple[ToldTag, ...] = ()
    secondary: tuple[str, ...] = ()
    """``Insight source: Staff survey``, a line for each set."""
    origin: str = ""
    addenda: tuple[ToldAddendum, ...] = ()
    gone: str = ""

    @property
    def reference(self) -> str:
        """The end of its id: what traces and lists call it."""
        return self.id[-8:]

    @property
    def quoted(self) -> str:
        """Its words, exact ones in quotation marks."""
        if self.gone:
            return self.gone
        if not self.words:
            return NO_WORDS
        return f"“{self.words}”" if self.is_exact else self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFile:
    """A file by its exhibit number. Its name stays out: names of files tell who they are about.

    ``gone`` says that it is out of use; ``purpose`` and ``from_whom`` are empty then.
    """

    id: str
    exhibit: str
    kind: str
    size: int
    sha256: str
    received_at: datetime
    purpose: str = ""
    from_whom: str = ""
    gone: str = ""


def note_tables(notes: Iterable[ToldNote], item: str = "Item") -> Iterator[Block]:
    """The notes in their order under the days they were noticed on, each with what was added to it below.

    ``item`` is what an agenda item is called: ``Item 3``, ``Question 3``. Initials stand beside times where several
    people noted.
    """
    notes = list(notes)
    authors = len({one.by for one in notes if one.by}) > 1
    for heading, group in groupby(notes, key=lambda one: day_and_zone(one.at)):
        yield Heading(text=heading, level=3)
        yield note_table(group, item, authors=authors)


def note_table(notes: Iterable[ToldNote], item: str = "Item", *, authors: bool = False) -> Table:
    """Notes of one day, or under one heading, in one table."""
    rows = tuple(row for one in notes for row in _rows(one, item, authors))
    return Table(header=("Time", "Who", "What was noted", "Tags"), rows=rows, widths=(11, 19, 46, 24))


def statement_key(notes: Iterable[ToldNote]) -> tuple[Block, ...]:
    """Which statements the labels of tags stand for; nothing where no note has a tag."""
    found = {(tag.label, tag.title, tag.place) for one in notes for tag in one.tags}
    if not found:
        return ()
    rows = tuple((label, title) for label, title, _ in sorted(found, key=lambda one: (one[2], one[0])))
    return (
        Heading(text="Statements in the tags"),
        Table(header=("Label", "Statement"), rows=rows, widths=(2, 12)),
    )


def _rows(one: ToldNote, item: str, authors: bool) -> Iterator[tuple[str, ...]]:
    number = [f"{item} {one.item_number}"] if one.item_number else []
    tags = [*number, *(tag.short for tag in one.tags), *one.secondary]
    time = [when_words(one), *([f"by {one.by}"] if authors and one.by else [])]
    yield "\n".join(time), one.who, told_words(one), "\n".join(tags)
    for each in one.addenda:
        why = f"Why: {each.reason}" if each.reason else ""
        yield added_words(one, each), f"{each.by}, afterwards", f"Added to the note above: {each.words}", why


def when_words(one: ToldNote) -> str:
    """``10:42``, and ``written up later, 13:05`` where that is so."""
    if not one.later or one.gone:
        return clock(one.at)
    return f"{clock(one.at)}, written up later: {beside(one.entered_at, one.at)}"


def added_words(one: ToldNote, each: ToldAddendum) -> str:
    """When words were added to a note."""
    return f"added {beside(each.at, one.at)}"


def told_words(one: ToldNote) -> str:
    """Its words with what it is beside a plain account before them: ``[Follow-up question] …``."""
    signs = [*one.kinds, *(["own view, no evidence"] if one.is_own_view else []), *([one.origin] if one.origin else [])]
    if one.gone or not signs:
        return one.quoted
    return f"[{'; '.join(signs).capitalize()}] {one.quoted}"


def file_table(files: Iterable[ToldFile]) -> tuple[Block, ...]:
    """The files with exhibit numbers and hashes; a sentence where there are none."""
    rows = tuple(
        (
            one.exhibit, one.gone or "; ".join(filter(None, (one.purpose, one.from_whom and f"from {one.from_whom}"))),
            f"{one.kind}, {one.size:,} bytes" if not one.gone else "", whole(one.received_at), one.sha256,
        )
        for one in files
    )  # fmt: skip
    if not rows:
        return (Paragraph(text="No files are attached."),)
    return (
        Table(
            header=("Exhibit", "What it is for", "Kind", "Received", "SHA-256"), rows=rows, widths=(11, 26, 16, 18, 29),
            caption="Their names stay out, because names of files tell who they are about",
        ),
    )  # fmt: skip


def left_out_points(held: int, restricted: int = 0, withdrawn: int = 0) -> tuple[str, ...]:
    """What a report leaves out, in sentences; empty where nothing is."""
    found = []
    if held:
        found.append(f"{_notes(held)} held because a consent was refused or taken back: nothing of it is here.")
    if restricted:
        found.append(f"{_notes(restricted)} restricted to named people: the words are not on paper.")
    if withdrawn:
        found.append(f"{_notes(withdrawn)} withdrawn: the words are not here.")
    return tuple(found)


def _notes(count: int) -> str:
    return "1 note is" if count == 1 else f"{count:,} notes are"
