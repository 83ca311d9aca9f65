"""The shortcut sheet with its search: one table, three parts, each part's heading a row across it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui.presenters.help import HelpState
from ui.presenters.shortcut_sheet import SheetSection
from ui.qt.accessibility import named
from ui.qt.file_dialogs import file_to_save
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.typography import role_font
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import RoleLabel
from ui.widgets.texts import PassText

_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_FONT = int(Qt.ItemDataRole.FontRole)
_KEYS_CHARACTERS = 30
_FIND_CHARACTERS = 80
_LEAST_TABLE = 160


class SheetPage(QWidget):
    """``find`` hears what is typed, ``do`` opens the palette with it, ``print_to`` gets the file that was chosen."""

    def __init__(
        self, find: Callable[[str], None], do: Callable[[str], None] | None, print_to: Callable[[Path], None]
    ) -> None:
        super().__init__()
        self._shown: tuple[SheetSection, ...] = ()
        self._query = ""
        self._do = do
        self._print_to = print_to
        self.field = PassText()
        self.field.textChanged.connect(find)
        self.field.installEventFilter(self)
        self.print_button = button("Print…", "help.print", icon_name="printer")
        self.print_button.clicked.connect(self._print)
        self.table = QTableView()
        self._items = QStandardItemModel(0, 2, self)
        self._nothing = RoleLabel()
        self._nothing.setWordWrap(True)
        self.do_button = button("", "help.do")
        self.do_button.clicked.connect(lambda: do(self._query) if do is not None else None)
        self.ask_path: Callable[[], str] = self._ask_path
        self._lay_out()
        appearance().follow(self, self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the field into the table."""
        is_down = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_down and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down and self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_heights()

    def show_sheet(self, state: HelpState) -> None:
        """The rows that match."""
        if self.field.text() != state.query:
            self.field.setText(state.query)
        self._query = state.query.strip()
        self._nothing.setText(state.nothing)
        self._nothing.setVisible(bool(state.nothing))
        words = f"Find or do ‘{self._query}’"
        named(self.do_button, words).setText(words)
        self.do_button.setVisible(bool(state.nothing) and self._do is not None)
        self.table.setVisible(bool(state.sheet))
        if state.sheet != self._shown:
            self._shown = state.sheet
            self._fill()

    def _lay_out(self) -> None:
        named(self.table, "Shortcuts", "help.table")
        prepare_rows(self.table)
        self.table.setModel(self._items)
        self._items.setHorizontalHeaderLabels(["Keys", "What it does"])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().sectionResized.connect(self._set_heights)
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setMinimumHeight(_LEAST_TABLE)
        across = QHBoxLayout()
        self._find = Field("Find a shortcut", self.field, "help.filter")
        across.addWidget(self._find, 100)
        across.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignBottom)
        across.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(across)
        rows.addWidget(self._nothing)
        rows.addWidget(self.do_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.table, 1)
        rows.addStretch(0)

    def _fill(self) -> None:
        self.table.clearSpans()
        self._items.setRowCount(0)
        for section in self._shown:
            self._add((section.title, ""), section.title, is_heading=True)
            self.table.setSpan(self._items.rowCount() - 1, 0, 1, 2)
            for keys, words in section.rows:
                self._add((keys, words), f"{words}, {keys}", is_heading=False)
        named(self.table, ". ".join(section.title for section in self._shown) or "Shortcuts")
        self._fit()

    def _add(self, texts: tuple[str, str], spoken: str, *, is_heading: bool) -> None:
        items = [QStandardItem(text) for text in texts]
        for item in items:
            item.setData(spoken, _SPOKEN)
            if is_heading:
                item.setFont(role_font("heading2"))
        self._items.appendRow(items)

    def _fit(self) -> None:
        metrics = self.table.fontMetrics()
        self._find.setMaximumWidth(metrics.averageCharWidth() * _FIND_CHARACTERS)
        widths = [metrics.horizontalAdvance(keys) for section in self._shown for keys, _ in section.rows]
        most = metrics.averageCharWidth() * _KEYS_CHARACTERS
        self.table.setColumnWidth(0, min(max(widths, default=0), most) + metrics.averageCharWidth() * 4)
        for row in range(self._items.rowCount()):
            item = self._items.item(row, 0)
            if item.data(_FONT) is not None:
                item.setFont(role_font("heading2"))
        self._set_heights()

    def _set_heights(self) -> None:
        """Once a change, and never while hidden: left to the header, a new look measured each row ten times over."""
        if self.isVisible():
            self.table.resizeRowsToContents()

    def _print(self) -> None:
        path = self.ask_path()
        if path:
            self._print_to(Path(path))

    def _ask_path(self) -> str:
        start = str(Path.home() / "FieldKit shortcuts.pdf")
        path = file_to_save(self, "Save the shortcut sheet to print", start, "PDF (*.pdf)")
        return path
