"""Accessibility kit: everything lies inside the window, beside and not over its neighbours."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QLabel, QWidget

from tests.gui.support.tree import is_control, visible

_OVERLAP = 2
"""Pixels two neighbours may share: the rounding of a layout at 115 or 175 %."""


def outside(window: QWidget) -> list[str]:
    """Words and controls that stick out of the window, where no scroll bar brings them back."""
    found = []
    for one in _things(window):
        if _scroller(one, window) is not None:
            continue
        area = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
        if not window.rect().adjusted(-1, -1, 1, 1).contains(area):
            found.append(f"{_call(one)} sticks out of the window: {area.getRect()} of {window.size().toTuple()}")
    return found


def scrolls_across(window: QWidget) -> list[str]:
    """Pages that scroll sideways; only tables may."""
    return [
        f"{_call(one)} scrolls sideways by {one.horizontalScrollBar().maximum()}"
        for one in visible(window, QAbstractScrollArea)
        if not isinstance(one, QAbstractItemView) and one.horizontalScrollBar().maximum() > 0
        and one.widget() is not None  # type: ignore[attr-defined]
    ]  # fmt: skip


def overlapping(window: QWidget, over: QWidget | None = None) -> list[str]:
    """Words and controls of one page that lie over each other. ``over``: what is meant to lie above the page."""
    things = [one for one in _things(window) if over is None or not (one is over or over.isAncestorOf(one))]
    areas = [(one, QRect(one.mapTo(window, QPoint(0, 0)), one.size())) for one in things]
    found = []
    for (one, first), (other, second) in combinations(areas, 2):
        if one.isAncestorOf(other) or other.isAncestorOf(one) or _scroller(one, window) is not _scroller(other, window):
            continue
        both = first.intersected(second)
        if both.width() > _OVERLAP and both.height() > _OVERLAP:
            found.append(f"{_call(one)} and {_call(other)} share {both.width()}x{both.height()}")
    return found


def _things(window: QWidget) -> list[QWidget]:
    labels = [one for one in visible(window, QLabel) if one.text() and not _is_inside_button(one)]
    return [*labels, *(one for one in visible(window) if is_control(one))]


def _is_inside_button(label: QLabel) -> bool:
    return isinstance(label.parentWidget(), QAbstractButton)


def _scroller(widget: QWidget, window: QWidget) -> QAbstractScrollArea | None:
    above = widget.parentWidget()
    while above is not None and above is not window:
        if isinstance(above, QAbstractScrollArea):
            return above
        above = above.parentWidget()
    return None


def _call(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName()} {words[:30]!r}".rstrip()
