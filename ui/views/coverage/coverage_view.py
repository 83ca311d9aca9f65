"""The coverage matrix on the screen (ux S9)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.presenters.coverage.matrix import CoverageMatrix
from ui.views.rendering import View
from ui.widgets.labels import HeadingLabel


class CoverageView(View):
    """``matrix`` says what is shown."""

    def __init__(self, matrix: CoverageMatrix) -> None:
        super().__init__()
        self.matrix = matrix
        rows = QVBoxLayout(self)
        rows.addWidget(HeadingLabel("Coverage"))
        rows.addStretch(1)
