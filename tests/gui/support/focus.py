"""Accessibility kit: where the focus goes, whether it can be seen, and how it gets from region to region."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QRadioButton, QWidget

from tests.gui.support.paint import ring_minimum
from tests.gui.support.shot import Shot
from ui.widgets.focus_ring import FocusRing

_HALF = 0.5
"""A control that is half scrolled away or under its neighbours shows at least half a ring."""


def names(order: list[QWidget]) -> list[str]:
    """The identifiers of a Tab order; a question of Display goes by its first answer, for each look chooses another."""
    return [_first_of(one).accessibleIdentifier() or type(one).__name__ for one in order]


def _first_of(one: QWidget) -> QWidget:
    group = one.group() if isinstance(one, QRadioButton) and one.objectName().startswith("display.") else None
    return one if group is None else group.buttons()[0]


def missed_answers(order: list[QWidget]) -> list[str]:
    """Answers Tab stops at though another of their question holds: an arrow from there chooses nothing."""
    grouped = [one for one in order if isinstance(one, QRadioButton) and one.group() is not None]
    return [
        f"Tab comes to {one.objectName()}, and {chosen.objectName()} holds"
        for one in grouped
        if (chosen := one.group().checkedButton()) and chosen is not one
    ]


def invisible_focus(window: QWidget, order: list[QWidget]) -> list[str]:
    """Controls on which the focus cannot be seen (T13): too few pixels change, or the ring is cut off."""
    (ring,) = window.findChildren(FocusRing)
    before = QApplication.focusWidget()
    found = []
    for one in order:
        if not one.isVisible():  # reached on a page that Tab itself has changed
            continue
        one.setFocus()
        QApplication.processEvents()
        ring.track(one)
        fault = _ring_fault(window, ring, one)
        if fault:
            found.append(f"{one.objectName()}: {fault}")
    if before is not None:
        before.setFocus()
    return found


def _ring_fault(window: QWidget, ring: FocusRing, control: QWidget) -> str:
    if not ring.isVisible():
        return "no focus ring"
    area = ring.geometry()
    status = window.findChild(QWidget, "status")
    if status is not None and status.isVisible() and not status.isAncestorOf(control):
        line = QRect(status.mapTo(window, QPoint(0, 0)), status.size())
        if line.intersects(area.adjusted(4, 4, -4, -4)):
            return "the focus ring lies under the status line"
    shown = area.intersected(window.rect())
    with_ring = Shot(window, shown)
    ring.hide()
    without = Shot(window, shown)
    ring.show()
    changed = with_ring.changed(without)
    least = round(ring_minimum(shown) * _HALF) if shown != area else ring_minimum(area.adjusted(3, 3, -3, -3))
    return "" if changed >= least else f"only {changed} pixels change, {least} are needed"
