"""The evidence list with 20,000 tagged notes in the real window: what a person feels at each key and step.

In processor time of the screen's thread, so that what else the machine does is left out: the longest turn of the event
loop while it goes on. Beside it by the clock how long it takes until all is there.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.coverage import fill
from bench.timing import Row, show
from bench.vaults import PASSPHRASE, new_meeting, new_vault, without_stretching
from fieldkit.kernel.ids import ActivityId
from ui.places import Places
from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.workbench import Page, Workbench
from ui.views.evidence.evidence_view import EvidenceView

NOTES = 20_000
_LONGEST = 0.050
_QUIET = 0.4
"""Seconds in which nothing more may happen."""
_PATIENCE = 600.0
_TAGGED = "lc"
_PAGES, _PAGE_DOWN = 60, "page down"


class _Watched:
    """Turns of the event loop, each timed by the processor time of its thread."""

    def __init__(self, turn: Callable[[], None]) -> None:
        self._turn = turn

    def until(self, done: Callable[[], object], *deeds: Callable[[], object]) -> tuple[float, float]:
        """Seconds of the longest turn, and by the clock until ``done`` holds. After each deed comes a turn."""
        started = time.perf_counter()
        turns = [self._timed(one) for deed in deeds for one in (deed, self._turn)]
        while not done():
            turns.append(self._timed(self._turn))
            assert time.perf_counter() < started + _PATIENCE, "it did not come to be"
            time.sleep(0.0005)
        took = time.perf_counter() - started
        end = time.perf_counter() + _QUIET
        while time.perf_counter() < end:
            turns.append(self._timed(self._turn))
            time.sleep(0.001)
        return max(turns), took

    @staticmethod
    def _timed(do: Callable[[], object]) -> float:
        before = time.thread_time()
        do()
        return time.thread_time() - before


def run(notes: int = NOTES) -> None:
    """Build, open, type, scroll, select, tag and take back; print each."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    without_stretching()
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as folder:
        home = Path(folder) / "laptop"
        vault = new_vault(Places(home=home).vault)
        meeting = new_meeting(vault)
        fill(vault, meeting, notes)
        vault.close()
        window = _Window(home, notes)
        window.unlock(meeting.id)
        rows = [*window.open(), *window.find(), *window.tag_all()]
        window.close()
    show(f"Evidence with {notes:,} notes: processor time of the longest turn; by the clock", rows)


class _Window:
    """The real window off the screen, worked by keys."""

    def __init__(self, home: Path, notes: int) -> None:
        from ui.launch.application import make_application
        from ui.launch.house import House

        self._app = make_application(["evidence"])
        self._house = House(self._app, Places(home=home))
        self._house.open()
        self._house.window.resize(1366, 688)
        self._watched = _Watched(self._app.processEvents)
        self._notes = notes

    @property
    def _bench(self) -> Workbench:
        assert self._house.window.bench is not None
        return self._house.window.bench

    @property
    def _board(self) -> EvidenceBoard:
        assert self._bench.evidence is not None
        return self._bench.evidence

    def unlock(self, meeting: ActivityId) -> None:
        """To a log, as on a working day."""
        window, entrance = self._house.window, self._house.entrance
        self._watched.until(
            lambda: window.bench is not None and window.bench.home.state.loaded,
            lambda: entrance.door.open(PASSPHRASE, entrance.entered, _raise),
        )
        self._watched.until(lambda: self._bench.state.page is Page.LOG, lambda: self._bench.open_activity(meeting))

    def open(self) -> Iterator[Row]:
        """The page, until everything on it is counted."""
        opened = self._watched.until(self._is_up, lambda: self._bench.go(Page.EVIDENCE))
        yield _row("opening it, until all are counted", opened)

    def find(self) -> Iterator[Row]:
        """Filters typed key by key, then down the list."""
        board = self._board
        for words in ("recovery plan", "qs:lc ec:pr", "is:contradicted"):
            self._watched.until(lambda: self._has_focus("evidence.filter"), self._press("F", is_chord=True))
            typed = self._watched.until(partial(_is_counted, board, words), *map(self._press, words))
            yield _row(f"typing ‘{words}’, until counted ({board.state.count:,})", typed)
            self._watched.until(lambda: board.state.count == self._notes, board.clear_filter)
        self._watched.until(lambda: self._has_focus("evidence.table"), self._press("\r"))
        down = [self._press(_PAGE_DOWN)] * _PAGES
        yield _row(f"{_PAGES} times Page Down", self._watched.until(lambda: True, *down))

    def tag_all(self) -> Iterator[Row]:
        """All of them selected, tagged, and taken back in one step."""
        board, undo, until = self._board, self._bench.session.undo, self._watched.until
        chosen = until(lambda: len(board.state.chosen) == self._notes, self._press("A", is_chord=True))
        yield _row("Ctrl+A, until all are selected", chosen)
        panel = until(lambda: board.panels.state.panel, self._press("T", is_chord=True))
        yield _row("the tag panel on all of them", panel)
        tagged = until(lambda: " tagged " in undo.state.done, *map(self._press, f"{_TAGGED}\r"))
        yield _row(f"‘{_TAGGED}’, Enter, until all are tagged", tagged)
        back = until(lambda: not board.state.doing, self._press("Z", is_chord=True))
        yield _row("one Ctrl+Z, until all are as they were", back)

    def close(self) -> None:
        """Down with it."""
        self._house.shut_down()

    def _is_up(self) -> bool:
        is_shown = any(one.isVisible() for one in self._house.window.findChildren(EvidenceView))
        return is_shown and self._bench.evidence is not None and self._board.state.count == self._notes

    def _has_focus(self, name: str) -> bool:
        focused = self._app.focusWidget()
        return focused is not None and focused.objectName() == name

    def _press(self, key: str, *, is_chord: bool = False) -> Callable[[], None]:
        """Through the system's way in, so that it counts as somebody being there."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        named = {"\r": Qt.Key.Key_Return, _PAGE_DOWN: Qt.Key.Key_PageDown}
        code = named.get(key) or Qt.Key(ord(key.upper()))
        held = Qt.KeyboardModifier.ControlModifier if is_chord else Qt.KeyboardModifier.NoModifier
        return lambda: QTest.keyClick(self._house.window.windowHandle(), code, held)


def _is_counted(board: EvidenceBoard, words: str) -> bool:
    return board.state.filter == words and board.state.count is not None


def _row(work: str, took: tuple[float, float]) -> Row:
    longest, until = took
    figure = f"{longest * 1000:.0f} ms; {until:.1f} s"
    return Row(work=work, figure=figure, ratio=longest / _LONGEST, to_reach=1.0)


def _raise(problem: Exception) -> None:
    raise problem
