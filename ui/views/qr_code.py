"""A QR code on the screen: black on white in every theme, whole pixels for each cell, as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldkit.reports.qr import QUIET, Code
from ui.qt.accessibility import Role, named, with_role

LEAST = 3
"""Pixels of a cell: cameras of phones blur smaller ones at the distance at which a screen is photographed."""


class QrCode(QWidget):
    """``about`` tells what it is to who cannot see it; whoever shows one shows or copies its text too."""

    def __init__(self, about: str, identifier: str, side: int) -> None:
        super().__init__()
        self._code: Code | None = None
        self._side = side
        named(with_role(self, Role.Graphic), about, identifier)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_code(self, code: Code | None) -> None:
        """Show this one, or nothing."""
        self._code = code
        self.updateGeometry()
        self.setVisible(code is not None)
        self.update()

    @property
    def cell(self) -> int:
        """Pixels along one cell."""
        return max(self._side // self._code.side, LEAST) if self._code is not None else 0

    def sizeHint(self) -> QSize:
        side = self.cell * self._code.side if self._code is not None else 0
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._code is None:
            return
        painter, cell = QPainter(self), self.cell
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        for down, row in enumerate(self._code.rows):
            for across, is_dark in enumerate(row):
                if is_dark:
                    box = QRectF((across + QUIET) * cell, (down + QUIET) * cell, cell, cell)
                    painter.fillRect(box, Qt.GlobalColor.black)
