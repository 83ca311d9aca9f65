"""A bad network between laptop and store: a seeded HTTP proxy on loopback that does to requests what networks do.

Each request gets one ``Fault`` from a plan; everything else passes byte for byte. Runs in a thread of its own, so a
test or the fault campaign talks to it like to the store itself.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What becomes of one request."""

    PASS = "pass"
    REFUSE = "refuse"
    """The line is closed before anything is read."""
    RESET = "reset_mid_request"
    """Half of the request reaches the store, then both lines break."""
    LOSE_REPLY = "lose_reply"
    TRUNCATE_REPLY = "truncate_reply"
    DUPLICATE = "duplicate_request"
    """The request reaches the store twice; the second reply comes back."""
    DELAY = "deliver_later"
    """The line breaks now, and the store gets the request later, between others."""
    SLOW = "slow"
    STALL = "stall"
    """The store gets the request, and its reply never comes."""
    GARBAGE = "garbage"
    CAPTIVE_PORTAL = "captive_portal"
    FLIPPED_BIT = "flipped_bit"
    """One bit of the reply's body is turned over."""
    E429 = "429"
    E500 = "500"
    E502 = "502"
    E503 = "503"


EVERY_FAULT = tuple(fault for fault in Fault if fault is not Fault.PASS)
_PORTAL = b"<html><body>Welcome to the guest network. Sign in to go on.</body></html>"
_ERRORS = {
    Fault.E429: b"429 Too Many Requests", Fault.E500: b"500 Internal Server Error", Fault.E502: b"502 Bad Gateway",
    Fault.E503: b"503 Service Unavailable",
}  # fmt: skip
_ASKED_AND_DROPPED = frozenset({Fault.LOSE_REPLY, Fault.STALL})


@dataclass(slots=True)
class Exchange:
    """A request as it came and the reply as it went back, for tests that look at the wire.

    Noted before the laptop hears of it, so that a test which asks after a round misses nothing.
    """

    path: str
    fault: Fault
    request: bytes
    reply: bytes = b""

    @property
    def request_body(self) -> bytes:
        return self.request.partition(b"\r\n\r\n")[2]


Plan = Callable[[str, bytes], Fault]
"""From path and body to what happens."""


def always(fault: Fault) -> Plan:
    """The same for every request."""
    return lambda path, body: fault


def in_turn(*faults: Fault, path: str = "") -> Plan:
    """These, one for each request (to ``path``, if one is named), and then everything passes."""
    waiting = list(faults)
    return lambda asked, body: waiting.pop(0) if waiting and asked.endswith(path) else Fault.PASS


def seeded(seed: int, share: float = 0.5, faults: Sequence[Fault] = EVERY_FAULT) -> Plan:
    """A ``share`` of all requests meets one of ``faults`` at random."""
    dice = random.Random(seed)
    return lambda path, body: dice.choice(faults) if dice.random() < share else Fault.PASS


@dataclass(slots=True)
class FaultProxy:
    """Passes requests on to ``upstream`` as ``plan`` says. ``stall`` is how long silence lasts, in seconds."""

    upstream: str
    plan: Plan = field(default_factory=lambda: always(Fault.PASS))
    seed: int = 0
    stall: float = 0.5
    record: bool = False
    counts: Counter[Fault] = field(default_factory=Counter)
    exchanges: list[Exchange] = field(default_factory=list)
    _old: list[bytes] = field(default_factory=list)
    _dice: random.Random = field(init=False)
    _loop: asyncio.AbstractEventLoop = field(init=False)
    _thread: threading.Thread = field(init=False)
    _port: int = field(init=False, default=0)
    _stopping: asyncio.Event = field(init=False)
    _ready: threading.Event = field(init=False, default_factory=threading.Event)

    def start(self) -> None:
        """Begin to listen."""
        self._dice = random.Random(self.seed)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="fault-proxy")
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        """End; lines still open are closed."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    @property
    def url(self) -> str:
        """Where laptops find the store through this network."""
        return f"http://127.0.0.1:{self._port}"

    def deliver_old(self) -> int:
        """Give the store what was delayed, in any order; how many requests that were."""
        return asyncio.run_coroutine_threadsafe(self._deliver(len(self._old)), self._loop).result(30)

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        lines: set[asyncio.Task[None]] = set()

        async def line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            lines.add(task)
            try:
                with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
                    await self._line(reader, writer)
            finally:
                writer.transport.abort() if writer.transport.get_write_buffer_size() == 0 else writer.close()
                lines.discard(task)

        server = await asyncio.start_server(line, "127.0.0.1", 0, limit=2**26)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for task in tuple(lines):
            task.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        await asyncio.sleep(0)  # what was aborted hears of it before the loop ends

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        size = next((int(h[15:]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:")), 0)
        body = await reader.readexactly(size)
        path = head.split(b" ")[1].decode("ascii")
        fault = self.plan(path, body)
        self.counts[fault] += 1
        if self._old and self._dice.random() < 0.5:
            await self._deliver(1)
        exchange = Exchange(path, fault, head + body)
        if self.record:
            self.exchanges.append(exchange)
        exchange.reply = await self._reply(fault, _closing(head) + body)
        await self._say(fault, exchange.reply, writer)

    async def _reply(self, fault: Fault, request: bytes) -> bytes:
        """What the laptop is to hear; empty = nothing, and the line is closed."""
        if fault is Fault.REFUSE:
            return b""
        if fault is Fault.DELAY:
            self._old.append(request)
            return b""
        if fault is Fault.RESET:
            await self._ask(request[: self._dice.randrange(1, len(request))], half=True)
            return b""
        if fault in _ERRORS or fault is Fault.CAPTIVE_PORTAL:
            return _made_up(fault)
        reply = await self._ask(request)
        if fault is Fault.DUPLICATE:
            reply = await self._ask(request)
        if fault in _ASKED_AND_DROPPED:
            await asyncio.sleep(self.stall if fault is Fault.STALL else 0)
            return b""
        return self._spoilt(fault, reply)

    def _spoilt(self, fault: Fault, reply: bytes) -> bytes:
        if fault is Fault.TRUNCATE_REPLY:
            return reply[: self._dice.randrange(len(reply))]
        if fault is Fault.GARBAGE:
            return self._dice.randbytes(300)
        return self._flipped(reply) if fault is Fault.FLIPPED_BIT else reply

    async def _say(self, fault: Fault, reply: bytes, writer: asyncio.StreamWriter) -> None:
        step = max(1, len(reply) // 20) if fault is Fault.SLOW else max(1, len(reply))
        for start in range(0, len(reply), step):
            writer.write(reply[start : start + step])
            await writer.drain()
            if fault is Fault.SLOW:
                await asyncio.sleep(0.005)

    def _flipped(self, reply: bytes) -> bytes:
        body = reply.find(b"\r\n\r\n") + 4
        if body >= len(reply):
            return reply
        place = self._dice.randrange(body, len(reply))
        return reply[:place] + bytes([reply[place] ^ 1 << self._dice.randrange(8)]) + reply[place + 1 :]

    async def _deliver(self, count: int) -> int:
        for _ in range(count):
            if self._old:
                with suppress(OSError):
                    await self._ask(self._old.pop(self._dice.randrange(len(self._old))))
        return count

    async def _ask(self, request: bytes, *, half: bool = False) -> bytes:
        place = urlsplit(self.upstream)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        try:
            writer.write(request)
            await writer.drain()
            if half:
                await asyncio.sleep(0.01)
                return b""
            return await reader.read()
        finally:
            writer.transport.abort()


def _closing(head: bytes) -> bytes:
    """The head with ``Connection: close``, so that the store's reply ends with the line."""
    lines = [line for line in head.split(b"\r\n")[:-2] if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*lines, b"Connection: close", b"", b""])


def _made_up(fault: Fault) -> bytes:
    status = _ERRORS.get(fault, b"200 OK")
    body = _PORTAL if fault is Fault.CAPTIVE_PORTAL else b"<html>%s</html>" % status
    return (
        b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        % (status, len(body), body)
    )  # fmt: skip


@contextmanager
def fault_proxy(
    upstream: str, plan: Plan | None = None, *, seed: int = 0, record: bool = False
) -> Iterator[FaultProxy]:
    """A running proxy for one ``with`` block."""
    proxy = FaultProxy(upstream, plan or always(Fault.PASS), seed=seed, record=record)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
