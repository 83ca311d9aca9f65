"""Region E: where the work is, what waits, the office, what a lost laptop would cost, the time. Always visible."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from ui.presenters.status_line import StatusLine, StatusState
from ui.qt.accessibility import Role, named, with_role
from ui.qt.icons import icon
from ui.qt.typography import digits_font
from ui.views.rendering import View
from ui.widgets.buttons import IconButton, tool
from ui.widgets.labels import RoleLabel


class StatusBar(View):
    """``pressed`` tells the id of a command: each part leads to where more is said."""

    pressed = Signal(str)

    def __init__(self, status: StatusLine) -> None:
        super().__init__()
        named(with_role(self, Role.StatusBar), "Status", "status")
        self._saved = tool("", "status.saved", "circle-check")
        self._waiting = tool("", "status.waiting", "clock")
        self._exposure = tool("", "status.exposure", "gauge")
        self._office = tool("", "status.office", "wifi-off")
        self._time = RoleLabel()
        self._connected: bool | None = None
        named(self._time, "Time", "status.clock")
        for one, command in (
            (self._saved, "save"),
            (self._waiting, "send"),
            (self._exposure, "send"),
            (self._office, "send"),
        ):
            one.clicked.connect(lambda _=False, command=command: self.pressed.emit(command))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(4)
        for one in (self._saved, self._waiting, self._exposure, self._office):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self._time)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.follow(status, self._render)

    def parts(self) -> tuple[IconButton, ...]:
        """The parts that take focus."""
        return (self._saved, self._waiting, self._exposure, self._office)

    def take_focus(self) -> None:
        self._saved.setFocus()

    def _render(self, state: StatusState) -> None:
        _say(self._saved, state.saved)
        _say(self._waiting, state.waiting)
        _say(self._exposure, state.exposure)
        _say(self._office, state.connection)
        if state.is_connected != self._connected:
            self._connected = state.is_connected
            self._office.setIcon(icon("wifi" if state.is_connected else "wifi-off"))
        if self._time.text() != state.clock:
            self._time.setFont(digits_font())
            self._time.setText(state.clock)


def _say(part: IconButton, words: str) -> None:
    if part.text() != words:
        named(part, words).setText(words)
    if part.isHidden() == bool(words):
        part.setVisible(bool(words))
