"""The values of rules: texts, numbers and truths, turned into each other as XPath 1.0 does (sections 3.4, 4.2 to 4.4).

A number that is none ("" or "a few") is ``None``: it compares as false with everything, as NaN does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

Value = str | bool | Decimal | None

_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?).*)?")
_MINUTES = 1440
_HUGE = Decimal(10) ** 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known when a rule is run: answers by question (one asked several times has several), local time.

    An answer of several choices is their names with a blank between. ``own`` is the answer that a constraint is
    about, ``row`` the further columns of the choice that a filter is about.
    """

    answers: Mapping[str, Sequence[str]]
    now: datetime
    own: str = ""
    row: Mapping[str, str] = field(default_factory=dict)

    def answer(self, name: str) -> str:
        """The last answer to a question; empty without one."""
        found = self.answers.get(name, ())
        return found[-1] if found else ""


def number(value: Value) -> Decimal | None:
    """As a number; a day counts in days, so that days can be compared and taken from each other."""
    if isinstance(value, bool):
        return Decimal(int(value))
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    return _days(text)


def text(value: Value) -> str:
    """As a text: 3 for 3.0, ``true`` for a truth, ``NaN`` for a number that is none."""
    if value is None:
        return "NaN"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        if abs(value) >= _HUGE:
            return str(value)
        whole = value.to_integral_value()
        return str(int(whole)) if value == whole else format(value.normalize(), "f")
    return value


def truth(value: Value) -> bool:
    """As a truth: a text that is not empty, a number that is not 0."""
    return bool(value)


def equal(left: Value, right: Value) -> bool:
    """Whether ``left = right``."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if not isinstance(left, str) or not isinstance(right, str):
        one, other = number(left), number(right)
        return one is not None and one == other
    return left == right


def safe(one: Decimal | None, other: Decimal | None, sign: str) -> Decimal | None:
    """``one`` and ``other`` reckoned together; no number where there is none to have."""
    if one is None or other is None:
        return None
    try:
        if sign == "+":
            return one + other
        if sign == "-":
            return one - other
        if sign == "*":
            return one * other
        return one / other if sign == "div" else one % other
    except (InvalidOperation, ArithmeticError):
        return None


def _days(written: str) -> Decimal | None:
    found = _DAY.fullmatch(written)
    if found is None:
        return None
    try:
        days = Decimal(date.fromisoformat(found[1]).toordinal())
        at = datetime.strptime((found[2] or "00:00")[:5], "%H:%M")  # noqa: DTZ007 - the time of an answer has no zone
    except ValueError:
        return None
    return days + Decimal(at.hour * 60 + at.minute) / _MINUTES
