"""The Filters panel (Alt+F): check boxes that write the words of the filter, so that nobody has to know them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox

from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.choices import Choice
from ui.presenters.evidence.state import EvidenceState
from ui.qt.accessibility import named
from ui.views.panels.frame import PanelFrame
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel


class FilterPanel(PanelFrame):
    """Boxes under headings; each says beside itself what somebody who types would write."""

    def __init__(self, board: EvidenceBoard, close: Callable[[], None]) -> None:
        super().__init__("Filters", close)
        self._board = board
        self._boxes: list[tuple[QCheckBox, Choice]] = []
        clear = button("Clear filter", "filters.clear")
        clear.clicked.connect(lambda: board.clear_filter())
        self.add(HintLabel("Boxes of one kind are either, kinds together are both"))
        self.add_row(clear)
        for group in board.groups:
            self.add(HeadingLabel(group.heading, level=2))
            for choice in group.choices:
                self._add_box(choice)
        self.follow(board, self._render)

    def take_focus(self) -> None:
        self._boxes[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_box(self, choice: Choice) -> None:
        words = f"{choice.words}, {choice.typed}"
        box = named(QCheckBox(choice.words.replace("&", "&&")), words, f"filters.{choice.key}.{choice.value}")
        box.setToolTip(choice.typed)
        box.toggled.connect(lambda is_on: self._board.tick(choice.key, choice.value, is_on=is_on))
        self._boxes.append((box, choice))
        self.add(box)

    def _render(self, _: EvidenceState) -> None:
        for box, choice in self._boxes:
            with QSignalBlocker(box):
                box.setChecked(self._board.is_ticked(choice.key, choice.value))
