"""Search: a person's words as a full-text query that cannot be wrong, answered newest first."""

from __future__ import annotations

import re
import unicodedata

from fieldkit.app.rows import EntryFilter, SearchHit
from fieldkit.app.texts import whole
from storage.engine import Database
from storage.entry_rows import rows_of
from storage.filters import where
from storage.words import catch_up

_PIECES = re.compile(r'"([^"]*)("|$)|(\S+)')
_CATCH_UP = 1000
_AROUND = 16
"""Words of the snippet; about two lines of a result list."""


def find(db: Database, words: str, wanted: EntryFilter) -> list[SearchHit]:
    """The newest ``wanted.limit`` notes with all of the words. No words, no hits.

    The index is walked by row id downwards and stops at the limit, so the first page costs the same in a hundred
    notes and in a hundred thousand.
    """
    query = match_of(words)
    if not query:
        return []
    while catch_up(db, _CATCH_UP):
        pass
    conditions, values = where(wanted)
    if wanted.before is not None:
        conditions += " AND f.rowid < ?"
        values.append(wanted.before)
    rows = db.rows(
        "SELECT f.rowid, snippet(entry_words, -1, char(2), char(3), '…', ?)"
        " FROM entry_words f CROSS JOIN entries e ON e.n = f.rowid"
        f" WHERE entry_words MATCH ? AND {conditions} ORDER BY f.rowid DESC LIMIT ?",
        (_AROUND, query, *values, wanted.limit),
    )
    snippets: dict[int, str] = dict(rows)
    return [SearchHit(row=row, snippet=snippets[row.n]) for row in rows_of(db, list(snippets))]


def match_of(words: str) -> str:
    """``words`` as an FTS5 query: every word, ``"a phrase"``, ``prefix*``; the word being typed counts as a prefix.

    Each piece is quoted, so no character of it is an operator; pieces without a letter or digit are left out.
    """
    pieces = []
    words = whole(words)
    for match in _PIECES.finditer(words):
        phrase, closing, word = match.groups()
        text = phrase if word is None else word
        unfinished = match.end() == len(words) and closing != '"'
        if not any(_is_indexed(letter) for letter in text):
            continue
        asked = word is not None and word.endswith("*")
        # One letter begins nearly every note, and finding them takes 40 ms at 100,000: it counts from the second on.
        is_prefix = asked or (unfinished and len(text) > 1)
        quoted = '"' + text.replace('"', " ").replace("\0", " ") + '"'
        pieces.append(quoted + ("*" if is_prefix and _is_indexed(text.rstrip("*")[-1]) else ""))
    return " AND ".join(pieces)


def _is_indexed(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LN" or unicodedata.category(letter) == "Co"
