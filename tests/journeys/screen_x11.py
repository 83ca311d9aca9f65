"""A screen of its own with a window manager, and hands that press its keys: X11 as on a real desk, nothing of Qt's."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TOOLS = ("Xvfb", "openbox", "xdotool")
_SIZE = "1366x768x24"
_PATIENCE = 60.0


def missing_tools() -> list[str]:
    """Those of the programs that are not on this machine (``make sitting`` installs them)."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


class Keyboard:
    """Presses keys on one display. Every key is an event of the X server, as from a keyboard."""

    def __init__(self, display: str) -> None:
        self._environment = {**os.environ, "DISPLAY": display}

    def type(self, letter: str) -> None:
        """One character."""
        self._run("type", "--delay", "0", "--", letter)

    def write(self, words: str, gap_ms: int) -> None:
        """Many characters with ``gap_ms`` between them."""
        self._run("type", "--delay", str(gap_ms), "--", words)

    def press(self, keys: str) -> None:
        """A key or chord in X's spelling: ``Return``, ``ctrl+shift+t``."""
        self._run("key", "--delay", "0", keys)

    def titles(self) -> list[str]:
        """The titles of the windows on the screen."""
        found = self._run("search", "--onlyvisible", "--name", ".", check=False).split()
        return [self._run("getwindowname", one, check=False).strip() for one in found]

    def until_title(self, holds: Callable[[str], bool], what: str) -> None:
        """Wait for a window whose title says so."""
        end = time.monotonic() + _PATIENCE
        while not any(holds(title) for title in self.titles()):
            assert time.monotonic() < end, f"no window for {what}, only {self.titles()}"
            time.sleep(0.1)

    def close_window(self) -> None:
        """As the window manager does on Alt+F4."""
        self._run("key", "alt+F4")

    def _run(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self._environment, capture_output=True, text=True, check=False, timeout=600
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def a_screen() -> Iterator[str]:
    """An X server on a free display with a window manager; the name of the display."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", _SIZE, "-nolisten", "tcp"],
        pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        manager = subprocess.Popen(
            ["openbox"], env={**os.environ, "DISPLAY": display}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield display
        finally:
            manager.terminate()
            manager.wait()
    finally:
        server.terminate()
        server.wait()
