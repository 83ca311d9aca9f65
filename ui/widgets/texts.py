"""Text fields that let Tab move on and hand Ctrl+Z to the application when they have nothing left to undo.

Qt's own fields swallow Ctrl+Z even when empty, and its multi-line fields type a tab: both would trap a
person who works by keyboard.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import SIGNAL, QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.qt.theme import appearance
from ui.widgets.buttons import IconButton
from ui.widgets.pasting import is_own, marked_as_own, source_name, taken

_EDGE = 2  # pixels of a field's border

_EDGES = 32
"""Pixels of a field's frame and the space inside it, on both sides."""


class PassText(QLineEdit):
    """A one-line field; Ctrl+Z and Ctrl+Y that it has no use for go on to the window's shortcuts."""

    def event(self, event: QEvent) -> bool:
        if _is_spent(event, can_undo=self.isUndoAvailable(), can_redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt tells of Enter, with Ctrl too, and then hands the key on: a form whose main action is on Ctrl+Enter would
        # be saved twice.
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.receivers(SIGNAL("returnPressed()")):
            event.accept()


class MeasuredText(PassText):
    """No wider than ``characters`` need in every look; narrower where there is less room."""

    def __init__(self, characters: int) -> None:
        super().__init__()
        self._characters = characters
        appearance().follow(self, self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * self._characters + _EDGES)


class CapturePlainTextEdit(QPlainTextEdit):
    """A field for several lines; Tab leaves it, Ctrl+Z it has no use for goes on to the window's shortcuts.

    A paste of more than ``longest_paste`` characters (0 = any) changes nothing and is told of by ``paste_refused``:
    laying out 5 MB takes Qt 2.5 s, and one word of 5 MB minutes.
    """

    paste_refused = Signal(int)
    pasted = Signal(str, str)
    """Just before words go in that came by the clipboard from another program: its name, and the words."""
    longest_paste = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._layers: dict[str, list[QTextEdit.ExtraSelection]] = {}

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.longest_paste and source.hasText() and len(source.text()) > self.longest_paste:
            self.paste_refused.emit(len(source.text()))
            return
        if self.longest_paste:
            from fieldkit.capture.pasting import clean

            words, program = clean(source.text()), source_name(source)  # no fonts or pictures from elsewhere
        else:
            found = taken(source)
            words, program = found.words, found.source
        if not is_own(source):
            self.pasted.emit(program, words)
        self.textCursor().insertText(words)

    def createMimeDataFromSelection(self) -> QMimeData:
        return marked_as_own(super().createMimeDataFromSelection())

    def mark(self, layer: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Show the marks of one kind in place of those it had; the other kinds' stay."""
        if marks or self._layers.get(layer):
            self._layers[layer] = marks
            self.setExtraSelections([one for each in self._layers.values() for one in each])

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if _is_spent(event, can_undo=document.isUndoAvailable(), can_redo=document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class _ShowButton(IconButton):
    """Stands inside its field, so a letter that it left alone would be typed there unseen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.text().isprintable() and event.text():
            event.accept()


class PassphraseEdit(PassText):
    """A passphrase field: a dot for each letter until shown, no learning by input methods, pasting works.

    The button that shows the letters stands inside the field and is a Tab stop of its own; Qt's own action buttons
    are reached by mouse only.
    """

    def __init__(self, show_words: str, hide_words: str, parent: QWidget | None = None) -> None:
        """``show_words`` and ``hide_words`` name the button; their first word is what it shows."""
        super().__init__(parent)
        self._words = {False: show_words, True: hide_words}
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase)
        self.toggle = _ShowButton("", "eye", parent=self)
        self.toggle.setProperty("kind", "inside")
        self.toggle.setCursor(Qt.CursorShape.ArrowCursor)
        self.toggle.clicked.connect(lambda: self.set_shown(self.echoMode() == QLineEdit.EchoMode.Password))
        self.set_shown(False)

    def set_shown(self, is_shown: bool) -> None:
        """Show the letters, or a dot for each."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        words = self._words[is_shown]
        named(self.toggle, words, f"{self.objectName() or 'passphrase'}.show").setText(words.split()[0])
        self.toggle.setIcon(icon("eye-off" if is_shown else "eye"))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        width = self.toggle.sizeHint().width()
        self.toggle.setGeometry(self.width() - width - _EDGE, _EDGE, width, self.height() - 2 * _EDGE)
        self.setTextMargins(0, 0, width, 0)


def offer(field: QLineEdit, words: Sequence[str]) -> None:
    """Finish what is typed by one of ``words``; the added letters are selected, so that the next key replaces them."""
    completer = QCompleter(list(words), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
    field.setCompleter(completer)


def _is_spent(event: QEvent, *, can_undo: bool, can_redo: bool) -> bool:
    """Whether the event asks for an undo or redo that the field itself cannot do."""
    if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not can_undo
    is_ctrl_y = event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return (is_ctrl_y or event.matches(QKeySequence.StandardKey.Redo)) and not can_redo
