"""What one push and one pull cost a store that holds ten thousand, a hundred thousand and a million revisions.

The store's own code runs in this process on PostgreSQL with flushes, without HTTP: what is measured is the store and
its database. Filling writes real revisions through the real push; only the last of each laptop's run is signed, which
is what a push checks, and the check of every single signature behind it is left out for them.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bench.corpus import note
from bench.machine import cost, postmaster
from bench.timing import Row, show
from central import admin, overview, tables
from central.core import Core, open_core, standing
from central.hello import hello
from central.judge import ACTIVE, KnownDevice
from central.proving import prove_all
from central.pull import pull
from central.push import push
from central.settings import Settings
from fieldkit.domain.revision import ChainHead, Envelope, Revision, digest_of, make_revision, new_salt
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId, RecordId, RevisionId, new_id
from fieldkit.kernel.signing import SigningKey
from sync.wire.frames import FrameWriter, WireRevision, compress
from sync.wire.messages import HelloRequest, PullRequest
from sync.wire.version import PROTOCOL
from tests.support.postgres import fresh_database, postgres_server

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 30
A_PUSH = 100
"""Revisions in one push or pull: an hour's work."""

_FILLING = 2_500
_BOOT = new_id()


@dataclass(slots=True)
class Writer:
    """A laptop reduced to its chain."""

    place: str = field(default_factory=new_id)
    key: SigningKey = field(default_factory=SigningKey.generate)
    device: DeviceId = field(default_factory=lambda: DeviceId(new_id()))
    author: AuthorId = field(default_factory=lambda: AuthorId(new_id()))
    user: str = field(default_factory=new_id)
    head: ChainHead = field(init=False)

    def __post_init__(self) -> None:
        self.head = ChainHead(device=self.device)

    def enrol(self, core: Core) -> None:
        """As the office's code would."""
        now = core.stamp()
        with core.database.write() as connection:
            connection.execute(tables.user.insert(), {"id": self.user, "name": f"W {self.user}", "made_at": now})
            row = {
                "id": self.device, "user": self.user, "author": self.author, "key": self.key.public, "status": ACTIVE,
                "predecessor": None, "name": "W", "initials": "W", "app": "bench", "enrolled_at": now, "seen_at": now,
            }  # fmt: skip
            connection.execute(tables.device.insert(), row)

    def body(self, count: int, *, signed: bool = False) -> bytes:
        """The body of a push of so many new notes of 1 KB; ``signed``: each of them, as a laptop does."""
        writer = FrameWriter()
        made = [self._write(number, signed or number == count - 1) for number in range(count)]
        return b"".join(
            compress(
                writer.revision(WireRevision(one.envelope_bytes, one.signature, one.salt, one.content), one.hash)
                for one in made
            )
        )

    def _write(self, number: int, is_signed: bool) -> Revision:
        content, salt, name = _CONTENTS[number % len(_CONTENTS)], new_salt(), new_id()
        envelope = Envelope(
            id=RevisionId(name), record=RecordId(name), kind="entry", shape=1, parents=(),
            assessment=AssessmentId(self.place), author=self.author, device=self.device, seq=self.head.seq + 1,
            prev=self.head.hash, recorded_at="2026-11-12T09:00:00.000Z", mono_ms=1000, boot=_BOOT, priority=1,
            digest=digest_of(salt, content), app="bench",
        )  # fmt: skip
        one = make_revision(envelope, content, salt, self.key if is_signed else _CHEAP)
        self.head = ChainHead(device=self.device, seq=envelope.seq, hash=one.hash)
        return one

    @property
    def known(self) -> KnownDevice:
        """As the store knows it."""
        return KnownDevice(
            id=self.device, user=self.user, author=self.author, key=self.key.public, status=ACTIVE
        )  # fmt: skip


class _NoKey:
    """Signs nothing: 60 µs less for each row that only fills the store."""

    def sign(self, _message: bytes) -> bytes:
        return bytes(64)


_CHEAP: SigningKey = _NoKey()  # type: ignore[assignment]
_CONTENTS = [canonical({"text": note(number)}) for number in range(200)]


@dataclass(slots=True)
class Found:
    """At one size: seconds by the clock of each repetition, and processor seconds of all of them, by name."""

    clock: dict[str, list[float]] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    disk: int = 0

    def each(self, name: str) -> float:
        """Processor seconds of one: the clock tells more of the machine than of the work."""
        return self.processor[name] / len(self.clock[name])


def run(sizes: tuple[int, ...] = SIZES) -> None:
    """Print what each costs at each size, and by how much it grew."""
    found: dict[int, Found] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fieldkit-bench-")))
        server = stack.enter_context(postgres_server(durable=True))
        database = stack.enter_context(fresh_database(server))
        settings = Settings(folder=folder / "office", database_url=database, port=0)
        admin.init(settings, "Bench office")
        core = open_core(settings)
        stack.callback(core.close)
        held = 0
        for size in sizes:
            held = _fill(core, size, held)
            found[size] = _measured(core, settings, postmaster(database))
    show(f"One push and one pull of {A_PUSH} notes, by what the store holds", list(_table(found, sizes)))


def _fill(core: Core, size: int, held: int) -> int:
    while held < size:
        writer, count = Writer(), min(_FILLING, size - held)
        writer.enrol(core)
        _push(core, writer, writer.body(count))
        held += count
        _count_as_proved(core)
    with core.database.apart() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")  # what autovacuum does in a store that grows over months
        connection.exec_driver_sql("CHECKPOINT")
    return held


def _count_as_proved(core: Core) -> None:
    with core.proving, core.database.write() as connection:
        connection.execute(tables.proving.update().values(upto=standing(connection).seq))
        connection.execute(tables.unproved.delete())


def _measured(core: Core, settings: Settings, database: int) -> Found:
    writer, reader, found = Writer(), Writer(), Found()
    reader = replace(reader, place=writer.place)
    for one in (writer, reader):
        one.enrol(core)
    _push(core, writer, writer.body(1_000))
    _count_as_proved(core)
    with core.database.write() as connection:
        row = {"assessment": writer.place, "user": reader.user, "role": "inspector", "since": core.stamp()}
        connection.execute(tables.member.insert(), row)
    cursor = _cursor(core)
    for _ in range(ROUNDS):
        body = writer.body(A_PUSH, signed=True)
        _timed(found, "push", database, partial(_push, core, writer, body))
        prove_all(core)
        asked = PullRequest(epoch=_epoch(core), cursors={writer.place: cursor}, own_after=0)
        _timed(found, "pull", database, partial(_pull, core, reader, asked))
        cursor = _cursor(core)
        said = _hello(reader, writer.place, cursor)
        _timed(found, "hello, nothing new", database, partial(hello, core, reader.known, said))
    for _ in range(3):
        _timed(found, "fieldkit central show", database, partial(overview.show, settings))
    with core.database.read() as connection:
        found.disk = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
    return found


def _hello(reader: Writer, place: str, cursor: int) -> HelloRequest:
    return HelloRequest(
        protocol=PROTOCOL, nonce=os.urandom(32).hex(), device=reader.device, app="bench", epoch=None, witnesses=[],
        head_seq=0, head_hash="", cursors={place: cursor},
    )  # fmt: skip


def _epoch(core: Core) -> str:
    with core.database.read() as connection:
        return standing(connection).epoch


def _cursor(core: Core) -> int:
    with core.database.read() as connection:
        return standing(connection).seq


def _push(core: Core, writer: Writer, body: bytes) -> None:
    for _ in push(core, writer.known, iter([body])):
        pass


def _pull(core: Core, reader: Writer, asked: PullRequest) -> None:
    for _ in pull(core, reader.known, asked):
        pass


def _timed(found: Found, name: str, database: int, work: Callable[[], object]) -> None:
    before = cost(database)
    busy, begun = time.process_time(), time.perf_counter()
    work()
    found.clock.setdefault(name, []).append(time.perf_counter() - begun)
    spent = time.process_time() - busy
    spent += cost(database).since(before)
    found.processor[name] = found.processor.get(name, 0.0) + spent


def _table(found: dict[int, Found], sizes: tuple[int, ...]) -> Iterable[Row]:
    first = found[sizes[0]]
    for name in first.clock:
        for size in sizes:
            middle, each = statistics.median(found[size].clock[name]), found[size].each(name)
            yield Row(
                work=f"{name}, {size:,} held", figure=f"{middle * 1000:.1f} ms, {each * 1000:.1f} ms busy",
                ratio=each / first.each(name), to_reach=0 if "show" in name else 1.2,
            )  # fmt: skip
    for size in sizes:
        yield Row(work=f"on the disk, {size:,} held", figure=f"{found[size].disk / size:,.0f} bytes a revision")
