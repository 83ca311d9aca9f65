"""Text fields that let Tab move on and hand Ctrl+Z to the application when they have nothing left to undo.

Qt's own fields swallow Ctrl+Z even when empty, and its multi-line fields type a tab: both would trap a
person who works by keyboard.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.qt.icons import icon


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
    """A passphrase field: pasting works, and a button inside shows or hides the words."""

    def __init__(self, show_words: str, hide_words: str, parent: QWidget | None = None) -> None:
        """``show_words`` and ``hide_words`` name the button in its two states."""
        super().__init__(parent)
        self._words = {False: show_words, True: hide_words}
        self._toggle = QAction(self)
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self.set_shown)
        self.addAction(self._toggle, QLineEdit.ActionPosition.TrailingPosition)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.set_shown(False)

    def set_shown(self, is_shown: bool) -> None:
        """Show the words, or a dot for each letter."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self._toggle.setChecked(is_shown)
        self._toggle.setText(self._words[is_shown])
        self._toggle.setIcon(icon("eye-off" if is_shown else "eye"))


def _is_spent(event: QEvent, *, can_undo: bool, can_redo: bool) -> bool:
    """Whether the event asks for an undo or redo that the field itself cannot do."""
    if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not can_undo
    is_ctrl_y = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return (is_ctrl_y or event.matches(QKeySequence.StandardKey.Redo)) and not can_redo
