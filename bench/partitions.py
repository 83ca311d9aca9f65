"""What partitioning the log would change: the store's own code on a plain log and on one in ranges of numbers.

Both hold the same million rows, written by COPY. Then the same pushes, pulls and hellos go to both in turn, and last
both are asked for what retention costs: destroying the contents of the oldest tenth, getting their bytes off the disk,
and taking a whole tenth out.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
from psycopg import sql

from bench.machine import postmaster
from bench.timing import Row, show
from bench.walls import Side, compared, keep_quiet
from central import admin
from central.core import open_core
from central.settings import Settings
from tests.support.postgres import fresh_database, postgres_server

ROWS, PARTITIONS, ROUNDS = 1_000_000, 10, 60
_MADE = """
    CREATE UNLOGGED TABLE made AS
    SELECT n AS seq, (n - 1) / 500 * 500 + 1 AS sheet, id AS revision, 'c'::varchar AS part, 'accepted' AS outcome,
        '' AS code, md5('place' || k)::uuid AS assessment, 'entry' AS kind, id AS record,
        md5('device' || k)::uuid AS device, (n - 1) % 2500 + 1 AS device_seq, md5('author' || k)::uuid AS author,
        '2026-11-12T09:00:00.000Z' AS received_at, sha256(id::text::bytea) AS hash,
        sha256(('chain' || n)::bytea) AS chain, convert_to(rpad(id::text, 560, 'envelope '), 'UTF8') AS envelope,
        sha256('a') || sha256('b') AS signature, substr(sha256('salt'), 1, 16) AS salt,
        convert_to(rpad(n::text, 1000, 'note '), 'UTF8') AS content
    FROM (SELECT n, (n - 1) / 2500 AS k, (lpad(to_hex(1760000000000 + n), 12, '0') || '7abc8'
        || substr(md5(n::text), 1, 15))::uuid AS id FROM generate_series(1::bigint, {rows}) n) AS numbered"""
"""Rows as large as notes of 1 kB are, with ids that rise as ours do, 2,500 to a laptop and its assessment."""
_SHEETS = """
    INSERT INTO sheet (id, device, "user", assessment, epoch, data, signature)
    SELECT log.seq, device, author, assessment, epoch, '', '' FROM log, store WHERE log.sheet = log.seq"""


def run(rows: int = ROWS, rounds: int = ROUNDS) -> None:
    """Print times and ratios."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fieldkit-bench-")))
        server = stack.enter_context(postgres_server(durable=True))
        keep_quiet(server)
        source, each = stack.enter_context(fresh_database(server)), rows // PARTITIONS
        _do(source, sql.SQL(_MADE).format(rows=rows))
        sides = [_side(stack, folder, server, name) for name in ("plain", "partitioned")]
        _partition(sides[1].owner, each)
        filled = [_fill(source, side.owner, rows) for side in sides]
        for side in sides:
            side.begin()
        for number in range(rounds):
            for side in sides if number % 2 else reversed(sides):
                side.round(number)
        copied = [*_pair(f"COPY of {rows:,} rows, all indexes standing", sides, filled)]
        show(f"A log of {rows:,} rows, plain and in {PARTITIONS} partitions", [*copied, *compared(sides[0], sides[1])])
        show("The oldest two tenths of it", list(_old(sides, each)))


def _side(stack: ExitStack, folder: Path, server: str, name: str) -> Side:
    url = stack.enter_context(fresh_database(server))
    settings = Settings(folder=folder / name, database_url=url, port=0)
    admin.init(settings, "Bench office")
    core = open_core(settings)
    stack.callback(core.close)
    return Side(name, core, url, postmaster(url))


def _partition(url: str, each: int) -> None:
    """The same table in partitions of so many numbers, with one more for what comes."""
    _do(url, sql.SQL("ALTER TABLE log RENAME TO plain"))
    _do(url, sql.SQL("CREATE TABLE log (LIKE plain INCLUDING ALL) PARTITION BY RANGE (seq)"))
    for number in range(PARTITIONS):
        _do(url, sql.SQL("CREATE TABLE {name} PARTITION OF log FOR VALUES FROM ({first}) TO ({after})").format(
            name=_name(number), first=number * each + 1, after=(number + 1) * each + 1
        ))  # fmt: skip
    _do(url, sql.SQL("CREATE TABLE {name} PARTITION OF log FOR VALUES FROM ({first}) TO (MAXVALUE)").format(
        name=_name(PARTITIONS), first=PARTITIONS * each + 1
    ))  # fmt: skip
    _do(url, sql.SQL("DROP TABLE plain"))


def _fill(source: str, url: str, rows: int) -> float:
    """Copy the rows over and tell the store that it has them; seconds of the copying."""
    with psycopg.connect(_address(source)) as made, psycopg.connect(_address(url)) as log:
        begun = time.perf_counter()
        with (
            made.cursor().copy("COPY made TO STDOUT (FORMAT BINARY)") as out,
            log.cursor().copy("COPY log FROM STDIN (FORMAT BINARY)") as into,
        ):
            for part in out:
                into.write(part)
        log.commit()
        seconds = time.perf_counter() - begun
        log.execute("UPDATE store SET number = %s, chain = %s", (rows, "c" * 64))
        log.execute("UPDATE proving SET upto = %s", (rows,))
        log.execute("UPDATE counted SET upto = %s", (rows,))
        log.execute(_SHEETS)
    return seconds


def _old(sides: list[Side], each: int) -> Iterator[Row]:
    """What is done with what is old: by the owner, with the triggers off that refuse it to everybody else."""
    plain, parted = (side.owner for side in sides)
    destroy = sql.SQL("UPDATE log SET content = NULL, salt = NULL WHERE seq <= {each}").format(each=each)
    remove = sql.SQL("DELETE FROM log WHERE seq > {each} AND seq <= {last}").format(each=each, last=2 * each)
    whole, first = sql.SQL("VACUUM FULL log"), sql.SQL("VACUUM FULL {name}").format(name=_name(0))
    drop = sql.SQL("DROP TABLE {name}").format(name=_name(1))
    yield from _pair("contents destroyed", sides, [_do(url, destroy) for url in (plain, parted)])
    yield from _pair("  and off the disk: VACUUM FULL of all, of one", sides, [_do(plain, whole), _do(parted, first)])
    yield from _pair("a tenth taken out: DELETE and VACUUM, DROP", sides, [
        _do(plain, remove) + _do(plain, sql.SQL("VACUUM log")), _do(parted, drop),
    ])  # fmt: skip


def _pair(work: str, sides: list[Side], seconds: list[float]) -> Iterator[Row]:
    for side, one in zip(sides, seconds, strict=True):
        ratio = one / seconds[0] if side is not sides[0] else None
        yield Row(work=f"{work}, {side.name}", figure=f"{one:.2f} s", ratio=ratio)


def _do(url: str, statement: sql.SQL | sql.Composed) -> float:
    """Run it; its seconds."""
    with psycopg.connect(_address(url), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        begun = time.perf_counter()
        connection.execute(statement)
        return time.perf_counter() - begun


def _name(number: int) -> sql.Identifier:
    return sql.Identifier(f"log_{number}")


def _address(url: str) -> str:
    return url.replace("+psycopg", "")
