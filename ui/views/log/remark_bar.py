"""Quiet remarks above the line: what was not recognised in the last note, what was recovered. Nothing blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.kernel.ids import EntryId
from ui.presenters.log.live_log import LogState
from ui.presenters.log.remarks import Remark, Remedy
from ui.qt.accessibility import named
from ui.qt.restyle import set_look
from ui.views.rendering import clear
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel


class RemarkBar(QFrame):
    """``act`` gets the remark whose button was pressed; ``dismiss`` takes all away."""

    def __init__(self, act: Callable[[Remark], None], dismiss: Callable[[], None]) -> None:
        super().__init__()
        self._act = act
        self._dismiss = dismiss
        self._shown: tuple[object, ...] = ()
        named(self, "Remarks", "log.remarks")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(10, 6, 6, 6)
        self._rows.setSpacing(6)
        set_look(self, "banner", "info")
        self.hide()

    def render_log(self, state: LogState) -> None:
        """Show the remarks of the last note and what was recovered."""
        remarks = ([Remark(entry=EntryId(""), text=state.recovered)] if state.recovered else []) + list(state.remarks)
        if tuple(remarks) == self._shown:
            return
        self._shown = tuple(remarks)
        clear(self._rows)
        for place, remark in enumerate(remarks):
            self._rows.addWidget(self._line(place, remark, is_last=place == len(remarks) - 1))
        self.setVisible(bool(remarks))

    def _line(self, place: int, remark: Remark, *, is_last: bool) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        words = RoleLabel(remark.text)
        words.setWordWrap(True)
        row.addWidget(words, 1)
        if remark.remedy is not Remedy.NONE:
            remedy = button(remark.remedy.value, f"log.remedy_{place}")
            named(remedy, f"{remark.remedy.value}: {remark.text}")
            remedy.clicked.connect(lambda: self._act(remark))
            row.addWidget(remedy)
        if is_last:
            read = button("Dismiss", "log.dismiss")
            read.clicked.connect(lambda: self._dismiss())
            row.addWidget(read)
        return box
