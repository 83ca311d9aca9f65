"""Bytes of a file in one stream of any length: the answer to a PATCH whose sender is proved before its body comes.

Anything else that a PATCH may be goes the way of all requests: gathered, checked against its checksum, then written.
"""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from central import file_sendings, files
from central.askers import Claim, claimed, proved, remembered
from central.bodies import pieces
from central.core import Core
from central.endpoint import Answer, Call, headed, refuse
from central.file_checks import number
from central.file_keeping import WAIT_SECONDS
from central.file_pouring import COUNTED_EVERY, COUNTED_SECONDS, Pouring
from fieldkit.kernel.errors import FieldKitError, Refusal
from sync.wire.files import (
    CHECKSUM,
    EARLIER,
    NEXT,
    OFFSET,
    RECEIPT,
    SETTLES,
    SETTLES_BEHIND,
    SIGNS,
    SIGNS_FILE,
    TUS_HEADER,
    TUS_VERSION,
)
from sync.wire.routes import Route

_BATCH = 2**20
"""Bytes handed to the thread that writes at once; as many gather meanwhile, and no more lie in memory."""

_TICK = 0.25
_MOST_WAITING = 2 * COUNTED_EVERY
"""Bytes that may wait to be counted: beyond them the line waits for the disk."""

Endpoint = Callable[[Request], Awaitable[Response]]


def pouring(core: Core, route: Route, gathered: Endpoint) -> Endpoint:
    """An endpoint that takes streams, and leaves everything else to ``gathered``."""

    async def answer(request: Request) -> Response:
        if not _is_stream(request):
            return await gathered(request)
        try:
            found = await _answer(core, route, request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except Exception as error:  # whatever it is, the client reads a problem, and not a byte more is read from it
            found = refuse(error)
            found.headers["Connection"] = "close"
        found.headers[TUS_HEADER] = TUS_VERSION
        if found.status_code == 412:
            found.headers["Tus-Version"] = TUS_VERSION
        return found

    return answer


def _is_stream(request: Request) -> bool:
    """Whether who sends can be proved before the body has come, and nothing is to be checked after it."""
    is_known = request.headers.get(SIGNS) == SIGNS_FILE or "authorization" in request.headers
    return is_known and CHECKSUM not in request.headers


async def _answer(core: Core, route: Route, request: Request) -> Response:
    claim = remembered(core, route, request.headers)
    if claim is None:
        claim = await run_in_threadpool(claimed, core, route, request.headers)
    call, stream = await run_in_threadpool(_begun, core, route, request, claim)
    following = asyncio.create_task(run_in_threadpool(_begin_next, call)) if NEXT in call.headers else None
    is_left = False
    try:
        await _pour(request, stream, core.settings.stall_seconds)
        is_left = _may_be_left(call, stream)
    finally:  # what came is counted, whatever ended it
        if not is_left:
            sending = await run_in_threadpool(stream.end)
    answer = _left_behind(call, stream) if is_left else await run_in_threadpool(files.poured, call, sending)
    most = COUNTED_EVERY if is_left else 0
    words = await run_in_threadpool(core.files.settling.words, call.device.id, most, WAIT_SECONDS)
    more = {EARLIER: ", ".join(words)} if words else {}
    if following is not None and (place := await following):
        more[NEXT] = place
    return headed(replace(answer, headers={**answer.headers, **more}), call.body)


def _begin_next(call: Call) -> str:
    try:
        return files.begin_next(call)
    except (FieldKitError, sa.exc.DBAPIError):  # it is begun by itself, and hears why not
        return ""


def _may_be_left(call: Call, stream: Pouring) -> bool:
    """Whether the whole file came, and its sender goes on with another one meanwhile."""
    is_asked = call.headers.get(SETTLES) == SETTLES_BEHIND and bool(call.device.id)
    return is_asked and call.core.files.is_at_once and stream.is_whole


def _left_behind(call: Call, stream: Pouring) -> Answer:
    """Nothing is said of what is not durable yet: where the sending stood before, and that a word follows."""

    def settle() -> str:
        return files.poured(call, stream.end()).headers.get(RECEIPT, "")

    before = stream.sending
    call.core.files.settling.begin(before.id, call.device.id, stream.waiting, settle)
    return Answer(status=204, headers={OFFSET: str(before.reached), SETTLES: SETTLES_BEHIND})


def _begun(core: Core, route: Route, request: Request, claim: Claim | None) -> tuple[Call, Pouring]:
    if claim is None:
        raise Refusal("central.not_signed")
    call = Call(
        core=core, sender=claim.device, message=None, body=io.BytesIO(), source="", parts=dict(request.path_params),
        query={}, headers=request.headers, digest=b"",
    )  # fmt: skip
    offset = files.begins_at(call)
    core.files.settling.wait(call.parts["upload"], WAIT_SECONDS)
    with core.database.read() as connection:
        sending = file_sendings.mine(core, connection, call.parts["upload"], claim.device.user)
    proved(core, claim, request.method, request.url.path, bytes.fromhex(sending.sha256))
    if claim.device.id:
        core.limits.allow_laptop(route, claim.device.id)
    core.limits.level(core.database)
    stated = request.headers.get("content-length")
    length = number(call, "content-length") if stated is not None else None
    return call, Pouring.begin(core, sending.id, claim.device.user, offset, length)


async def _pour(request: Request, stream: Pouring, stall: float) -> None:
    """Hand the body to a thread that writes, and what is due to another one that counts; the line goes on meanwhile."""
    batch: list[bytes] = []
    size, handed = 0, time.monotonic()
    writing, counting = _Behind(), _Behind()
    ticking = asyncio.create_task(_count_meanwhile(stream, counting))
    try:
        async for chunk in pieces(request, stall):
            batch.append(chunk)
            size += len(chunk)
            if size < _BATCH and time.monotonic() - handed < COUNTED_SECONDS:
                continue
            await writing.begin(stream.write, batch)
            batch, size, handed = [], 0, time.monotonic()
            if stream.is_due and (counting.is_free or stream.waiting > _MOST_WAITING):
                await counting.begin(stream.settle)
    finally:
        ticking.cancel()
        await asyncio.wait((ticking,))
        try:
            await counting.end()
        finally:  # where another one has the turn both are told so, and asyncio would log whom nobody heard
            await writing.begin(stream.write, batch)
            await writing.end()


async def _count_meanwhile(stream: Pouring, counting: _Behind) -> None:
    """A line that pauses has what came before counted all the same."""
    with suppress(Refusal):  # another one has the turn: whoever writes hears of it
        while True:
            await asyncio.sleep(_TICK)
            if stream.is_due and counting.is_free:
                await counting.begin(stream.settle)


class _Behind:
    """One piece of work at a time on a thread of the pool; what it raises is raised where the next begins."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    @property
    def is_free(self) -> bool:
        """Whether nobody has to wait to begin."""
        return self._task is None or self._task.done()

    async def begin(self, work: Callable[..., None], *given: object) -> None:
        """Begin ``work`` as soon as what went before is over."""
        await self.end()
        self._task = asyncio.create_task(run_in_threadpool(work, *given))

    async def end(self) -> None:
        """Wait for it."""
        task, self._task = self._task, None
        if task is not None:
            await task
