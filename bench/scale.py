"""Two hundred laptops at once: what arrives, how long each question takes, and what it costs the store.

Each laptop is a real vault with the real engine over real HTTP, in several processes; the store runs in a process of
its own on PostgreSQL with flushes. Afterwards the rows that the store holds are counted against the vaults, and
written once more by PostgreSQL alone (the limit).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench.machine import Peak, cost, postmaster
from bench.office import Office
from bench.scale_laptops import Plan
from bench.timing import Row, show
from tests.support.postgres import fresh_database, postgres_server

LAPTOPS, TEAM, NOTES, FILES, SIZE = 200, 5, 1_000, 20, 64 * 1024
PROCESSES, AT_ONCE = 4, 10
_COLUMNS = (
    "seq, sheet, revision, part, outcome, code, assessment, kind, record, device, device_seq, author, received_at,"
    " hash, chain, envelope, signature, salt, content"
)


@dataclass(slots=True)
class Measured:
    """One run of it."""

    seconds: float
    store: float
    database: float
    memory: dict[str, int]
    laptops: list[dict[str, Any]]


class Crowd:
    """The processes of the laptops."""

    def __init__(self, folder: Path, office: Office, plan: Plan, processes: int) -> None:
        self._children = []
        share = -(-plan.count // processes // plan.team) * plan.team
        for first in range(0, plan.count, share):
            own = Plan(
                url=plan.url, first=first, count=min(share, plan.count - first), team=plan.team, notes=plan.notes,
                files=plan.files, size=plan.size, at_once=plan.at_once,
            )  # fmt: skip
            place = f"{office.settings.folder} {office.settings.database_url}"
            command = [sys.executable, "-m", "bench.scale_laptops", str(folder), place, own.words()]
            self._children.append(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )  # fmt: skip

    def do(self, command: str) -> list[dict[str, Any]]:
        """All at once; their answers."""
        for child in self._children:
            assert child.stdin is not None
            child.stdin.write(command + "\n")
            child.stdin.flush()
        answers = []
        for child in self._children:
            assert child.stdout is not None
            answers.append(json.loads(child.stdout.readline()))
        return answers

    def end(self) -> None:
        """Until they have ended."""
        for child in self._children:
            child.communicate("end\n" if child.poll() is None else None)


def run(laptops: int = LAPTOPS, notes: int = NOTES, files: int = FILES) -> None:
    """Print it: teams of five with files, who read each other's work too; then a quarter of them handing in alone."""
    crowd(laptops, notes, files, TEAM)
    crowd(max(1, laptops // 4), notes, 0, 1)


def crowd(laptops: int, notes: int, files: int, team: int) -> None:
    """One crowd against a store of its own. In a team of one nobody reads: what is left is handing in."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fieldkit-bench-")))
        server = stack.enter_context(postgres_server(durable=True))
        database = stack.enter_context(fresh_database(server))
        office = Office(folder / "office", database)
        stack.callback(office.stop)
        plan = Plan(office.url, 0, laptops, team, notes, files, SIZE, AT_ONCE)
        people = Crowd(folder, office, plan, PROCESSES)
        stack.callback(people.end)
        people.do("make")
        office.come_to_rest()
        before = _rows(database)
        measured = _measured(office, postmaster(database), people)
        office.come_to_rest()
        rows = _rows(database) - before
        whole = _whole(database, measured.laptops, files, team)
        limit = _limit(database, rows, notes)
        show(
            f"{laptops} laptops in teams of {team}, {notes:,} notes and {files} files each",
            _table(measured, rows, whole, limit),
        )


def _measured(office: Office, database: int, crowd: Crowd) -> Measured:
    store = office._child.pid
    started = (cost(store), cost(database))
    with Peak(store=store, database=database) as peak:
        begun = time.perf_counter()
        crowd.do("send")
        crowd.do("send")  # what a mate handed in after one's own last round
        seconds = time.perf_counter() - begun
    laptops = [one for answer in crowd.do("tell") for one in answer["laptops"]]
    return Measured(
        seconds=seconds, store=cost(store).since(started[0]), database=cost(database).since(started[1]),
        memory=peak.memory, laptops=laptops,
    )  # fmt: skip


def _rows(database: str) -> int:
    return int(_ask(database, "SELECT count(*) FROM log")[0])


def _ask(database: str, question: str) -> tuple[Any, ...]:
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return tuple(row)


def _whole(database: str, laptops: list[dict[str, Any]], files: int, team: int) -> dict[str, int]:
    """What is missing, and what is there twice: at the store against the vaults, and in each vault."""
    wanted = "SELECT count(DISTINCT revision), count(*) - count(DISTINCT (revision, part)) FROM log"
    at_store, twice = _ask(database, f"{wanted} WHERE outcome <> 'quarantined'")
    (arrived,) = _ask(database, "SELECT count(*) FROM file")
    held = [one["held"] for one in laptops]
    # Everybody holds what the team made; so each vault's sum over teams is the store's, once for each member.
    teams = [held[start : start + team] for start in range(0, len(held), team)]
    everything = sum(max(one) for one in teams)
    return {
        "lost at the store": max(0, everything - at_store),
        "lost in vaults": sum(max(some) - one for some in teams for one in some),
        "twice at the store": twice, "twice in vaults": sum(one["held"] - one["distinct"] for one in laptops),
        "files lost": len(laptops) * files - arrived, "left to send": sum(one["left"] for one in laptops),
        "tried again": sum(one["troubles"] for one in laptops),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """Rows a second by the clock, and processor seconds a row of the database and of whoever writes."""

    clock: float
    processor: float


def _limit(database: str, rows: int, batch: int) -> dict[str, Limit]:
    """The same rows written by PostgreSQL alone, into a table with the same indexes, a laptop's work to a commit."""
    found = {}
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        taken = connection.execute(f"SELECT {_COLUMNS} FROM log ORDER BY seq LIMIT {min(rows, 20_000)}").fetchall()
        for name, write in (("multi-row insert", _insert), ("COPY", _copy)):
            connection.execute("DROP TABLE IF EXISTS plain")
            connection.execute("CREATE TABLE plain (LIKE log INCLUDING ALL)")
            connection.commit()
            root = postmaster(database)
            before, busy, begun = cost(root), time.process_time(), time.perf_counter()
            for start in range(0, len(taken), batch):
                write(connection, taken[start : start + batch])
                connection.commit()
            seconds = time.perf_counter() - begun
            processor = cost(root).since(before) + time.process_time() - busy
            found[name] = Limit(clock=len(taken) / seconds, processor=processor / len(taken))
        connection.execute("DROP TABLE plain")
        connection.commit()
    return found


def _insert(connection: psycopg.Connection, rows: list[tuple[Any, ...]]) -> None:
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        places = ", ".join(["(" + ", ".join(["%s"] * len(some[0])) + ")"] * len(some))
        connection.execute(
            f"INSERT INTO plain ({_COLUMNS}) VALUES {places}",
            [value for row in some for value in row],
        )


def _copy(connection: psycopg.Connection, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor().copy(f"COPY plain ({_COLUMNS}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _table(measured: Measured, rows: int, whole: dict[str, int], limit: dict[str, Limit]) -> list[Row]:
    kept = [Row(work=f"{name} (to reach: 0)", figure=f"{count:,}") for name, count in whole.items()]
    rate, each = rows / measured.seconds, (measured.store + measured.database) / rows
    costs = [
        Row(work="all of it, from the first question to the last", figure=f"{measured.seconds:.0f} s"),
        Row(work="rows kept a second, laptops on the same machine", figure=f"{rate:,.0f}"),
        Row(work="processor of store and database", figure=f"{measured.store:.0f} and {measured.database:.0f} s"),
        Row(work="processor of both for a row", figure=f"{each * 1e6:.0f} µs"),
        *(Row(work=f"most memory of the {name}", figure=_mb(size)) for name, size in measured.memory.items()),
    ]
    limits = [
        Row(
            work=f"limit: the same rows by {name}", figure=f"{one.clock:,.0f} a second, {one.processor * 1e6:.0f} µs",
            ratio=rate / one.clock,
        )
        for name, one in limit.items()
    ]  # fmt: skip
    return [*kept, *_waits(measured.laptops), *costs, *limits]


def _waits(laptops: list[dict[str, Any]]) -> Iterator[Row]:
    taken: dict[str, list[float]] = {}
    for one in laptops:
        for name, seconds in one["taken"]:
            taken.setdefault(name, []).append(seconds)
    for name in ("hello", "push", "pull", "file_begin", "file_add"):
        ordered = sorted(taken.get(name, []))
        if ordered:
            at = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000 for part in (0.5, 0.95, 0.99)]
            told = " / ".join(f"{one:,.0f}" for one in at) + " ms"
            yield Row(work=f"{name}, {len(ordered):,} times: p50, p95, p99", figure=told)


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
