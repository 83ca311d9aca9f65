"""Work that is too long for one turn of the event loop, a piece in each: never two pieces between two keys.

Each of them alone is 5 to 20 ms. With a timer of its own for each who has some (a page that is made, the desk that is
furnished, a look that is put on hidden pages, a closed desk that is taken apart) the timers of four fired together,
and the screen stood still for 60 ms. What a person waits for goes first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer

_TURN_MS = 1
"""Not 0: Qt makes a posted event of that, and those come before anything that was pressed."""
_PAUSE_MS = 10
"""Before what nobody waits for: what was pressed or is to be painted comes first."""

_found: list[Turns] = []


class Turns(QObject):
    """One per application, and its child: ``turns()`` has it."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._soon: deque[Callable[[], None]] = deque()
        self._some_time: deque[Callable[[], None]] = deque()
        self._asked = 0
        self._pause: int | None = None

    def soon(self, act: Callable[[], None]) -> None:
        """Call ``act`` in a turn of its own: somebody waits for what it does."""
        self._soon.append(act)
        self._wait()

    def some_time(self, act: Callable[[], None]) -> None:
        """Call ``act`` in a turn of its own when nothing is left that anybody waits for."""
        self._some_time.append(act)
        self._wait()

    def _wait(self) -> None:
        pause = _TURN_MS if self._soon else _PAUSE_MS
        if self._pause is None or pause < self._pause:
            self._pause = pause
            self._asked += 1
            QTimer.singleShot(pause, self, partial(self._take, self._asked))

    def _take(self, asked: int) -> None:
        if asked != self._asked:  # another was asked for that came sooner
            return
        self._pause = None
        waiting = self._soon or self._some_time
        if not waiting:
            return
        act = waiting.popleft()
        if self._soon or self._some_time:  # before: it may ask a question in a loop of its own
            self._wait()
        act()


def turns() -> Turns:
    """The running application's. Raises ``RuntimeError`` where none runs."""
    if _found and shiboken6.isValid(_found[0]):
        return _found[0]
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application runs")
    _found[:] = [Turns(app)]
    return _found[0]
