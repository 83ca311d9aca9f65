"""Whose voices are in the evidence and what the time went into, as two tables and what stands out in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.balance import Balance, hours, loudest, part_words
from fieldkit.domain.framework import SpeakerKind
from fieldkit.reports.blocks import Block, Document, Heading, Paragraph, Points, Table
from fieldkit.reports.dates import moment

KINDS = {
    ActivityKind.OBSERVATION: "Observation", ActivityKind.INTERVIEW: "Interview",
    ActivityKind.FOCUS_GROUP: "Focus group", ActivityKind.CASE_TRACK: "Case track", ActivityKind.DROP_IN: "Drop-in",
    ActivityKind.RECORD_REVIEW: "Record review",
}  # fmt: skip


def compose(assessment: str, found: Balance, voices: Mapping[SpeakerKind, str], nobody: str, at: datetime) -> Document:
    """``voices`` are the kinds by their names, ``nobody`` what is said where no voice is."""
    return Document(
        title="Voices heard, and where the time went", kicker=assessment, blocks=tuple(_blocks(found, voices, nobody)),
        footer=f"{assessment} · provisional · made {moment(at)}",
    )  # fmt: skip


def standing_out(found: Balance, voices: Mapping[SpeakerKind, str]) -> tuple[str, ...]:
    """What somebody would want to know before tomorrow's programme is settled."""
    said = [f"{voices[one]}: nobody was heard." for one in found.unheard]
    if (most := loudest(found.heard)) is not None and most.kind is not None:
        spoken = sum(one.notes for one in found.heard if one.kind is not None)
        said.append(f"{voices[most.kind]}: {part_words(most.notes, spoken)} notes of what somebody said.")
    if found.unnoted:
        many = "1 planned activity has" if found.unnoted == 1 else f"{found.unnoted} planned activities have"
        said.append(f"{many} no note, so what it took is not known." if found.unnoted == 1 else f"{many} no notes.")
    return tuple(said) or ("Nothing stands out: every kind of voice was heard, and none has more than half.",)


def _secondary(found: Balance) -> Iterator[Block]:
    if found.secondary:
        yield Heading(text="Secondary tags")
        yield Paragraph(text="A note may have several of a set, or none. They are counted and never scored.")
    for title, counts in found.secondary.items():
        yield Table(
            header=(title, "Notes"), widths=(11, 4),
            rows=tuple((name, part_words(count, found.notes)) for name, count in counts.items()),
        )  # fmt: skip


def _blocks(found: Balance, voices: Mapping[SpeakerKind, str], nobody: str) -> Iterator[Block]:
    yield Points(points=standing_out(found, voices))
    yield Heading(text="Voices heard")
    yield Table(
        header=("Whose voice", "Notes", "People or groups", "Talks at drop-ins", "People in them"),
        rows=tuple(
            (
                voices[one.kind] if one.kind is not None else nobody, part_words(one.notes, found.notes),
                f"{one.sources:,}", f"{one.talks:,}", f"{one.people:,}",
            )
            for one in found.heard
        ),
        widths=(6, 4, 3, 3, 3),
    )  # fmt: skip
    yield from _secondary(found)
    yield Heading(text="Time on activities")
    yield Paragraph(text="From first note to last of each activity and day; talks at drop-ins as long as was told.")
    if not found.spent:
        yield Paragraph(text="No activity yet.")
        return
    yield Table(
        header=("Activity", "How many", "Time", "Part of the time", "Notes"),
        rows=tuple(
            (
                KINDS[one.kind], f"{one.activities:,}", hours(one.minutes), part_words(one.minutes, found.minutes),
                f"{one.notes:,}",
            )
            for one in found.spent
        ),
        widths=(5, 3, 3, 5, 2),
    )  # fmt: skip
    for what, nowhere, minutes in (
        ("Organisation", "No organisation", found.by_organisation), ("Place", "No place", found.by_place),
    ):  # fmt: skip
        if minutes:
            yield Heading(text=f"Time by {what.casefold()}")
            yield Table(
                header=(what, "Time", "Part of the time"),
                rows=tuple(
                    (name or nowhere, hours(taken), part_words(taken, found.minutes)) for name, taken in minutes.items()
                ),
                widths=(6, 3, 4),
            )  # fmt: skip
