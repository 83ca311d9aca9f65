"""The search index: an FTS5 table over ``entry_text``, kept level with the notes and their addenda.

It holds no text of its own, so taking a row out needs the very words that were put in: they are read from the view
*before* the log changes, and put back from it afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

from storage.engine import Database
from storage.log import marks

_STEP = 500


def put_in(db: Database, texts: Sequence[tuple[int, str]]) -> None:
    """Index notes that have no addenda yet: ``(n, text)``."""
    sql = "INSERT INTO entry_words (rowid, text, addenda) VALUES (?, ?, '')"
    if len(texts) == 1:
        db.run(sql, texts[0])
    else:
        db.many(sql, texts)


def put_in_from_log(db: Database, numbers: Sequence[int]) -> None:
    """Index notes as the log now has them."""
    db.many(
        "INSERT INTO entry_words (rowid, text, addenda) SELECT n, text, addenda FROM entry_text WHERE n = ?",
        [(n,) for n in numbers],
    )


def take_out(db: Database, entries: Sequence[str]) -> list[int]:
    """Take these entries (by id) out of the index, before anything about them changes; their ``n``."""
    found: list[int] = []
    for start in range(0, len(entries), _STEP):
        some = entries[start : start + _STEP]
        rows = db.rows(
            f"SELECT e.n FROM revisions r JOIN entries e ON e.n = r.n WHERE r.id IN ({marks(len(some))}) ORDER BY e.n",
            some,
        )
        found += [row[0] for row in rows]
    db.many(
        "INSERT INTO entry_words (entry_words, rowid, text, addenda)"
        " SELECT 'delete', n, text, addenda FROM entry_text WHERE n = ?",
        [(n,) for n in found],
    )
    return found


def rebuild(db: Database) -> None:
    """Compute the whole index again."""
    db.run("INSERT INTO entry_words (entry_words) VALUES ('rebuild')")


def is_level(db: Database) -> bool:
    """Whether the index holds exactly the words of the notes."""
    return db.is_sound("INSERT INTO entry_words (entry_words, rank) VALUES ('integrity-check', 1)")
