"""The Saved filters panel: keep the filter that is shown under a name; use, rename or delete one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from fieldkit.kernel.errors import Mistake
from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.state import EvidenceState
from ui.presenters.wording import sentence
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows, row_height
from ui.views.panels.frame import PanelFrame
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel
from ui.widgets.texts import PassText

_NAME = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_MOST_SHOWN = 8


class SavedPanel(PanelFrame):
    """A name field, and the saved filters below it."""

    def __init__(self, board: EvidenceBoard, close: Callable[[], None]) -> None:
        super().__init__("Saved filters", close)
        self._board = board
        self.name = PassText()
        self._field = Field("Name", self.name, "saved.name", hint="What to call the filter that is shown now")
        save = button("Save this filter", "saved.save", kind="primary")
        save.clicked.connect(self._save)
        self.name.returnPressed.connect(self._save)
        self.list = QListWidget()
        named(self.list, "Saved filters", "saved.list")
        prepare_rows(self.list)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(lambda _: self._use())
        self._none = HintLabel("No saved filters yet. Type a filter, give it a name and save it")
        self._buttons = []
        for words, identifier, do in (
            ("Use", "saved.use", self._use), ("Rename", "saved.rename", self._rename),
            ("Delete", "saved.delete", self._delete),
        ):  # fmt: skip
            one = button(words, identifier)
            one.clicked.connect(do)
            self._buttons.append(one)
        self.add(self._field)
        self.add_row(save)
        self.add(self._none)
        self.add(self.list)
        self.add_row(*self._buttons)
        self.main_action = self._save
        self._shown: tuple[tuple[str, str], ...] | None = None
        self.follow(board, self._render)

    def take_focus(self) -> None:
        first = self.list if self.list.count() else self.name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> str | None:
        place = self.list.currentRow()
        return None if place < 0 else str(self.list.item(place).data(_NAME))

    def _save(self) -> None:
        self._try(lambda: self._board.saved.save(self.name.text(), self._board.state.filter))

    def _rename(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._try(lambda: self._board.saved.rename(chosen, self.name.text()))

    def _delete(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._board.saved.delete(chosen)

    def _use(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._board.use_saved(chosen)

    def _try(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except Mistake as mistake:
            self._field.set_error(sentence(mistake))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._field.set_error("")
            self.name.clear()

    def _render(self, state: EvidenceState) -> None:
        saved = tuple((one.name, one.text) for one in state.saved)
        if saved != self._shown:
            self._shown = saved
            place = max(self.list.currentRow(), 0)
            self.list.clear()
            for name, text in saved:
                item = QListWidgetItem(f"{name}\n{text}")
                item.setData(_NAME, name)
                item.setData(_SPOKEN, f"{name}, {text}")
                self.list.addItem(item)
            self.list.setCurrentRow(min(place, len(saved) - 1))
        self._none.setVisible(not saved)
        self.list.setVisible(bool(saved))
        for one in self._buttons:
            one.setVisible(bool(saved))
        line = self.list.fontMetrics().lineSpacing()
        self.list.setFixedHeight(min(max(len(saved), 1), _MOST_SHOWN) * max(row_height(self.list), 2 * line + 12) + 4)
