"""The table of tags that stand: its rows out of notes, and filling it in a vault whose table told less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fieldkit.domain.evidence import EvidenceItem
from storage.engine import Database
from storage.notes import notes_of

_PAGE = 500
_SINCE = "0008"
"""The step that made the table anew."""
_INSERT = (
    "INSERT OR REPLACE INTO tags (statement, n, item, pack, category, bearing, acquisition)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)

Row = tuple[Any, ...]


def rows_of(n: int, standing: Iterable[EvidenceItem]) -> list[Row]:
    """The rows of a note."""
    return [
        (tag.statement, n, tag.id, tag.pack, tag.category, tag.bearing.value, tag.acquisition.value) for tag in standing
    ]


def row_in(n: int, tag: Mapping[str, Any]) -> Row:
    """The row of a tag as the content of an entry has it."""
    said = (tag["bearing"], tag.get("acquisition", "collected"))
    return (tag["statement"], n, tag["id"], tag["pack"], tag["category"], *said)


def put_in(db: Database, rows: Sequence[Row]) -> None:
    """In an order of their own, so that an id given to two tags (by mistake or malice) ends the same everywhere."""
    db.many(_INSERT, sorted(rows))


def fill(db: Database, before: str) -> None:
    """Every tag that stands, in a vault that was of shape ``before``; call inside a transaction."""
    if before >= _SINCE:
        return
    after = 0
    while numbers := db.rows("SELECT n FROM entries WHERE tagged = 1 AND n > ? ORDER BY n LIMIT ?", (after, _PAGE)):
        after = numbers[-1][0]
        notes = notes_of(db, [row[0] for row in numbers])
        put_in(db, [row for n, note in notes.items() for row in rows_of(n, note.evidence())])
