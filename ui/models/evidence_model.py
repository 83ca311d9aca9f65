"""The evidence list as an item model: a page more whenever somebody looks near its end."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldkit.app.rows import EntryRow
from fieldkit.kernel.ids import EntryId
from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.row_words import EvidenceReader, EvidenceWords
from ui.presenters.evidence.state import EvidenceState
from ui.presenters.presenter import Listening
from ui.presenters.row_moves import Move, RowsMoved

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole
WORDS_ROLE = int(_Role.UserRole) + 1
"""The whole row in words, for the delegate."""
CHOSEN_ROLE = int(_Role.UserRole) + 2
"""Whether the note is selected."""


class Column(IntEnum):
    """The columns, left to right."""

    SELECT = 0
    WHEN = 1
    FROM = 2
    WHO = 3
    NOTE = 4
    STATEMENTS = 5
    CATEGORIES = 6
    STATUS = 7


HEADINGS = ("✓", "When", "From", "Who", "Note", "Statements", "Category", "Status")
_SPOKEN_HEADINGS = ("Selected", *HEADINGS[1:])
_NOTHING = ("Not selected", "No time", "No activity", "No speaker", "No words", "No tags", "No category", "No status")


class EvidenceModel(QAbstractTableModel):
    """Rows of the board; words are made when a row is first looked at."""

    def __init__(self, board: EvidenceBoard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._shown = list(board.rows.rows)
        self._reader: EvidenceReader = board.reader
        self._words: dict[EntryId, EvidenceWords] = {}
        self._chosen = board.state.chosen
        self._listening = Listening()
        self._listening.add(board.rows.moved.listen(self._moved))
        self._listening.add(board.changed.listen(self._state_changed))
        for told in self._reader.reader.beside:
            self._listening.add(told.listen(lambda _: self._reread()))

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def row(self, place: int) -> EntryRow | None:
        """The note at a row."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def words(self, place: int) -> EvidenceWords:
        """A row in words."""
        if self._reader is not self._board.reader:  # roles or activities became known
            self._reader = self._board.reader
            self._words.clear()
        row = self._shown[place]
        found = self._words.get(row.entry.id)
        if found is None:
            found = self._words[row.entry.id] = self._reader.words(row)
        return found

    def _reread(self) -> None:
        """Who may know a note, and what is asked about it, is no part of its row."""
        self._words.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(Column) - 1))

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and not self._board.rows.is_complete

    def fetchMore(self, parent: _Index) -> None:
        self._board.rows.more()

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.SELECT else found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return HEADINGS[section]
            return _SPOKEN_HEADINGS[section] if role == _Role.AccessibleTextRole else None
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole) and section < len(self._shown):
            return self.words(section).when
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        column, is_chosen = Column(index.column()), self._shown[index.row()].entry.id in self._chosen
        if role == CHOSEN_ROLE:
            return is_chosen
        if role == WORDS_ROLE:
            return self.words(index.row())
        if role == _Role.CheckStateRole and column is Column.SELECT:
            return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        if role == _Role.DisplayRole:
            return self._text(self.words(index.row()), column)
        if role == _Role.AccessibleTextRole:
            return self._spoken(self.words(index.row()), column, is_chosen=is_chosen)
        return None

    def _spoken(self, words: EvidenceWords, column: Column, *, is_chosen: bool) -> str:
        if column is Column.SELECT:
            return "Selected" if is_chosen else "Not selected"
        if column is Column.NOTE:
            return f"Selected. {words.sentence}" if is_chosen else words.sentence
        return self._text(words, column) or _NOTHING[column]

    def _text(self, words: EvidenceWords, column: Column) -> str:
        match column:
            case Column.SELECT:
                return ""
            case Column.WHEN:
                return words.when
            case Column.FROM:
                return words.source
            case Column.WHO:
                return " ".join(part for part in (words.who, words.author) if part)
            case Column.NOTE:
                return words.note.text
            case Column.STATEMENTS:
                return ", ".join(tag.chip for tag in words.note.tags)
            case Column.CATEGORIES:
                return ", ".join(words.categories)
            case Column.STATUS:
                return words.note.status

    def _moved(self, moved: RowsMoved) -> None:
        source, first, last = self._board.rows.rows, moved.first, moved.last
        match moved.move:
            case Move.RESET:
                self.beginResetModel()
                self._shown = list(source)
                self._words.clear()
                self.endResetModel()
            case Move.INSERTED:
                self.beginInsertRows(QModelIndex(), first, last)
                self._shown[first:first] = source[first : last + 1]
                self.endInsertRows()
            case Move.REMOVED:
                self.beginRemoveRows(QModelIndex(), first, last)
                del self._shown[first : last + 1]
                self.endRemoveRows()
            case Move.CHANGED:
                for place in range(first, last + 1):
                    self._shown[place] = source[place]
                    self._words.pop(self._shown[place].entry.id, None)
                self._tell(first, last)

    def _state_changed(self, state: EvidenceState) -> None:
        if state.chosen != self._chosen:
            changed = state.chosen ^ self._chosen
            self._chosen = state.chosen
            places = [place for entry in changed if (place := self._board.rows.place(entry)) is not None]
            if places:
                self._tell(min(places), min(max(places), len(self._shown) - 1))

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last < len(self._shown):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
