"""What is to be said of the event that was saved last: quiet, with two buttons, above the ways to add."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from ui.presenters.case.state import TrackState
from ui.presenters.case.track import CaseTrack
from ui.qt.accessibility import named
from ui.qt.restyle import set_look
from ui.widgets.buttons import button
from ui.widgets.labels import RoleLabel


class CaseRemarkBar(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, track: CaseTrack) -> None:
        super().__init__()
        named(self, "Remark", "case.remark")
        self._words = RoleLabel()
        self._words.setWordWrap(True)
        self._first = button("", "case.remark.first")
        self._first.clicked.connect(lambda: track.answer(first=True))
        self._second = button("", "case.remark.second")
        self._second.clicked.connect(lambda: track.answer(first=False))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 6, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._first)
        row.addWidget(self._second)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        set_look(self, "banner", "info")
        leave = track.changed.listen(self._render)
        self.destroyed.connect(lambda: leave())
        self._render(track.state)

    def _render(self, state: TrackState) -> None:
        remark = state.remark
        self.setVisible(remark is not None)
        if remark is None:
            return
        self._words.setText(remark.text)
        named(self._first, f"{remark.first}: {remark.text}").setText(remark.first)
        named(self._second, f"{remark.second}: {remark.text}").setText(remark.second)
