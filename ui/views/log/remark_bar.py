"""Quiet remarks above the line, one at a time: what was not recognised, what was recovered. Nothing blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from fieldkit.kernel.ids import EntryId
from ui.presenters.log.live_log import LogState
from ui.presenters.log.remarks import Remark, Remedy
from ui.qt.accessibility import named
from ui.qt.restyle import set_look
from ui.widgets.buttons import button
from ui.widgets.labels import HintLabel, RoleLabel


class RemarkBar(QFrame):
    """``act`` gets the remark whose button was pressed; ``dismiss`` goes on to the next."""

    def __init__(self, act: Callable[[Remark], None], dismiss: Callable[[], None]) -> None:
        super().__init__()
        self._act = act
        self._first: Remark | None = None
        self._has_room = True
        named(self, "Remarks", "log.remarks")
        self._words = RoleLabel()
        self._words.setWordWrap(True)
        self._more = HintLabel()
        self._more.setWordWrap(False)
        self._remedy = button("", "log.remedy")
        self._remedy.clicked.connect(self._press)
        self._dismiss = button("Dismiss", "log.dismiss")
        self._dismiss.clicked.connect(lambda: dismiss())
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.addWidget(self._words, 1)
        for each in (self._more, self._remedy, self._dismiss):
            row.addWidget(each)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        set_look(self, "banner", "info")
        self.hide()

    def render_log(self, state: LogState) -> None:
        """Show the first of the remarks of the last notes, or what was recovered."""
        remarks = [Remark(entry=EntryId(""), text=state.recovered)] if state.recovered else []
        remarks += state.remarks
        self._first = remarks[0] if remarks else None
        self._show()
        if self._first is None:
            return
        self._words.setText(self._first.text)
        self._more.setText(f"1 of {len(remarks)}" if len(remarks) > 1 else "")
        self._more.setVisible(len(remarks) > 1)
        words = self._first.button
        named(self._remedy, f"{words}: {self._first.text}").setText(words)
        self._remedy.setVisible(self._first.remedy is not Remedy.NONE)
        named(self._dismiss, f"Dismiss: {self._first.text}")

    def fit(self, room: int) -> None:
        """Wait while there is less than ``room`` for it: the line that is typed into is never squeezed.

        What it says stands under its note in the log as well, and it is back as soon as the bar of an undo has gone.
        """
        self._has_room = room >= self.layout().totalHeightForWidth(self.parentWidget().width())  # type: ignore[union-attr]
        self._show()

    def _show(self) -> None:
        self.setVisible(self._first is not None and self._has_room)

    def _press(self) -> None:
        if self._first is not None:
            self._act(self._first)
