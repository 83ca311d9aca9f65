"""Closing while something is being sent: at once, not at all, or as soon as it is there, but no longer than 20 s."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from ui.presenters.services import Connection, OfficeState
from ui.presenters.timing import Cancel
from ui.shell.close_question import WAIT, Closing, may_close

SENDING = OfficeState(connection=Connection.SENDING, sent=2, total=5)
SENT = replace(SENDING, sent=5)


class Waiting:
    """A closing whose time the test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.office, self.closed, self.said = 100.0, SENDING, 0, list[str]()
        self._next: Callable[[], None] = lambda: None
        monkeypatch.setattr(time, "monotonic", lambda: self.now)
        self.closing = Closing(self._later, lambda: self.office, self._close, self._say)

    def pass_seconds(self, seconds: float) -> None:
        self.now += seconds
        self._next()

    def _later(self, seconds: float, action: Callable[[], None]) -> Cancel:
        self._next = action
        return lambda: None

    def _close(self) -> None:
        self.closed += 1

    def _say(self, text: str, urgent: bool = False) -> None:
        self.said.append(text)


def test_the_window_closes_as_soon_as_everything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Waiting(monkeypatch)
    waiting.closing.begin()
    waiting.pass_seconds(5)
    assert waiting.closed == 0
    waiting.office = SENT
    waiting.pass_seconds(1)
    assert waiting.closed == 1


def test_after_twenty_seconds_it_stays_open_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = Waiting(monkeypatch)
    waiting.closing.begin()
    waiting.pass_seconds(WAIT + 1)
    assert waiting.closed == 0
    assert "still open" in waiting.said[-1]


@pytest.mark.parametrize(("name", "closes", "waits"), [("later", False, 1), ("close", True, 0), ("keep", False, 0)])
def test_each_answer_does_what_it_says(qapp: QApplication, name: str, closes: bool, waits: int) -> None:
    window, waited = QWidget(), list[int]()

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        (button,) = (one for one in box.buttons() if one.objectName() == f"close.{name}")
        button.click()

    QTimer.singleShot(50, answer)
    assert may_close(window, SENDING, lambda: waited.append(1)) is closes
    assert len(waited) == waits
    window.deleteLater()


def test_nothing_is_asked_where_nothing_is_being_sent(qapp: QApplication) -> None:
    window = QWidget()
    assert may_close(window, SENT, lambda: None)
    window.deleteLater()
