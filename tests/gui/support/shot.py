"""One picture of a window, looked at in many places: grabbing it anew for each label would cost most of a test."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ui.qt.tokens import contrast

_VISIBLE_CHANGE = 3.0
"""A changed pixel counts when old and new differ by this ratio (WCAG 2.4.13)."""


class Shot:
    """What was painted. ``area`` restricts it to a part of the window, which is quicker."""

    def __init__(self, window: QWidget, area: QRect | None = None) -> None:
        self.area = (area or window.rect()).intersected(window.rect())
        self._window = window
        self._image = window.grab(self.area).toImage().convertToFormat(QImage.Format.Format_RGB32)

    def of(self, widget: QWidget) -> QRect:
        """Where what can be seen of ``widget`` lies in the window; scroll areas hide the rest."""
        area = QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
        above = widget.parentWidget()
        while above is not None and above is not self._window:
            area = area.intersected(QRect(above.mapTo(self._window, QPoint(0, 0)), above.size()))
            above = above.parentWidget()
        return area.intersected(self.area)

    def pixels(self, area: QRect) -> list[int]:
        """Every pixel of ``area`` (in window coordinates) as 0xffRRGGBB, row by row."""
        inside = area.intersected(self.area).translated(-self.area.topLeft())
        if inside.isEmpty():
            return []
        part = self._image.copy(inside)  # kept in a name: its bytes go with it. 4 bytes a pixel, so no row is padded
        return memoryview(part.constBits()).cast("I").tolist()

    def text_contrast(self, widget: QWidget) -> float:
        """Contrast of the words painted: the commonest colour is the fill, the furthest from it the ink."""
        colours = Counter(self.pixels(self.of(widget)))
        if not colours:
            return 21.0
        fill = name(colours.most_common(1)[0][0])
        return max((contrast(fill, name(colour)) for colour, count in colours.items() if count >= 2), default=1.0)

    def edge_contrast(self, widget: QWidget) -> float:
        """Contrast of the painted left edge with what lies outside it or, where that is more, inside it."""
        area = self.of(widget)
        middle = area.center().y()
        row = [name(one) for one in self.pixels(QRect(area.left() - 2, middle, 8, 1))]
        if len(row) < 8:
            return 21.0  # at the edge of what was grabbed
        outside, inside = row[0], row[-1]
        return max(max(contrast(outside, one), contrast(inside, one)) for one in row[1:6])

    def changed(self, before: Shot) -> int:
        """How many pixels differ visibly from ``before``, a picture of the same place."""
        pairs = Counter(zip(before.pixels(before.area), self.pixels(self.area), strict=True))
        changes = ((name(old), name(new), count) for (old, new), count in pairs.items() if old != new)
        return sum(count for old, new, count in changes if contrast(old, new) >= _VISIBLE_CHANGE)

    def is_same(self, other: Shot) -> bool:
        """Whether every pixel is equal."""
        return self._image == other._image

    def grey(self) -> QImage:
        """Without its colours."""
        return self._image.convertToFormat(QImage.Format.Format_Grayscale8)


def name(pixel: int) -> str:
    """``#rrggbb``."""
    return f"#{pixel & 0xFFFFFF:06x}"


def around(window: QWidget, widget: QWidget, margin: int) -> QRect:
    """The rectangle of ``widget`` in ``window`` with ``margin`` pixels round it."""
    area = QRect(widget.mapTo(window, QPoint(0, 0)), QSize(widget.size()))
    return area.adjusted(-margin, -margin, margin, margin).intersected(window.rect())
