"""A real window over real vaults in a folder of its own, driven by keys: for tests of the screens and for pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fieldkit.kernel.clock import Clock, FixedClock
from ui.launch.house import House
from ui.places import Places
from ui.presenters.display import Colours
from ui.presenters.workbench import Workbench
from ui.qt.theme import appearance
from ui.shell.desk import Desk
from ui.shell.window import MainWindow

PASSPHRASE = "gravel lantern orbit velvet"
NOON = datetime(2026, 11, 12, 12, 30, tzinfo=UTC)
_IN_A_ROW = 3
"""Rounds with nothing on its way: a list asks for its rows, its first row for the note, the note for its history."""
_Key = Qt.Key


class Stage:
    """One run of the program. ``close`` ends it as closing the window does."""

    def __init__(
        self, home: Path, *, at: datetime = NOON, size: tuple[int, int] = (1366, 688), clock: Clock | None = None
    ) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.app = app
        self.clock = FixedClock(at)
        self.house = House(app, Places(home=home), clock or self.clock)
        self.house.open()
        self.resize(*size)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    @property
    def window(self) -> MainWindow:
        """The window."""
        return self.house.window

    @property
    def desk(self) -> Desk:
        """The open vault on the screen."""
        assert self.window.desk is not None
        return self.window.desk

    @property
    def bench(self) -> Workbench:
        """The open vault."""
        assert self.window.bench is not None
        return self.window.bench

    @property
    def focus(self) -> QWidget:
        """Where a key goes."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def resize(self, width: int, height: int) -> None:
        """Give the window a client area."""
        self.window.setMinimumSize(1, 1)
        if self.window.isMaximized():  # a small screen was filled
            self.window.setWindowState(Qt.WindowState.WindowNoState)
            self.app.processEvents()
        self.window.resize(width, height)
        self.settle()

    def show_as(self, colours: Colours, percent: int, size: tuple[int, int]) -> None:
        """In a theme, a text size and a client area."""
        self.house.display.colours(colours)
        self.house.display.size(percent)
        self.see_page()
        self.resize(*size)

    def type(self, words: str) -> None:
        """Key by key, where the focus is; a new line is Enter."""
        for letter in words:
            if letter == "\n":
                self.press(_Key.Key_Return)
            elif letter.isascii():
                QTest.keyClicks(self.focus, letter)
            else:  # QTest knows ASCII only
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                    QApplication.sendEvent(self.focus, event)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, and a page that it leads to."""
        QTest.keyClick(self.focus, key, modifiers)
        self.see_page()

    def see_page(self) -> bool:
        """A page is made and a look put on in several turns of the event loop: a person waits, and so do we if so."""
        is_dressing = not appearance().is_whole
        if is_dressing:
            self.until(lambda: appearance().is_whole)
        is_making = self.window.desk is not None and self.desk.pages.is_making
        if is_making:
            self.until(lambda: self.window.desk is None or not self.desk.pages.is_making)
        return is_dressing or is_making

    def chord(self, key: Qt.Key, *, shift: bool = False) -> None:
        """Ctrl and a key."""
        held = Qt.KeyboardModifier.ControlModifier
        self.press(key, held | Qt.KeyboardModifier.ShiftModifier if shift else held)

    def alt(self, key: Qt.Key) -> None:
        """Alt and a key."""
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def note(self, line: str) -> None:
        """A note as it is typed: the words and Enter."""
        self.type(line)
        self.press(_Key.Key_Return)

    def to_first_mistake(self) -> None:
        """From the summary of mistakes, which has the focus, by its first line to the field."""
        assert self.focus.property("errorSummary") == "true"
        self.press(_Key.Key_Tab)
        self.press(_Key.Key_Return)

    def tab_to(self, identifier: str) -> None:
        """Tab until the focus is on a control."""
        seen = []
        for _ in range(60):
            if self.focus.objectName() == identifier:
                return
            seen.append(self.focus.objectName())
            self.press(_Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {identifier}, only to {dict.fromkeys(seen)}")

    def until(self, holds: Callable[[], object], seconds: float = 20.0) -> None:
        """Let the program run until something holds."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "it did not come to be"
            self.app.processEvents()
            time.sleep(0.002)
        self.app.processEvents()

    def settle(self) -> None:
        """Let everything that was handed over come home: an answer asks for the next, a page that came for its rows."""
        calm = 0
        while calm < _IN_A_ROW:
            self.house.lanes.store.submit(lambda: None).result()
            for _ in range(5):
                self.app.processEvents()
            calm = 0 if self.see_page() else calm + 1

    def pass_seconds(self, seconds: float) -> None:
        """Let real time pass, for what waits for the last key."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.002)

    def find(self, identifier: str) -> QWidget:
        """A visible control by its identifier."""
        found = [one for one in self.window.findChildren(QWidget, identifier) if one.isVisible()]
        assert found, f"no visible {identifier}"
        return found[0]

    def shows(self, identifier: str) -> bool:
        """Whether a control is on the screen."""
        return any(one.isVisible() for one in self.window.findChildren(QWidget, identifier))

    def close(self) -> None:
        """As closing the window does."""
        self.house.shut_down()
        self.app.processEvents()
        assert not self.house.has_crashed, "the crash sheet was up"

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Ways that many tests go

    def set_up(self) -> None:
        """First run by keys: name, passphrase, recovery key, alone, the first pack, done."""
        self.until(lambda: self.focus.objectName() == "setup.name")
        self.type("Asha Smith")
        self.press(_Key.Key_Return)
        self.type(PASSPHRASE)
        self.press(_Key.Key_Tab)
        self.tab_to("setup.again")
        self.type(PASSPHRASE)
        self.press(_Key.Key_Return)
        self.until(lambda: self.focus.objectName() == "setup.recovery.groups", 60)

    def finish_set_up(self, office: tuple[str, str] | None = None) -> None:
        """The rest of first run: stored, alone or with an office (address, code), the first pack, done."""
        self.tab_to("setup.stored.0")
        self.press(_Key.Key_Space)
        self.press(_Key.Key_Return)
        if office is None:
            self.press(_Key.Key_Down)
            self.press(_Key.Key_Space)
        else:
            self.press(_Key.Key_Space)
            self.tab_to("setup.url")
            self.type(office[0])
            self.tab_to("setup.code")
            self.type(office[1])
            self.press(_Key.Key_Return)
            self.until(lambda: self.focus.objectName() == "setup.compare", 30)
            self.tab_to("setup.way.continue")
        self.press(_Key.Key_Return)
        self.settle()
        self.press(_Key.Key_Return)
        self.press(_Key.Key_Return)
        self.until(lambda: self.window.desk is not None)
        self.until(lambda: self.focus.objectName() == "new_visit.assessment_name")
        self.press(_Key.Key_Escape)  # first run leads straight to the form of a visit
        self.settle()

    def create_visit(self, agenda: str = "09:30 Welcome\n09:40 Quality report\n") -> None:
        """From an empty Home: an assessment, a visit and a meeting."""
        self.press(_Key.Key_Return)
        self.until(lambda: self.focus.objectName() == "new_visit.assessment_name")
        self.type("Northshire ICS")
        for name, words in (("name", "Visit 1"), ("meeting", "ICB board"), ("agenda", agenda)):
            self.tab_to(f"new_visit.{name}")
            self.type(words)
        self.chord(_Key.Key_Return)
        self.until(lambda: self.focus.objectName() == "visit.agenda")
        self.settle()

    def open_log(self) -> None:
        """From the visit into its live log."""
        self.press(_Key.Key_Return)
        self.until(lambda: self.focus.objectName() == "log.capture")
        self.settle()

    def open_practice(self) -> None:
        """From the first screen into the sample visit."""
        self.window.open_sample()
        self.until(lambda: self.window.desk is not None, 60)
        self.until(lambda: self.bench.home.state.loaded)
        self.settle()
