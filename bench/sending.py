"""Sending and reading in 10,000 notes, 100 later tags and nothing, against the limit rows, on PostgreSQL."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

import zstandard

from bench.limits import Limit
from bench.office import Office
from bench.relay import Relay
from bench.timing import Row, ms, show
from bench.vaults import new_meeting, new_vault, record_many, two_tags, without_stretching
from fieldkit.app.entries import file_evidence
from fieldkit.app.ports import SyncStore, UnitOfWork, Vault
from fieldkit.app.rows import EntryFilter
from fieldkit.kernel.clock import SystemClock
from sync.engine import Engine
from sync.enrol import enrol
from tests.support.postgres import fresh_database, postgres_server

T = TypeVar("T")
NOTES = 10_000
EDITS = 100
ROUNDS = 3


class Hand:
    """A vault with the engine on it, on this thread."""

    def __init__(self, folder: Path, name: str) -> None:
        self.vault: Vault = new_vault(folder, name)
        self.engine = Engine(self.call, "bench")

    def call(self, use: Callable[[SyncStore], T], /) -> T:
        """One local transaction."""
        return use(self.vault.sync_store)

    def join(self, url: str, code: str) -> None:
        """Enrol through ``url``."""
        identity = self.vault.perform(lambda uow: uow.identity)[0]
        enrol(url, code, identity, self.call, clock=SystemClock(), app="bench")

    def settle(self) -> tuple[float, int]:
        """Rounds until nothing is left; seconds and turns."""
        started, turns = time.perf_counter(), 0
        while True:
            report = self.engine.round()
            turns += report.turns
            if not report.again:
                return time.perf_counter() - started, turns

    def close(self) -> None:
        """End."""
        self.engine.close()
        self.vault.close()


def run(notes: int = NOTES, rounds: int = ROUNDS) -> None:
    """Print the medians and ratios; each round uses a fresh database."""
    without_stretching()
    found: dict[str, list[Any]] = {}
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server(durable=True))
        for _ in range(rounds):
            for key, value in _once(server, notes).items():
                found.setdefault(key, []).append(value)
    _print({key: statistics.median(values) for key, values in found.items()}, notes, rounds)


def _once(server: str, notes: int) -> dict[str, float]:
    """One round of everything; seconds, turns and bytes by name."""
    found: dict[str, float] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fieldkit-bench-")))
        limit = Limit(stack.enter_context(fresh_database(server)))
        stack.callback(limit.stop)
        office = Office(folder / "office", stack.enter_context(fresh_database(server)))
        stack.callback(office.stop)
        relay = Relay(office.port)
        stack.callback(relay.close)
        first, second = Hand(folder / "a", "A Bench"), Hand(folder / "b", "B Bench")
        stack.callback(first.close)
        stack.callback(second.close)
        activity = new_meeting(first.vault)
        first.join(relay.url, office.code("A Bench"))
        first.settle()
        second.join(relay.url, office.code("B Bench", activity.assessment))
        second.settle()
        record_many(first.vault, activity, range(notes))
        found |= _many(first, second, limit, relay)
        found |= _few(first, second, limit, relay)
    return found


def _many(first: Hand, second: Hand, limit: Limit, relay: Relay) -> dict[str, float]:
    lines = _wire_lines(first.vault)
    found = {"limit push": _timed(lambda: limit.post(lines))}
    before = relay.bytes
    found["push"], found["push turns"] = first.settle()
    found["push bytes"] = relay.bytes - before
    found["limit bytes"] = len(zstandard.compress(b"\n".join(lines), 3))
    found["limit pull"] = _timed(lambda: _keep_plain(limit.get()))
    found["pull"], found["pull turns"] = second.settle()
    return found


def _few(first: Hand, second: Hand, limit: Limit, relay: Relay) -> dict[str, float]:
    rows = first.vault.questions.entries(EntryFilter(limit=EDITS))

    def edit(uow: UnitOfWork) -> None:
        for row in rows:
            file_evidence(uow, row.entry.id, two_tags(), [item.id for item in row.evidence[:1]])

    first.vault.perform(edit)
    lines = _wire_lines(first.vault)[-EDITS:]
    found = {"limit few": _timed(lambda: limit.post(lines))}
    before = relay.bytes
    found["few push"], found["few turns"] = first.settle()
    found["few bytes"] = relay.bytes - before
    found["few pull"], _ = second.settle()
    before = relay.bytes
    found["nothing"], found["nothing turns"] = first.settle()
    found["nothing bytes"] = relay.bytes - before
    return found


def _wire_lines(vault: Vault) -> list[bytes]:
    """The bytes that must travel, as the limit row sends them: envelope, signature and content."""
    return [
        (one.envelope_bytes + one.signature + (one.content or b"")).replace(b"\n", b" ")
        for one in vault.questions.revisions()
    ]


def _keep_plain(lines: list[bytes]) -> None:
    """The pull's limit: a bulk insert into plain SQLite."""
    import sqlite3

    with tempfile.TemporaryDirectory() as name:
        db = sqlite3.connect(Path(name) / "plain.db")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE plain(n INTEGER PRIMARY KEY, body BLOB)")
        db.executemany("INSERT INTO plain(body) VALUES (?)", ((line,) for line in lines))
        db.commit()
        db.close()


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _print(found: dict[str, float], notes: int, rounds: int) -> None:
    def row(work: str, key: str, limit: str = "", to_reach: float = 0, extra: str = "") -> Row:
        ratio = found[key] / found[limit] if limit else None
        return Row(work=work, figure=f"{ms(found[key])}{extra}", ratio=ratio, to_reach=to_reach)

    def size(key: str) -> str:
        return f", {found[key] / 1000:,.1f} kB"

    def turns(key: str) -> str:
        return f", {found[key]:.0f} turns"

    show(
        f"Sending {notes:,} notes (1 kB, 2 tags) on PostgreSQL, medians of {rounds} fresh stores",
        [
            row("limit: zstd POST + COPY + commit", "limit push", extra=size("limit bytes")),
            row("push", "push", "limit push", 2.5, turns("push turns") + size("push bytes")),
            row("limit: GET + bulk insert into plain SQLite", "limit pull"),
            row("pull: verified, encrypted, indexed, durable", "pull", "limit pull", 1.8, turns("pull turns")),
            row(f"limit: one POST of {EDITS} edits", "limit few"),
            row(f"push {EDITS} later tags", "few push", "limit few", 1.3, turns("few turns") + size("few bytes")),
            row(f"pull {EDITS} later tags", "few pull", "limit few", 1.3),
            row("nothing to do", "nothing", extra=turns("nothing turns") + size("nothing bytes")),
        ],
    )
