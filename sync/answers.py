"""What came back, read without trust: whose answer it is, its refusals in our words, and never more than was asked for.

An answer may be of somebody else: a network's sign-in page, a proxy, an office's web server before the store. So the
kind of the body decides as much as the status does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.wire.messages import ProblemModel
from sync.wire.requests import PROBLEM_TYPE

Headers = dict[str, str]
"""Of a reply, by their names in lower case."""

LARGEST_PROBLEM = 64 * 2**10
_LONGEST_WAIT = 3600.0
_SIGN_IN_FIRST = 511
"""RFC 6585: a network that says itself that it wants a person to sign in."""


class Reply(Protocol):
    """A reply as the HTTP client gives it, as far as it is looked at here; its body is read by whoever asked."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


def expect(reply: Reply, kind: str, body: Iterator[bytes]) -> None:
    """Accept a 200 of the right kind. A page of HTML, a redirect or packed bytes come from somebody else."""
    if reply.status_code == 200 and kind_of(reply) == kind and not is_packed(reply):
        return
    raise refused(reply, body)


def kind_of(reply: Reply) -> str:
    """Its content type, without parameters."""
    return str(reply.headers.get("content-type", "")).split(";")[0].strip().lower()


def is_packed(reply: Reply) -> bool:
    """Whether somebody on the way packed it; our store was asked not to."""
    return str(reply.headers.get("content-encoding", "identity")).lower() != "identity"


def plain(headers: Mapping[str, str]) -> Headers:
    """By their names in lower case."""
    return {name.lower(): value for name, value in headers.items()}


def refused(reply: Reply, body: Iterator[bytes]) -> FieldKitError:
    """What a reply that is not the wanted one says; ``body`` is read only where it is a problem of the protocol."""
    status = reply.status_code
    wait = _wait(reply.headers.get("retry-after", ""))
    if kind_of(reply) == PROBLEM_TYPE and not is_packed(reply) and status >= 400:
        problem = _problem(limited(body, LARGEST_PROBLEM))
        if problem is not None:
            again = status >= 500 or status in {408, 425, 429}
            return (Trouble if again else Refusal)(problem.code, status=status, retry_after=wait)
    if status == 413:
        return Refusal("central.too_large", status=status, retry_after=wait)
    if status in {429, 503}:
        return Trouble("send.busy", status=status, retry_after=wait)
    if status == 407:
        return Trouble("send.proxy_password", status=status, retry_after=wait)
    if status >= 500 and status != _SIGN_IN_FIRST:
        return Trouble("send.store_fault", status=status, retry_after=wait)
    if 400 <= status < 500:
        return Trouble("send.other_answer", status=status, retry_after=wait)
    return Trouble("send.captive_portal", status=status, retry_after=wait)


def limited(pieces: Iterator[bytes], largest: int) -> bytes:
    """The whole body. Raises ``Trouble('wire.damaged')`` for a longer one, before it is held."""
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > largest:
            raise Trouble("wire.damaged")
    return bytes(found)


def json_object(body: bytes) -> dict[str, Any]:
    """Raises ``Trouble('send.captive_portal')``: what calls itself JSON and is none is not our store's."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Trouble("send.captive_portal", status=200, retry_after=0.0) from error
    if not isinstance(value, dict):
        raise Trouble("send.captive_portal", status=200, retry_after=0.0)
    return value


def _problem(body: bytes) -> ProblemModel | None:
    try:
        return ProblemModel.model_validate_json(body)
    except ValueError:
        return None


def _wait(text: str) -> float:
    """Seconds of a ``Retry-After`` header; its form as a date is not used by our store and counts as none."""
    return min(float(text), _LONGEST_WAIT) if text.isascii() and text.isdigit() else 0.0
