"""The office of a journey: a real central store, and the network to it, which hears everything that passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from central import admin
from central.serve import start_in_thread
from central.settings import Settings
from sync.wire.frames import read_frames
from tests.support.fault_proxy import Fault, FaultProxy, always

NAME = "Northmoor office"
_ZSTD = b"\x28\xb5\x2f\xfd"
_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One row of the store's log."""

    revision: str
    kind: str
    envelope: bytes
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """``url`` is the store as laptops reach it, through the network."""

    settings: Settings
    network: FaultProxy

    @property
    def url(self) -> str:
        """What the office gives out with a code."""
        return self.network.url

    def invite(self, name: str, *assessments: str) -> str:
        """A one-time code for somebody."""
        return admin.invite(self.settings, name, assessments).code

    def cut_off(self) -> None:
        """From now on no line to the office comes about."""
        self.network.plan = always(Fault.REFUSE)

    def connect(self) -> None:
        """The network is there again."""
        self.network.plan = always(Fault.PASS)

    def log(self) -> list[Kept]:
        """Everything the store has kept, in its order."""
        engine = sa.create_engine(self.settings.url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT revision, kind, envelope, content FROM log ORDER BY seq")
            return [
                Kept(revision=row[0], kind=row[1], envelope=row[2], content=row[3]) for row in rows
            ]  # fmt: skip

    def every_byte(self) -> bytes:
        """All of the store's files, and the value of each column of each table apart."""
        found = [path.read_bytes() for path in Path(self.settings.folder).rglob("*") if path.is_file()]
        engine = sa.create_engine(self.settings.url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            for table in sa.inspect(engine).get_table_names():
                for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
                    found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
        return b"\n".join(found)

    def every_byte_on_the_wire(self) -> bytes:
        """Every request and reply as it passed, and the frames in them unpacked."""
        found: list[bytes] = []
        for exchange in self.network.exchanges:
            for message in (exchange.request, exchange.reply):
                found += [message, *_frames(message)]
        return b"\n".join(found)


def _frames(message: bytes) -> Iterable[bytes]:
    head, _, body = message.partition(_END_OF_HEAD)
    if b"transfer-encoding: chunked" in head.lower():
        body = _joined(body)
    if not body.startswith(_ZSTD):
        return []
    return [payload for _, payload in read_frames([body])]


def _joined(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, body = body.partition(b"\r\n")
        parts.append(body[: int(size, 16)])
        body = body[int(size, 16) + 2 :]
    return b"".join(parts)


def found_words(words: Iterable[str], where: bytes) -> set[str]:
    """Which of the words stand there as words."""
    pattern = re.compile(rb"\b(" + b"|".join(re.escape(word).encode() for word in sorted(words)) + rb")\b")
    return {match.decode() for match in pattern.findall(where)}


@contextmanager
def an_office(folder: Path) -> Iterator[Office]:
    """Open for one test."""
    settings = Settings(folder=folder, port=0)
    admin.init(settings, NAME)
    running = start_in_thread(settings)
    network = FaultProxy(running.url, record=True)
    network.start()
    try:
        yield Office(settings=settings, network=network)
    finally:
        network.stop()
        running.stop()
