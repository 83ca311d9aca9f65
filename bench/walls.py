"""What the second wall costs: the same pushes, pulls and hellos to two stores of one PostgreSQL, one of them walled.

Each round does the same work with both, in turn and in changing order, so that noise falls on both alike. The store's
own code runs in this process, without HTTP, which would only hide a part of the difference.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from bench.growth import Writer
from bench.machine import cost, postmaster
from bench.timing import Row, ms, show
from central import admin, owners, tables
from central.core import Core, open_core, standing
from central.database import Database
from central.hello import hello
from central.proving import prove_all
from central.pull import pull
from central.push import push
from central.settings import Settings
from fieldkit.domain.receipt import Witness
from sync.wire.messages import HelloRequest, PullRequest
from sync.wire.version import PROTOCOL
from tests.support.postgres import fresh_database, postgres_server

ROUNDS = 120
SMALL, LARGE = 100, 2_500
"""Notes in a push: an hour's work, and the most that one group (one transaction) takes."""
TO_REACH = 1.10
_LARGE_EACH = 4
"""A large push takes as long as twenty small ones: one in every fourth round."""


@dataclass(slots=True)
class Side:
    """One of the two stores, with somebody who writes and a team-mate who reads."""

    name: str
    core: Core
    owner: str
    """Its database, as its owner reaches it."""
    database: int
    """The process id of the database's server."""
    writer: Writer = field(default_factory=Writer)
    reader: Writer = field(default_factory=Writer)
    cursor: int = 0
    clock: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    def begin(self) -> None:
        """Enrol both and hand in enough that tables are no longer tiny."""
        self.reader = replace(self.reader, place=self.writer.place)
        for one in (self.writer, self.reader):
            one.enrol(self.core)
        self.push(self.writer.body(LARGE, signed=True))
        with self.core.database.write() as connection:
            row = {"assessment": self.writer.place, "user": self.reader.user, "role": "member",
                   "since": self.core.stamp()}  # fmt: skip
            connection.execute(tables.member.insert(), row)
        prove_all(self.core)
        self.cursor = self._standing().seq
        # What autovacuum does a minute later: a planner that knows nothing of the tables takes 50 ms more for a push.
        with closing(Database(self.owner)) as database, database.apart() as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")

    def push(self, body: bytes) -> None:
        """A whole push: read, checked, judged, kept, signed for."""
        for _ in push(self.core, self.writer.known, iter([body])):
            pass

    def pull(self) -> None:
        """What came since the last pull."""
        asked = PullRequest(epoch=self._standing().epoch, cursors={self.writer.place: self.cursor}, own_after=0)
        for _ in pull(self.core, self.reader.known, asked):
            pass

    def hello(self) -> None:
        """Nothing is new."""
        asked = HelloRequest(
            protocol=PROTOCOL, nonce=os.urandom(32).hex(), device=self.reader.device, app="bench", epoch=None,
            witnesses=[], head_seq=0, head_hash="", cursors={self.writer.place: self.cursor},
        )  # fmt: skip
        hello(self.core, self.reader.known, asked)

    def timed(self, name: str, work: Callable[[], object]) -> None:
        """Note what ``work`` takes, by the clock and of the processor, here and in the database."""
        before, busy, begun = cost(self.database), time.process_time(), time.perf_counter()
        work()
        self.clock.setdefault(name, []).append(time.perf_counter() - begun)
        spent = time.process_time() - busy + cost(self.database).since(before)
        self.processor[name] = self.processor.get(name, 0.0) + spent

    def round(self, number: int) -> None:
        """One of everything."""
        sizes = (SMALL, LARGE) if number % _LARGE_EACH == 0 else (SMALL,)
        for size in sizes:
            body = self.writer.body(size, signed=True)
            self.timed(f"push of {size:,} notes", partial(self.push, body))
            prove_all(self.core)  # what follows a push would fall into the next measurement
            if size == SMALL:
                self.timed(f"pull of {size:,} notes", self.pull)
            self.cursor = self._standing().seq
        self.timed("hello, nothing new", self.hello)

    def _standing(self) -> Witness:
        with self.core.database.read() as connection:
            return standing(connection)


def run(rounds: int = ROUNDS) -> None:
    """Print the medians of both and their ratios."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fieldkit-bench-")))
        server = stack.enter_context(postgres_server(durable=True))
        keep_quiet(server)
        sides = list(_sides(stack, folder, server))
        for side in sides:
            side.begin()
        for number in range(rounds):
            for side in sides if number % 2 else reversed(sides):
                side.round(number)
    show(
        "The second wall: a store without it and one behind it, medians of interleaved rounds",
        list(compared(sides[0], sides[1], TO_REACH)),
    )


def keep_quiet(server: str) -> None:
    """No autovacuum: what it does in its own time would be counted for whichever side was at work."""
    with closing(Database(server)) as database, database.apart() as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET autovacuum = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")


def _sides(stack: ExitStack, folder: Path, server: str) -> Iterator[Side]:
    for name in ("plain", "walled"):
        owner = stack.enter_context(fresh_database(server))
        settings = Settings(folder=folder / name, database_url=owner, port=0)
        if name == "walled":
            app = sa.make_url(owner).set(username="fieldkit_app").render_as_string(hide_password=False)
            settings = owners.with_walls(settings, app, owner)
        admin.init(settings, "Bench office")
        core = open_core(settings)
        stack.callback(core.close)
        yield Side(name, core, owner, postmaster(owner))


def compared(base: Side, other: Side, to_reach: float = 0) -> Iterator[Row]:
    """The medians of both, the ratio of the other to the base, by the clock and of the processor."""
    for name, found in base.clock.items():
        for side in (base, other):
            middle, each = statistics.median(side.clock[name]), side.processor[name] / len(found)
            is_other = side is other
            yield Row(
                work=f"{name}, {side.name}, {len(found)} times", figure=f"{ms(middle)}, {ms(each)} busy",
                ratio=middle / statistics.median(found) if is_other else None,
                to_reach=to_reach if is_other and name.startswith("push") else 0,
            )  # fmt: skip
        busy = other.processor[name] / base.processor[name]
        yield Row(work="  of the processor, here and in the database", figure=f"{(busy - 1) * 100:+.0f} %", ratio=busy)
