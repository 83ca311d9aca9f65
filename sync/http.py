"""The one door to the HTTP client: signed requests to the central store, and every foreign fault in our words.

Nothing here waits for ever and nothing here hurries: there is no limit on a whole request (a slow line may need
an hour for a day's notes), only on silence. TLS certificates are checked against the machine's own store, so an
office's private authority works as soon as IT has installed it; there is no switch to skip the check. Bodies leave in
small pieces, so that something urgent may go before the next one.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fieldkit.kernel.errors import Trouble
from sync.address import checked_address
from sync.answers import LARGEST_PROBLEM, Headers, expect, is_packed, json_object, kind_of, limited, plain, refused
from sync.drain import SLOW_PIECE
from sync.poured import Poured
from sync.sockets import Sockets
from sync.way import PROXY_KINDS, Way
from sync.wire.files import FILE_TYPE, OFFSET_TYPE, TUS_HEADER, answer_of
from sync.wire.frames import Kind, read_frames
from sync.wire.requests import BRIEF, request_headers
from sync.wire.routes import FILES
from sync.wire.version import CONTENT_TYPE

if TYPE_CHECKING:
    import httpx2
    from pydantic import BaseModel

    from fieldkit.app.ports import Identity
    from sync.wire.routes import Route

CONNECT_SECONDS = 10.0
STALL_SECONDS = 60.0
"""Silence after which a request counts as unanswered. A phone's hotspot may pause for half a minute."""

IDLE_SECONDS = 25.0
"""A connection that rested longer is opened anew: our store closes its side after thirty."""

PIECE = 4 * 2**10
"""Bytes of a body handed over at once: half a second of the slowest phone line."""

FILE_STALL_SECONDS = 30.0
"""The same for parts of files: the store answers each within half of it, and a sending goes on where it stood."""

LARGEST_REPLY = 64 * 2**20
"""Of a JSON reply: a ``missing`` about a million ids. Frames are read as they come and need no limit."""

_DONE = frozenset({200, 201, 204})
_JSON = "application/json"
_ELSEWHERE = {"Accept": _JSON, "Accept-Encoding": "identity", "User-Agent": "FieldKit"}
_LARGEST_ELSEWHERE = 2**20
_KNOWN_AFTER, _SLOW = 2.0, 8 * 2**10
_UNSAID = ("Accept", "Connection")
"""What the client would say beside our words: HTTP/1.1 means the same without, for 37 bytes less each time."""

_UNSAID_OF_FILES = (*_UNSAID, "Accept-Encoding", "User-Agent")
"""tus answers in headers alone, so that nothing of it is packed; "is it there" costs less than 1 kB both ways."""

_SEEN_SECONDS = 10.0
"""How far back a line is looked at to find it slow: a file of an hour may have begun on a better one."""


class CentralStore:
    """The central store at ``url``, over one connection that is kept open between requests.

    Used from one thread; only ``abandon`` and ``break_off`` may be called from another. Every method raises
    ``Trouble`` for what another time or place may cure and ``Refusal`` for what the store has decided.
    """

    def __init__(
        self, url: str, *, stall: float = STALL_SECONDS, connect: float = CONNECT_SECONDS,
        way: Callable[[], Way] = Way,
    ) -> None:  # fmt: skip
        self.url = checked_address(url)
        self._limits = (connect, stall)
        self._way = way
        self._taken = Way()
        self._client: httpx2.Client | None = None
        self._sockets = Sockets()
        self._seen_at = 0.0
        self._seen_from = 0
        self._abandoned = threading.Event()
        self.turns = 0
        """Requests made so far; a test counts them."""
        self.let_pass: Callable[[], float] = lambda: 0.0
        """Asked before each piece of a body, sent or read; waits while something goes first, and says how long."""
        self.paused = 0.0
        """Seconds waited so in all."""
        self.piece = PIECE
        self.is_known_slow = False
        """Whether the line was measured at less than eight KiB a second."""
        self.leaving = 0
        """Bytes of the body at hand that were handed over; 0 between bodies."""

    def ask(
        self, route: Route, request: BaseModel | None = None, identity: Identity | None = None, path: str = ""
    ) -> dict[str, Any]:
        """One JSON question; the reply as received, so that its signature can still be checked.

        ``path`` fills in the route's.
        """
        body = b"" if request is None else request.model_dump_json().encode()
        with self._reply(route, body, _JSON, identity, path) as reply:
            expect(reply, _JSON, _body_of(reply))
            return json_object(limited(self._pieces(reply), LARGEST_REPLY))

    @contextmanager
    def frames(
        self, route: Route, body: bytes, body_type: str, identity: Identity, *, is_brief: bool = False
    ) -> Iterator[Iterator[tuple[Kind, bytes]]]:
        """One question answered in frames, read as they arrive inside the ``with`` block; ``is_brief``: in few."""
        with self._reply(route, body, body_type, identity, more=dict([BRIEF]) if is_brief else None) as reply:
            expect(reply, CONTENT_TYPE, _body_of(reply))
            yield read_frames(self._pieces(reply))

    def exchange(
        self,
        route: Route,
        path: str,
        headers: Mapping[str, str],
        body: bytes | Poured,
        identity: Identity | None,
        digest: bytes | None = None,
    ) -> Headers:
        """One question of tus, answered in headers alone; ``path`` fills in the route's.

        ``digest`` is what is signed: the body's SHA-256, where it is known (16 MiB need not be hashed twice), or of a
        ``Poured`` body that of the whole file.
        """
        with self._reply(route, body, OFFSET_TYPE, identity, path, headers, digest) as reply:
            found = plain(reply.headers)
            if reply.status_code not in _DONE or TUS_HEADER.lower() not in found:
                said = refused(reply, _body_of(reply))
                told = answer_of(reply.status_code) if TUS_HEADER.lower() in found else None
                raise told if told is not None and not said.code.startswith("central.") else said
            limited(self._pieces(reply), LARGEST_PROBLEM)
            return found

    @contextmanager
    def file(
        self, route: Route, path: str, start: int, identity: Identity
    ) -> Iterator[tuple[Headers, Iterator[bytes]]]:
        """The bytes of a file from ``start`` on, read as they arrive inside the ``with`` block."""
        wanted = {"Range": f"bytes={start}-"} if start else {}
        with self._reply(route, b"", "", identity, path, wanted) as reply:
            if reply.status_code != (206 if start else 200) or kind_of(reply) != FILE_TYPE or is_packed(reply):
                raise refused(reply, _body_of(reply))
            yield plain(reply.headers), self._pieces(reply)

    def elsewhere(self, address: str, form: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """Status and body of another server's answer, by the same way out: the organisation's sign-in.

        Nothing that names this laptop goes with it. No redirect is followed. Raises ``Trouble``.
        """
        with _our_words(), _new_client(address, self._way(), *self._limits) as client:
            asked = client.build_request("POST" if form else "GET", address, data=form, headers=_ELSEWHERE)
            reply = client.send(asked, stream=True)
            try:
                return reply.status_code, limited(reply.iter_raw(), _LARGEST_ELSEWHERE)
            finally:
                reply.close()

    def abandon(self) -> None:
        """Break off whatever is in progress, from any thread: a blocked read ends at once with an error."""
        self._abandoned.set()
        self.break_off()

    def break_off(self) -> None:
        """End the request in progress, from any thread; the next one takes a new line."""
        self._sockets.shut()

    def knock(self) -> None:
        """Keep the connection from being closed as idle: the smallest question there is."""
        with self._reply(FILES, b"", "", None) as reply:
            limited(self._pieces(reply), LARGEST_PROBLEM)

    @property
    def lines(self) -> int:
        """Connections opened so far: who was greeted on an earlier one has not been greeted on this one."""
        return self._sockets.opened

    @property
    def is_slow(self) -> bool:
        """Whether the body at hand leaves at less than eight KiB a second, once that can be known."""
        passed = time.monotonic() - self._seen_at
        return self.leaving > 0 and passed > _KNOWN_AFTER and (self.leaving - self._seen_from) / passed < _SLOW

    def drop(self) -> None:
        """Have the next closing of the connection throw away what lies in the send buffer."""
        self._sockets.drop()

    def keep_little(self, buffer: int) -> None:
        """Let at most so many bytes lie in the machine's send buffer: what is there cannot be held back any more."""
        self._sockets.keep_little(buffer)

    @property
    def is_open(self) -> bool:
        """Whether the connection still stands, as far as this end can know."""
        return self._sockets.stands(IDLE_SECONDS - 1)

    def close(self) -> None:
        """Give the connection back."""
        if self._client is not None:
            self._client.close()
            self._client = None
            self._sockets.forget()

    @contextmanager
    def _reply(
        self, route: Route, body: bytes | Poured, body_type: str, identity: Identity | None, path: str = "",
        more: Mapping[str, str] | None = None, digest: bytes | None = None,
    ) -> Iterator[httpx2.Response]:  # fmt: skip
        if self._abandoned.is_set():
            raise Trouble("send.stopped")
        # The client's own words for these two would be 90 bytes of every hello.
        headers = {"Accept-Encoding": "identity", "User-Agent": "FieldKit", **(more or {})}
        path = path or route.path
        if body:
            headers |= {"Content-Type": body_type, "Content-Length": str(len(body))}
        if identity is not None:
            whole = body if isinstance(body, bytes) else b""
            headers |= request_headers(identity.device, identity.key, route.method, path, whole, digest)
        client = self._connected()
        self.paused += self.let_pass()
        self.turns += 1
        with _our_words():
            request = client.build_request(
                route.method, self.url + path, content=self._in_pieces(body), headers=headers,
                extensions={"trace": self._watch}, timeout=self._patience(route),
            )  # fmt: skip
            for unsaid in _UNSAID_OF_FILES if route.is_tus else _UNSAID:
                request.headers.pop(unsaid, None)
            reply = client.send(request, stream=True)
        try:
            yield reply
        finally:
            reply.close()
            self._sockets.was_used()

    def _patience(self, route: Route) -> httpx2.Timeout:
        import httpx2

        connect, stall = self._limits
        is_file = route.is_tus or route.gives_file
        return httpx2.Timeout(min(stall, FILE_STALL_SECONDS) if is_file else stall, connect=connect)

    def _in_pieces(self, body: bytes | Poured) -> bytes | Iterator[bytes] | None:
        if isinstance(body, Poured):
            return self._each_piece(body.pieces)
        return self._each_piece((body,)) if len(body) > self.piece else body or None

    def _each_piece(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        at, self._seen_from, self._seen_at = 0, 0, time.monotonic()
        self._sockets.cork(is_on=False)  # what is long is not gathered: it would only leave later
        for part in parts:
            start = 0
            while start < len(part):
                self.leaving = at + start
                if time.monotonic() - self._seen_at > _SEEN_SECONDS:
                    self._seen_from, self._seen_at = self.leaving, time.monotonic()
                self.paused += self.let_pass()
                size = self.piece
                if self.is_known_slow or self.is_slow:
                    self._sockets.drain()
                    size = min(size, SLOW_PIECE)
                yield part[start : start + size]
                start += size
            at += len(part)
        self.leaving = 0

    def _pieces(self, reply: httpx2.Response) -> Iterator[bytes]:
        with _our_words():
            for piece in reply.iter_raw():
                yield piece
                self.paused += self.let_pass()

    def _connected(self) -> httpx2.Client:
        way = self._way()
        if way != self._taken:
            self.close()
        if self._client is None:
            self._client, self._taken = _new_client(self.url, way, *self._limits), way
        return self._client

    def _watch(self, event: str, info: dict[str, Any]) -> None:
        # The client's documented trace hook: the only way to the socket, which ``abandon`` must shut down.
        if self._sockets.watch(event, info) and self._abandoned.is_set():
            self._sockets.shut()


def _new_client(url: str, way: Way, connect: float, stall: float) -> httpx2.Client:
    import httpx2

    address = way.proxy_for(url)
    if address and urlsplit(address).scheme not in PROXY_KINDS:
        raise Trouble("send.proxy_kind", proxy=urlsplit(address).hostname or "")
    proxy = httpx2.Proxy(address, auth=(way.user, way.password) if way.user else None) if address else None
    return httpx2.Client(
        timeout=httpx2.Timeout(stall, connect=connect), follow_redirects=False, verify=_trusted(url, way), proxy=proxy,
        trust_env=False, limits=httpx2.Limits(keepalive_expiry=IDLE_SECONDS),
    )  # fmt: skip


def _trusted(url: str, way: Way) -> ssl.SSLContext:
    """The machine's own certificates (or those that ``SSL_CERT_FILE`` names), and the office's own authority."""
    import httpx2

    if urlsplit(url).scheme == "http":  # this very machine: reading 150 certificates takes 30 ms
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusted = httpx2.create_ssl_context()
    if way.authorities:
        try:
            trusted.load_verify_locations(cafile=way.authorities)
        except (OSError, ValueError) as error:
            raise Trouble("send.authorities", file=way.authorities) from error
    return trusted


@contextmanager
def _our_words() -> Iterator[None]:
    """Sort foreign errors at the border: not connected, no answer, cut off, not to be trusted."""
    import httpx2

    try:
        yield
    except httpx2.TimeoutException as error:
        raise Trouble("send.no_answer") from error
    except httpx2.TransportError as error:
        if _is_about_trust(error):
            raise Trouble("send.certificate", reason=_reason(error)) from error
        if isinstance(error, httpx2.ProxyError):
            raise _of_proxy(str(error)) from error
        if isinstance(error, (httpx2.ConnectError, httpx2.UnsupportedProtocol)):
            raise Trouble("send.not_connected") from error
        raise Trouble("send.cut_off") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
        raise Trouble("send.cut_off") from error


def _of_proxy(said: str) -> Trouble:
    """What a proxy answered when it was asked for a way through: ``407 Proxy Authentication Required``."""
    status = int(said[:3]) if said[:3].isdigit() else 0
    return Trouble("send.proxy_password" if status == 407 else "send.proxy", status=status, retry_after=0.0)


def _chain_of(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


def _is_about_trust(error: BaseException) -> bool:
    # Also true for a server that speaks no TLS at all: either way it could not prove who it is.
    return any(isinstance(link, ssl.SSLError) and not isinstance(link, ssl.SSLEOFError) for link in _chain_of(error))


def _reason(error: BaseException) -> str:
    found = next(link for link in _chain_of(error) if isinstance(link, ssl.SSLError))
    return str(getattr(found, "verify_message", "") or found.reason or "unknown").lower()


def _body_of(reply: httpx2.Response) -> Iterator[bytes]:
    with _our_words():
        yield from reply.iter_raw()
