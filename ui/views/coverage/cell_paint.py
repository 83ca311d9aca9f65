"""How a state of coverage looks: words and number, one to three bars or a dash, and a fill that only helps."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from fieldkit.domain.coverage import State
from ui.qt.theme import appearance
from ui.qt.tokens import ThemeName

PAD = 10
"""Pixels on the left that keep the letters clear of the focus ring, which lies inside the cell."""
_TOKENS = {
    State.GAP: "cov0",
    State.THIN: "cov1",
    State.ENOUGH: "cov2",
    State.STRONG: "cov3",
    State.NOT_NEEDED: "covNa",
}
_BARS = {State.THIN: 1, State.ENOUGH: 2, State.STRONG: 3}
_BAR, _BETWEEN, _DASH = 3, 2, 9
_MARK = 3 * _BAR + 2 * _BETWEEN
_END = 8


def cell_width(words: str, font: QFont) -> int:
    """The pixels that a cell with these words and its mark needs."""
    return PAD + QFontMetrics(font).horizontalAdvance(words) + 6 + _mark_width() + _END


def paint_cell(
    painter: QPainter, rect: QRect, state: State, words: str, *, is_quiet: bool = False, is_alone: bool = False
) -> None:
    """Paint a cell into ``rect`` in the painter's font.

    ``is_quiet`` leaves the fill out, because the cell is not what is looked for. ``is_alone`` puts a frame round a cell
    that stands outside the matrix.
    """
    tokens = appearance().tokens
    is_contrast = appearance().theme is ThemeName.HIGH_CONTRAST
    name = _TOKENS[state]
    fill, ink = QColor(tokens[f"{name}B"]), QColor(tokens[f"{name}T"])
    if is_quiet:
        fill, ink = QColor(tokens["surface"]), QColor(tokens["text2"])
    painter.fillRect(rect, fill)  # in high contrast black, but for Strong: the view's own selection never shows through
    painter.setPen(QColor(tokens["text" if is_contrast else "control" if is_alone else "divider"]))
    if is_contrast or is_alone:
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
    else:
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
    painter.setPen(ink)
    room = rect.adjusted(PAD, 0, -_mark_width() - _END, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
    _mark(painter, rect, state, ink)


def _mark(painter: QPainter, rect: QRect, state: State, ink: QColor) -> None:
    scale = _scale()
    height = round(painter.fontMetrics().ascent() * 0.8)
    top = rect.center().y() - height // 2
    left = rect.right() - _END - _mark_width() + 1
    if state is State.NOT_NEEDED:
        middle = QRect(left + round((_MARK - _DASH) * scale), rect.center().y(), round(_DASH * scale), round(2 * scale))
        painter.fillRect(middle, ink)
    for place in range(_BARS.get(state, 0)):
        across = left + round(place * (_BAR + _BETWEEN) * scale)
        painter.fillRect(QRect(across, top, round(_BAR * scale), height), ink)


def _mark_width() -> int:
    return round(_MARK * _scale())


def _scale() -> float:
    return appearance().typography.percent / 100
