"""The functions a rule may use. Each takes the facts and its arguments' values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from fieldkit.domain.rules.pattern import Pattern
from fieldkit.domain.rules.values import Facts, Value, number, text, truth

Run = Callable[[Facts, list[Value]], Value]


@dataclass(frozen=True, slots=True)
class Function:
    """``least`` and ``most`` are counts of arguments."""

    least: int
    most: int
    run: Run


def _selected(_: Facts, given: list[Value]) -> Value:
    return text(given[1]).strip() in text(given[0]).split()


def _coalesce(_: Facts, given: list[Value]) -> Value:
    return given[0] if text(given[0]) else given[1]


def _regex(_: Facts, given: list[Value]) -> Value:
    return Pattern.of(text(given[1])).matches(text(given[0]))


def _rounded(_: Facts, given: list[Value]) -> Value:
    found = number(given[0])
    places = number(given[1]) if len(given) > 1 else Decimal(0)
    if found is None or places is None or not 0 <= places <= 9 or abs(found) > 10**15:
        return None
    return found.quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)


def _whole(_: Facts, given: list[Value]) -> Value:
    found = number(given[0])
    return None if found is None else found.to_integral_value(ROUND_DOWN)


def _length(facts: Facts, given: list[Value]) -> Value:
    return Decimal(len(text(given[0]) if given else facts.own))


def _now(facts: Facts, _: list[Value]) -> Value:
    return facts.now.isoformat(timespec="minutes")


FUNCTIONS: Mapping[str, Function] = {
    "selected": Function(2, 2, _selected),
    "count-selected": Function(1, 1, lambda _, given: Decimal(len(text(given[0]).split()))),
    "if": Function(3, 3, lambda _, given: given[1] if truth(given[0]) else given[2]),
    "coalesce": Function(2, 2, _coalesce),
    "string-length": Function(0, 1, _length),
    "today": Function(0, 0, lambda facts, _: facts.now.date().isoformat()),
    "now": Function(0, 0, _now),
    "regex": Function(2, 2, _regex),
    "not": Function(1, 1, lambda _, given: not truth(given[0])),
    "true": Function(0, 0, lambda *_: True),
    "false": Function(0, 0, lambda *_: False),
    "boolean": Function(1, 1, lambda _, given: truth(given[0])),
    "string": Function(1, 1, lambda _, given: text(given[0])),
    "number": Function(1, 1, lambda _, given: number(given[0])),
    "int": Function(1, 1, _whole),
    "round": Function(1, 2, _rounded),
    "date": Function(1, 1, lambda _, given: text(given[0])),
    "concat": Function(1, 20, lambda _, given: "".join(map(text, given))),
    "contains": Function(2, 2, lambda _, given: text(given[1]) in text(given[0])),
    "starts-with": Function(2, 2, lambda _, given: text(given[0]).startswith(text(given[1]))),
    "normalize-space": Function(1, 1, lambda _, given: " ".join(text(given[0]).split())),
}
"""By their name in a rule; ``count`` is the parser's own, because it asks how often a question was answered."""
