"""Finding notes, newest first: whole answers for commands, short walks for a screen that must not keep the lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from fieldkit.app.filters import words_of
from fieldkit.app.rows import EntryFilter, EntryRow, SearchHit, Tally, Walk
from storage import log
from storage.engine import Database
from storage.entry_rows import rows_of
from storage.filters import Plan, plan_of
from storage.identity import fact
from storage.match import match_of
from storage.words import catch_up

_CATCH_UP = 1000
_AROUND = 16
"""Words of the snippet; about two lines of a result list."""
_PATIENCE = 0.004
"""Seconds after which a walk stops where it is: a note being saved waits no longer than that."""
_FIRST_STEP, _GROWTH = 4_000, 2
"""Row ids looked at before the clock is: some 1 ms of the slowest filter."""


def search(db: Database, words: str, wanted: EntryFilter) -> list[SearchHit]:
    """The newest ``wanted.limit`` notes with all of the words. No words, no hits."""
    asked = replace(wanted, words=(*wanted.words, *words_of(words)))
    return find(db, asked) if match_of([word for word in asked.words if not word.negated]) else []


def find(db: Database, wanted: EntryFilter) -> list[SearchHit]:
    """The newest ``wanted.limit`` notes that match, each with the words around what was found."""
    numbers = numbers_of(db, wanted)
    query = match_of([word for word in wanted.words if not word.negated])
    snippets: dict[int, str] = {}
    if numbers and query:
        # One walk over the hits: asked for one by one, each would open the index anew.
        rows = db.rows(
            "SELECT rowid, snippet(entry_words, -1, char(2), char(3), '…', ?) FROM entry_words"
            f" WHERE entry_words MATCH ? AND rowid IN ({log.marks(len(numbers))})",
            (_AROUND, query, *numbers),
        )
        snippets = dict(rows)
    return [SearchHit(row=row, snippet=snippets.get(row.n, row.entry.text)) for row in rows_of(db, numbers)]


def numbers_of(db: Database, wanted: EntryFilter) -> list[int]:
    """Row ids of the newest ``wanted.limit`` notes, newest first: the whole answer, however long it takes."""
    if wanted.words:
        while catch_up(db, _CATCH_UP):
            pass
    plan, top = _start(db, wanted)
    return [row[0] for row in db.rows(*plan.page(top, 0, wanted.limit))]


def walk(db: Database, wanted: EntryFilter, patience: float = _PATIENCE) -> Walk:
    """What a few ms find: see ``Walk``."""
    is_level = not (wanted.words and catch_up(db))
    plan, top = _start(db, wanted)
    found: list[int] = []
    end, step, reached = perf_counter() + patience, _FIRST_STEP, 0
    while top > 0:
        floor = max(top - step, 0)
        found += [row[0] for row in db.rows(*plan.page(top, floor, wanted.limit - len(found)))]
        if len(found) == wanted.limit:
            reached = found[-1]
            break
        top, step = floor, step * _GROWTH
        if perf_counter() > end and top > 0:
            reached = top
            break
    return Walk(rows=tuple(rows_of(db, found)), reached=reached, is_level=is_level)


def tally(db: Database, wanted: EntryFilter, patience: float = _PATIENCE) -> Tally:
    """How many match on as long a stretch as a few ms allow."""
    plan, top = _start(db, wanted)
    count, end, step = 0, perf_counter() + patience, _FIRST_STEP
    while top > 0:
        floor = max(top - step, 0)
        row = db.one(*plan.count(top, floor))
        count += row[0] if row else 0
        top, step = floor, step * _GROWTH
        if perf_counter() > end and top > 0:
            return Tally(count=count, reached=top)
    return Tally(count=count, reached=0)


def among(db: Database, wanted: EntryFilter, entries: Sequence[str]) -> tuple[list[EntryRow], frozenset[str]]:
    """These notes as they are now (those that can be read), and which of them match."""
    ids = list(entries)
    numbers = [
        row[0]
        for row in db.rows(
            f"SELECT e.n FROM revisions r JOIN entries e ON e.n = r.n WHERE r.id IN ({log.marks(len(ids))})", ids
        )
    ]
    if not numbers:
        return [], frozenset()
    plan = plan_of(wanted, fact(db, "author"), numbers)
    matching = {row[0] for row in db.rows(*plan.page(max(numbers) + 1, min(numbers), len(numbers)))}
    rows = rows_of(db, numbers)
    return rows, frozenset(row.entry.id for row in rows if row.n in matching)


def _start(db: Database, wanted: EntryFilter) -> tuple[Plan, int]:
    top = log.next_n(db)
    return plan_of(wanted, fact(db, "author")), top if wanted.before is None else min(wanted.before, top)
