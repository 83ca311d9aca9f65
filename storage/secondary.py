"""The table of secondary tags that stand: settling a note's rows, and filling it in a vault that had no such table."""

from __future__ import annotations

from storage.engine import Database
from storage.log import marks
from storage.notes import Note, notes_of

_PAGE = 500
_SINCE = "0009"
"""The step that made the table."""


def name_of(pack: str, tag_set: str, tag: str) -> str:
    """How the table and filters name one."""
    return f"{pack}/{tag_set}/{tag}"


def settle(db: Database, note: Note) -> None:
    """What stands on a note, in the place of what stood."""
    ever = {name_of(*tag.key) for filing in note.filings() for tag in filing.secondary}
    if not ever:
        return
    n = note.logged.n
    db.many("DELETE FROM secondary WHERE tag = ? AND n = ?", [(name, n) for name in sorted(ever)])
    rows = sorted((name_of(*tag.key), n, tag.id) for tag in note.secondary())
    db.many("INSERT OR REPLACE INTO secondary (tag, n, item) VALUES (?, ?, ?)", rows)


def fill(db: Database, before: str) -> None:
    """Every one that a later version's filings brought here already; call inside a transaction."""
    if before >= _SINCE:
        return
    found = db.rows(
        "SELECT DISTINCT p.entry FROM pointers p JOIN revisions r ON r.n = p.n"
        " WHERE p.kind = 'filing' AND instr(r.content, CAST('\"secondary\":' AS BLOB)) > 0"
    )
    entries = [row[0] for row in found]
    for start in range(0, len(entries), _PAGE):
        some = entries[start : start + _PAGE]
        rows = db.rows(
            f"SELECT e.n FROM revisions r JOIN entries e ON e.n = r.n WHERE r.id IN ({marks(len(some))})", some
        )
        for note in notes_of(db, sorted(row[0] for row in rows)).values():
            settle(db, note)
