"""The field that is typed into: it hands every key to the presenter and never loses the caret to a list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from fieldkit.capture.captured import Read
from fieldkit.capture.offsets import from_utf16, to_utf16
from ui.presenters.log.capture_line import CaptureLine, LineState
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.widgets.pasting import is_own, taken
from ui.widgets.replacing import select_in
from ui.widgets.spelled import Spelled
from ui.widgets.texts import CapturePlainTextEdit

_FEWEST_LINES, _MOST_LINES = 2, 6
_INKS = {
    Read.SPEAKER: ("tagBlueT", "tagBlueB"),
    Read.FOLLOW_UP: ("tagAmberT", "tagAmberB"),
    Read.RISK: ("tagRedT", "tagRedB"),
    Read.OWN_VIEW: ("tagPurpleT", "tagPurpleB"),
    Read.EXACT: ("tagGreyT", "tagGreyB"),
    Read.QUOTE: ("tagGreyT", "tagGreyB"),
    Read.TAG: ("tagTealT", "tagTealB"),
    Read.CATEGORY: ("tagGreenT", "tagGreenB"),
    Read.CASE: ("tagBlueT", "tagBlueB"),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.NoModifier


class CaptureEdit(CapturePlainTextEdit):
    """``saved`` on Enter, ``left`` on Esc with no list open."""

    saved = Signal()
    left = Signal()

    def __init__(self, line: CaptureLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._edition = 0
        self._replaced, self._pointed = line.state.replaced, line.state.pointed
        self._following = False
        self._app_undid = False
        self._is_low = False
        named(self, "Note", "log.capture")
        self.setPlaceholderText("Start typing. Enter saves with the time")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._typed)
        self.cursorPositionChanged.connect(self._moved)
        Spelled(self, lambda: [one.code for one in line.vocabulary.people])
        appearance().follow(self, self._fit)
        self._fit()

    def render_line(self, state: LineState) -> None:
        """Show what the presenter changed by itself, and colour what was understood."""
        if state.edition != self._edition:
            self._edition = state.edition
            self._follow(state)
        if state.replaced != self._replaced:  # what it could undo is no longer what was: the app undoes it all
            self._replaced = state.replaced
            self.document().clearUndoRedoStacks()
        if state.pointed != self._pointed:
            self._pointed = state.pointed
            select_in(self, state.point)
        self._colour(state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._taken(event):
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        found = taken(source)
        if not is_own(source):  # words moved about in here were typed here
            self._line.pasting(found.source, found.words)
        self.textCursor().insertText(found.words)
        self._line.end_pasting()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Undo and redo in the order of doing: what the app undid last is done again before older typing."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
                self._app_undid = True
            is_redo = event.matches(QKeySequence.StandardKey.Redo) or _is_ctrl_y(event)
            if is_redo and self._app_undid:
                event.ignore()
                return False
        return super().event(event)

    def _taken(self, event: QKeyEvent) -> bool:
        key, line = event.key(), self._line
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and modifiers == _PLAIN:
            if not line.accept_or_save():
                self.saved.emit()
            return True
        if key in _ENTER and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertText("\n")
            return True
        if modifiers != _PLAIN:
            return False
        return self._list_key(Qt.Key(key))

    def _list_key(self, key: Qt.Key) -> bool:
        line = self._line
        actions: dict[Qt.Key, Callable[[], bool]] = {
            Qt.Key.Key_Down: lambda: line.choose(1),
            Qt.Key.Key_Up: lambda: line.choose(-1),
            Qt.Key.Key_Tab: line.accept,
            Qt.Key.Key_Space: line.accept_exact,
            Qt.Key.Key_Escape: self._escape,
        }
        return actions[key]() if key in actions else False

    def _escape(self) -> bool:
        if not self._line.dismiss():
            self.left.emit()
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Tab takes the highlighted choice while the list is open; otherwise it moves on as everywhere.
        if forward and self._line.state.suggestions:
            return False
        return super().focusNextPrevChild(forward)

    def _typed(self) -> None:
        if not self._following:
            self._app_undid = False
            text = self._text()
            self._line.typed(text, from_utf16(text, self.textCursor().position()))
        self._fit()

    def _moved(self) -> None:
        if not self._following:
            text = self._text()
            if text == self._line.state.text:
                self._line.caret_moved(from_utf16(text, self.textCursor().position()))

    def _text(self) -> str:
        # toPlainText would turn a hard space into a plain one; what was typed is kept to the character.
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def _follow(self, state: LineState) -> None:
        self._following = True
        cursor = self.textCursor()
        if state.text != self._text():
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(state.text)
        if not state.text:
            self.document().clearUndoRedoStacks()  # Ctrl+Z in an empty line undoes the last action of the app
        cursor.setPosition(to_utf16(state.text, state.caret))
        self.setTextCursor(cursor)
        self._following = False
        self._fit()

    def _colour(self, state: LineState) -> None:
        tokens, found = appearance().tokens, []
        for mark in state.marks:
            ink, fill = _INKS[mark.read]
            selection = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setForeground(QColor(tokens[ink]))
            look.setBackground(QColor(tokens[fill]))
            cursor = QTextCursor(self.document())
            cursor.setPosition(to_utf16(state.text, mark.span.start))
            cursor.setPosition(to_utf16(state.text, mark.span.end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, look
            found.append(selection)
        self.mark("read", found)

    def close_list(self) -> None:
        """Somebody goes elsewhere for a moment: no list is to cover what they look at."""
        self._line.close_list()

    def be_low(self, *, is_low: bool) -> None:
        """Where there is little height an empty line is one line high."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._fit()

    def _fit(self) -> None:
        lines = 0
        block = self.document().begin()
        while block.isValid():
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        spacing = self.fontMetrics().lineSpacing()
        shown = min(max(lines, 1 if self._is_low else _FEWEST_LINES), _MOST_LINES)
        height = shown * spacing + 2 * round(self.document().documentMargin()) + round(0.6 * spacing) + 6
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)


def _is_ctrl_y(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Y and event.modifiers() == Qt.KeyboardModifier.ControlModifier
