"""The programme of a visit: which activity comes after which, and how one is moved between two others.

Time comes first: by day, then by start; what has no time follows on its day. Only among equals does ``order`` decide,
a short text that is compared letter by letter. A place between two others is a text between two texts, so moving one
activity revises that one alone, and two people who move different ones at once never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fieldkit.domain.assessment import Activity, AgendaItem

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NO_TIME = "99:99"


def in_order(activities: Iterable[Activity]) -> list[Activity]:
    """Sorted as a visit shows them; the same on every laptop."""
    return sorted(activities, key=_key)


def equals(activities: Iterable[Activity], one: Activity) -> list[Activity]:
    """Those of the same day and start as ``one``, itself included, in order."""
    return [other for other in in_order(activities) if _time(other) == _time(one)]


def place_between(before: str, after: str) -> str:
    """A place after ``before`` and before ``after``; an empty text is the open end on its side.

    Raises ``ValueError`` where nothing lies between: equal places, or the wrong way round.
    """
    if after and before >= after:
        raise ValueError(f"nothing lies between {before!r} and {after!r}")
    found = ""
    for at in range(len(before) + len(after) + 1):
        low = _DIGITS.index(before[at]) if at < len(before) else 0
        high = _DIGITS.index(after[at]) if after and at < len(after) else len(_DIGITS)
        if after and found != after[:at]:
            high = len(_DIGITS)  # already smaller than ``after``
        if high - low > 1:
            return found + _DIGITS[(low + high) // 2]
        found += _DIGITS[low]
    raise ValueError(f"nothing lies between {before!r} and {after!r}")


def fresh_places(count: int) -> list[str]:
    """``count`` places in order, with room before, between and after."""
    width = 1
    while len(_DIGITS) ** width < 2 * (count + 1):
        width += 1
    step = len(_DIGITS) ** width // (count + 1)
    return [_spelt(step * (number + 1), width) for number in range(count)]


def moved_item(items: Sequence[AgendaItem], item: str, step: int) -> tuple[AgendaItem, ...]:
    """The agenda with one item moved up (-1) or down (1); unchanged at the ends and for an unknown item."""
    found = list(items)
    at = next((place for place, one in enumerate(found) if one.id == item), None)
    if at is None or not 0 <= at + step < len(found):
        return tuple(items)
    found[at], found[at + step] = found[at + step], found[at]
    return tuple(found)


def is_place(text: str) -> bool:
    """Whether ``text`` is one that ``place_between`` makes: anything else may come from elsewhere."""
    return bool(text) and all(letter in _DIGITS for letter in text) and not text.endswith(_DIGITS[0])


def _spelt(number: int, width: int) -> str:
    letters = ""
    for _ in range(width):
        number, digit = divmod(number, len(_DIGITS))
        letters = _DIGITS[digit] + letters
    return letters.rstrip(_DIGITS[0])


def _time(activity: Activity) -> tuple[date, str]:
    return activity.on or date.max, activity.starts or _NO_TIME


def _key(activity: Activity) -> tuple[date, str, str, str]:
    return (*_time(activity), activity.order, activity.id)
