"""A report's pages as they will be printed, one at a time; its words for who cannot see them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from ui.qt.accessibility import named

_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_WIDEST = 900
"""Pixels of a page on the screen: wider, its lines are hard to follow."""
_EDGE = 6


class PageCanvas(QFrame):
    """As wide as there is room for and as high as the page then is: what is around it scrolls. ``turned`` by keys."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        named(self, "Preview", "reports.canvas")
        self._image = QImage()
        self._scaled = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(160, 120))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_page(self, png: bytes, name: str, words: str) -> None:
        """Another page came; ``words`` are all that stands on it."""
        self._image, self._scaled = QImage.fromData(png, "PNG"), QImage()  # type: ignore[arg-type]
        named(self, name, "reports.canvas", words)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _PAGES.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._image.isNull():
            return
        if self._scaled.isNull():
            ratio = self.devicePixelRatioF()
            size = self._size() * ratio
            self._scaled = self._image.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._scaled.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawImage(_EDGE, _EDGE, self._scaled)
        painter.setPen(self.palette().mid().color())
        shown = self._size()
        painter.drawRect(_EDGE, _EDGE, shown.width() - 1, shown.height() - 1)

    def _size(self) -> QSize:
        wide = min(self.width() - 2 * _EDGE, _WIDEST)
        if self._image.isNull():
            return QSize(wide, 0)
        return QSize(wide, round(wide * self._image.height() / self._image.width()))

    def _fit(self) -> None:
        self._scaled = QImage()
        self.setFixedHeight(max(self._size().height() + 2 * _EDGE, 120))
        self.update()
