"""What has to be looked at again before a score is relied on: it is older than its evidence, or rests on old evidence.

Reviews of October 2024 found ratings that mixed scores 3.7 years old on average with new ones and did not say so
(facts, section 4). Each badge names the day or the number behind it; none of them changes or forbids a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from fieldkit.domain.settling import Given, Settled
from fieldkit.kernel.ids import EntryId


class BadgeKind(StrEnum):
    """Why a score wants another look."""

    CARRIED = "carried_forward"
    """It is an earlier judgement's, without new evidence."""
    NEWER = "newer_evidence"
    """Evidence was noticed after the judgement, or after the team settled."""
    CHANGED = "changed_since"
    """Judgements were given or changed after the team settled."""
    OLD = "old_evidence"
    """The oldest note it relies on is older than the pack allows."""
    LOST = "lost_evidence"
    """Notes it relies on count no more: withdrawn, or their consent was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """``on`` is the day of the earlier judgement, the newest or the oldest evidence; ``count`` days or notes."""

    kind: BadgeKind
    on: date | None = None
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDay:
    """When a cited note was noticed, and whether it counts. A note that is not on this laptop is not known at all."""

    on: date
    counts: bool


def badges_of(
    settled: Settled, newest: datetime | None, notes: Mapping[EntryId, NoteDay], today: date, limit: int | None
) -> tuple[Badge, ...]:
    """All of one score.

    ``newest`` is when its newest evidence was noticed; ``limit`` is in days, None where the pack has none.
    """
    scored = [one for one in settled.given if one.value.is_scored]
    if not scored:
        return ()
    return tuple(_badges(settled, scored, newest, notes, today, limit))


def _badges(
    settled: Settled, scored: list[Given], newest: datetime | None, notes: Mapping[EntryId, NoteDay], today: date,
    limit: int | None,
) -> Iterator[Badge]:  # fmt: skip
    carried = min((one.value.carried_from for one in scored if one.value.carried_from is not None), default=None)
    if carried is not None:
        yield Badge(kind=BadgeKind.CARRIED, on=carried)
    if settled.changed_since:
        yield Badge(kind=BadgeKind.CHANGED, count=len(settled.changed_since))
    since = settled.moderation.at if settled.moderation is not None else min(one.at for one in scored)
    if newest is not None and newest > since:
        yield Badge(kind=BadgeKind.NEWER, on=newest.astimezone().date())
    relied_on = {note for one in scored for note in one.value.relied_on}
    known = [notes[note] for note in relied_on if note in notes]
    oldest = min((one.on for one in known if one.counts), default=None)
    if oldest is not None and limit is not None and (today - oldest).days > limit:
        yield Badge(kind=BadgeKind.OLD, on=oldest, count=(today - oldest).days)
    lost = sum(not one.counts for one in known)
    if lost:
        yield Badge(kind=BadgeKind.LOST, count=lost)
