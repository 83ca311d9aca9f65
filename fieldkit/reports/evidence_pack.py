"""The evidence for one quality statement on paper: each note under its category in order of time, for and against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fieldkit.domain.coverage import Cell, Check, State, What
from fieldkit.domain.triangulation import Triangulation
from fieldkit.reports.blocks import Block, Document, Heading, KeyFacts, Paragraph, Points, Table
from fieldkit.reports.clock_words import whole
from fieldkit.reports.dates import moment
from fieldkit.reports.told_notes import ToldNote, left_out_points, told_words

PROVISIONAL_PACK = (
    "Provisional. This is evidence that the team gathered, not a judgement. Sentences in “quotation marks” are exact "
    "words; everything else is the assessor's account."
)
NOT_TOLD = "Not told: it rests on, or repeats, what counts no more."
STATES = {
    State.GAP: "Gap", State.THIN: "Thin", State.ENOUGH: "Enough", State.STRONG: "Strong",
    State.NOT_NEEDED: "Not needed",
}  # fmt: skip
_WHAT = {What.ITEMS: "note", What.SOURCES: "source", What.ACTIVITIES: "activity", What.CATEGORY: "category"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """A note in one category. ``says`` is its bearing with its strength, ``came`` how it was acquired."""

    note: ToldNote
    activity: str
    says: str
    came: str
    strengths: bool = False
    shortfalls: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCategory:
    """One category of the statement: its cell of the coverage, and its items in order of time."""

    title: str
    cell: Cell
    items: tuple[PackItem, ...]

    @property
    def is_told(self) -> bool:
        """Whether it stands in the pack: it is needed, or there is something."""
        return self.cell.is_needed or bool(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFinding:
    """What the team claims so far. ``claim`` is empty where it may not be told."""

    reference: str
    claim: str
    bearing: str
    strength: str
    agree: int
    against: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePack:
    """Everything of one statement. ``notes`` are distinct; a note in two categories counts once."""

    assessment: str
    framework: str
    label: str
    title: str
    theme: str
    descriptor: str
    categories: tuple[PackCategory, ...]
    findings: tuple[PackFinding, ...]
    triangulation: Triangulation
    notes: int
    held: int
    restricted: int
    made_at: datetime


def compose(pack: EvidencePack) -> Document:
    """The document."""
    return Document(
        kicker=f"{pack.assessment} · {pack.framework}", title=f"Evidence pack: {pack.label} {pack.title}",
        blocks=tuple(_blocks(pack)),
        footer=f"Provisional. Made {moment(pack.made_at)}. Confidential, for the team",
    )  # fmt: skip


def _blocks(pack: EvidencePack) -> Iterator[Block]:
    yield Paragraph(text=PROVISIONAL_PACK, strong=True)
    yield KeyFacts(facts=tuple(_facts(pack)))
    yield Heading(text="By category")
    yield _counts(pack)
    yield from _thin(pack)
    yield Heading(text="What the team claims so far")
    yield from _findings(pack)
    for one in pack.categories:
        if one.is_told:
            yield Heading(text=f"{one.title}: {_many(len(one.items), 'note')}")
            yield _items(one) if one.items else Paragraph(text="Nothing yet.")
    if points := left_out_points(pack.held, pack.restricted):
        yield Heading(text="What is left out")
        yield Points(points=points)


def _facts(pack: EvidencePack) -> Iterator[tuple[str, str]]:
    yield "Theme", pack.theme
    if pack.descriptor:
        yield "What it is about", pack.descriptor
    yield "Evidence", f"{_many(pack.notes, 'note')}; a note in two categories counts once"
    found = pack.triangulation
    yield (
        "For and against",
        f"{_many(found.strengths, 'note')} a strength, {_many(found.shortfalls, 'note')} a shortfall",
    )
    yield "Triangulation", found.sentence


def _counts(pack: EvidencePack) -> Table:
    rows = tuple(
        (
            one.title, STATES[one.cell.state], f"{len(one.items):,}", f"{one.cell.count.sources:,}",
            f"{one.cell.count.activities:,}", f"{sum(each.strengths for each in one.items):,}",
            f"{sum(each.shortfalls for each in one.items):,}",
        )
        for one in pack.categories
        if one.is_told
    )  # fmt: skip
    return Table(
        header=("Category", "Standing", "Notes", "Sources", "Activities", "Strength", "Shortfall"), rows=rows,
        widths=(20, 14, 11, 13, 15, 15, 15),
    )  # fmt: skip


def _thin(pack: EvidencePack) -> Iterator[Block]:
    thin = [one for one in pack.categories if one.cell.state in (State.GAP, State.THIN)]
    if not thin:
        yield Paragraph(text="Every category that is needed has enough.")
        return
    yield Heading(text="What is thin", level=3)
    yield Points(points=tuple(f"{one.title}: {short_words(one.cell)}" for one in thin))


def short_words(cell: Cell) -> str:
    """``nothing yet; 3 notes from 2 sources are enough``, ``1 source more to go``."""
    if cell.state is State.GAP:
        wanted = [_many(one.wanted, _WHAT[one.what]) for one in cell.enough]
        return f"nothing yet; {' from '.join(wanted)} are enough"
    return f"{' and '.join(_more(one) for one in cell.enough if one.short)} to go"


def _more(check: Check) -> str:
    return f"{check.short} more {_WHAT[check.what]}{'' if check.short == 1 else 's'}"


def _findings(pack: EvidencePack) -> Iterator[Block]:
    if not pack.findings:
        yield Paragraph(text="No finding has been written for this statement.")
        return
    rows = tuple(
        (
            one.reference, one.claim or NOT_TOLD, f"{one.bearing}; {one.strength}",
            f"{one.agree:,} for, {one.against:,} against", " ".join(one.marks) or "None",
        )
        for one in pack.findings
    )  # fmt: skip
    yield Table(
        header=("Finding", "Claim", "Bearing and strength", "Notes", "To look at"),
        rows=rows,
        widths=(9, 38, 18, 15, 20),
    )


def _items(category: PackCategory) -> Table:
    rows = tuple(row for one in category.items for row in _rows(one))
    return Table(
        header=("When and where", "Source", "Evidence", "What it says", "How it came"), rows=rows,
        widths=(24, 17, 35, 11, 13),
    )  # fmt: skip


def _rows(one: PackItem) -> Iterator[tuple[str, ...]]:
    note = one.note
    later = f"\nwritten up later, {whole(note.entered_at)}" if note.later else ""
    where = f"{whole(note.at)}{later}\n{one.activity}"
    yield where, note.who or one.activity, told_words(note), one.says, f"{one.came}\nnote {note.reference}"
    for each in note.addenda:
        why = f"\nWhy: {each.reason}" if each.reason else ""
        yield f"added {whole(each.at)}", f"{each.by}, afterwards", f"Added to the note above: {each.words}{why}", "", ""


def _many(count: int, what: str) -> str:
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count:,} {what if count == 1 else plural}"
