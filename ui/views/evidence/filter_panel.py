"""The Filters panel (Alt+F): check boxes that write the words of the filter, so that nobody has to know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.choices import Group
from ui.presenters.evidence.state import EvidenceState
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.views.panels.frame import PanelFrame
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel

_PLACE = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_On, _Off = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class FilterPanel(PanelFrame):
    """A list of boxes for each kind; each says beside itself what somebody who types would write."""

    def __init__(self, board: EvidenceBoard, close: Callable[[], None]) -> None:
        super().__init__("Filters", close)
        self._board = board
        clear = button("Clear filter", "filters.clear")
        clear.clicked.connect(lambda: board.clear_filter())
        self.add(HintLabel("Space ticks a box. Several of one kind: any of them. Several kinds: all of them"))
        self.add_row(clear)
        self.lists: list[_Boxes] = []
        several = Counter[str]()
        for group in board.groups:
            self.add(HeadingLabel(group.heading, level=2))
            key = group.choices[0].key
            boxes = _Boxes(board, group, f"filters.{key}{several[key] or ''}")
            several[key] += 1
            self.lists.append(boxes)
            self.add(boxes)
        self.follow(board, self._render)

    def take_focus(self) -> None:
        self.lists[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, _: EvidenceState) -> None:
        for boxes in self.lists:
            boxes.tick()


class _Boxes(QListWidget):
    """One Tab stop for a kind, arrows inside, as high as its lines."""

    def __init__(self, board: EvidenceBoard, group: Group, identifier: str) -> None:
        super().__init__()
        self._board = board
        self._group = group
        named(self, group.heading, identifier)
        prepare_rows(self)
        self.setProperty("frameless", "true")
        self.setWordWrap(True)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for place, choice in enumerate(group.choices):
            item = QListWidgetItem(f"{choice.words}  ({choice.typed})")
            item.setData(_PLACE, place)
            item.setData(_SPOKEN, f"{choice.words}, {choice.typed}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_Off)
            self.addItem(item)
        self.itemChanged.connect(self._changed)
        appearance().follow(self, self._fit)

    def tick(self) -> None:
        """Show what the filter says."""
        with QSignalBlocker(self):
            for place, choice in enumerate(self._group.choices):
                is_on = self._board.is_ticked(choice.key, choice.value)
                self.item(place).setCheckState(_On if is_on else _Off)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        height = sum(self.sizeHintForRow(place) for place in range(self.count())) + 4
        if self.maximumHeight() != height:
            self.setFixedHeight(height)

    def _changed(self, item: QListWidgetItem) -> None:
        choice = self._group.choices[int(item.data(_PLACE))]
        self._board.tick(choice.key, choice.value, is_on=item.checkState() == _On)
