"""Around the application: a random id for each request, the count by address, a line of the log, the figures."""

from __future__ import annotations

import logging
import re
import secrets
import time
from functools import cache
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.core import Core
from central.figures import Figures, NoFigures
from central.log_lines import REQUESTS
from central.problems import problem_response
from fieldkit.kernel.errors import Refusal
from sync.wire.routes import ROUTES

REQUEST_HEADER = b"fieldkit-request"
OTHER = "other"
_log = logging.getLogger(REQUESTS)


class Watched:
    """The application, watched."""

    def __init__(self, app: ASGIApp, core: Core, figures: Figures | None = None) -> None:
        self._app = app
        self._core = core
        self._figures = figures or NoFigures()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        one = _One(receive, send)
        try:
            self._core.limits.allow_address((scope.get("client") or ("",))[0])
        except Refusal as refusal:
            await problem_response(refusal.code, refusal.details)(scope, one.receive, one.send)
        else:
            await self._app(scope, one.receive, one.send)
        finally:
            self._tell(route_of(scope["method"], scope["path"]), one)

    def _tell(self, route: str, one: _One) -> None:
        seconds = time.perf_counter() - one.began
        busy = self._core.database.busy
        self._figures.answered(route, one.status, seconds, one.taken, one.given, busy)
        extra = {"request": one.name, "route": route, "status": one.status, "ms": round(seconds * 1000, 1)}
        _log.info("answered", extra={**extra, "sent": one.given})


class _One:
    """One request on its way through: what is counted of it."""

    __slots__ = ("_receive", "_send", "began", "given", "name", "status", "taken")

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self.name = secrets.token_hex(8)
        self.began = time.perf_counter()
        self.status, self.taken, self.given = 499, 0, 0  # 499: the asker went away before an answer began

    async def receive(self) -> Message:
        message = await self._receive()
        self.taken += len(message.get("body", b""))
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers: list[Any] = list(message.get("headers", []))
            message = {**message, "headers": [*headers, (REQUEST_HEADER, self.name.encode("ascii"))]}
        self.given += len(message.get("body", b""))
        await self._send(message)


def route_of(method: str, path: str) -> str:
    """The name of the route that answers, or ``other``: paths hold ids, which no log or figure is to know."""
    for wanted, pattern, name in _patterns():
        if wanted == method and pattern.fullmatch(path):
            return name
    return OTHER


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], str]]:
    return [(route.method, re.compile(re.sub(r"\{\w+\}", "[^/]+", route.path)), route.name) for route in ROUTES]
