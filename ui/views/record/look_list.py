"""The records of a review, in the order in which they were opened: one line each, whole as a sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.presenters.record.state import LookRow
from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance

_KEY = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_MOST_ROWS = 5
"""Rows that are seen at once: what is noted matters more than what was looked at before."""


class LookList(QListWidget):
    """Moving the cursor shows a record; Enter goes on to its note line, Esc to the visit."""

    def __init__(self, moved: Callable[[str], None], entered: Callable[[], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._moved = moved
        self._entered = entered
        self._left = left
        self._shown: tuple[LookRow, ...] = ()
        named(self, "Records", "record.list")
        prepare_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentRowChanged.connect(lambda _: self._tell())
        appearance().follow(self, self._fit)
        self.hide()

    def show_rows(self, rows: tuple[LookRow, ...], chosen: str) -> None:
        """Show ``rows`` with the cursor on the chosen one."""
        if rows != self._shown:
            self._fill(rows)
        place = next((place for place, row in enumerate(rows) if row.key == chosen), -1)
        if place != self.currentRow():
            self.blockSignals(True)
            self.setCurrentRow(place)
            self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self._left()
        else:
            super().keyPressEvent(event)

    def _fill(self, rows: tuple[LookRow, ...]) -> None:
        self.blockSignals(True)
        count_before, self._shown = len(self._shown), rows
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for place, row in enumerate(rows):
            if place == self.count():
                self.addItem(QListWidgetItem())
            item = self.item(place)
            item.setText(f"{row.title}   {row.status}")
            item.setIcon(icon("circle-dashed" if row.is_open else "circle-x" if row.is_held else "circle-check"))
            item.setToolTip(row.sentence)
            item.setData(_KEY, row.key)
            item.setData(_SPOKEN, row.sentence)
        self.blockSignals(False)
        named(self, f"Records, {len(rows)}")
        self.setVisible(bool(rows))
        if len(rows) != count_before:
            self._fit()

    def _fit(self) -> None:
        if self.count():
            rows = min(self.count(), _MOST_ROWS)
            self.setFixedHeight(rows * self.sizeHintForRow(0) + 2 * self.frameWidth() + 2)

    def _tell(self) -> None:
        item = self.currentItem()
        if item is not None:
            self._moved(str(item.data(_KEY)))
