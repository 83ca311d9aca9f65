"""Text fields that let Tab move on and hand Ctrl+Z to the application when they have nothing left to undo.

Qt's own fields swallow Ctrl+Z even when empty, and its multi-line fields type a tab: both would trap a
person who works by keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from ui.qt.accessibility import named


class PassText(QLineEdit):
    """A one-line field; Ctrl+Z and Ctrl+Y that it has no use for go on to the window's shortcuts."""

    def event(self, event: QEvent) -> bool:
        if _is_spent(event, can_undo=self.isUndoAvailable(), can_redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class CapturePlainTextEdit(QPlainTextEdit):
    """A field for several lines; Tab leaves it, Ctrl+Z it has no use for goes on to the window's shortcuts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if _is_spent(event, can_undo=document.isUndoAvailable(), can_redo=document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class PassphraseEdit(PassText):
    """A passphrase field: a dot for each letter until shown, no learning by input methods, pasting works."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase)
        self.set_shown(False)

    def set_shown(self, is_shown: bool) -> None:
        """Show the letters, or a dot for each."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)


def show_box(words: str, identifier: str, *fields: PassphraseEdit) -> QCheckBox:
    """A check box that shows and hides ``fields``. A box and not an eye inside the field, which no key reaches."""
    box = named(QCheckBox(words), words, identifier)
    for field in fields:
        box.toggled.connect(field.set_shown)
    return box


def _is_spent(event: QEvent, *, can_undo: bool, can_redo: bool) -> bool:
    """Whether the event asks for an undo or redo that the field itself cannot do."""
    if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not can_undo
    is_ctrl_y = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return (is_ctrl_y or event.matches(QKeySequence.StandardKey.Redo)) and not can_redo
