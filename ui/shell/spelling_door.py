"""F7: to the next word that may be misspelt, with what it may have been meant to be, as a list for the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QVBoxLayout, QWidget

from fieldkit.capture.short_texts import ShortText
from ui.presenters.services import Say
from ui.presenters.writing.speller import Speller
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.qt.theme import appearance
from ui.widgets.labels import HintLabel
from ui.widgets.pasting import tell_through
from ui.widgets.spelled import Spelled, use_speller

_WIDEST = 36
"""Letters of the list at least and at most: a suggestion and the line that adds the word."""
_HINT = "Enter takes it, Esc leaves the word, F7 goes on"


_NAME_BEFORE = re.compile(r";?[^\W_](?:[\w&-]*\w)?\Z")


class _Rows(QListWidget):
    """Enter takes the row, Esc and any other way out leaves the word as it is."""

    def __init__(self, take: Callable[[], None], leave: Callable[[bool], None]) -> None:
        super().__init__()
        self._take = take
        self._leave = leave

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave(True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays, as in a menu: it goes through the rows."""
        self.setCurrentRow((self.currentRow() + (1 if forward else -1)) % max(self.count(), 1))
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._leave(False)


class SpellingList(QFrame):
    """Lies over the page beside the word. ``taken`` is told the row."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._field: QWidget | None = None
        self._taken: Callable[[int], None] = lambda _: None
        self.setProperty("card", "true")
        self.setAutoFillBackground(True)
        self.rows = named(_Rows(self._take, self.leave), "What the word may be", "spelling.list")
        self.rows.setProperty("frameless", "true")
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.itemClicked.connect(lambda _: self._take())
        prepare_rows(self.rows)
        self._hint = HintLabel(_HINT)
        self._hint.setContentsMargins(10, 4, 10, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self.rows)
        column.addWidget(self._hint)
        self.hide()
        appearance().dress(self, waits=True)

    def offer(self, field: QWidget, name: str, lines: list[str], at: QPoint, taken: Callable[[int], None]) -> None:
        """Open beside ``at`` (of the window), above it where there is no room below."""
        self._field, self._taken = field, taken
        self.rows.clear()
        self.rows.addItems(lines)
        self.rows.setAccessibleName(name)
        self.rows.setCurrentRow(0)
        letter = self.fontMetrics().averageCharWidth()
        widest = max(self.fontMetrics().horizontalAdvance(line) for line in (*lines, _HINT)) + 48
        width = min(max(widest, _WIDEST * letter), self._over.width() - 16)
        self._hint.setFixedWidth(width - 8)
        hint = self._hint.heightForWidth(width - 8)
        line = self.fontMetrics().lineSpacing() + 10
        room = max(self._over.height() - at.y() - 12, at.y() - line - 8)
        rows = min(len(lines), max((room - hint - 12) // row_height(self.rows), 2))
        height = rows * row_height(self.rows) + hint + 10
        self.rows.setFixedHeight(rows * row_height(self.rows) + 2)
        self.setFixedSize(width, height)
        below = at.y() + 4
        top = below if below + height < self._over.height() else max(8, at.y() - line - height)
        self.move(max(8, min(at.x(), self._over.width() - width - 8)), top)
        self.show()
        self.raise_()
        self.rows.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self, to_field: bool = True) -> None:
        """Close it; the caret is in the field again, unless it went elsewhere by itself."""
        if self.isHidden():
            return
        field, self._field = self._field, None
        if to_field and field is not None and shiboken6.isValid(field):
            field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def _take(self) -> None:
        row, taken = self.rows.currentRow(), self._taken
        self.leave()
        taken(row)


class SpellingDoor:
    """One for the open vault; ``close`` takes the marks out of every field."""

    def __init__(self, over: QWidget, speller: Speller, say: Say, tell: Callable[[str], None]) -> None:
        self._over = over
        self._speller = speller
        self._say = say
        self._home: QTextCursor | None = None
        self.list = SpellingList(over)
        use_speller(speller)
        tell_through(tell)

    def close(self) -> None:
        """The vault is being locked."""
        use_speller(None)
        tell_through(None)

    def next_word(self) -> None:
        """Select the next marked word of the field with the caret, and offer what it may be."""
        if self.list.rows.hasFocus():
            self.list.leave()
        else:
            self._home = None
        field = Spelled.of(QApplication.focusWidget())
        if field is None:
            self._say("Nothing here is checked for spelling. Go to a note or an answer first")
        elif not self._speller.state.is_on:
            self._say("Spelling is turned off in Settings, page ‘Reading and sound’")
        else:
            field.next_mark(lambda mark: self._arrive(field, mark))

    def expand(self) -> None:
        """What the word before the caret stands for, to be written out; with no word there, one's own short texts."""
        field = Spelled.of(QApplication.focusWidget())
        if field is None:
            self._say("Go to a note or an answer, and stand behind an abbreviation")
            return
        cursor = field.edit.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _NAME_BEFORE.search(before)
        word = found[0] if found else ""
        cursor.clearSelection()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(word))
        self._speller.meanings(word.removeprefix(";"), lambda texts: self._explain(field, cursor, word, texts))

    def _explain(self, field: Spelled, at: QTextCursor, word: str, texts: tuple[ShortText, ...]) -> None:
        if not shiboken6.isValid(field) or at.selectedText() != word or not field.edit.hasFocus():
            return
        if not texts:
            self._say(f"‘{word}’ is no abbreviation that is known here" if word else "You have no short texts yet")
            return

        def taken(row: int) -> None:
            if at.selectedText() == word:
                at.insertText(texts[row].words)

        place = field.edit.viewport().mapTo(self._over, field.edit.cursorRect(at).bottomLeft())
        lines = [f"{one.name}   {_first_words(one.words)}" for one in texts[:20]]
        self.list.offer(field.edit, "What it stands for", lines, place, taken)

    def _arrive(self, field: Spelled, mark: QTextCursor | None) -> None:
        if mark is None:
            self._say("No word here that may be misspelt")
            return
        self._home = self._home or field.edit.textCursor()
        field.edit.setTextCursor(mark)
        word = mark.selectedText()
        self._speller.suggest(word, lambda found: self._offer(field, word, found))

    def _offer(self, field: Spelled, word: str, suggestions: tuple[str, ...]) -> None:
        if not shiboken6.isValid(field) or field.edit.textCursor().selectedText() != word or not field.edit.hasFocus():
            return

        def taken(row: int) -> None:
            if row < len(suggestions):
                self._take(field, word, suggestions[row])
            else:
                self._speller.add(word)

        edge = field.edit.textCursor()
        edge.setPosition(edge.selectionStart())
        corner = field.edit.cursorRect(edge).bottomLeft()
        at = field.edit.viewport().mapTo(self._over, corner)
        lines = [*suggestions, f"Add ‘{word}’ to your words"]
        name = f"‘{word}’ may be" if suggestions else f"Nothing like ‘{word}’ in the dictionary"
        self.list.offer(field.edit, name, lines, at, taken)

    def _take(self, field: Spelled, word: str, suggestion: str) -> None:
        cursor = field.edit.textCursor()
        if cursor.selectedText() == word:
            possessive = word[-2:] if word.endswith(("'s", "’s")) and not suggestion.endswith("'s") else ""
            cursor.insertText(suggestion + possessive)
            if self._home is not None:  # on with typing where it was left
                field.edit.setTextCursor(self._home)
                self._home = None
            self._say(f"{suggestion} instead of {word}")


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) < 70 else f"{line[:67]}…"
