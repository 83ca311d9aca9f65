"""Region E: where the work is, what waits, the office, what a lost laptop would cost, the time. Always visible."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
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
        self._status = status
        self._is_brief = False
        named(self._time, "Time", "status.clock")
        for one, command in (
            (self._saved, "save"),
            (self._waiting, "send"),
            (self._exposure, "send"),
            (self._office, "send"),
        ):
            one.clicked.connect(lambda _=False, command=command: self.pressed.emit(command))
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 12, 0)
        row.setSpacing(0)
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

    def be_brief(self, *, is_brief: bool) -> None:
        """Fewer words and no icons, where there is little room; every word that matters stays."""
        if is_brief != self._is_brief:
            self._is_brief = is_brief
            style = Qt.ToolButtonStyle
            for one in self.parts():
                one.setToolButtonStyle(style.ToolButtonTextOnly if is_brief else style.ToolButtonTextBesideIcon)
            self._render(self._status.state)

    def _render(self, state: StatusState) -> None:
        _say(self._saved, state.saved)
        _say(self._waiting, state.waiting, state.waiting_short if self._is_brief else "")
        _say(self._exposure, state.exposure, state.exposure_short if self._is_brief else "")
        _say(self._office, state.connection, state.connection_short if self._is_brief else "")
        if state.is_connected != self._connected:
            self._connected = state.is_connected
            self._office.setIcon(icon("wifi" if state.is_connected else "wifi-off"))
        clock = state.clock[:5] if self._is_brief else state.clock
        if self._time.text() != clock:
            self._time.setFont(digits_font())
            self._time.setText(clock)


def _say(part: IconButton, words: str, brief: str = "") -> None:
    shown = brief or words
    if part.text() != shown or part.accessibleName() != words:
        # The name begins with what is shown, so that speaking the visible words finds the part (WCAG 2.5.3).
        named(part, words if words.startswith(shown) else f"{shown}. {words}").setText(shown)
    if part.isHidden() == bool(words):
        part.setVisible(bool(words))
