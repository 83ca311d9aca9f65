"""The search index: an FTS5 table over ``entry_text``, kept level with the notes and their addenda.

It holds no text of its own, so taking a row out needs the very words that were put in: they are read from the view
*before* the log changes, and put back from it afterwards. Notes made here are indexed in their own transaction. Pulled
ones wait in ``unindexed``, or reading in ten thousand would take twice as long; ``catch_up`` does them bit by bit, and
every search does what is left first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from itertools import zip_longest

from fieldkit.kernel.errors import Trouble
from storage.engine import Database
from storage.log import marks

_STEP = 500
_BIT = 64
"""Notes indexed at once in the background: some 5 ms, so a note being saved hardly waits."""


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


def put_in_later(db: Database, numbers: Sequence[int]) -> None:
    """Remember notes that are to be indexed."""
    db.many("INSERT OR IGNORE INTO unindexed (n) VALUES (?)", [(n,) for n in numbers])


def catch_up(db: Database, most: int = _BIT) -> bool:
    """Index up to ``most`` notes that wait, in a transaction of its own; whether more do.

    It is not flushed to the disk by itself: after a power cut the notes simply wait again.
    """
    waiting = [row[0] for row in db.rows("SELECT n FROM unindexed ORDER BY n LIMIT ?", (most,))]
    if waiting:
        with db.lazy_transaction():
            put_in_from_log(db, waiting)
            db.many("DELETE FROM unindexed WHERE n = ?", [(n,) for n in waiting])
    return len(waiting) == most


def take_out(db: Database, entries: Sequence[str]) -> list[int]:
    """Take these entries (by id) out of the index, before anything about them changes; their ``n``.

    Those that wait to be indexed are no part of it: they will be indexed as they then are.
    """
    found: list[int] = []
    for start in range(0, len(entries), _STEP):
        some = entries[start : start + _STEP]
        rows = db.rows(
            f"SELECT e.n FROM revisions r JOIN entries e ON e.n = r.n WHERE r.id IN ({marks(len(some))})"
            " AND e.n NOT IN (SELECT n FROM unindexed) ORDER BY e.n",
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
    db.run("DELETE FROM unindexed")
    db.run("INSERT INTO entry_words (entry_words) VALUES ('rebuild')")


def is_level(db: Database) -> bool:
    """Whether the index holds exactly the words of the notes."""
    return db.is_sound("INSERT INTO entry_words (entry_words, rank) VALUES ('integrity-check', 1)")


def holds(db: Database) -> bool:
    """Whether the index finds what is in the notes, those aside that still wait for it. Writes nothing to the file.

    A second index is made in memory, and both are read word by word: 0.3 s for 10,000 notes.
    """
    found = db.one("SELECT sql FROM main.sqlite_master WHERE name = 'entry_words'")
    if found is None:
        return False
    create = str(found[0]).replace("CREATE VIRTUAL TABLE entry_words", "CREATE VIRTUAL TABLE temp.made_words", 1)
    db.run(re.sub(r"content='entry_text',\s*content_rowid='n'", "content=''", create))
    try:
        db.run(
            "INSERT INTO temp.made_words (rowid, text, addenda) SELECT n, text, addenda FROM entry_text"
            " WHERE n NOT IN (SELECT n FROM unindexed)"
        )
        for name, of in (("kept", "'main', 'entry_words'"), ("made", "'temp', 'made_words'")):
            db.run(f"CREATE VIRTUAL TABLE temp.{name}_places USING fts5vocab({of}, 'instance')")
        columns = "term, doc, col, offset"
        with (
            closing(db.stream(f"SELECT {columns} FROM temp.kept_places")) as kept,
            closing(db.stream(f"SELECT {columns} FROM temp.made_places")) as made,
        ):
            return all(one == other for one, other in zip_longest(kept, made))
    except Trouble as error:
        if error.code != "vault.damaged":
            raise
        return False
    finally:
        for table in ("kept_places", "made_places", "made_words"):
            db.run(f"DROP TABLE IF EXISTS temp.{table}")
