"""The foot of Evidence: how many are shown and selected, what can be done to them, and a question about sent ones."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.state import EvidenceState
from ui.qt.accessibility import named
from ui.views.evidence.flow import FlowLayout
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel


class EvidenceFoot(QWidget):
    """Two faces: the count with the Tag button, or the question."""

    def __init__(self, board: EvidenceBoard) -> None:
        super().__init__()
        self._board = board
        self._has_asked = False
        self._is_low = False
        self.summary = RoleLabel()
        self.summary.setObjectName("evidence.summary")
        self.selected = RoleLabel()
        self.selected.setObjectName("evidence.selected")
        self.tag = button("Tag  Ctrl+T", "evidence.tag")
        self.finding = button("Add to finding", "evidence.add_to_finding")
        self.doing = RoleLabel()
        self.question = RoleLabel()
        self.question.setWordWrap(True)
        self.all = button("", "evidence.all_of_them", kind="primary")
        self.others = button("", "evidence.only_unsent")
        self.none = button("Keep them as they are", "evidence.keep")
        self.all.clicked.connect(lambda: board.answer(only_unsent=False))
        self.others.clicked.connect(lambda: board.answer(only_unsent=True))
        self.none.clicked.connect(lambda: board.forget_question())
        self._usual, self._asking = QWidget(), QWidget()
        usual = FlowLayout(gap=16)
        self._usual.setLayout(usual)
        for each in (self.summary, self.selected, self.tag, self.finding, self.doing):
            usual.addWidget(each)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.addWidget(self.question)
        answers = FlowLayout()
        for each in (self.all, self.others, self.none):
            answers.addWidget(each)
        asking.addLayout(answers)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._usual)
        rows.addWidget(self._asking)
        self._asking.hide()

    def show_state(self, state: EvidenceState) -> None:
        """Show the counts; ask where something is asked."""
        self.summary.setText(state.summary if state.summary != "counting" else "Counting")
        self.selected.setText(state.selected)
        self.selected.setVisible(bool(state.selected))
        self.tag.setVisible(bool(state.selected) or not self._is_low)
        self.finding.setVisible(bool(state.selected))
        self.doing.setText(state.doing)
        self.doing.setVisible(bool(state.doing))
        question = state.question
        self._usual.setVisible(question is None)
        self._asking.setVisible(question is not None)
        if question is not None:
            self.question.setText(question.words)
            named(self.all, question.all_of_them).setText(question.all_of_them)
            named(self.others, question.only_the_others or "None").setText(question.only_the_others)
            self.others.setVisible(bool(question.only_the_others))
            if not self._has_asked:
                self.all.setFocus(Qt.FocusReason.OtherFocusReason)
        self._has_asked = question is not None

    def be_low(self, *, is_low: bool) -> None:
        """In a low window the notes come first: the button comes with the first selected note."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.show_state(self._board.state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._has_asked:
            self._board.forget_question()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._has_asked:
            pressed = [one for one in (self.all, self.others, self.none) if one.hasFocus()]
            for one in pressed:
                one.click()
        else:
            super().keyPressEvent(event)
