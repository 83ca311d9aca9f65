"""Accessibility kit: what Tab reaches, and whether it comes back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.support.tree import is_control, visible

_LIMIT = 200  # more Tab stops than any screen has


class KeyboardTrap(AssertionError):
    """Tab stays in one control, or never comes back to the first."""


def tab_cycle(start: QWidget, limit: int = _LIMIT) -> list[QWidget]:
    """The focus order from ``start`` once round. Raises ``KeyboardTrap``."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    order = [start]
    for _ in range(limit):
        focused = QApplication.focusWidget()
        assert focused is not None, "focus was lost"
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        reached = QApplication.focusWidget()
        assert reached is not None, "focus was lost"
        if reached is order[-1]:
            raise KeyboardTrap(f"Tab stays in {type(reached).__name__} {reached.objectName()!r}")
        if reached is start:
            return order
        order.append(reached)
    raise KeyboardTrap("Tab never came back to the start")


def unreachable(window: QWidget, order: list[QWidget]) -> list[str]:
    """Controls that take Tab focus and are not in ``order``."""
    return [
        f"{type(w).__name__} {w.objectName()}"
        for w in visible(window)
        if is_control(w) and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
        if w not in order
        and not any(w.isAncestorOf(reached) for reached in order)
        and not _has_checked_brother(w, order)
    ]


def _has_checked_brother(widget: QWidget, order: list[QWidget]) -> bool:
    """Radio buttons of one group are one Tab stop; arrows move inside it."""
    is_exclusive = getattr(widget, "autoExclusive", bool)()
    return is_exclusive and any(type(w) is type(widget) and w.parentWidget() is widget.parentWidget() for w in order)
