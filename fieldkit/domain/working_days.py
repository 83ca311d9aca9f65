"""Working days counted from a day: which one ends a term, and which days were left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ACCURACY_DAYS = 10
"""Working days that a body has for its factual accuracy check, from the date of the e-mail (facts, section 5)."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """``due`` is the last of ``days`` working days after ``began``. ``left_out`` are days with why.

    ``is_certain``: the holidays of every year it touches were published when this version was made.
    """

    began: date
    days: int
    due: date
    left_out: tuple[tuple[date, str], ...]
    is_certain: bool = True

    def days_left(self, today: date, holidays: Mapping[date, str]) -> int:
        """Working days from ``today`` to the last, that one included; 0 once it has passed."""
        return sum(not why_not(today + timedelta(days=one), holidays) for one in range((self.due - today).days + 1))


def why_not(day: date, holidays: Mapping[date, str]) -> str:
    """Why a day does not count; empty for a working day."""
    if day in holidays:
        return holidays[day]
    return "weekend" if day.weekday() >= _SATURDAY else ""


def term(began: date, days: int, holidays: Mapping[date, str], *, is_certain: bool = True) -> Term:
    """The day of the e-mail itself does not count: the first working day after it is day 1. ``days`` is 1 or more."""
    if days < 1:
        raise ValueError("a term has a day")
    left_out, counted, day = [], 0, began
    while counted < days:
        day += timedelta(days=1)
        why = why_not(day, holidays)
        if why:
            left_out.append((day, why))
        else:
            counted += 1
    return Term(began=began, days=days, due=day, left_out=tuple(left_out), is_certain=is_certain)
