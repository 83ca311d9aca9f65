"""The marks under words that may be misspelt, in any field of several lines; a wave, so that no colour is needed.

A field is given marks by ``Spelled(field)``. What they are found with is one for the open vault (``use_speller``);
where there is none, nothing is marked. Nothing waits for it: a text is looked at when no key was pressed for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from fieldkit.capture.offsets import to_utf16
from fieldkit.capture.spans import Span
from ui.qt.theme import appearance
from ui.widgets.texts import CapturePlainTextEdit

if TYPE_CHECKING:  # fields are made before a vault is open
    from ui.presenters.writing.speller import Speller

_QUIET_MS = 300
_MOST = 400
"""Marks in one field: each is a cursor that Qt moves at every key."""
_LAYER = "spelling"


class _House(QObject):
    """Where fields find the speller of the open vault."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.speller: Speller | None = None
        self._leave: Callable[[], None] | None = None

    def use(self, speller: Speller | None) -> None:
        if self._leave is not None:
            self._leave()
        self.speller = speller
        self._leave = speller.changed.listen(lambda _: self.changed.emit()) if speller is not None else None
        self.changed.emit()


_house: list[_House] = []


def _here() -> _House:
    if not _house:
        _house.append(_House())
    return _house[0]


def use_speller(speller: Speller | None) -> None:
    """The fields' words are judged by this one from now on; None: the vault was closed."""
    _here().use(speller)


class Spelled(QObject):
    """The marks of one field. ``also`` gives words that are known in it: people's codes."""

    def __init__(self, edit: CapturePlainTextEdit, also: Callable[[], Collection[str]] = tuple) -> None:
        super().__init__(edit)
        self.edit = edit
        self._also = also
        self._marks: list[QTextCursor] = []
        self._is_typing = False
        self._revision = edit.document().revision()
        self._quiet = QTimer(self, interval=_QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._check)
        edit.textChanged.connect(self._typed)
        edit.cursorPositionChanged.connect(self._moved)
        _here().changed.connect(self._again)
        appearance().follow(edit, self._show)

    @staticmethod
    def of(widget: QWidget | None) -> Spelled | None:
        """The marks of a field that has some."""
        return widget.findChild(Spelled) if isinstance(widget, CapturePlainTextEdit) else None

    @property
    def words(self) -> list[str]:
        """What is marked, in order."""
        return [one.selectedText() for one in self._shown()]

    def next_mark(self, done: Callable[[QTextCursor | None], None]) -> None:
        """Look at the whole text now, and tell the first mark behind the caret, or the very first; None for none."""
        self._is_typing = False
        self._quiet.stop()

        def found() -> None:
            here = self.edit.textCursor().selectionEnd()
            marks = sorted(self._marks, key=lambda one: (one.selectionStart() < here, one.selectionStart()))
            done(QTextCursor(marks[0]) if marks else None)

        self._look(found)

    def _text(self) -> str:
        return self.edit.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def _typed(self) -> None:
        self._is_typing = True
        self._revision = self.edit.document().revision()
        self._quiet.start()
        self._show()

    def _moved(self) -> None:
        if self.edit.document().revision() == self._revision and self._is_typing:
            self._is_typing = False  # the caret left the word that was typed: it is judged like any other
            self._show()

    def _again(self) -> None:
        if shiboken6.isValid(self.edit) and not self.edit.isReadOnly():
            self._quiet.start()

    def _check(self) -> None:
        self._look(lambda: None)

    def _look(self, done: Callable[[], None]) -> None:
        speller, text = _here().speller, self._text()
        if speller is None or not text.strip():
            self._found(text, ())
            done()
            return

        def found(spans: tuple[Span, ...]) -> None:
            if shiboken6.isValid(self) and shiboken6.isValid(self.edit) and self._text() == text:
                self._found(text, spans)
                done()

        speller.check(text, self._also(), found)

    def _found(self, text: str, spans: tuple[Span, ...]) -> None:
        document = self.edit.document()
        self._marks = []
        for span in spans[:_MOST]:
            cursor = QTextCursor(document)
            cursor.setPosition(to_utf16(text, span.start))
            cursor.setPosition(to_utf16(text, span.end), QTextCursor.MoveMode.KeepAnchor)
            self._marks.append(cursor)
        self._show()

    def _shown(self) -> list[QTextCursor]:
        """All but the word that is being typed, and those of which nothing is left."""
        caret = self.edit.textCursor().position() if self._is_typing and self.edit.hasFocus() else -1
        return [
            one for one in self._marks if one.hasSelection() and not one.selectionStart() <= caret <= one.selectionEnd()
        ]

    def _show(self) -> None:
        if not self._marks:
            self.edit.mark(_LAYER, [])
            return
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(QColor(appearance().tokens["dangerText"]))
        marks = []
        for cursor in self._shown():
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self.edit.mark(_LAYER, marks)
