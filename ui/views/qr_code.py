"""A QR code on the screen: black on white in every theme, whole pixels for each cell, as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
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
        self._image = QImage()
        self._side = side
        named(with_role(self, Role.Graphic), about, identifier)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_code(self, code: Code | None) -> None:
        """Show this one, or nothing."""
        self._code = code
        self._image = _drawn(code) if code is not None else QImage()
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
        painter, cell, cells = QPainter(self), self.cell, len(self._code.rows)
        painter.fillRect(event.rect(), Qt.GlobalColor.white)
        painter.drawImage(QRect(QUIET * cell, QUIET * cell, cells * cell, cells * cell), self._image)


def _drawn(code: Code) -> QImage:
    """A pixel for each cell: scaled up by whole numbers when it is painted, which keeps every edge sharp."""
    cells = len(code.rows)
    shades = b"".join(bytes(0 if is_dark else 255 for is_dark in row) for row in code.rows)
    return QImage(shades, cells, cells, cells, QImage.Format.Format_Grayscale8).copy()
