"""What is being sent: words at once, a bar with the time left and `Stop` once it takes long."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.presenters.sending.progress import ProgressState
from ui.qt.accessibility import named
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel


class SendProgress(QWidget):
    """Takes no room while nothing is sent."""

    def __init__(self, stop: Callable[[], None]) -> None:
        super().__init__()
        self.words = RoleLabel()
        self.left = RoleLabel()
        self.bar = named(QProgressBar(), "Sending", "send.progress")
        self.bar.setTextVisible(False)
        self.stop = button("Stop", "send.stop")
        self.stop.clicked.connect(lambda: stop())
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self.bar, 1)
        for each in (self.words, self.left, self.stop):
            across.addWidget(each)
        across.addStretch(0)
        self.hide()

    def show_progress(self, state: ProgressState) -> None:
        """The counts as they are now."""
        words = f"{state.words}." if state.words else f"{state.notice}." if state.notice else ""
        self.setVisible(bool(words))
        self.words.setText(words)
        self.left.setText(f"{state.time_left}." if state.time_left and state.shows_bar else "")
        self.left.setVisible(bool(self.left.text()))
        for each in (self.bar, self.stop):
            each.setVisible(state.shows_bar)
        self.bar.setRange(0, max(state.total, 1))
        self.bar.setValue(state.done)
        named(self.bar, f"Sending, {state.done:,} of {state.total:,} confirmed")
