"""The one place where a request becomes an answer: who asks, the body, the handler, and every refusal.

Handlers are plain functions that run on the server's pool of threads and either return a model, return frames,
or raise; only what waits for the network is ``async``. Whatever happens, a client reads JSON of the protocol,
frames or a problem.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

import sqlalchemy as sa
from pydantic import BaseModel, ValidationError
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from central.askers import Claim, claimed, proved, remembered
from central.bodies import read_body, spool
from central.core import Core
from central.judge import KnownDevice
from central.problems import HEADERS, problem_response
from fieldkit.kernel.errors import FieldKitError, Refusal
from sync.wire.files import TUS_HEADER, TUS_VERSION
from sync.wire.routes import Route
from sync.wire.version import CONTENT_TYPE

_CHUNK = 256 * 1024
_log = logging.getLogger("central")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a handler is given. ``sender`` is the device that signed, or ``None`` (anyone; the office's token)."""

    core: Core
    sender: KnownDevice | None
    message: Any
    body: IO[bytes]
    source: str
    parts: dict[str, str]
    query: dict[str, str]
    headers: Mapping[str, str]
    digest: bytes
    """SHA-256 of the body."""

    @property
    def device(self) -> KnownDevice:
        """The device that signed; for routes that only devices may ask. Its status may be out of date."""
        if self.sender is None:
            raise Refusal("central.not_signed")
        return self.sender

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return self.body.seek(0, 2)

    def chunks(self) -> Iterator[bytes]:
        """The body from its beginning."""
        self.body.seek(0)
        while chunk := self.body.read(_CHUNK):
            yield chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that is neither a model nor frames: headers, and bytes if there are any."""

    status: int = 200
    headers: Mapping[str, str]
    kind: str | None = None
    body: Iterator[bytes] | None = None


Handler = Callable[[Call], BaseModel | Iterator[bytes] | Answer]


def endpoint(core: Core, route: Route, handler: Handler) -> Callable[[Request], Any]:
    """An ASGI endpoint for ``route``."""
    largest = min(route.largest, core.settings.largest_body)

    async def answer(request: Request) -> Response:
        body = spool(core.settings)
        try:
            claim = remembered(core, route, request.headers)
            if claim is None:
                claim = await run_in_threadpool(claimed, core, route, request.headers)
            digest = await read_body(request, body, largest, core.settings.stall_seconds)
            found = await run_in_threadpool(_answer, core, route, handler, request, claim, body, digest)
        except ClientDisconnect:
            body.close()
            return Response(status_code=400)  # nobody is there to read it
        except Exception as error:  # the last line of defence: whatever it is, the client reads a problem
            body.close()
            found = refuse(error)
        except BaseException:  # the store stops while it answers: nobody else would let go of the body
            body.close()
            raise
        if route.is_tus:
            found.headers[TUS_HEADER] = TUS_VERSION
            if found.status_code == 412:
                found.headers["Tus-Version"] = TUS_VERSION
        return found

    return answer


def refuse(error: Exception) -> Response:
    """The problem that tells of ``error``; what is not expected goes to the log with its traceback."""
    if isinstance(error, FieldKitError):
        return problem_response(error.code, error.details)
    if isinstance(error, sa.exc.DBAPIError):
        _log.warning("the database did not answer: %s", type(error).__name__)
        return problem_response("central.unavailable", {})
    _log.error("a fault in the store", exc_info=error)
    return problem_response("central.fault", {})


def _answer(
    core: Core, route: Route, handler: Handler, request: Request, claim: Claim | None, body: IO[bytes], digest: bytes
) -> Response:
    """On a thread of the pool: the proof, the question, and the answer."""
    sender = proved(core, claim, request.method, request.url.path, digest)
    if sender is not None and sender.id:
        core.limits.allow_laptop(route, sender.id)
    core.limits.level(core.database)
    call = Call(
        core=core, sender=sender, message=_message(route, body), body=body,
        source=request.client.host if request.client else "", parts=dict(request.path_params),
        query={name: request.query_params[name] for name in route.query if name in request.query_params},
        headers=request.headers, digest=digest,
    )  # fmt: skip
    result = handler(call)
    if isinstance(result, BaseModel):
        body.close()
        return Response(result.model_dump_json(), media_type="application/json", headers=HEADERS)
    if isinstance(result, Answer):
        return headed(result, body)
    return _Streamed(result, body, media_type=CONTENT_TYPE, headers=HEADERS)


def headed(answer: Answer, body: IO[bytes]) -> Response:
    """An answer of headers, with its bytes if there are any; ``body`` is the request's, to be let go of."""
    headers = HEADERS | dict(answer.headers)
    if answer.body is None:
        body.close()
        return Response(None, answer.status, headers, answer.kind)
    return _Streamed(answer.body, body, answer.status, headers, answer.kind)


class _Streamed(StreamingResponse):
    """An answer in pieces that lets go of the request's body and of what makes the pieces, read to the end or not."""

    def __init__(
        self,
        pieces: Iterator[bytes],
        body: IO[bytes],
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        media_type: str | None = None,
    ) -> None:
        first = next(pieces, b"")  # what goes wrong before the first byte is still a problem with its status
        super().__init__(iterate_in_threadpool(chain((first,), pieces)), status_code, headers, media_type)
        self._pieces, self._request_body = pieces, body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._request_body.close()
            if isinstance(self._pieces, Generator):
                self._pieces.close()


def _message(route: Route, body: IO[bytes]) -> BaseModel | None:
    if route.request is None:
        return None
    body.seek(0)
    try:
        return route.request.model_validate_json(body.read())
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "body"
        raise Refusal("central.malformed", reason=f"{place}: {first['msg']}") from error
