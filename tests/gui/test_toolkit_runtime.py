"""What ties threads, screen readers and unexpected faults to the window."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType

import pytest
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.kernel.errors import Trouble
from tests.gui.support.keyboard import tab_cycle
from tests.gui.support.paint import clipped
from tests.gui.support.tree import headings, identifier_faults, unnamed
from ui.qt.announce import Announcer, Message
from ui.qt.crash_report import crash_report
from ui.qt.main_thread import MainThread
from ui.qt.theme import Appearance
from ui.widgets.crash import CrashGuard, CrashSheet

Shown = Callable[..., QWidget]
_LEFT = Qt.MouseButton.LeftButton
_EVIDENCE = "the porter said the ward was short"


# The hop


def test_calls_from_other_threads_run_on_the_gui_thread_in_order(qtbot: QtBot) -> None:
    hop, seen = MainThread(), list[tuple[int, bool]]()
    gui = QThread.currentThread()

    def note(number: int) -> None:
        seen.append((number, QThread.currentThread() is gui))

    def work() -> None:
        for number in range(50):
            hop.deliver(partial(note, number))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [], "nothing runs before the event loop turns"
    qtbot.waitUntil(lambda: len(seen) == 50)
    assert seen == [(number, True) for number in range(50)]


def test_a_call_from_the_gui_thread_itself_waits_its_turn_too(qtbot: QtBot) -> None:
    hop, seen = MainThread(), list[str]()
    hop.deliver(lambda: seen.append("delivered"))
    seen.append("after")
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["after", "delivered"]


def test_after_closing_nothing_is_run(qtbot: QtBot) -> None:
    hop, seen = MainThread(), list[str]()
    hop.deliver(lambda: seen.append("under way"))
    hop.close()
    hop.deliver(lambda: seen.append("late"))
    QTest.qWait(20)
    assert seen == []


# Announcements


def test_what_is_said_is_kept_and_told(qapp: QApplication) -> None:
    announcer, told = Announcer(), list[Message]()
    announcer.told.listen(told.append)
    announcer.announce("Saved")
    announcer.announce("Not saved. This laptop is full. Your text is still on screen.", urgent=True)
    announcer.announce("")
    assert announcer.messages == tuple(told)
    assert [(m.text[:9], m.is_urgent) for m in told] == [("Saved", False), ("Not saved", True)]


def test_an_announcement_reaches_the_platform(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    events = []
    send = QAccessible.updateAccessibility

    def overhear(event: QAccessibleAnnouncementEvent) -> None:
        events.append((event.type(), event.message()))
        send(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", overhear)
    window = QWidget()
    shown(window)
    Announcer().announce("12 notes waiting to send")
    assert events == [(QAccessible.Event.Announcement, "12 notes waiting to send")]


def test_only_the_last_messages_are_kept(qapp: QApplication) -> None:
    announcer = Announcer()
    for number in range(250):
        announcer.announce(f"Saved {number}")
    assert len(announcer.messages) == 200
    assert announcer.messages[-1].text == "Saved 249"


# The crash report and sheet


def _fault() -> tuple[Exception, TracebackType | None]:
    try:
        try:
            raise Trouble("vault.disk_full", folder="/secret/place")
        except Trouble as cause:
            raise ValueError(_EVIDENCE) from cause
    except ValueError as error:
        return error, error.__traceback__


def test_a_crash_report_names_places_and_not_one_word_or_folder() -> None:
    report = crash_report(*_fault(), version="0.1.0")
    assert "test_toolkit_runtime.py:" in report
    assert "_fault" in report
    assert "ValueError" in report
    assert "vault.disk_full" in report
    for private in (_EVIDENCE, "secret", "place'", sys.prefix):
        assert private not in report


def test_a_crash_report_of_a_deep_recursion_stays_short() -> None:
    def down(n: int) -> None:
        down(n + 1)

    with pytest.raises(RecursionError) as caught:
        down(0)
    report = crash_report(caught.value, caught.tb, version="0.1.0")
    assert len(report.splitlines()) < 60


class Ends:
    """Counts how the sheet was left."""

    def __init__(self) -> None:
        self.ways: list[str] = []

    def restart(self) -> None:
        self.ways.append("restart")

    def close(self) -> None:
        self.ways.append("close")


@pytest.mark.parametrize("percent", [100, 200])
def test_the_crash_sheet_is_usable_by_keyboard(look: Appearance, shown: Shown, percent: int) -> None:
    look.apply(percent=percent)
    ends = Ends()
    sheet = CrashSheet(crash_report(*_fault(), version="0.1.0"), ends.restart, ends.close)
    shown(sheet, (700, 560) if percent == 100 else (1100, 680))
    assert headings(sheet) == ["FieldKit has to restart"]
    assert (unnamed(sheet), identifier_faults(sheet), clipped(sheet)) == ([], [], [])
    assert sheet.restart.hasFocus()
    assert set(tab_cycle(sheet.restart)) == {sheet.restart, sheet.copy, sheet.leave, sheet.report}
    for each in (sheet.copy, sheet.restart, sheet.leave):
        QTest.mouseClick(each, _LEFT)
    assert ends.ways == ["restart", "close"]
    assert QApplication.clipboard().text() == sheet.report.toPlainText()


@pytest.fixture
def guard(qtbot: QtBot, look: Appearance) -> Iterator[CrashGuard]:
    """An installed guard whose sheet is closed afterwards."""
    ends, hop = Ends(), MainThread()
    made = CrashGuard(version="0.1.0", deliver=hop.deliver, restart=ends.restart, close=ends.close)
    give_back = made.install()
    yield made
    give_back()
    hop.close()
    if made.sheet is not None:
        made.sheet.close()


@pytest.mark.logs("FieldKit 0.1.0")
def test_a_fault_in_a_thread_shows_one_sheet_without_the_words_of_the_fault(
    qtbot: QtBot, guard: CrashGuard, caplog: pytest.LogCaptureFixture
) -> None:
    def fall() -> None:
        raise ValueError(_EVIDENCE)

    for _ in range(3):
        thread = threading.Thread(target=fall)
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: guard.sheet is not None)
    sheet = guard.sheet
    assert sheet is not None
    assert "ValueError" in sheet.report.toPlainText()
    QTest.qWait(10)
    assert len([w for w in QApplication.topLevelWidgets() if isinstance(w, CrashSheet)]) == 1
    logged = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(logged) == 3
    assert _EVIDENCE not in "".join(logged)


@pytest.mark.logs("FieldKit 0.1.0")
def test_a_fault_on_the_gui_thread_shows_the_sheet(qtbot: QtBot, guard: CrashGuard) -> None:
    error, trace = _fault()
    sys.excepthook(type(error), error, trace)
    qtbot.waitUntil(lambda: guard.sheet is not None)
    assert guard.sheet is not None
    assert guard.sheet.isVisible()


def test_the_hooks_are_given_back(look: Appearance) -> None:
    before = (sys.excepthook, threading.excepthook)
    made = CrashGuard(version="0.1.0", deliver=lambda call: call(), restart=lambda: None, close=lambda: None)
    give_back = made.install()
    assert sys.excepthook != before[0]
    give_back()
    assert (sys.excepthook, threading.excepthook) == before
