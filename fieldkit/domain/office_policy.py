"""What an office decides for all laptops of its people: kept at the central store, told with every signed hello."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.domain.escalation import Priority
from fieldkit.domain.escalation_policy import PhoneNumber

LOCK_MINUTES = range(2, 121)
"""As far as a person may choose."""
PURGE_DAYS = range(1, 3_651)
DUE_MINUTES = range(1, 7 * 24 * 60 + 1)
MOST_NUMBERS = 12
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePolicy:
    """``None`` or empty = the office says nothing of it, and what is chosen on the laptop holds.

    ``lock_minutes``: minutes without a key until the vault locks. ``purge_days``: days after everything was confirmed
    within which the vault is to be erased. ``keep_days``: days after a closed visit was handed in on which the words
    and files of it that the office has are removed here. ``minutes``: within how many an escalation of a priority is to
    be answered.
    """

    record_audio: bool | None = None
    lock_minutes: int | None = None
    purge_days: int | None = None
    keep_days: int | None = None
    numbers: tuple[PhoneNumber, ...] = field(default=())
    minutes: Mapping[Priority, int] = field(default_factory=dict)

    def to_content(self) -> dict[str, Any]:
        return {
            "record_audio": self.record_audio, "lock_minutes": self.lock_minutes, "purge_days": self.purge_days,
            "keep_days": self.keep_days,
            "numbers": [{"title": one.title, "number": one.number} for one in self.numbers],
            "minutes": {priority.value: minutes for priority, minutes in sorted(self.minutes.items())},
        }  # fmt: skip

    @classmethod
    def from_content(cls, raw: Mapping[str, Any]) -> OfficePolicy:
        """Raises ``ValueError``, ``TypeError`` or ``KeyError`` for what no office can have decided."""
        audio = raw.get("record_audio")
        if audio is not None and not isinstance(audio, bool):
            raise TypeError("record_audio")
        numbers = tuple(_number(one) for one in raw.get("numbers", ()))
        if len(numbers) > MOST_NUMBERS:
            raise ValueError("numbers")
        minutes = {Priority(name): _within(value, DUE_MINUTES) for name, value in raw.get("minutes", {}).items()}
        return cls(
            record_audio=audio, lock_minutes=_optional(raw.get("lock_minutes"), LOCK_MINUTES),
            purge_days=_optional(raw.get("purge_days"), PURGE_DAYS), numbers=numbers,
            minutes=minutes, keep_days=_optional(raw.get("keep_days"), PURGE_DAYS),
        )  # fmt: skip


def _optional(value: object, among: range) -> int | None:
    return None if value is None else _within(value, among)


def _within(value: object, among: range) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value not in among:
        raise ValueError(f"not between {among[0]} and {among[-1]}")
    return value


def _number(raw: Mapping[str, Any]) -> PhoneNumber:
    title, number = raw["title"], raw["number"]
    for text in (title, number):
        if not isinstance(text, str) or len(text) > _LONGEST or any(ord(letter) < 32 for letter in text):
            raise ValueError("number")
    return PhoneNumber(title=title, number=number)
