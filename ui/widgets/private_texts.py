"""Text fields for what must not lie on the clipboard's history: copied words are marked secret and taken back."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.qt.clipboard import copy_secret, secret_data
from ui.widgets.texts import CapturePlainTextEdit, PassText


class PrivateText(CapturePlainTextEdit):
    """Several lines; dragging is off, since what is dropped elsewhere is out of our hands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)

    def createMimeDataFromSelection(self) -> QMimeData:
        return secret_data(self.textCursor().selection().toPlainText())


class PrivateLine(PassText):
    """One line; Qt lets nobody say how it copies, so keys are caught and its menu is off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_cut = event.matches(QKeySequence.StandardKey.Cut)
        if (is_cut or event.matches(QKeySequence.StandardKey.Copy)) and self.hasSelectedText():
            copy_secret(self.selectedText())
            if is_cut:
                self.insert("")
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
