"""The notes of a log as an item model: values ready per role, one signal per contiguous change."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldkit.app.rows import EntryRow
from fieldkit.kernel.ids import EntryId
from ui.presenters.log.note_rows import NoteRows
from ui.presenters.log.row_words import RowReader, RowWords
from ui.presenters.log.waiting_notes import WaitingNote, WaitingNotes
from ui.presenters.presenter import Listening
from ui.presenters.row_moves import Move, RowsMoved
from ui.presenters.wording import ui

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_Role = Qt.ItemDataRole
WORDS_ROLE = int(_Role.UserRole) + 1
"""The whole row in words, for the delegate."""


class Column(IntEnum):
    """The columns, left to right."""

    TIME = 0
    WHO = 1
    NOTE = 2
    TAGS = 3
    STATUS = 4


HEADINGS = ("Time", "Who", "Note", "Tags", "Status")
_NOTHING = ("No time", "No speaker", "No words", "No tags", "No status")


class LogModel(QAbstractTableModel):
    """Rows of the log, and below them the notes that are not durable yet."""

    def __init__(
        self, rows: NoteRows, reader: RowReader, waiting: WaitingNotes | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._source = rows
        self._reader = reader
        self._shown = list(rows.rows)
        self._waiting: tuple[WaitingNote, ...] = waiting.notes if waiting else ()
        self._words: dict[EntryId, RowWords] = {}
        self._listening = Listening()
        self._listening.add(rows.moved.listen(self._moved))
        for told in reader.beside:
            self._listening.add(told.listen(lambda _: self.reread()))
        if waiting is not None:
            self._listening.add(waiting.changed.listen(self._waiting_changed))

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    @property
    def saved_count(self) -> int:
        """Rows that are durable; those that are not stand below them."""
        return len(self._shown)

    def row(self, place: int) -> EntryRow | None:
        """The note at a row; None for one that is not durable yet."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def waiting_at(self, place: int) -> WaitingNote | None:
        """The note at a row that is not durable yet."""
        at = place - len(self._shown)
        return self._waiting[at] if 0 <= at < len(self._waiting) else None

    def place(self, entry: EntryId) -> int | None:
        """Where a note stands."""
        return self._source.place(entry)

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._shown) + len(self._waiting)

    def columnCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return HEADINGS[section]
        if orientation == Qt.Orientation.Vertical and role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return self._row_name(section)
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == WORDS_ROLE:
            return self.words(index.row())
        if role == _Role.DisplayRole:
            return self._text(self.words(index.row()), Column(index.column()))
        if role == _Role.AccessibleTextRole:
            words = self.words(index.row())
            if index.column() == Column.NOTE:
                return words.sentence
            return self._text(words, Column(index.column())) or _NOTHING[index.column()]
        return None

    def words(self, place: int) -> RowWords:
        """A row in words, made when first looked at."""
        row = self.row(place)
        if row is None:
            waiting = self.waiting_at(place)
            return _waiting_words(waiting) if waiting else _EMPTY
        found = self._words.get(row.entry.id)
        if found is None:
            found = self._words[row.entry.id] = self._reader.words(row)
        return found

    def reread(self) -> None:
        """People's roles changed: put every row into words again."""
        self._words.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(Column) - 1))

    def _row_name(self, place: int) -> str:
        return self.words(place).time

    def _text(self, words: RowWords, column: Column) -> str:
        match column:
            case Column.TIME:
                return f"{words.day} {words.time}".strip()
            case Column.WHO:
                return words.speaker
            case Column.NOTE:
                return words.text
            case Column.TAGS:
                return ", ".join(f"{tag.chip} {tag.category}" for tag in words.tags)
            case Column.STATUS:
                return words.status

    def _moved(self, moved: RowsMoved) -> None:
        match moved.move:
            case Move.RESET:
                self.beginResetModel()
                self._shown = list(self._source.rows)
                self._words.clear()
                self.endResetModel()
            case Move.INSERTED:
                self.beginInsertRows(QModelIndex(), moved.first, moved.last)
                self._shown[moved.first : moved.first] = self._source.rows[moved.first : moved.last + 1]
                self.endInsertRows()
            case Move.REMOVED:
                self.beginRemoveRows(QModelIndex(), moved.first, moved.last)
                for row in self._shown[moved.first : moved.last + 1]:
                    self._words.pop(row.entry.id, None)
                del self._shown[moved.first : moved.last + 1]
                self.endRemoveRows()
            case Move.CHANGED:
                for place in range(moved.first, moved.last + 1):
                    self._shown[place] = self._source.rows[place]
                    self._words.pop(self._shown[place].entry.id, None)
                self.dataChanged.emit(self.index(moved.first, 0), self.index(moved.last, len(Column) - 1))

    def _waiting_changed(self, notes: tuple[WaitingNote, ...]) -> None:
        first, before, after = len(self._shown), len(self._waiting), len(notes)
        if after > before:
            self.beginInsertRows(QModelIndex(), first + before, first + after - 1)
            self._waiting = notes
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(QModelIndex(), first + after, first + before - 1)
            self._waiting = notes
            self.endRemoveRows()
        self._waiting = notes
        if notes:
            self.dataChanged.emit(self.index(first, 0), self.index(first + after - 1, len(Column) - 1))


_EMPTY = RowWords(
    time="", speaker="", text="", kind="", tags=(), category="", status="", later="", added=(), withdrawn="", author="",
    sentence="",
)  # fmt: skip


def _waiting_words(note: WaitingNote) -> RowWords:
    status = "Not saved. Your text is still on screen" if note.problem else "Saving…"
    text = note.line.text or "Marked moment"
    return RowWords(
        time=ui.clock(note.noticed_at), speaker=note.note.speaker or "", text=text, kind="", tags=(), category="",
        status=status, later="", added=(), withdrawn="", author="", sentence=f"{text}. {status}",
    )  # fmt: skip
