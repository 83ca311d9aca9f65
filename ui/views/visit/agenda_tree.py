"""The programme on the screen: days, activities, agenda items; one Tab stop, every act by key and in a menu."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTreeView

from ui.presenters.visit.agenda import AgendaLine, LineKind
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.typography import digits_font, role_font
from ui.views.visit.agenda_delegate import LINE_ROLE, AgendaDelegate

_KEY = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_COLUMNS = ("Time", "What", "Notes")
_NOTES = 2
_KEYS = {
    Qt.Key.Key_Return: "open",
    Qt.Key.Key_Enter: "open",
    Qt.Key.Key_Delete: "call_off",
    Qt.Key.Key_Escape: "leave",
}


class Agenda(QTreeView):
    """``acted`` tells ``open``, ``call_off``, ``leave`` or an entry of the menu; ``chosen`` the key of a line."""

    acted = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, AgendaLine] = {}
        self._places: dict[str, list[QStandardItem]] = {}
        self._is_filling = False
        named(self, "Agenda", "visit.agenda")
        prepare_rows(self)
        self._items = QStandardItemModel(0, len(_COLUMNS), self)
        self.setModel(self._items)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(14)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setItemDelegate(AgendaDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.activated.connect(lambda _: self.acted.emit("open"))
        self.selectionModel().currentRowChanged.connect(self._moved)
        appearance().follow(self, self._restyle)

    def show_lines(self, lines: tuple[AgendaLine, ...], chosen: str) -> None:
        """List the programme with the cursor on ``chosen``; while the same lines stand only their words change."""
        shape_before = list(self._lines)
        self._lines = {line.key: line for line in lines}
        self._is_filling = True
        if list(self._lines) != shape_before or not self._items.rowCount():
            self._rebuild(lines)
        else:
            for line in lines:
                self._write(line)
        self._is_filling = False
        if chosen in self._places and self.current_key() != chosen:
            self.setCurrentIndex(self._places[chosen][0].index())
            self.scrollTo(self.currentIndex())

    def current_key(self) -> str:
        """The key of the line under the cursor."""
        index = self.currentIndex()
        return str(index.siblingAtColumn(0).data(_KEY) or "") if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        action = _KEYS.get(Qt.Key(event.key())) if plain else None
        if action is not None:
            self.acted.emit(action)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())  # the undo bar took some of the room

    def _rebuild(self, lines: tuple[AgendaLine, ...]) -> None:
        self._items.clear()
        self._items.setHorizontalHeaderLabels(list(_COLUMNS))
        self._places = {}
        tops: list[list[QStandardItem]] = []
        head: QStandardItem | None = None
        for line in lines:  # filled before the view sees them: each change it hears of lays the tree out anew
            row = [QStandardItem() for _ in _COLUMNS]
            row[0].setData(line.key, _KEY)
            row[_NOTES].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._places[line.key] = row
            self._write(line)
            # A day's heading stands in a line of its own and not above the rest: a third indent costs 14 px of words.
            if line.kind in (LineKind.DAY, LineKind.ACTIVITY) or head is None:
                tops.append(row)
                head = row[0] if line.kind is LineKind.ACTIVITY else head
            else:
                head.appendRow(row)
        for row in tops:
            self._items.appendRow(row)
        for line in lines:
            if line.kind is LineKind.DAY:
                index = self._places[line.key][0].index()
                self.setFirstColumnSpanned(index.row(), QModelIndex(), True)
        self.expandAll()
        self._fit_columns()

    def _fit_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        for column in range(len(_COLUMNS)):
            mode = QHeaderView.ResizeMode.Stretch if column == 1 else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        header.setMinimumSectionSize(44)

    def _write(self, line: AgendaLine) -> None:
        row = self._places[line.key]
        if line.kind is LineKind.DAY:
            words: tuple[str, ...] = (line.title, "", "")
        else:
            words = (line.time, line.title, str(line.notes or ""))
        for item, text in zip(row, words, strict=True):
            if item.text() != text:
                item.setText(text)
            if item.data(_SPOKEN) != line.sentence:
                item.setData(line.sentence, _SPOKEN)
                item.setToolTip(line.sentence)  # a long name is cut off on the screen
            if item.data(LINE_ROLE) != line:
                item.setData(line, LINE_ROLE)
        font = role_font("heading2") if line.kind is LineKind.DAY else digits_font()
        if row[0].font() != font:
            row[0].setFont(font)

    def _restyle(self) -> None:
        for line in self._lines.values():
            self._write(line)
        self.scheduleDelayedItemsLayout()

    def _moved(self, index: QModelIndex) -> None:
        if not self._is_filling and index.isValid():
            self.chosen.emit(str(index.siblingAtColumn(0).data(_KEY) or ""))

    def _menu(self, at: QPoint) -> None:
        line = self._lines.get(self.current_key())
        if line is None or line.activity is None:
            return
        menu = QMenu(self)
        named(menu, f"What to do with {line.title}", "visit.agenda_menu")
        for words, keys, action in _choices(line):
            made = menu.addAction(f"{words}\t{keys}" if keys else words)
            made.triggered.connect(lambda _=False, action=action: self.acted.emit(action))
        index = self.currentIndex()
        place = at if self.indexAt(at).isValid() else self.visualRect(index).bottomLeft()
        menu.popup(self.viewport().mapToGlobal(place))
        menu.aboutToHide.connect(menu.deleteLater)


def _choices(line: AgendaLine) -> list[tuple[str, str, str]]:
    found = [("Open the live log", "Enter", "open"), ("Show its notes", "", "notes")]
    if line.kind is LineKind.NO_ITEM:
        return found
    found += [("Change", "F2", "change"), ("Move up", "Alt+Up", "up"), ("Move down", "Alt+Down", "down")]
    if line.item is not None:
        return [*found, ("Take off the agenda", "Delete", "call_off")]
    words = "Bring back" if line.is_cancelled else "Mark as cancelled"
    return [*found, ("Add agenda items", "", "items"), (words, "Delete", "call_off")]
