"""Region E: where the work is, what waits, what a lost laptop would cost, the office, the time. Always visible."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.presenters.status_line import StatusLine, StatusState
from ui.qt.accessibility import Role, named, with_role
from ui.qt.icons import icon
from ui.qt.theme import appearance
from ui.qt.typography import digits_font
from ui.views.rendering import View
from ui.widgets.buttons import IconButton, tool
from ui.widgets.labels import RoleLabel

_STEPS = 6
"""How much is said, from everything to as little as may be: see ``_words``. The last takes two lines."""
_SPARE = 12


class StatusBar(View):
    """``pressed`` tells the id of a command: each part leads to where more is said. No word is ever cut."""

    pressed = Signal(str)

    def __init__(self, status: StatusLine) -> None:
        super().__init__()
        named(with_role(self, Role.StatusBar), "Status", "status")
        self._saved = tool("", "status.saved", "circle-check")
        self._waiting = tool("", "status.waiting", "clock")
        self._exposure = tool("", "status.exposure", "gauge")
        self._office = tool("", "status.office", "wifi-off")
        self._time = named(RoleLabel(), "Time", "status.clock")
        self._connected: bool | None = None
        self._status = status
        self._step = -1
        self._around = {False: 0, True: 0}
        commands = {self._saved: "save", self._waiting: "send", self._exposure: "exposure", self._office: "send"}
        for one, command in commands.items():
            one.clicked.connect(lambda _=False, command=command: self.pressed.emit(command))
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(2, 0, 12, 0)
        rows.setSpacing(0)
        for row in (self._first, self._second):
            row.setSpacing(0)
            rows.addLayout(row)
        self._arrange(is_two_lines=False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance().follow(self, self._fit_anew)
        self.follow(status, self._render)

    def parts(self) -> tuple[IconButton, ...]:
        """The parts that take focus."""
        return (self._saved, self._waiting, self._exposure, self._office)

    def take_focus(self) -> None:
        self._saved.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self._status.state)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_anew()  # its look is the window's, so what a part takes is known only now

    def _render(self, state: StatusState) -> None:
        if state.is_connected != self._connected:
            self._connected = state.is_connected
            self._office.setIcon(icon("wifi" if state.is_connected else "wifi-off"))
        self._fit(state)

    def _fit_anew(self) -> None:
        self._time.setFont(digits_font())
        self._measure()
        self._step = -1
        self._fit(self._status.state)

    def _fit(self, state: StatusState) -> None:
        """Say as much as there is room for."""
        if not self._around[True]:
            self._measure()
        room = self.width() - _SPARE
        step = next((one for one in range(_STEPS) if self._width(state, one) <= room), _STEPS)
        news = step == 0 and self._width(state, 0, news=True) <= room
        if step != self._step:
            self._step = step
            style = Qt.ToolButtonStyle
            for part in self.parts():
                has_icon = step < _STEPS - 1
                part.setToolButtonStyle(style.ToolButtonTextBesideIcon if has_icon else style.ToolButtonTextOnly)
            self._arrange(is_two_lines=step == _STEPS)
            self._time.setFont(digits_font())
        for part, (words, whole) in zip(self.parts(), _words(state, step, news=news), strict=True):
            _say(part, words, whole)
        clock = _clock(state, step)
        if self._time.text() != clock:
            self._time.setText(clock)

    def _width(self, state: StatusState, step: int, *, news: bool = False) -> int:
        letters, around = self._saved.fontMetrics(), self._around[step < _STEPS - 1]
        shown = [words for words, _ in _words(state, step, news=news) if words]
        clock = self._time.fontMetrics().horizontalAdvance(_clock(state, step) + "0")
        return sum(letters.horizontalAdvance(words) + around for words in shown) + clock

    def _measure(self) -> None:
        """What a part takes beside its letters, with an icon and without one."""
        part, style = self._saved, Qt.ToolButtonStyle
        before = part.toolButtonStyle()
        for has_icon in (False, True):
            part.setToolButtonStyle(style.ToolButtonTextBesideIcon if has_icon else style.ToolButtonTextOnly)
            self._around[has_icon] = part.sizeHint().width() - part.fontMetrics().horizontalAdvance(part.text()) + 2
        part.setToolButtonStyle(before)

    def _arrange(self, *, is_two_lines: bool) -> None:
        for row in (self._first, self._second):
            while row.takeAt(0) is not None:
                pass
        below = (self._exposure, self._office) if is_two_lines else ()
        for part in self.parts():
            (self._second if part in below else self._first).addWidget(part)
        for row in (self._first, self._second):
            row.addStretch(1)
        self._first.addWidget(self._time)


def _words(state: StatusState, step: int, *, news: bool) -> list[tuple[str, str]]:
    """For each part what is shown, and the whole of it for its name. ``news``: there is room for what came too."""
    exposure = (state.exposure, state.exposure, state.exposure_short, state.exposure_short)
    return [
        (state.saved if step < 2 else state.saved_short, state.saved),
        (state.waiting if step < 1 else state.waiting_short, state.waiting),
        (exposure[step] if step < len(exposure) else state.exposure_brief, state.exposure),
        (_connection(state, step, news=news), state.connection_news or state.connection),
    ]


def _connection(state: StatusState, step: int, *, news: bool) -> str:
    if news and state.connection_news:
        return state.connection_news
    return state.connection if step < 3 else state.connection_short


def _clock(state: StatusState, step: int) -> str:
    return state.clock if step < 4 else state.clock[:5]


def _say(part: IconButton, shown: str, whole: str) -> None:
    # The name begins with what is shown, so that speaking the visible words finds the part (WCAG 2.5.3).
    name = whole if whole.casefold().startswith(shown.casefold()) else f"{shown}. {whole}"
    if part.text() != shown or part.accessibleName() != name:
        named(part, name).setText(shown)
    if part.isHidden() == bool(shown):
        part.setVisible(bool(shown))
