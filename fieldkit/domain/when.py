"""When something happened, as exactly as anybody knows: a day, about a day, a stretch of days, or a month.

A person tells of April, a letter bears a date. A single date field would make both look alike, and the waits worked
out from them too.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Precision(StrEnum):
    """How exactly it is known."""

    DAY = "day"
    ABOUT = "about"
    """About a day, or somewhere between two."""
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Between ``earliest`` and ``latest``, local days, both included; ``at`` is ``HH:MM`` of an exact day, or empty.

    Raises ``ValueError`` where the two days do not fit the precision.
    """

    precision: Precision
    earliest: date
    latest: date
    at: str = ""

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError("the latest day is before the earliest")
        if self.precision is Precision.DAY and self.latest != self.earliest:
            raise ValueError("a day is one day")
        if self.precision is Precision.MONTH and (self.earliest, self.latest) != _month(self.earliest):
            raise ValueError("a month is all of its days")
        if self.at and (self.precision is not Precision.DAY or _CLOCK.fullmatch(self.at) is None):
            raise ValueError("a time of day belongs to an exact day")

    @classmethod
    def on(cls, day: date, at: str = "") -> When:
        """That very day."""
        return cls(precision=Precision.DAY, earliest=day, latest=day, at=at)

    @classmethod
    def about(cls, day: date, latest: date | None = None) -> When:
        """About a day, or between two."""
        return cls(precision=Precision.ABOUT, earliest=day, latest=latest or day)

    @classmethod
    def in_month(cls, year: int, month: int) -> When:
        """Some day of a month."""
        first, last = _month(date(year, month, 1))
        return cls(precision=Precision.MONTH, earliest=first, latest=last)

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.precision is Precision.DAY

    def words(self, *, with_year: bool = True) -> str:
        """``14 March 2026``, ``about 2 April``, ``about 2 to 9 April``, ``about April 2026``."""
        if self.precision is Precision.MONTH:
            return f"about {MONTHS[self.earliest.month - 1]}" + (f" {self.earliest.year}" if with_year else "")
        said = _span(self.earliest, self.latest, with_year=with_year)
        if self.precision is Precision.ABOUT:
            return f"about {said}"
        return f"{said} {self.at}" if self.at else said

    def to_content(self) -> dict[str, Any]:
        return {
            "precision": self.precision.value, "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat(), "at": self.at,
        }  # fmt: skip

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> When:
        if not isinstance(raw["at"], str):
            raise ValueError("not a time of day")
        return cls(
            precision=Precision(raw["precision"]), earliest=date.fromisoformat(raw["earliest"]),
            latest=date.fromisoformat(raw["latest"]), at=raw["at"],
        )  # fmt: skip


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _span(first: date, last: date, *, with_year: bool) -> str:
    year = f" {last.year}" if with_year or first.year != last.year else ""
    end = f"{last.day} {MONTHS[last.month - 1]}{year}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    start = f"{first.day} {MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
    return f"{start} to {end}"
