"""How a state of coverage looks: words and number, one to three bars or a dash, and a fill that only helps."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication

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
    look = _look(state, is_quiet=is_quiet, is_alone=is_alone)
    painter.fillRect(rect, look.fill)  # also where it is the usual one: the view's own selection never shows through
    painter.setPen(look.edge)
    if look.is_framed:
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
    else:
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
    painter.setPen(look.ink)
    room = rect.adjusted(PAD, 0, -_mark_width() - _END, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
    _mark(painter, rect, state, look.ink)


@dataclass(frozen=True, slots=True)
class _Look:
    fill: QColor
    ink: QColor
    edge: QColor
    is_framed: bool


def _look(state: State, *, is_quiet: bool, is_alone: bool) -> _Look:
    if appearance().uses_system_colours:  # a contrast theme of the person's own: words, marks and borders, no fills
        palette = QApplication.palette()
        words = palette.color(QPalette.ColorRole.Text)
        return _Look(palette.color(QPalette.ColorRole.Base), words, words, True)
    tokens, name = appearance().tokens, _TOKENS[state]
    fill, ink = (tokens["surface"], tokens["text2"]) if is_quiet else (tokens[f"{name}B"], tokens[f"{name}T"])
    is_contrast = appearance().theme is ThemeName.HIGH_CONTRAST
    edge = tokens["text" if is_contrast else "control" if is_alone else "divider"]
    return _Look(QColor(fill), QColor(ink), QColor(edge), is_contrast or is_alone)


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
