"""Keys on a schedule, the time until what they changed is painted, and how long the screen's thread was held up.

A key counts from the moment it was *due*, not from when a late timer pressed it: a stall of the thread that presses
them would otherwise hide in the figures. It ends when the frame that shows it is complete.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

EVERY = 0.04
"""Seconds between keys: 25 a second, twice what a quick typist does."""
BEAT_MS = 2
_LATEST = 5.0
_CODES = (" #lc", " #st-", " #gm @pr", "", "", "")
_Key = Qt.Key


@dataclass(slots=True)
class Figures:
    """Milliseconds of each key and of each Enter, the gaps between beats, keys never painted."""

    keys: list[float] = field(default_factory=list)
    enters: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    lost: int = 0

    def told(self) -> dict[str, object]:
        """For the pipe."""
        return {"keys": self.keys, "enters": self.enters, "gaps": self.gaps, "lost": self.lost}


def prose(start: int = 0) -> Iterator[str]:
    """Letters of notes for ever: words, sometimes a tag, Enter about every 60 keys."""
    number = start
    while True:
        yield from f"Note {number} the board asked who owns the recovery plan{_CODES[number % len(_CODES)]}\n"
        number += 1


class Heart(QObject):
    """Beats on the screen's thread; ``gaps`` are milliseconds from one beat to the next beyond what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self.gaps.clear()
        self._last = time.perf_counter()
        self._timer.start(BEAT_MS)

    def stop(self) -> list[float]:
        """The gaps."""
        self._beat()
        self._timer.stop()
        return self.gaps

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now


class Strokes(QObject):
    """Presses keys where the window's focus is and watches its frames."""

    def __init__(self, window: QWidget, line: QPlainTextEdit) -> None:
        super().__init__()
        self._window = window
        self._line = line
        self._viewport = line.viewport()
        self._pressed: list[tuple[float, bool]] = []
        self._painted = False
        self._figures = Figures()
        self._viewport.installEventFilter(self)
        window.installEventFilter(self)

    def type(self, letters: Iterator[str], enough: Callable[[int], bool]) -> Figures:
        """Press keys on schedule until ``enough(keys pressed)``; then wait for the last frame."""
        self._figures = figures = Figures()
        heart = Heart()
        heart.start()
        due, count = time.perf_counter() + EVERY, 0
        while not enough(count):
            self._wait(due)
            letter = next(letters)
            self._pressed.append((due, letter == "\n"))
            QTest.keyClick(self._window.windowHandle(), _key(letter))
            due, count = due + EVERY, count + 1
        self._wait_until(lambda: not self._pressed, _LATEST)
        figures.lost, figures.gaps = len(self._pressed), heart.stop()
        self._pressed.clear()
        return figures

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._viewport:
            self._painted = self._painted or event.type() == QEvent.Type.Paint
        elif event.type() == QEvent.Type.UpdateRequest:
            self._painted = False
            watched.event(event)  # paints whatever is due and puts the frame on the screen
            if self._painted:
                self._framed(time.perf_counter())
            return True
        return False

    def close(self) -> None:
        """Watch no more."""
        self._viewport.removeEventFilter(self)
        self._window.removeEventFilter(self)

    def _framed(self, now: float) -> None:
        for due, is_enter in self._pressed:
            (self._figures.enters if is_enter else self._figures.keys).append((now - due) * 1000)
        self._pressed.clear()

    def _wait(self, due: float) -> None:
        self._wait_until(lambda: time.perf_counter() >= due, EVERY * 100)

    @staticmethod
    def _wait_until(holds: Callable[[], bool], seconds: float) -> None:
        end = time.perf_counter() + seconds
        while not holds() and time.perf_counter() < end:
            QApplication.processEvents()
            if not holds():
                time.sleep(0.0005)


def serve(acts: dict[str, Callable[[dict[str, object]], object]]) -> None:
    """Do what lines of JSON on standard input ask for, and answer each with one line, until it closes."""
    lines: list[str] = []
    closed = threading.Event()

    def read() -> None:
        for text in sys.stdin:
            lines.append(text)
        closed.set()

    threading.Thread(target=read, daemon=True).start()
    while lines or not closed.is_set():
        if lines:
            asked = json.loads(lines.pop(0))
            print(json.dumps(acts[asked["do"]](asked)), flush=True)
        QApplication.processEvents()
        time.sleep(0.002)


def resident_mb() -> float:
    """Memory of this process that is in RAM, in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    found = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(found.split()[1]) / 1024


def _key(letter: str) -> Qt.Key:
    return _Key.Key_Return if letter == "\n" else _Key(ord(letter.upper()))
