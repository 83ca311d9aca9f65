"""Nothing is handed over on a slow line before what went before has left: every packet there is a second's wait.

What is urgent stands behind whatever this machine has sent and the far end has not confirmed.
"""

from __future__ import annotations

import socket
import struct
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

SLOW_PIECE = 2**9
"""Bytes handed over at once on a line below eight KiB a second, each only after the one before has left."""

_MOST_SECONDS = 5.0


def drain(lines: Sequence[socket.socket]) -> None:
    """Wait until what was handed over to the last of these is confirmed, where the system tells (Linux)."""
    end = time.monotonic() + _MOST_SECONDS
    while lines and _unsent(lines[-1]) and time.monotonic() < end:
        time.sleep(0.01)


def _unsent(line: socket.socket) -> int:
    """Bytes that the other end has not confirmed; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import fcntl
    import termios

    with suppress(OSError, ValueError):
        return int(struct.unpack("i", fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, b"\0" * 4))[0])
    return 0
