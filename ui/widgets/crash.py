"""The crash sheet: whatever was not expected ends here, in plain words, with a report to copy and a restart."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.presenters.wording import toolkit as words
from ui.qt.accessibility import named
from ui.qt.crash_report import crash_report
from ui.qt.theme import appearance
from ui.widgets.buttons import button
from ui.widgets.focus_ring import FocusRing
from ui.widgets.labels import HeadingLabel, RoleLabel

_log = logging.getLogger("fieldkit.crash")


class CrashSheet(QDialog):
    """Says that the work is safe, shows the report, and restarts or closes."""

    def __init__(
        self, report: str, restart: Callable[[], None], close: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        appearance().dress(self)
        self.setWindowTitle(words.CRASH_TITLE)
        named(self, words.CRASH_TITLE, "crash")
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        named(self.report, words.CRASH_REPORT, "crash.report")
        self.restart = button(words.CRASH_RESTART, "crash.restart", kind="primary", icon_name="redo-2")
        self.copy = button(words.CRASH_COPY, "crash.copy", icon_name="copy")
        self.leave = button(words.CRASH_CLOSE, "crash.close")
        self.restart.clicked.connect(lambda: restart())
        self.leave.clicked.connect(lambda: close())
        self.copy.clicked.connect(self._copy)
        self._lay_out()
        self._ring = FocusRing(self)
        self.restart.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText(words.CRASH_COPIED)
        self.copy.setAccessibleName(words.CRASH_COPIED)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setSpacing(12)
        rows.addWidget(HeadingLabel(words.CRASH_TITLE))
        for text in (words.CRASH_SAFE, words.CRASH_NEXT):
            line = RoleLabel(text)
            line.setWordWrap(True)
            rows.addWidget(line)
        rows.addWidget(self.report, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        for each in (self.restart, self.copy, self.leave):
            foot.addWidget(each)
        foot.addStretch(1)
        rows.addLayout(foot)
        self.resize(640, 460)


class CrashGuard:
    """Catches what nobody expected, on the GUI thread and on every other; shows one sheet, logs each report."""

    def __init__(
        self,
        *,
        version: str,
        deliver: Callable[[Callable[[], None]], None],
        restart: Callable[[], None],
        close: Callable[[], None],
    ) -> None:
        """``deliver`` brings a call to the GUI thread; ``restart`` and ``close`` end the program in good order."""
        self._version = version
        self._deliver = deliver
        self._restart = restart
        self._close = close
        self._sheet: CrashSheet | None = None

    @property
    def sheet(self) -> CrashSheet | None:
        """The sheet on the screen, if any."""
        return self._sheet

    def install(self) -> Callable[[], None]:
        """Take over Python's hooks; the returned function gives them back."""
        before, before_threads = sys.excepthook, threading.excepthook
        sys.excepthook = self.caught
        threading.excepthook = self._caught_in_thread

        def give_back() -> None:
            sys.excepthook, threading.excepthook = before, before_threads

        return give_back

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Report ``error`` from any thread; Ctrl+C in a terminal closes without a sheet."""
        if issubclass(kind, KeyboardInterrupt):
            self._deliver(self._close)
            return
        report = crash_report(error, trace, version=self._version)
        _log.error("%s", report)
        self._deliver(lambda: self._show(report))

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, report: str) -> None:
        if self._sheet is not None:  # a fault that repeats with every paint must not fill the screen with sheets
            return
        self._sheet = CrashSheet(report, self._restart, self._close, QApplication.activeWindow())
        self._sheet.destroyed.connect(self._gone)
        self._sheet.open()

    def _gone(self) -> None:
        self._sheet = None
