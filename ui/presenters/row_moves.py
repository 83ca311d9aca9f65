"""How a list of notes changed, in the terms of an item model: told by whoever keeps the rows, heard by the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Move(StrEnum):
    """What happened to the list."""

    RESET = "reset"
    INSERTED = "inserted"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsMoved:
    """Rows ``first`` to ``last`` (both included) were inserted, removed or changed; after ``RESET`` all is new."""

    move: Move
    first: int = 0
    last: int = -1


def stretches(places: Iterable[int]) -> list[tuple[int, int]]:
    """Rising places as stretches of neighbours, the first and the last of each: 1, 2, 5 as (1, 2) and (5, 5)."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
