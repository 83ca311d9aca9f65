"""Canonical JSON (RFC 8785) for signed bytes, on the standard library's C encoder.

RFC 8785 differs from ``json.dumps(sort_keys=True, separators=(",", ":"), ensure_ascii=False)`` only in
floats, in integers beyond 2**53 and in the order of keys outside the Basic Multilingual Plane. None of
these is allowed in a record (floats do not survive a round trip, see docs/decisions/0002), so the C
encoder's bytes are canonical; a property test holds them equal to the ``rfc8785`` package's.
"""

from __future__ import annotations

import json
from typing import Any

_LARGEST = 2**53 - 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: dict[str, Any]) -> bytes:
    """The canonical UTF-8 bytes of ``value``: str, int, bool, None, lists and dicts with ASCII keys.

    Raises ``TypeError`` for floats and other types, ``ValueError`` for integers beyond 2**53 - 1, for
    non-ASCII keys and for text with lone surrogates (which has no UTF-8 form).
    """
    _check(value)
    return _ENCODER.encode(value).encode("utf-8")


def parse(data: bytes) -> dict[str, Any]:
    """Read canonical bytes back. Raises ``ValueError`` unless they hold one JSON object, nested sensibly."""
    try:
        value = json.loads(data)
    except RecursionError as error:  # foreign bytes may hold a hundred thousand brackets
        raise ValueError("nested too deep") from error
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _check(value: object) -> None:
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError(f"integer beyond 2**53 - 1: {value}")
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError(f"key is not ASCII text: {key!r}")
            _check(item)
    else:
        raise TypeError(f"not allowed in a record: {type(value).__name__}")
