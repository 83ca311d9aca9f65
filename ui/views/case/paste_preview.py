"""What a pasted list would become, below its form: lines that do not read first, then each event with its date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QVBoxLayout

from ui.presenters.case.state import TrackState
from ui.presenters.case.track import CaseTrack
from ui.presenters.wording.ui import count
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.views.rendering import View
from ui.widgets.labels import HintLabel

_ROWS = 7
"""Lines of the preview that are seen at once."""


class PastePreview(View):
    """Follows what is typed; nothing of it is saved."""

    def __init__(self, track: CaseTrack) -> None:
        super().__init__()
        self.summary = HintLabel()
        self.lines = named(QListWidget(), "What the list becomes", "case.paste.preview")
        prepare_rows(self.lines)
        self.lines.setWordWrap(True)
        self.lines.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.lines.setMinimumHeight(self.lines.fontMetrics().lineSpacing() * 2 * _ROWS)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.summary)
        rows.addWidget(self.lines)
        self.follow(track, self._render)

    def _render(self, state: TrackState) -> None:
        wrong = [line for line in state.preview if line.is_wrong]
        good = [line for line in state.preview if not line.is_wrong]
        said = f"{count(len(good), 'event')} to add" + (f", {count(len(wrong), 'line')} not read" if wrong else "")
        self.summary.setText(said if state.preview else "Each line is shown here as the event it becomes")
        words = [line.words for line in (*wrong, *good)]
        if [self.lines.item(at).text() for at in range(self.lines.count())] != words:
            self.lines.clear()
            self.lines.addItems(words)
            self.lines.setCurrentRow(0 if words else -1)
        self.lines.setVisible(bool(words))
