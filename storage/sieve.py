"""The sieve: a few small integers for each note, in the order of arrival, for every filter to walk down.

A row is some 60 bytes, where the same facts lie in 300 of ``entries``: a hundred thousand are walked in the time it
takes to read twenty thousand of those. Ids stand here as 48 bits of their hash. Two ids of one vault would have to
share these for a note to be listed in the wrong place; with ten thousand ids that is one chance in five million.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypedDict

from storage.engine import Database

QUESTION, RISK, QUOTE, VIEW, MARK, TAGGED, WITHDRAWN, ADDED, HELD = (1 << place for place in range(9))
"""Bits of ``marks``. ``ADDED``: this vault added words, tags or a withdrawal afterwards, which may wait by itself.
``HELD``: a consent it depends on was refused or withdrawn."""

_INSERT = (
    "INSERT INTO sieve (n, assessment, visit, activity, author, speaker, day, categories, marks, sharing)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Added(TypedDict):
    """What is said of a note later: its categories, and ``TAGGED``, ``WITHDRAWN``, ``ADDED``, ``HELD``."""

    categories: str
    standing: int


@lru_cache(maxsize=4096)
def key_of(record: str) -> int:
    """The short form of an id."""
    return int.from_bytes(hashlib.sha256(record.encode()).digest()[:6], "big")


def row_of(
    n: int, body: Mapping[str, Any], author: str, day: str, sharing: int, *, is_held: bool = False
) -> tuple[object, ...]:
    """The row of a note that nothing was added to yet, from its content."""
    marks = _marks_of(body) | (TAGGED if body["evidence"] else 0) | (HELD if is_held else 0)
    categories = categories_of(body["category"], (tag["category"] for tag in body["evidence"]))
    return (
        n, key_of(body["assessment"]), key_of(body["visit"]), key_of(body["activity"]), key_of(author),
        body["speaker"], day_number(day), categories, marks, sharing,
    )  # fmt: skip


def day_number(day: str) -> int:
    """``2026-11-12`` as a number of days."""
    return date.fromisoformat(day).toordinal()


def insert(db: Database, rows: Sequence[tuple[object, ...]]) -> None:
    """Add notes."""
    if len(rows) == 1:
        db.run(_INSERT, rows[0])
    else:
        db.many(_INSERT, rows)


def settle(db: Database, n: int, *, categories: str, standing: int, sharing: int) -> None:
    """What is said of a note changed: its categories, and of its marks those of ``Added``."""
    kept = ~(TAGGED | WITHDRAWN | ADDED | HELD)
    db.run(
        "UPDATE sieve SET categories = ?, marks = marks & ? | ?, sharing = ? WHERE n = ?",
        (categories, kept, standing, sharing, n),
    )


def level_sharing(db: Database) -> None:
    """``entries.sharing`` changed for many notes at once: the same here."""
    db.run(
        "UPDATE sieve SET sharing = (SELECT e.sharing FROM entries e WHERE e.n = sieve.n)"
        " WHERE sharing <> (SELECT e.sharing FROM entries e WHERE e.n = sieve.n)"
    )


def categories_of(own: str | None, on_tags: Iterable[str]) -> str:
    """The categories of its tags, else the note's own: ``" observation processes "``, each between two spaces."""
    found = set(on_tags) or {*([own] if own else [])}
    return f" {' '.join(sorted(found))} " if found else ""


def _marks_of(body: Mapping[str, Any]) -> int:
    said = {
        QUESTION: body["follow_up"], RISK: body["risk"] != "none", QUOTE: body["exact"], VIEW: body["own_view"],
        MARK: body["is_mark"],
    }  # fmt: skip
    return sum(bit for bit, is_so in said.items() if is_so)
