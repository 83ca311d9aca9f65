"""The line over everything while sound is recorded or played: words, a shape, a colour and the time.

It stands in the window itself and not on a page, so that no page, card, hidden screen or help can cover it. While the
screen is hidden it says that sound is recorded, and nothing of what or where.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.presenters.sound.player import Player, PlayerState
from ui.presenters.sound.recorder import Recorder, Stage
from ui.presenters.workbench import Workbench
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.views.evidence.flow import FlowLayout
from ui.views.rendering import View, line
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel


class RecordingMark(QWidget):
    """A filled circle while sound is recorded, two bars while it is paused: told apart without colour."""

    def __init__(self) -> None:
        super().__init__()
        self._is_paused = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._fit()
        appearance().follow(self, self._fit)

    def show_paused(self, *, is_paused: bool) -> None:
        """Which of the two."""
        self._is_paused = is_paused
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(appearance().tokens["dangerText"]))
        side = min(self.width(), self.height())
        if not self._is_paused:
            painter.drawEllipse(QRectF(1, 1, side - 2, side - 2))
            return
        for left in (0.15, 0.6):
            painter.drawRect(QRectF(side * left, 1, side * 0.25, side - 2))

    def _fit(self) -> None:
        side = round(self.fontMetrics().height() * 0.9)
        self.setFixedSize(side, side)


class PressLine(QWidget):
    """Words with buttons at their right, or below them where both together have no room."""

    def __init__(self, before: Sequence[QWidget], words: QWidget, presses: Sequence[QWidget]) -> None:
        super().__init__()
        self._presses = presses
        said = QHBoxLayout()
        said.setSpacing(8)
        for one in before:
            said.addWidget(one)
        said.addWidget(words, 1)
        flow = FlowLayout()
        for one in presses:
            flow.addWidget(one)
        self._flow = QWidget()
        self._flow.setLayout(flow)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(16, 3, 12, 3)
        self._rows.addLayout(said, 1)
        self._rows.addWidget(self._flow)
        appearance().follow(self, self.fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Beside each other, or one below the other."""
        needed = sum(one.sizeHint().width() + _GAP for one in self._presses if not one.isHidden())
        is_beside = needed <= self.width() * _BUTTONS
        way = QBoxLayout.Direction
        self._rows.setDirection(way.LeftToRight if is_beside else way.TopToBottom)
        self._flow.setFixedWidth(needed) if is_beside else self._flow.setMinimumWidth(0)
        if not is_beside:
            self._flow.setMaximumWidth(_ANY)


_GAP = 9
_BUTTONS = 0.62
"""Of the width that buttons may take beside the words."""
_ANY = 16_777_215
"""Qt's own greatest width: none is set."""


class RecordingPart(View):
    """The recording: the question before it, the indicator, what became of it."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder
        self.mark = RecordingMark()
        self.words = named(RoleLabel(), "Sound", "sound.words")
        self.words.setWordWrap(True)
        self.start = button("Everybody agreed: start recording", "sound.start", kind="primary")
        self.refuse = button("Do not record", "sound.refuse")
        self.pause = button("Pause", "sound.pause")
        self.stop = button("Stop recording", "sound.stop", kind="danger")
        self.fault, self.notice = Banner("sound.fault"), Banner("sound.notice")
        for one, run in (
            (self.start, self._recorder.start), (self.refuse, self._recorder.refuse),
            (self.pause, self._recorder.pause), (self.stop, self._recorder.stop),
        ):  # fmt: skip
            one.clicked.connect(lambda _=False, run=run: run())
        self._line = PressLine((self.mark,), self.words, (self.start, self.refuse, self.pause, self.stop))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for part in (self._line, self.fault, self.notice):
            rows.addWidget(part)

    def render_with(self, *, is_hidden: bool, is_playing: bool) -> None:
        """The state as it is now, and no more of it than a hidden screen may show.

        What was saved is not said any more once something is played: the room belongs to the notes.
        """
        state = self._recorder.state
        is_asking = state.stage is Stage.ASKING
        self._line.setVisible(state.stage is not Stage.NONE and not (is_asking and is_hidden))
        self.mark.show_paused(is_paused=state.stage is Stage.PAUSED)
        self.mark.setVisible(state.is_on)
        words = state.question if is_asking else state.words
        if state.is_on and not is_hidden:
            words = f"{words}, {state.title}"
        if self.words.text() != words:
            self.words.setText(words)
            self.words.setAccessibleName(words)
        for one, is_shown in (
            (self.start, is_asking), (self.refuse, is_asking), (self.pause, state.is_on), (self.stop, state.is_on),
        ):  # fmt: skip
            one.setVisible(is_shown)
        pause = "Go on" if state.stage is Stage.PAUSED else "Pause"
        if self.pause.text() != pause:
            named(self.pause, f"{pause} with the recording" if pause == "Go on" else "Pause the recording")
            self.pause.setText(pause)
        self._line.fit()
        self._say(self.fault, "" if is_hidden else state.fault, "danger")
        self._say(self.notice, "" if is_hidden or is_playing else state.notice, "success")

    @property
    def shows_something(self) -> bool:
        """Whether the line has to be there at all."""
        return not all(part.isHidden() for part in (self._line, self.fault, self.notice))

    def _say(self, banner: Banner, words: str, kind: str) -> None:
        if banner.words != words:
            banner.say(words, kind, remedy="Dismiss" if words else "", do=self._recorder.dismiss)


class PlayingPart(View):
    """What is played, with its buttons."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self._player = player
        self.words = named(RoleLabel(), "Played", "sound.played")
        self.words.setWordWrap(True)
        self.back = button("5 s back", "sound.back")
        self.toggle = button("Pause", "sound.toggle")
        self.on = button("5 s on", "sound.on")
        self.close_it = button("Close", "sound.close")
        self.fault = Banner("sound.play_fault")
        for one, run in (
            (self.back, lambda: player.skip(-1)), (self.toggle, player.toggle), (self.on, lambda: player.skip(1)),
            (self.close_it, player.stop),
        ):  # fmt: skip
            one.clicked.connect(lambda _=False, run=run: run())
        self._line = PressLine((), self.words, (self.back, self.toggle, self.on, self.close_it))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._line)
        rows.addWidget(self.fault)

    def render_with(self, *, is_hidden: bool) -> None:
        """The state as it is now; nothing of it on a hidden screen."""
        state: PlayerState = self._player.state
        self._line.setVisible(bool(state.exhibit) and not is_hidden)
        if self.words.text() != state.words:
            self.words.setText(state.words)
            self.words.setAccessibleName(state.words)
        toggle = "Pause" if state.is_playing else "Play"
        if self.toggle.text() != toggle:
            named(self.toggle, toggle).setText(toggle)
        fault = "" if is_hidden else state.fault
        if self.fault.words != fault:
            self.fault.say(fault, "danger", remedy="Dismiss" if fault else "", do=self._player.dismiss)

    @property
    def shows_something(self) -> bool:
        """Whether anything is open, or went wrong."""
        return not (self._line.isHidden() and self.fault.isHidden())


class SoundLine(View):
    """Both, one over the other; away while there is neither. Esc and whatever ends a part lead back to the page."""

    def __init__(self, bench: Workbench, back: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._back = back
        self._before: QWidget | None = None
        self._asked = False
        named(self, "Sound", "sound")
        self.recording: RecordingPart = self.part(RecordingPart(bench.recorder))
        self.playing: PlayingPart = self.part(PlayingPart(bench.player))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for part in (self.recording, self.playing, line()):
            rows.addWidget(part)
        self.hide()
        appearance().dress(self)
        self.follow(bench.recorder, lambda _: self._render())
        self.follow(bench.player, lambda _: self._render())
        self.follow(bench, lambda _: self._render())

    def take_focus(self) -> None:
        part, playing = self.recording, self.playing
        wanted = (part.start, part.stop, playing.toggle, part.fault.remedy, part.notice.remedy, playing.fault.remedy)
        for one in wanted:
            if one.isVisible():
                one.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._bench.recorder.state.stage is Stage.ASKING:
            self._bench.recorder.refuse()
        else:
            self._go_back()

    def _render(self) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        is_hidden = self._bench.state.is_hidden
        self.recording.render_with(is_hidden=is_hidden, is_playing=bool(self._bench.player.state.exhibit))
        self.playing.render_with(is_hidden=is_hidden)
        for part in (self.recording, self.playing):
            part.setVisible(part.shows_something)
        is_shown = self.recording.shows_something or self.playing.shows_something
        if is_shown == self.isHidden():
            self.setVisible(is_shown)
        is_asking = self._bench.recorder.state.stage is Stage.ASKING
        if is_asking and not self._asked:
            self._before = focused
            self.take_focus()
        elif had_focus and focused is not None and not focused.isVisible():
            self._go_back()
        self._asked = is_asking

    def _go_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible() and not self.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._back()
