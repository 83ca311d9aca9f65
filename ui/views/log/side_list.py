"""A short list of a side panel: as high as its rows, each spoken as a sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height

ROW_ID = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_MOST_SHOWN = 7


class SideList(QListWidget):
    """A short list that is as high as its rows."""

    def __init__(
        self, name: str, identifier: str, chosen: Callable[[str], None], *, is_chosen_by_click: bool = True
    ) -> None:
        super().__init__()
        self._name = name
        named(self, name, identifier)
        prepare_rows(self)
        self.setProperty("frameless", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemActivated.connect(lambda item: chosen(str(item.data(ROW_ID))))
        if is_chosen_by_click:
            self.itemClicked.connect(lambda item: chosen(str(item.data(ROW_ID))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: list[tuple[str, str, str]]) -> None:
        """``(id, words, sentence)`` each; nothing is redrawn when nothing changed."""
        before = [(self.item(at).data(ROW_ID), self.item(at).text()) for at in range(self.count())]
        if before != [(key, words) for key, words, _ in rows]:
            self.clear()
            for key, words, sentence in rows:
                item = QListWidgetItem(words)
                item.setData(ROW_ID, key)
                item.setData(_SPOKEN, sentence)
                item.setToolTip(sentence)
                self.addItem(item)
        self.setAccessibleName(f"{self._name}, {len(rows)}")
        self.fit()

    def fit(self) -> None:
        """Be as high as the rows, up to seven."""
        shown = min(max(self.count(), 1), _MOST_SHOWN)
        self.setFixedHeight(shown * row_height(self) + 4)
