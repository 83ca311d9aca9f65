"""The question before everything is deleted: one of the four dialogs there are (ux 5.4)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.settings.storage import DELETE
from ui.presenters.wording import sentence
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.focus_ring import FocusRing
from ui.widgets.labels import HeadingLabel, RoleLabel
from ui.widgets.texts import PassText

TITLE = "Delete everything on this laptop?"
_WIDTH = 560


class EraseQuestion(QDialog):
    """``typed`` is what was typed; accepted only where that is the word."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        appearance().dress(self)
        self.setWindowTitle(TITLE)
        named(self, f"{TITLE} {words}", "erase")
        said = RoleLabel(words)
        said.setWordWrap(True)
        self.edit = PassText()
        self.field = Field("Type DELETE", self.edit, "erase.typed")
        self.go = button("Delete everything", "erase.go", kind="danger")
        self.keep = button("Keep my vault", "erase.keep")
        self.go.clicked.connect(self._try)
        self.keep.clicked.connect(self.reject)
        self.edit.returnPressed.connect(self._try)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        for one in (self.go, self.keep):
            foot.addWidget(one)
        foot.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 16)
        rows.setSpacing(12)
        rows.addWidget(HeadingLabel(TITLE))
        rows.addWidget(said)
        rows.addWidget(self.field)
        rows.addLayout(foot)
        self.setMinimumWidth(min(_WIDTH, self.screen().availableSize().width() - 40))
        self._ring = FocusRing(self)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def typed(self) -> str:
        """What was typed."""
        return self.edit.text()

    def _try(self) -> None:
        if self.typed.strip() == DELETE:
            self.accept()
        else:
            self.field.set_error(sentence("settings.type_delete"))
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
