"""The socket under a connection: shut from any thread, gathered or hurried, and known to stand or not.

The HTTP client gives it out by its documented trace hook alone; nothing else here knows that client.
"""

from __future__ import annotations

import socket
import struct
import sys
import time
from contextlib import suppress
from typing import Any

from sync.drain import drain

_LINGER = "hh" if sys.platform == "win32" else "ii"
_CORK: int | None = getattr(socket, "TCP_CORK", getattr(socket, "TCP_NOPUSH", None))


class Sockets:
    """Of one connection at a time. Only ``shut`` may be called from another thread than the one that sends."""

    def __init__(self) -> None:
        self._lines: list[socket.socket] = []
        self._stream: Any = None
        self._used_at = 0.0
        self.opened = 0
        """Connections opened so far."""

    def watch(self, event: str, info: dict[str, Any]) -> bool:
        """Hear what the client does (its trace hook); whether a connection was opened, or its TLS."""
        if event == "http11.send_request_headers.started":
            self.cork(is_on=True)  # head and body of what is small in one packet: one chance less to get lost
        elif event == "http11.send_request_body.complete":
            self.cork(is_on=False)
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return False
        self._stream = info["return_value"]  # TLS takes the socket over: the one before it is no longer the line
        self._lines[:] = [self._stream.get_extra_info("socket")]
        self.opened += 1
        return True

    def was_used(self) -> None:
        """A request has ended."""
        self._used_at = time.monotonic()

    def stands(self, idle: float) -> bool:
        """Whether it was used within ``idle`` seconds and still stands, as far as this end can know."""
        is_fresh = time.monotonic() - self._used_at < idle
        return is_fresh and self._stream is not None and not self._stream.get_extra_info("is_readable")

    def forget(self) -> None:
        """The connection was given back."""
        self._stream = None

    def shut(self) -> None:
        """End what is read or sent, from any thread: a blocked read ends at once with an error."""
        for line in list(self._lines):
            with suppress(OSError):
                socket.socket.shutdown(line, 2)  # not TLS's own: the thread that reads is in the middle of that

    def cork(self, *, is_on: bool) -> None:
        """Have the system gather what is written, where it can (Linux, macOS)."""
        if _CORK is None:
            return
        for line in self._lines:
            with suppress(OSError):
                line.setsockopt(socket.IPPROTO_TCP, _CORK, is_on)

    def drain(self) -> None:
        """Wait until what was handed over has left, where the system tells (``sync.drain``)."""
        drain(self._lines)

    def drop(self) -> None:
        """Have the next closing throw away what lies in the send buffer."""
        for line in self._lines:
            with suppress(OSError):
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(_LINGER, 1, 0))

    def keep_little(self, buffer: int) -> None:
        """Let at most so many bytes lie in the machine's send buffer: what is there cannot be held back any more."""
        for line in self._lines:
            with suppress(OSError):
                line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
