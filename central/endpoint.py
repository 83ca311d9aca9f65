"""The one place where a request becomes an answer: limits, signature, the handler, and every refusal.

Handlers are plain functions that run on the server's pool of threads and either return a model, return frames,
or raise; this is the only ``async`` code. Whatever happens, a client reads JSON of the protocol or a problem.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

import anyio
import sqlalchemy as sa
from pydantic import BaseModel, ValidationError
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse

from central.core import Core, find_device, verify_key
from central.judge import REVOKED, KnownDevice
from central.problems import problem_response
from fieldkit.kernel.errors import FieldKitError, Refusal
from fieldkit.kernel.ids import is_id
from sync.wire.requests import DEVICE_HEADER, SIGNATURE_HEADER, from_base64, request_message
from sync.wire.routes import Asker, Route
from sync.wire.version import CONTENT_TYPE

_IN_MEMORY = 8 * 2**20
"""A body beyond this goes to an unnamed temporary file while it is read."""

_SLOWEST = 200
"""Bytes a second below which a body, after its first minute, counts as stalled: a tenth of a bad mobile line."""

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

    @property
    def device(self) -> KnownDevice:
        """The device that signed; for routes that only devices may ask."""
        if self.sender is None:
            raise Refusal("central.not_signed")
        return self.sender

    def chunks(self) -> Iterator[bytes]:
        """The body from its beginning."""
        self.body.seek(0)
        while chunk := self.body.read(_CHUNK):
            yield chunk


Handler = Callable[[Call], BaseModel | Iterator[bytes]]


def endpoint(core: Core, route: Route, handler: Handler) -> Callable[[Request], Any]:
    """An ASGI endpoint for ``route``."""

    async def answer(request: Request) -> Response:
        body = _spool(core)
        try:
            digest = await _read(request, body, core, route)
            return await run_in_threadpool(_answer, core, route, handler, request, body, digest)
        except ClientDisconnect:
            body.close()
            return Response(status_code=400)  # nobody is there to read it
        except Exception as error:  # the last line of defence: whatever it is, the client reads a problem
            body.close()
            return refuse(error)

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


def _spool(core: Core) -> IO[bytes]:
    folder = str(core.settings.folder)
    return tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=folder)


async def _read(request: Request, body: IO[bytes], core: Core, route: Route) -> bytes:
    """Read the body into ``body`` within the limits and return its SHA-256."""
    largest, stall = min(route.largest, core.settings.largest_body), core.settings.stall_seconds
    stated = request.headers.get("content-length", "0")
    if stated.isdecimal() and int(stated) > largest:
        raise Refusal("central.too_large", largest=largest)
    digest, size, started = hashlib.sha256(), 0, anyio.current_time()
    stream = request.stream()
    while True:
        try:
            with anyio.fail_after(stall):
                chunk = await anext(stream, b"")
        except TimeoutError:
            raise Refusal("central.too_slow", seconds=round(stall)) from None
        size += len(chunk)
        if size > largest:
            raise Refusal("central.too_large", largest=largest)
        if not chunk:
            return digest.digest()
        if anyio.current_time() - started > 2 * stall + size / _SLOWEST:
            raise Refusal("central.too_slow", seconds=round(2 * stall))
        digest.update(chunk)
        body.write(chunk)


def _answer(core: Core, route: Route, handler: Handler, request: Request, body: IO[bytes], digest: bytes) -> Response:
    """On a thread of the pool: who asks, what is asked, and the answer."""
    sender = _sender(core, route, request, digest)
    call = Call(
        core=core, sender=sender, message=_message(route, body), body=body,
        source=request.client.host if request.client else "", parts=dict(request.path_params),
    )  # fmt: skip
    result = handler(call)
    if isinstance(result, BaseModel):
        body.close()
        return Response(result.model_dump_json(), media_type="application/json", headers=_HEADERS)
    first = next(result, b"")  # what goes wrong before the first byte is still a problem with its status
    return StreamingResponse(
        iterate_in_threadpool(_rest(first, result, body)), media_type=CONTENT_TYPE, headers=_HEADERS
    )


def _rest(first: bytes, others: Iterator[bytes], body: IO[bytes]) -> Iterator[bytes]:
    with body:
        yield first
        yield from others


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


def _sender(core: Core, route: Route, request: Request, digest: bytes) -> KnownDevice | None:
    """Who asks. Raises ``Refusal`` unless the route is open to them."""
    if route.asker is Asker.ANYONE:
        return None
    if route.asker is Asker.READER and "authorization" in request.headers:
        _check_token(core, request.headers["authorization"])
        return None
    device, signature = request.headers.get(DEVICE_HEADER), request.headers.get(SIGNATURE_HEADER)
    if device is None or signature is None:
        raise Refusal("central.not_signed")
    with core.database.read() as connection:
        sender = find_device(connection, device) if is_id(device) else None
    if sender is None:
        raise Refusal("central.device_unknown")
    message = request_message(request.method, request.url.path, digest)
    if not _holds(core, sender, signature, message):
        raise Refusal("central.signature")
    if sender.status == REVOKED and route.asker is not Asker.SENDER:
        raise Refusal("central.device_revoked")
    return sender


def _holds(core: Core, sender: KnownDevice, signature: str, message: bytes) -> bool:
    try:
        return verify_key(core, sender).holds(from_base64(signature), message)
    except FieldKitError:
        return False


def _check_token(core: Core, header: str) -> None:
    token = header.removeprefix("Bearer ").strip()
    if not hmac.compare_digest(hashlib.sha256(token.encode()).digest(), core.token_hash):
        raise Refusal("central.token")


_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
