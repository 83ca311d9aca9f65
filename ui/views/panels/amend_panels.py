"""Add words to a note, or withdraw it: what was there stays on the panel, whole and unchanged."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.presenters.log.amend import REASONS, WHY_ADDED, AddWords, AmendState, Withdraw
from ui.presenters.log.row_words import RowReader
from ui.qt.accessibility import named
from ui.views.panels.frame import PanelFrame
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel, RoleLabel
from ui.widgets.replacing import replace_in, select_in
from ui.widgets.spelled import Spelled
from ui.widgets.tab_stop import stop_at_the_chosen
from ui.widgets.texts import CapturePlainTextEdit, PassText


class _Text(CapturePlainTextEdit):
    """A field of a few lines in which Ctrl+Enter is the panel's main action."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class AddWordsPanel(PanelFrame):
    """F2 on a note."""

    def __init__(self, panel: AddWords, reader: RowReader, close: Callable[[], None]) -> None:
        super().__init__("Add words or correct", close)
        self._panel = panel
        words = reader.words(panel.state.row)
        self.add(HintLabel(f"{words.time}  {words.speaker}  The note stays as it was".replace("   ", "  ")))
        self.add(quoted(words.text))
        for line in words.added:
            self.add(quoted(line))
        self.text = _Text()
        Spelled(self.text)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 5 + 16)
        self.reason = PassText()
        self._text_field = Field("What do you want to add or correct", self.text, "amend.text")
        self._reason_field = Field("Why", self.reason, "amend.reason")
        self._ready = QComboBox()
        self._ready.addItems(["Choose a reason", *WHY_ADDED])
        named(self._ready, "Ready reasons", "amend.ready")
        self._ready.activated.connect(self._choose)
        self.save = button("Add to the note", "amend.save", kind="primary")
        self.save.clicked.connect(lambda: panel.save())
        for each in (self._text_field, self._reason_field, self._ready):
            self.add(each)
        self.add_row(self.save, HintLabel("Ctrl+Enter"))
        self.main_action = panel.save
        self._edition = -1
        self.text.textChanged.connect(self._typed)
        self.reason.textChanged.connect(self._typed)
        controls: dict[str, QWidget] = {"text": self.text, "reason": self.reason}
        self.hear(panel.replaced.listen(lambda one: replace_in(controls[one.name], one.made)))
        self.hear(panel.pointed.listen(lambda one: select_in(controls[one[0]], one[1])))
        self.follow(panel, self._render)

    def take_focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, place: int) -> None:
        if place:
            self.reason.setText(WHY_ADDED[place - 1])

    def _typed(self) -> None:
        self._panel.typed(self.text.toPlainText(), self.reason.text())

    def _render(self, state: AmendState) -> None:
        if state.edition != self._edition:
            self._edition = state.edition
            if state.edition:
                self.text.setPlainText(state.text)
                self.reason.setText(state.reason)
        self.show_errors(state.errors, {"text": self._text_field, "reason": self._reason_field})


class WithdrawPanel(PanelFrame):
    """Delete on a note: the first reason is chosen, so Enter is enough."""

    def __init__(self, panel: Withdraw, reader: RowReader, close: Callable[[], None]) -> None:
        super().__init__("Withdraw this note", close)
        self._panel = panel
        words = reader.words(panel.state.row)
        self.add(quoted(f"{words.time}  {words.text}"))
        self.add(HintLabel("It stays in the log, crossed out, with your reason. You can bring it back at any time"))
        self._group = QButtonGroup(self)
        box = QWidget()
        named(box, "Why", "withdraw.reasons")
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        for place, reason in enumerate((*REASONS, "Another reason")):
            radio = QRadioButton(reason)
            named(radio, reason, f"withdraw.reason_{place}")
            radio.setChecked(place == 0)
            self._group.addButton(radio, place)
            rows.addWidget(radio)
        stop_at_the_chosen(self._group)
        self.other = PassText()
        self._field = Field("Your reason", self.other, "withdraw.other")
        self._field.hide()
        self.save = button("Withdraw", "withdraw.save", kind="danger")
        self.save.clicked.connect(self._save)
        self.add(box)
        self.add(self._field)
        self.add_row(self.save, HintLabel("Enter"))
        self.main_action = self._save
        self._group.idClicked.connect(self._chosen)
        self._edition = 0
        self.other.textChanged.connect(panel.typed)
        self.follow(panel, self._render)

    def take_focus(self) -> None:
        self._group.button(0).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_button = isinstance(QApplication.focusWidget(), QPushButton)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not on_button:
            self._save()
            return
        super().keyPressEvent(event)

    def _chosen(self, place: int) -> None:
        self._field.setVisible(place == len(REASONS))

    def _save(self) -> None:
        place = self._group.checkedId()
        self._panel.give_reason(REASONS[place] if place < len(REASONS) else self.other.text())
        self._panel.save()

    def _render(self, state: AmendState) -> None:
        if state.edition != self._edition:  # a reason of one's own that was never given
            self._edition = state.edition
            self.other.setText(state.text)
            self._group.button(len(REASONS)).setChecked(True)
            self._chosen(len(REASONS))
        self.show_errors(state.errors, {"reason": self._field})


def quoted(words: str) -> RoleLabel:
    """Words of a note, whole."""
    label = RoleLabel(words, "reading")
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def beside(*widgets: QWidget) -> QHBoxLayout:
    """Widgets in a row, left."""
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
