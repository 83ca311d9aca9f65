"""The real window with a real vault, off the screen, typed into on request: ``python -m bench.log_window HOME``."""

from __future__ import annotations

import bench.as_started  # noqa: F401  before all others

# isort: split
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from bench.keystrokes import Heart, Strokes, prose, resident_mb, serve
from bench.lane_waits import LaneWaits
from bench.passphrase import PASSPHRASE, without_stretching
from fieldkit.kernel.ids import ActivityId
from ui.launch.application import make_application
from ui.launch.house import House
from ui.places import Places
from ui.presenters.services import Connection
from ui.presenters.workbench import Workbench

_PATIENCE = 120.0
_AFTER = 2.0
"""Seconds of typing after everything is there: what comes last (indexing, counting) is measured too."""
_MOST_KEYS = 6000
Asked = dict[str, object]


class LogWindow:
    """What can be asked of it; every answer is in milliseconds."""

    def __init__(self, home: Path) -> None:
        self._app = make_application(sys.argv)
        self._house = House(self._app, Places(home=home))
        self._house.open()
        self._house.window.setWindowState(Qt.WindowState.WindowNoState)  # a screen as small as this one is filled
        self._app.processEvents()
        self._house.window.resize(1366, 688)
        self._letters = prose()
        self._until(self._house.window.isVisible)

    @property
    def _bench(self) -> Workbench:
        assert self._house.window.bench is not None
        return self._house.window.bench

    def unlock(self, _: Asked) -> Asked:
        """From the passphrase to Home."""
        entrance = self._house.entrance
        started = time.perf_counter()
        entrance.door.open(PASSPHRASE, entrance.entered, _raise)
        self._until(lambda: self._house.window.bench is not None and self._bench.home.state.loaded)
        return {"ms": (time.perf_counter() - started) * 1000}

    def open_log(self, asked: Asked) -> Asked:
        """From Enter on an activity to the painted line, and until the last page of notes is there."""
        heart = Heart()
        heart.start()
        before, started = QApplication.focusWidget(), time.perf_counter()
        self._bench.open_log(ActivityId(str(asked["activity"])))
        # The line of the log that was open has the keys, and the same name, until the new page is there.
        self._until(lambda: QApplication.focusWidget() is not before and _focused("log.capture"))
        self._house.window.repaint()
        ready = time.perf_counter()
        log = self._bench.log
        assert log is not None
        self._until(lambda: log.rows.is_complete)
        ended = time.perf_counter()
        found: Asked = {"ready": (ready - started) * 1000, "whole": (ended - started) * 1000, "gaps": heart.stop()}
        return {**found, "rows": len(log.rows.rows)}

    def type(self, asked: Asked) -> Asked:
        """So many keys; none is lost or swapped."""
        keys = int(str(asked["keys"]))
        return self._type(lambda count: count >= keys)

    def type_while_sending(self, _: Asked) -> Asked:
        """Keys from before a round until after everything that came with it is shown."""
        before, rounds = self._notes(), self._bench.session.office.state.rounds
        self._bench.send.send_now()
        waits, ends = LaneWaits(self._bench.session.workspace), list[float]()

        def enough(count: int) -> bool:
            log = self._bench.log
            office = self._bench.session.office.state
            busy = office.connection is Connection.SENDING or (log is not None and log.rows.is_behind)
            if count < 50 or busy or office.rounds <= rounds:
                ends.clear()
            elif not ends:
                ends.append(time.perf_counter())
            return count > _MOST_KEYS or (bool(ends) and time.perf_counter() - ends[0] > _AFTER)

        waits.start()
        found = self._type(enough)
        return {**found, "waits": waits.stop(), "came": self._notes() - before}

    def memory(self, _: Asked) -> Asked:
        """Now."""
        return {"mb": resident_mb()}

    def close(self, _: Asked) -> Asked:
        """End in order."""
        self._house.shut_down()
        return {"crashed": self._house.has_crashed}

    def _type(self, enough: Callable[[int], bool]) -> Asked:
        line = QApplication.focusWidget()
        assert isinstance(line, QPlainTextEdit)
        strokes = Strokes(self._house.window, line)
        typed: list[str] = []

        def letters() -> object:
            for letter in self._letters:
                typed.append(letter)
                yield letter

        found = strokes.type(letters(), enough)  # type: ignore[arg-type]
        strokes.close()
        self._rest(0.3)
        rest = "".join(typed).lower().rpartition("\n")[2]
        assert line.toPlainText().endswith(rest), (line.toPlainText(), rest)
        return found.told()

    def _notes(self) -> int:
        log = self._bench.log
        assert log is not None
        visit = log.facts.visit.id
        counted = self._bench.session.workspace.ask(lambda q: sum(row.entries for row in q.activities(visit)))
        self._until(counted.done)
        return counted.result()

    def _until(self, holds: Callable[[], bool]) -> None:
        end = time.perf_counter() + _PATIENCE
        while not holds():
            assert time.perf_counter() < end, "it did not come to be"
            QApplication.processEvents()
            time.sleep(0.0005)

    def _rest(self, seconds: float) -> None:
        QTest.qWait(round(seconds * 1000))


def _focused(name: str) -> bool:
    found = QApplication.focusWidget()
    return found is not None and found.objectName() == name


def _raise(problem: Exception) -> None:
    raise problem


def main(home: Path) -> None:
    """Do what is asked."""
    without_stretching()
    window = LogWindow(home)
    names = ("unlock", "open_log", "type", "type_while_sending", "memory", "close")
    serve({name: getattr(window, name) for name in names})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
