"""Add something to do on the visit: what, when, and its agenda pasted as text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout

from fieldkit.domain.assessment import ActivityKind
from ui.presenters.visit import KINDS, VisitDay, VisitState
from ui.views.panels.frame import show_errors
from ui.views.rendering import View
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel
from ui.widgets.texts import CapturePlainTextEdit, PassText


class NewActivity(View):
    """A card above the agenda; hidden until it is asked for."""

    def __init__(self, day: VisitDay) -> None:
        super().__init__()
        self._day = day
        self.kind = QComboBox()
        for kind, words in KINDS.items():
            self.kind.addItem(words, kind.value)
        self.title, self.starts, self.agenda = PassText(), PassText(), CapturePlainTextEdit()
        self.agenda.setFixedHeight(self.agenda.fontMetrics().lineSpacing() * 4 + 16)
        self._kind = Field("What is it", self.kind, "activity.kind")
        self._fields = {
            "title": Field("Name", self.title, "activity.title"),
            "time": Field("Starts", self.starts, "activity.starts", hint="Like 09:30"),
        }
        self._agenda = Field("Agenda (optional)", self.agenda, "activity.agenda", hint="One item a line: 09:30 Welcome")
        self.save = button("Add", "activity.save", kind="primary")
        self.save.clicked.connect(lambda: self._save())
        self.back = button("Close", "activity.close")
        self.back.clicked.connect(lambda: day.stop_adding())
        for each in (self.title, self.starts):
            each.returnPressed.connect(self._save)
        self._lay_out()
        self.follow(day, self._render)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self._day.stop_adding()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", "true")
        rows = QVBoxLayout(card)
        rows.addWidget(HeadingLabel("Add activity", level=2))
        for field in (self._kind, *self._fields.values(), self._agenda):
            rows.addWidget(field)
        foot = QHBoxLayout()
        foot.addWidget(self.save)
        foot.addWidget(self.back)
        foot.addStretch(1)
        rows.addLayout(foot)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(card)

    def _save(self) -> None:
        kind = ActivityKind(self.kind.currentData())
        self._day.plan(kind, self.title.text(), self.starts.text(), self.agenda.toPlainText())

    def _render(self, state: VisitState) -> None:
        if state.is_adding and self.isHidden():
            for each in (self.title, self.starts):
                each.clear()
            self.agenda.clear()
            self.show()
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not state.is_adding:
            self.hide()
        show_errors(state.errors, self._fields)
