"""Line icons in the colours of the theme in use, drawn when painted, so that a change of theme needs no reload."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from resources import path, read_text
from ui.qt.theme import appearance


def icon(name: str, token: str = "text") -> QIcon:
    """The icon ``name`` of ``resources/icons`` in the colour ``token``. Raises ``FileNotFoundError``."""
    return QIcon(_LineIcon(_drawing(name), name, token))


def icon_size(font: QFont, *, is_beside_words: bool) -> QSize:
    """20 px at 100 % text, growing with ``font``; beside words with 6 px of air, which Qt itself makes 4 too few."""
    side = round(QFontMetricsF(font).height() * 1.05)
    return QSize(side + (round(side * 0.3) if is_beside_words else 0), side)


@cache
def _drawing(name: str) -> str:
    """The SVG, read once: a page with forty buttons would otherwise open forty files."""
    return read_text("icons", f"{name}.svg")


def read_icons() -> None:
    """All of them: on a busy disk the twenty of a desk took 30 ms, one by one while it was made. On any thread."""
    for file in path("icons").glob("*.svg"):
        _drawing(file.stem)


class _LineIcon(QIconEngine):
    def __init__(self, svg: str, name: str, token: str) -> None:
        super().__init__()
        self._svg = svg
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        if side < 1:  # a button that the window has no room for
            return
        drawn = self._drawn(side, painter.device().devicePixelRatioF(), mode)
        painter.drawPixmap(rect.x(), rect.y() + (rect.height() - side) // 2, drawn)  # at the left: see icon_size

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        if drawn.isNull():
            return drawn
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    def _drawn(self, side: int, ratio: float, mode: QIcon.Mode) -> QPixmap:
        """Kept for the next time: reading the SVG anew takes 0.1 ms, and a list of notes has forty icons."""
        colour = self._colour(mode)
        key = f"fieldkit/{self._name}/{colour}/{side}x{ratio}"
        found = QPixmap()
        if QPixmapCache.find(key, found):
            return found
        drawn = QPixmap(QSize(side, side) * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        QSvgRenderer(QByteArray(self._svg.replace("currentColor", colour).encode())).render(
            painter, QRectF(0, 0, side, side)
        )
        painter.end()
        QPixmapCache.insert(key, drawn)
        return drawn

    def clone(self) -> QIconEngine:
        return _LineIcon(self._svg, self._name, self._token)

    def _colour(self, mode: QIcon.Mode) -> str:
        special = {QIcon.Mode.Disabled: "textDisabled", QIcon.Mode.Selected: "selText"}
        return appearance().tokens[special.get(mode, self._token)]
