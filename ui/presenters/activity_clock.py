"""How an activity stands by the clock, in words: planned, about to start, going on, over time, finished, cancelled.

Nobody presses "start" or "end": the plan, the clock and the notes tell. A meeting that is written about before its time
has begun, and one that is written about after it runs over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from fieldkit.domain.assessment import Activity

SOON = timedelta(minutes=60)
STILL_GOING = timedelta(minutes=15)
"""After its planned end, or without one, an activity counts as going on for so long after its last note."""


class Stage(StrEnum):
    """The word for it."""

    PLANNED = "Planned"
    SOON = "Soon"
    ON = "In progress"
    OVER = "Over time"
    FINISHED = "Finished"
    MISSED = "No notes"
    CANCELLED = "Cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """When the first and the last note of an activity were noticed, on this laptop's clock."""

    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``words`` is the whole: ``In progress since 09:30``, ``Starts in 5 minutes``."""

    stage: Stage
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When an activity is planned, with ``ends`` None where the plan leaves it open."""

    starts: datetime | None
    ends: datetime | None


def span_of(activity: Activity, now: datetime) -> Span:
    """The plan as moments; without a day or a time there are none. ``now`` gives the zone."""
    return Span(starts=_moment(activity, activity.starts, now), ends=_moment(activity, activity.ends, now))


def standing_of(activity: Activity, noticed: Noticed | None, now: datetime) -> Standing:
    """How ``activity`` stands at ``now``, an aware local time."""
    if activity.is_cancelled:
        return _is(Stage.CANCELLED)
    span = span_of(activity, now)
    if span.starts is None:
        return _without_time(activity, noticed, now)
    if now < span.starts and not _is_fresh(noticed, now):
        return _before(span.starts, now)
    if span.ends is not None and now >= span.ends:
        return _after(span.ends, noticed, now)
    begun = min(span.starts, noticed.first) if noticed is not None and _is_fresh(noticed, now) else span.starts
    if begun.date() == now.date():
        return Standing(stage=Stage.ON, words=f"In progress since {begun:%H:%M}")
    return _is(Stage.FINISHED if noticed is not None else Stage.MISSED)


def _without_time(activity: Activity, noticed: Noticed | None, now: datetime) -> Standing:
    if noticed is not None and _is_fresh(noticed, now):
        return Standing(stage=Stage.ON, words=f"In progress since {noticed.first:%H:%M}")
    if noticed is not None:
        return _is(Stage.FINISHED)
    is_past = activity.on is not None and activity.on < now.date()
    return _is(Stage.MISSED if is_past else Stage.PLANNED)


def _before(starts: datetime, now: datetime) -> Standing:
    wait = starts - now
    if wait > SOON:
        return _is(Stage.PLANNED)
    minutes = -(-wait // timedelta(minutes=1))
    return Standing(stage=Stage.SOON, words=f"Starts in {minutes} {'minute' if minutes == 1 else 'minutes'}")


def _after(ends: datetime, noticed: Noticed | None, now: datetime) -> Standing:
    if noticed is not None and noticed.last >= ends and _is_fresh(noticed, now):
        return Standing(stage=Stage.OVER, words=_over(ends, now))
    if noticed is not None:
        return Standing(stage=Stage.FINISHED, words=f"Finished {ends:%H:%M}")
    return _is(Stage.MISSED)


def _over(ends: datetime, now: datetime) -> str:
    """Minutes, then hours; of another day its date, for a week has 10,080 minutes."""
    if ends.date() != now.date():
        return f"In progress, planned for {ends.day} {ends:%B}"
    hours, minutes = divmod(max((now - ends) // timedelta(minutes=1), 1), 60)
    parts = (_many(hours, "hour"), _many(minutes, "minute"))
    return f"Over time by {' '.join(part for part in parts if part)}"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}" if number else ""


def _is_fresh(noticed: Noticed | None, now: datetime) -> bool:
    return noticed is not None and now - STILL_GOING <= noticed.last <= now


def _is(stage: Stage) -> Standing:
    words = "Past, no notes" if stage is Stage.MISSED else stage.value
    return Standing(stage=stage, words=words)


def _moment(activity: Activity, clock: str, now: datetime) -> datetime | None:
    if activity.on is None or not clock:
        return None
    try:
        at = time.fromisoformat(clock)
    except ValueError:  # from elsewhere; this version writes HH:MM only
        return None
    return datetime.combine(activity.on, at, tzinfo=now.tzinfo)
