"""The line with what is added to it by itself: time, agenda item, category, pins; and the button that saves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from fieldkit.kernel.errors import Mistake
from ui.presenters.log.capture_line import LineState
from ui.presenters.log.live_log import LiveLog, LogState
from ui.presenters.wording import sentence, ui
from ui.qt.accessibility import named
from ui.qt.restyle import set_look
from ui.qt.typography import digits_font
from ui.views.log.capture_edit import CaptureEdit
from ui.views.log.name_hint import NameHint
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel, RoleLabel
from ui.widgets.texts import PassText

GRAMMAR = (
    'ch: who speaks   #lc statement, #lc+ strength, #lc- shortfall   @pr category   " exact words   '
    "? follow-up   ! possible risk   ~ my view"
)
_GRAMMAR_UNTIL = 5


class TimeEdit(PassText):
    """``10:05``: when it was noticed, if not now. Enter takes it, Esc leaves it as it was."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "Time it was noticed, like 10:05", "log.time")
        self.setMaxLength(5)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("00:00") + 34)
        self.hide()


class LineBox(View):
    """The bottom of the log."""

    def __init__(self, log: LiveLog) -> None:
        super().__init__()
        self._log = log
        self.edit = CaptureEdit(log.line)
        self._label = RoleLabel("Note")
        self._label.setBuddy(self.edit)
        self._time = RoleLabel()
        self._time_edit = TimeEdit()
        self._context = HintLabel()
        self._context.setWordWrap(False)
        self._wrong = RoleLabel()
        self._wrong.setProperty("tone", "danger")
        self._names = NameHint()
        self._is_low = False
        self._time_asked = log.state.time_asked
        self._grammar = named(HintLabel(GRAMMAR), GRAMMAR, "log.grammar")
        self._until = _GRAMMAR_UNTIL
        self.save = button("Save note", "log.save", kind="primary")
        self.save.clicked.connect(lambda: log.save())
        self.edit.saved.connect(log.save)
        self._time_edit.returnPressed.connect(self._take_time)
        self._lay_out()
        self.follow(log, self._render)
        self.follow(log.line, self._render_line)
        self.hear(log.rows.moved.listen(lambda _: self._fit_grammar()))
        self._fit_grammar()

    def take_focus(self) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_time(self) -> None:
        """Alt+T: say when it was noticed."""
        state = self._log.line.state
        self._time_edit.setText(ui.clock(state.noticed_at) if state.noticed_at else "")
        self._time_edit.show()
        self._time_edit.selectAll()
        self._time_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shows_grammar(self) -> bool:
        """Whether the line of grammar is there."""
        return self._grammar.isVisibleTo(self)

    def be_low(self, *, is_low: bool) -> None:
        """Where there is little height the notes have it, and the grammar is a Ctrl+/ away."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.edit.be_low(is_low=is_low)
            self._fit_grammar()

    def show_grammar(self) -> None:
        """Ctrl+/ brings the line of grammar back, for as many notes as it was there at first."""
        self._is_low = False
        self._until = len(self._log.rows.rows) + _GRAMMAR_UNTIL
        self._fit_grammar()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._time_edit.hasFocus():
            self._end_time()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        for each in (self._label, self._time, self._time_edit, self._context, self._wrong):
            head.addWidget(each)
        head.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(self.edit, 1)
        body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(head)
        rows.addLayout(body)
        rows.addWidget(self._names)
        rows.addWidget(self._grammar)

    def _render(self, state: LogState) -> None:
        item = f"Item {state.item + 1}: {state.item_title}" if state.items else ""
        pins = f"Pinned: {', '.join(pin.split(' ', 1)[0] for pin in state.pins)}" if state.pins else ""
        paper = "Written on paper" if state.on_paper else ""
        self._context.setText("   ".join(part for part in (paper, item, state.category, pins) if part))
        if state.time_asked != self._time_asked:
            self._time_asked = state.time_asked
            self.ask_time()
        name = f"Note, item {state.item + 1}, {state.item_title}" if state.items else "Note"
        if self.edit.accessibleName() != name:
            self.edit.setAccessibleName(name)
        set_look(self.edit, "error", "true" if state.fault else "false")

    def _render_line(self, state: LineState) -> None:
        self.edit.render_line(state)
        self._names.render_line(state)
        self._time.setFont(digits_font())
        self._time.setText(ui.clock(state.noticed_at) if state.noticed_at else "")

    def _take_time(self) -> None:
        try:
            self._log.set_time(self._time_edit.text())
        except Mistake as mistake:
            self._wrong.setText(sentence(mistake))
            return
        self._end_time()
        if self._log.state.on_paper:
            self._log.save()

    def _end_time(self) -> None:
        self._wrong.clear()
        self._time_edit.hide()
        self.take_focus()

    def _fit_grammar(self) -> None:
        self._grammar.setVisible(len(self._log.rows.rows) < self._until and not self._is_low)
