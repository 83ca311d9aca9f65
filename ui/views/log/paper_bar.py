"""The time of a note that was written on paper: a field that opens when a note waits for it, above what waits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.kernel.errors import Mistake
from ui.presenters.log.paper import OnPaper, PaperState
from ui.presenters.wording import sentence, ui
from ui.presenters.wording.toolkit import ERROR_PREFIX
from ui.qt.accessibility import named
from ui.qt.restyle import set_look
from ui.qt.theme import appearance
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel
from ui.widgets.texts import PassText

LABEL = "Time it was noticed, like 10:05"
ON = "Written on paper"


class PaperBar(View):
    """Enter takes the time, Esc leaves the note as it is. ``closed`` gives the caret back."""

    def __init__(self, paper: OnPaper, identifier: str, closed: Callable[[], None]) -> None:
        super().__init__()
        self._paper = paper
        self._closed = closed
        self._asked = paper.state.asked
        self.edit = named(PassText(), LABEL, f"{identifier}.time")
        self.edit.setMaxLength(5)
        self._label = RoleLabel(LABEL)
        self._label.setBuddy(self.edit)
        self._label.setWordWrap(True)
        self._press = button("Save with this time", f"{identifier}.time_do")
        self._press.clicked.connect(self._take)
        self.edit.returnPressed.connect(self._take)
        self._wrong = RoleLabel()
        self._wrong.setProperty("tone", "danger")
        self._wrong.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit)
        row.addWidget(self._press)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self._label)
        rows.addWidget(self._wrong)
        rows.addLayout(row)
        self._wrong.hide()
        appearance().follow(self, self._fit)
        self._fit()
        self.follow(paper, self._render)

    @property
    def stops(self) -> tuple[QWidget, QWidget]:
        """What Tab stops at, while it is open."""
        return self.edit, self._press

    def take_focus(self) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._paper.leave()
            self._closed()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()  # with Ctrl too: the page would ask for the time again
        else:
            super().keyPressEvent(event)

    def _render(self, state: PaperState) -> None:
        self.setVisible(state.is_asking)
        if state.asked != self._asked:
            self._asked = state.asked
            self._say("")
            words = f"Time ‘{state.of}’ was noticed, like 10:05" if state.of else LABEL
            self._label.setText(words)
            self.edit.setAccessibleName(words)
            self.edit.setText(ui.clock(state.known) if state.known else "")
            self.edit.selectAll()
            self.take_focus()

    def _fit(self) -> None:
        self.edit.setFixedWidth(self.edit.fontMetrics().horizontalAdvance("00:00") + 34)

    def _take(self) -> None:
        try:
            self._paper.answer(self.edit.text())
        except Mistake as mistake:
            self._say(sentence(mistake))
            self.edit.selectAll()
            return
        if not self._paper.state.is_asking:  # else the next note waits for its own
            self._closed()

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        set_look(self.edit, "error", "true" if words else "false")
        self.edit.setAccessibleDescription(f"{ERROR_PREFIX}{words}" if words else "")
