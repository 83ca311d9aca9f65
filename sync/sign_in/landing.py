"""Where the browser comes back to: a page on this very laptop, on a port of its own, for one answer (RFC 8252 7.3).

Anything on the laptop can knock here. Only the answer that carries this attempt's ``state`` counts; the page it gets
says what became of it, and is shown once the office has answered.
"""

from __future__ import annotations

import hmac
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from fieldkit.kernel.errors import Refusal, Trouble
from sync.sign_in.pages import ASTRAY, DONE, NOT_DONE, page
from sync.sign_in.provider import plain

PATH = "/signed-in"
_POLL = 0.1
_PAGE_SECONDS = 60.0
"""At most so long the browser waits for the page that says what became of it."""
_KNOCK_SECONDS = 10.0
_MOST_KNOCKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: a ``code``, or an ``error`` with the provider's words."""

    code: str = ""
    error: str = ""


class Landing:
    """Listens from its making to ``close``. Raises ``Trouble('sign_in.no_port')`` where nothing can listen here."""

    def __init__(self, state: str, issuer: str, *, names_itself: bool) -> None:
        self._state, self._issuer, self._names_itself = state, issuer, names_itself
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._outcome: str | None = None
        self._told, self._taken = threading.Event(), threading.Lock()
        self._shown = threading.Event()
        try:
            self._server = _Server(self)
        except OSError as error:
            raise Trouble("sign_in.no_port") from error
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}{PATH}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(_POLL,), name="sign-in", daemon=True)
        self._thread.start()

    def wait(self, seconds: float, is_cancelled: Callable[[], bool]) -> str:
        """The code. Raises ``Refusal('sign_in.cancelled' | 'sign_in.out_of_time' | 'sign_in.denied')``."""
        end = time.monotonic() + seconds
        while True:
            with suppress(queue.Empty):
                answer = self._answers.get(timeout=_POLL)
                if answer.error:
                    raise Refusal("sign_in.denied", reason=answer.error)
                return answer.code
            if is_cancelled():
                raise Refusal("sign_in.cancelled")
            if time.monotonic() >= end:
                raise Refusal("sign_in.out_of_time", minutes=round(seconds / 60) or 1)

    def tell(self, outcome: str) -> None:
        """Show the browser what became of it: empty for success, else the sentence of what stood in the way."""
        self._outcome = outcome
        self._told.set()

    def close(self) -> None:
        """Stop listening, once the page was shown to a browser that waits for it."""
        if not self._told.is_set():
            self.tell("")
        if self._taken.locked():
            self._shown.wait(2.0)
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, target: str) -> tuple[int, bytes]:
        """Status and page for a request to ``target``; the one that counts waits for the outcome."""
        parts = urlsplit(target)
        said = parse_qs(parts.query, keep_blank_values=True, max_num_fields=20)
        if parts.path != PATH:
            return 404, page(ASTRAY)
        state = _one(said, "state").encode("utf-8", "replace")
        is_ours = hmac.compare_digest(state, self._state.encode())
        if not is_ours or not self._is_from_provider(said) or not self._taken.acquire(blocking=False):
            return 400, page(ASTRAY)
        code = _one(said, "code")
        problem = plain(_one(said, "error_description") or _one(said, "error")) or ("" if code else "no code came back")
        self._answers.put(Answer(code=code, error=problem))
        self._told.wait(_PAGE_SECONDS)
        return (200, page(DONE)) if not self._outcome else (200, page(NOT_DONE, self._outcome))

    def was_shown(self) -> None:
        """The page has left."""
        if self._told.is_set():
            self._shown.set()

    def _is_from_provider(self, said: dict[str, list[str]]) -> bool:
        """Another provider's answer must not be taken for ours (RFC 9207)."""
        return _one(said, "iss") == self._issuer if self._names_itself or "iss" in said else True


def _one(said: dict[str, list[str]], name: str) -> str:
    values = said.get(name, [])
    return values[0] if len(values) == 1 else ""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = False
    request_queue_size = 16

    def __init__(self, landing: Landing) -> None:
        self.landing = landing
        self.knocks = threading.BoundedSemaphore(_MOST_KNOCKS)
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _KNOCK_SECONDS
    server_version, sys_version = "FieldKit", ""

    def do_GET(self) -> None:
        """Answer with a page."""
        if not self.server.knocks.acquire(blocking=False):
            return
        try:
            status, body = self.server.landing.answer(self.path)
            self.send_response(status)
            for name, value in _HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            if status == 200:
                self.server.landing.was_shown()
        except (OSError, ValueError):
            return
        finally:
            self.server.knocks.release()

    def log_message(self, *_args: object) -> None:
        """Nothing: a code stands in the address."""


_HEADERS = {
    "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff", "Connection": "close",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
}  # fmt: skip
