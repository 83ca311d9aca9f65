"""Find and replace in a field on the screen: the very characters of a hit change, and the caret stays where it was.

Qt counts in UTF-16 units and everything else here in code points; an emoji is two of the one and one of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

if TYPE_CHECKING:  # fields are made before a vault is open
    from fieldkit.capture.replacing import Edits
    from fieldkit.capture.spans import Span


def replace_in(field: QWidget, made: Edits) -> None:
    """Make the edits. The field itself undoes nothing any more: one undo of the app takes all hits back at once."""
    from fieldkit.capture.offsets import from_utf16, to_utf16
    from fieldkit.capture.replacing import changed, moved

    if isinstance(field, QLineEdit):
        text, caret = field.text(), from_utf16(field.text(), field.cursorPosition())
        fresh = changed(text, made)
        field.setText(fresh)
        field.setCursorPosition(to_utf16(fresh, moved(caret, made)))
    elif isinstance(field, QPlainTextEdit):
        text, cursor = field.toPlainText(), field.textCursor()
        fresh, caret = changed(text, made), moved(from_utf16(text, cursor.position()), made)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(fresh)  # all of it: a thousand edits one by one would lay the text out a thousand times
        cursor.setPosition(to_utf16(fresh, caret))
        field.setTextCursor(cursor)
        field.document().clearUndoRedoStacks()


def select_in(field: QWidget, span: Span) -> None:
    """The focus goes there and the words are selected."""
    from fieldkit.capture.offsets import to_utf16

    if isinstance(field, QLineEdit):
        start, end = (to_utf16(field.text(), at) for at in span)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.setSelection(start, end - start)
    elif isinstance(field, QPlainTextEdit):
        text, cursor = field.toPlainText(), field.textCursor()
        cursor.setPosition(to_utf16(text, span.start))
        cursor.setPosition(to_utf16(text, span.end), QTextCursor.MoveMode.KeepAnchor)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.setTextCursor(cursor)
        field.ensureCursorVisible()
