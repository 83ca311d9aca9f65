"""Reading a request's body within limits: of size, of patience, and of memory."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import AsyncIterator
from typing import IO

import anyio
from starlette.requests import Request

from central.settings import Settings
from fieldkit.kernel.errors import Refusal

_IN_MEMORY = 8 * 2**20
"""A body beyond this goes to an unnamed temporary file in the store's own folder while it is read."""

_SLOWEST = 200
"""Bytes a second below which a body, after its first minute, counts as stalled: a tenth of a bad mobile line."""


def spool(settings: Settings) -> IO[bytes]:
    """Where a body is kept while its request is answered; closing it forgets the body."""
    folder = str(settings.folder)
    return tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=folder)


async def read_body(request: Request, body: IO[bytes], largest: int, stall: float) -> bytes:
    """Read into ``body`` and return the SHA-256. Raises ``Refusal('central.too_large' | 'central.too_slow')``."""
    stated = request.headers.get("content-length", "0")
    if stated.isdecimal() and int(stated) > largest:
        raise Refusal("central.too_large", largest=largest)
    digest, size = hashlib.sha256(), 0
    async for chunk in pieces(request, stall):
        size += len(chunk)
        if size > largest:
            raise Refusal("central.too_large", largest=largest)
        digest.update(chunk)
        body.write(chunk)
    return digest.digest()


async def pieces(request: Request, stall: float) -> AsyncIterator[bytes]:
    """The body as it comes. Raises ``Refusal('central.too_slow')`` for silence, and for a line that only drips."""
    size, started, stream = 0, anyio.current_time(), request.stream()
    while True:
        try:
            with anyio.fail_after(stall):
                chunk = await anext(stream, b"")
        except TimeoutError:
            raise Refusal("central.too_slow", seconds=round(stall)) from None
        if not chunk:
            return
        size += len(chunk)
        if anyio.current_time() - started > 2 * stall + size / _SLOWEST:
            raise Refusal("central.too_slow", seconds=round(2 * stall))
        yield chunk
