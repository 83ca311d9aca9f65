"""A line between two laptops once they share a key: every message sealed, numbered and bound to its direction."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.signing import PieceSealer
from sync.pairing.spake import CONFIRMATION, MESSAGE, Shaking

STALL_SECONDS = 30.0
"""Without one byte the cable is taken for broken; there is no limit on the whole."""

LARGEST = 2**20
"""Bytes of one message."""

_HELLO = b"FieldKit pair 1\n"
_LENGTH = struct.Struct(">I")
_BOUND = b"fieldkit/pair/message/v1\0"


class Channel:
    """Sends and hears messages of a kind byte and bytes, one after the other. Used from one thread."""

    def __init__(self, line: socket.socket, send_key: bytes, hear_key: bytes) -> None:
        self._line = line
        self._send, self._hear = PieceSealer(send_key), PieceSealer(hear_key)
        self._sent = self._heard = 0

    def send(self, kind: int, data: bytes = b"") -> None:
        """Raises ``Trouble('pair.broken')``."""
        sealed = self._send.seal(bytes((kind,)) + data, _BOUND + self._sent.to_bytes(8, "big"))
        self._sent += 1
        try:
            self._line.sendall(_LENGTH.pack(len(sealed)) + sealed)
        except OSError as error:
            raise Trouble("pair.broken") from error

    def hear(self) -> tuple[int, bytes]:
        """The next message. Raises ``Trouble('pair.broken')``, and for what the other side cannot have sent."""
        (size,) = _LENGTH.unpack(_exactly(self._line, _LENGTH.size))
        if not PieceSealer.EXTRA < size <= LARGEST + 1024:
            raise Trouble("pair.broken")
        try:
            plain = self._hear.unseal(_exactly(self._line, size), _BOUND + self._heard.to_bytes(8, "big"))
        except Refusal as error:
            raise Trouble("pair.broken") from error
        self._heard += 1
        return plain[0], plain[1:]

    def say(self, kind: int, value: dict[str, Any]) -> None:
        """Send a message of JSON."""
        self.send(kind, json.dumps(value, separators=(",", ":")).encode("utf-8"))

    def expect(self, kind: int) -> dict[str, Any]:
        """Hear a message of JSON of this kind. Raises ``Trouble('pair.broken')`` for any other."""
        found, data = self.hear()
        try:
            value = json.loads(data) if found == kind else None
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise Trouble("pair.broken")
        return value

    def close(self) -> None:
        """Hang up."""
        self._line.close()


def shake(line: socket.socket, words: str, *, shows: bool) -> Channel:
    """Prove to each other that both have the words.

    Raises ``Refusal('pair.wrong_words' | 'pair.not_ours')`` or ``Trouble('pair.broken')``.
    """
    line.settimeout(STALL_SECONDS)
    side = Shaking(words, shows=shows)
    _put(line, _HELLO + side.message)
    greeting = _exactly(line, len(_HELLO) + MESSAGE)
    if not greeting.startswith(_HELLO):
        raise Refusal("pair.not_ours")
    confirmation = side.hear(greeting[len(_HELLO) :])
    if shows:  # who typed proves it first: whoever has other words learns nothing by which to try some out
        side.check(_confirmed(line))
        _put(line, confirmation)
    else:
        _put(line, confirmation)
        side.check(_confirmed(line))
    return Channel(line, *side.keys())


def _confirmed(line: socket.socket) -> bytes:
    try:
        return _exactly(line, CONFIRMATION)
    except Trouble as error:  # the other side hangs up where the words differ
        raise Refusal("pair.wrong_words") from error


def _put(line: socket.socket, data: bytes) -> None:
    try:
        line.sendall(data)
    except OSError as error:
        raise Trouble("pair.broken") from error


def _exactly(line: socket.socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        try:
            more = line.recv(min(size - len(found), 2**18))
        except OSError as error:
            raise Trouble("pair.broken") from error
        if not more:
            raise Trouble("pair.broken")
        found += more
    return bytes(found)
