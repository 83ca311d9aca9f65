"""What a day's changes did to the programme of the next one: what was moved, cancelled or added.

The facts say that the programme changes every day (section 1): whoever was not in the room has to find every change of
tomorrow on the evening's sheet, also those made on another laptop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.domain.assessment import Activity


class Changed(StrEnum):
    """What happened to an activity."""

    ADDED = "added"
    CANCELLED = "cancelled"
    BACK = "back"
    """It had been cancelled and is on again."""
    MOVED = "moved"
    """Another day, time, room or stream."""
    STAFFED = "staffed"
    """Somebody else goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """One activity of the next day: as it stood when the day began (None: it was not there), and as it stands now."""

    changed: Changed
    before: Activity | None
    now: Activity


def next_day(day: date, activities: Iterable[Activity]) -> date | None:
    """The next day on which something is planned; a visit may rest over a weekend."""
    return min((one.on for one in activities if one.on is not None and one.on > day), default=None)


def changes_of(tomorrow: date, stood: Iterable[tuple[Activity | None, Activity]]) -> tuple[DayChange, ...]:
    """The changes that touch ``tomorrow``, by time. ``stood`` are activities before and now."""
    found = []
    for before, now in stood:
        is_there = now.on == tomorrow or (before is not None and before.on == tomorrow)
        what = _changed(before, now) if is_there else None
        if what is not None:
            found.append(DayChange(changed=what, before=before, now=now))
    return tuple(sorted(found, key=lambda one: (one.now.on or date.max, one.now.starts or "99", one.now.title)))


def _changed(before: Activity | None, now: Activity) -> Changed | None:
    if before is None:
        return None if now.is_cancelled else Changed.ADDED
    if now.is_cancelled != before.is_cancelled:
        return Changed.CANCELLED if now.is_cancelled else Changed.BACK
    if now.is_cancelled:
        return None
    if _where(before) != _where(now):
        return Changed.MOVED
    return Changed.STAFFED if set(before.assigned) != set(now.assigned) else None


def _where(one: Activity) -> tuple[object, ...]:
    return (one.on, one.starts, one.ends, one.place, one.stream)
