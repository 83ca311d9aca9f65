"""Sending and reading in 10,000 notes, 100 later tags and nothing, against the limit rows, on PostgreSQL.

Laptop and store are two processes, as in the field, on one machine; the limit rows have two processes too. The last
table puts a line of 200 ms there and back between them, for both alike.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import zstandard

from bench.hands import Hand
from bench.limits import Limit
from bench.office import Office
from bench.relay import Relay
from bench.sending_rows import far_table, tables
from bench.timing import show
from bench.vaults import a_later_tag, new_meeting, record_many, without_stretching
from fieldkit.app.entries import file_evidence
from fieldkit.app.ports import UnitOfWork, Vault
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.assessment import Activity
from tests.support.postgres import fresh_database, postgres_server

NOTES = 10_000
EDITS = 100
ROUNDS = 5
_SMALL_ROUNDS = 7
"""Small pieces of work are repeated within one round: they are over before noise evens out."""

_ONE_WAY = 0.1
Found = dict[str, list[float]]


def run(notes: int = NOTES, rounds: int = ROUNDS) -> None:
    """Print the medians and ratios; each round uses a fresh database."""
    without_stretching()
    found: Found = {}
    with postgres_server(durable=True) as server:
        for _ in range(rounds):
            with _world(server) as (folder, limit, office):
                _near(folder, limit, office, notes, found)
        show(*tables({key: statistics.median(values) for key, values in found.items()}, notes, EDITS, rounds))
        with _world(server) as (folder, limit, office):
            show(*far_table(_far(folder, limit, office, notes), notes))


@contextmanager
def _world(server: str) -> Iterator[tuple[Path, Limit, Office]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fieldkit-bench-")))
        limit = Limit(stack.enter_context(fresh_database(server)))
        stack.callback(limit.stop)
        office = Office(folder / "office", stack.enter_context(fresh_database(server)))
        stack.callback(office.stop)
        yield folder, limit, office


def _near(folder: Path, limit: Limit, office: Office, notes: int, found: Found) -> None:
    """One round of everything; seconds, turns and bytes by name are added to ``found``."""
    first, second = Hand(folder / "a", "A Bench"), Hand(folder / "b", "B Bench")
    try:
        activity = new_meeting(first.vault)
        first.join(office.url, office.code("A Bench"))
        second.join(office.url, office.code("B Bench", activity.assessment))
        record_many(first.vault, activity, range(notes))
        _many(first, second, limit, office, found)
        for turn in range(_SMALL_ROUNDS):
            _few(first, second, limit, office, activity, turn, found)
            _nothing(first, limit, found)
    finally:
        first.close()
        second.close()


def _many(first: Hand, second: Hand, limit: Limit, office: Office, found: Found) -> None:
    lines = wire_lines(first.vault)
    _note(found, "limit bytes", len(zstandard.compress(b"\n".join(lines), 3)))
    _timed(found, "limit push", lambda: limit.post(lines))
    _round(found, "push", first)
    office.come_to_rest()
    _timed(found, "limit pull", lambda: _keep_plain(limit.get()))
    _round(found, "pull", second)
    _timed(found, "first search", lambda: second.vault.questions.search("rarely", EntryFilter(limit=50)))


def _few(first: Hand, second: Hand, limit: Limit, office: Office, activity: Activity, turn: int, found: Found) -> None:
    """A hundred notes get one more tag each: other notes every time, of the newest."""
    newest = first.vault.questions.entries(EntryFilter(activity=activity.id, limit=EDITS * (turn + 1)))[:EDITS]

    def edit(uow: UnitOfWork) -> None:
        for row in newest:
            file_evidence(uow, row.entry.id, [a_later_tag()])

    first.vault.perform(edit)
    lines = wire_lines(first.vault, EDITS)
    _timed(found, "limit few", lambda: limit.post(lines))
    _round(found, "few push", first)
    office.come_to_rest()
    _round(found, "few pull", second)


def _nothing(first: Hand, limit: Limit, found: Found) -> None:
    _timed(found, "limit nothing", limit.nothing)
    _round(found, "nothing", first)


def _far(folder: Path, limit: Limit, office: Office, notes: int) -> dict[str, float]:
    """The same with 200 ms there and back between laptop and store, once."""
    found: Found = {}
    to_office, to_limit = Relay(office.port, _ONE_WAY), Relay(limit.port, _ONE_WAY)
    hand = Hand(folder / "far", "F Bench")
    try:
        activity = new_meeting(hand.vault)
        hand.join(to_office.url, office.code("F Bench"))
        limit.through(to_limit)
        limit.nothing()
        record_many(hand.vault, activity, range(notes))
        lines = wire_lines(hand.vault)
        _timed(found, "limit push", lambda: limit.post(lines))
        _round(found, "push", hand)
        _timed(found, "limit nothing", limit.nothing)
        _round(found, "nothing", hand)
    finally:
        hand.close()
        to_office.close()
        to_limit.close()
    return {key: values[0] for key, values in found.items()}


def wire_lines(vault: Vault, newest: int = 0) -> list[bytes]:
    """The bytes that must travel, as the limit row sends them: envelope, signature and content."""
    revisions = list(vault.questions.revisions())
    return [
        (one.envelope_bytes + one.signature + (one.content or b"")).replace(b"\n", b" ")
        for one in (revisions[-newest:] if newest else revisions)
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


def _round(found: Found, name: str, hand: Hand) -> None:
    before = hand.bytes
    seconds, turns = hand.settle()
    _note(found, name, seconds)
    _note(found, f"{name} turns", turns)
    _note(found, f"{name} bytes", hand.bytes - before)


def _timed(found: Found, name: str, call: Callable[[], object]) -> None:
    started = time.perf_counter()
    call()
    _note(found, name, time.perf_counter() - started)


def _note(found: Found, name: str, value: float) -> None:
    found.setdefault(name, []).append(value)
