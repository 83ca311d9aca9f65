"""One window for each person's folder: a second start brings the first window to the front and ends.

A locked file decides who is first (the system drops the lock with the process, however it ends); a socket on
loopback carries the request. The token beside the port keeps other people of the machine from raising the window.
"""

from __future__ import annotations

import hmac
import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from PySide6.QtCore import QObject, QSocketNotifier

LOCK, CALL = "window.lock", "window.call"
_SECONDS = 2.0


class SingleInstance(QObject):
    """``is_first`` tells whether this process may open the window of ``folder``."""

    def __init__(self, folder: Path, raise_window: Callable[[], None]) -> None:
        super().__init__()
        self._folder = folder
        self._raise = raise_window
        self._token = secrets.token_hex(16)
        self._listener: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._lock: IO[bytes] | None = None
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / LOCK).open("ab")
        if _locked(file):
            self._lock = file
            self._listen()
        else:
            file.close()

    @property
    def is_first(self) -> bool:
        """Whether no other process has this folder's window."""
        return self._lock is not None

    def call_first(self) -> bool:
        """Ask the first process to show its window. False when it does not answer."""
        try:
            port, token = (self._folder / CALL).read_text(encoding="ascii").split()
            with socket.create_connection(("127.0.0.1", int(port)), _SECONDS) as line:
                line.sendall(token.encode("ascii") + b"\n")
                line.settimeout(_SECONDS)
                return line.recv(2) == b"ok"
        except (OSError, ValueError):
            return False

    def close(self) -> None:
        """Let the next start be the first."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        if self._lock is not None:
            with suppress(OSError):
                (self._folder / CALL).unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def _listen(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        port = self._listener.getsockname()[1]
        handle = os.open(self._folder / CALL, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{port} {self._token}")
        self._notifier = QSocketNotifier(self._listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._called)

    def _called(self) -> None:
        if self._listener is None:
            return
        with suppress(OSError):
            line, _ = self._listener.accept()
            with line:
                line.settimeout(0.2)  # on the GUI thread: the other side sends at once or is not ours
                if hmac.compare_digest(line.recv(64).strip(), self._token.encode("ascii")):
                    line.sendall(b"ok")
                    self._raise()


def _locked(file: IO[bytes]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
