"""Who is where as a table: every cell is reached by arrows and says its time and column to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from ui.presenters.programme.grid import Grid, Line
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.case.rows import fit_rows

_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_LEAST = 150
"""Pixels of a column at 100 % text; narrower ones break every word, so the table scrolls sideways instead."""
_AIR = 22


class WhereTable(QTableWidget):
    """``opened`` is told the id of the activity in the cell that was opened."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        named(self, "Who is where", "programme.table")
        prepare_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._grid = Grid()
        self.cellActivated.connect(self._open)
        appearance().changed.connect(self.fit)

    def show_grid(self, grid: Grid) -> None:
        """Show another grid; the cursor stays at its place."""
        if grid == self._grid:
            return
        row, column = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        self._grid = grid
        self.setColumnCount(len(grid.heads) + 1)
        self.setRowCount(len(grid.lines))
        self.setHorizontalHeaderLabels(["Time", *(_short(head) for head in grid.heads)])
        for at, line in enumerate(grid.lines):
            self._fill(at, line)
        if grid.lines:
            self.setCurrentCell(min(row, len(grid.lines) - 1), min(column, len(grid.heads)))
        named(self, f"Who is where, {len(grid.lines)} times", "programme.table")
        self.fit()

    def fit(self) -> None:
        """Columns share the room; below their least width the table scrolls."""
        count = len(self._grid.heads)
        if not count:
            return
        bold = self.font()
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        first = max((metrics.horizontalAdvance(_time(line)) for line in self._grid.lines), default=0) + 2 * _AIR
        self.setColumnWidth(0, first)
        least = round(_LEAST * appearance().typography.percent / 100)
        share = (self.viewport().width() - first) // count
        for column in range(1, count + 1):
            self.setColumnWidth(column, max(share, least))
        fit_rows(self, range(count + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentRow(), self.currentColumn())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _fill(self, at: int, line: Line) -> None:
        time = QTableWidgetItem(_time(line))
        font = time.font()
        font.setBold(line.is_now)
        time.setFont(font)
        said = "; ".join(cell.spoken.partition(", ")[2] for cell in line.cells if cell.activities)
        time.setData(_SPOKEN, f"{_time(line)}, {said}")
        self.setItem(at, 0, time)
        for column, cell in enumerate(line.cells, start=1):
            item = QTableWidgetItem(cell.words)
            item.setData(_SPOKEN, f"now, {cell.spoken}" if line.is_now else cell.spoken)
            item.setToolTip(cell.words)
            self.setItem(at, column, item)

    def _open(self, row: int, column: int) -> None:
        if not 0 <= row < len(self._grid.lines):
            return
        cells = self._grid.lines[row].cells
        here = cells[column - 1].activities if column else ()
        if not here:
            here = next((cell.activities for cell in cells if cell.activities and not column), ())
        if here:
            self.opened.emit(here[0].id)


def _time(line: Line) -> str:
    return f"{line.time} now" if line.is_now else line.time


def _short(head: str) -> str:
    return head if len(head) <= 40 else f"{head[:39]}…"
