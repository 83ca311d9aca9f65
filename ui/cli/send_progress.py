"""How sending goes, on one line of a terminal: items, bytes and the time left; nothing where nobody watches."""

from __future__ import annotations

import time
from collections.abc import Sequence

from ui.cli.desk import Desk
from ui.presenters.files.words import size_of
from ui.presenters.sending.progress import Calm

_LEAST_BETWEEN = 0.2
"""Seconds between two lines: more often nobody can read them, and a slow terminal would hold up sending."""


class SendProgress:
    """``words`` and ``file`` are told by the engine; ``end`` leaves the line."""

    def __init__(self, desk: Desk, sizes: Sequence[int] = ()) -> None:
        self._out = desk.terminal.err
        self._is_shown = self._out.isatty() and not desk.terminal.as_json
        self._calm = Calm()
        self._files, self._bytes = len(sizes), sum(sizes)
        self._began: tuple[float, int] | None = None
        self._finished = self._number = 0
        self._file = ""
        self._told_at = 0.0
        self._width = 0

    def words(self, done: int, total: int) -> None:
        """So many of so many revisions are confirmed."""
        self._say(f"Sending {done:,} of {total:,}", *self._left(done, total), is_last=done >= total)

    def file(self, exhibit: str, done: int, size: int) -> None:
        """A file stands so."""
        if exhibit != self._file:
            self._file, self._number = exhibit, self._number + 1
            self._files = max(self._files, self._number)
            self._began = self._began if self._number > 1 else None
        reached = self._finished + done
        total = max(self._bytes, self._finished + size)
        which = f"File {self._number:,} of {self._files:,}, {exhibit}: {size_of(reached)} of {size_of(total)}"
        self._say(which, *self._left(reached, total), is_last=done >= size)
        if done >= size:
            self._finished, self._file = reached, ""

    def end(self) -> None:
        """Nothing more is told: the next line begins where a line begins."""
        if self._width:
            self._out.write("\n")
            self._width = 0

    def _left(self, done: int, total: int) -> tuple[str, ...]:
        now = time.monotonic()
        if self._began is None or done < self._began[1]:
            self._began = (now, done)
        began, first = self._began
        moved, passed = done - first, now - began
        if moved <= 0 or passed < 3:
            return ()
        words = self._calm.words(passed / moved * (total - done))
        return (words,) if words else ()

    def _say(self, *parts: str, is_last: bool) -> None:
        now = time.monotonic()
        if not self._is_shown or (now - self._told_at < _LEAST_BETWEEN and not is_last):
            return
        self._told_at = now
        line = ". ".join(parts)
        self._out.write("\r" + line.ljust(self._width))
        self._out.flush()
        self._width = len(line)
