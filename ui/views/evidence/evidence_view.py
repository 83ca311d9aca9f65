"""The evidence list on the screen (ux S8)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.presenters.evidence.board import EvidenceBoard
from ui.views.rendering import View
from ui.widgets.labels import HeadingLabel


class EvidenceView(View):
    """``board`` says what is shown."""

    def __init__(self, board: EvidenceBoard) -> None:
        super().__init__()
        self.board = board
        rows = QVBoxLayout(self)
        rows.addWidget(HeadingLabel("Evidence"))
        rows.addStretch(1)
