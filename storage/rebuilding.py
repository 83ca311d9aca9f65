"""Computing every projection again from the log, in place or beside it to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from storage import bars, log, words
from storage.engine import Database
from storage.log import Logged
from storage.projection import project

if TYPE_CHECKING:
    from sqlalchemy import Table

_PAGE = 500
Report = Callable[[str, int, int], None]


def rebuild(db: Database) -> None:
    """Empty every projection and compute it again; call inside a transaction."""
    for table in _projections():
        db.run(f"DELETE FROM {table.name}")
    replay(db)
    words.rebuild(db)


def replay(db: Database, report: Report | None = None) -> None:
    """Project the whole log, page by page, leaving the search index alone."""
    bars.look_again(db)
    total = log.next_n(db) - 1
    for page in _pages(log.scan(db, step=_PAGE)):
        project(db, page, index=False)
        if report is not None:
            report("projections", page[-1].n, total)


def differences(db: Database, report: Report | None = None) -> list[tuple[str, str, str]]:
    """Where a projection is not what a rebuild gives: ``(table, key, "missing" or "surplus" or "differs")``.

    The rebuild happens in temporary tables of the same names, which SQLite finds first; they live in memory.
    """
    for table in _projections():
        create = db.one("SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?", (table.name,))
        if create is None:
            return [(table.name, "", "missing")]
        db.run(str(create[0]).replace("CREATE TABLE ", "CREATE TEMP TABLE ", 1))
    try:
        replay(db, report)
        found: list[tuple[str, str, str]] = []
        for table in _projections():
            found += _compare(db, table.name, [column.name for column in table.primary_key.columns])
    finally:
        for table in _projections():
            db.run(f"DROP TABLE IF EXISTS temp.{table.name}")
    return found


def _projections() -> tuple[Table, ...]:
    """Few vaults are ever rebuilt or proved in a sitting: only these import SQLAlchemy for it."""
    from storage.tables import PROJECTIONS

    return PROJECTIONS


def _compare(db: Database, table: str, keys: list[str]) -> list[tuple[str, str, str]]:
    key = " || ' ' || ".join(keys)
    gone = {
        row[0] for row in db.rows(f"SELECT {key} FROM (SELECT * FROM temp.{table} EXCEPT SELECT * FROM main.{table})")
    }
    more = {
        row[0] for row in db.rows(f"SELECT {key} FROM (SELECT * FROM main.{table} EXCEPT SELECT * FROM temp.{table})")
    }
    return [
        (table, str(one), "differs" if one in gone and one in more else "missing" if one in gone else "surplus")
        for one in sorted(gone | more, key=str)
    ]


def _pages(items: Iterator[Logged]) -> Iterator[list[Logged]]:
    while page := list(islice(items, _PAGE)):
        yield page
