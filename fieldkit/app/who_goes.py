"""Who goes where: reading the names of assessors, whether somebody is among them, and what nobody goes to yet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fieldkit.domain.assessment import Activity, ActivityKind

_SPLIT = re.compile(r"\s*(?:[;/&\n,]|\band\b)\s*", re.IGNORECASE)
NEED_SOMEBODY = (ActivityKind.INTERVIEW, ActivityKind.FOCUS_GROUP)
"""Somebody from outside waits in a room: that nobody comes is found out on the day, unless it is said before."""


def read_names(text: str) -> tuple[str, ...]:
    """``AL, Ben Moor and CS`` -> three names, each once."""
    return tuple(dict.fromkeys(name for part in _SPLIT.split(text) if (name := " ".join(part.split()))))


def goes(activity: Activity, name: str, initials: str) -> bool:
    """Whether somebody is put down for an activity, by name or initials, in any letter case."""
    known = {" ".join(one.split()).casefold() for one in (name, initials)} - {""}
    return any(" ".join(one.split()).casefold() in known for one in activity.assigned)


def unassigned(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """Interviews and focus groups that nobody is put down for, in the order given; called-off ones need nobody."""
    return tuple(one for one in activities if one.kind in NEED_SOMEBODY and not one.assigned and not one.is_cancelled)
