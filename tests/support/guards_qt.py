"""Guard: a test that leaves a window or a running timer fails. Costs nothing where Qt was never imported."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

_started: list[weakref.ref[QTimer]] = []
_watching: list[bool] = []


def _watch_timers() -> None:
    """Remember every ``QTimer`` started from Python from now on (once per process)."""
    if _watching:
        return
    from PySide6.QtCore import QTimer

    start = QTimer.start

    def remembering_start(self: QTimer, *args: Any) -> None:
        _started.append(weakref.ref(self))
        start(self, *args)

    QTimer.start = remembering_start  # type: ignore[method-assign]
    _watching.append(True)


def running_timers() -> list[str]:
    """Timers started from Python that still tick, by name or parent."""
    import shiboken6

    timers = {id(timer): timer for ref in _started if (timer := ref()) is not None and shiboken6.isValid(timer)}
    return [f"QTimer {t.objectName() or t.parent() or t}" for t in timers.values() if t.isActive()]


def open_windows() -> list[str]:
    """Top-level widgets that still exist, hidden ones too (they keep their models and connections alive)."""
    from PySide6.QtWidgets import QApplication

    return [_describe(w) for w in QApplication.topLevelWidgets() if _counts(w)]


def _counts(widget: Any) -> bool:
    # Qt makes these for itself (tooltips, the combo box's popup, the offscreen desktop) and keeps them.
    return widget.parent() is None and type(widget).__name__ not in {"QTipLabel", "QDesktopWidget"}


def _describe(widget: Any) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.windowTitle()!r}"


@contextmanager
def no_window_or_timer_left() -> Iterator[None]:
    """Fail on leaving when a new top-level widget or a running timer is left."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        if "PySide6.QtWidgets" not in sys.modules:
            return
        before: set[str] = set()
    else:
        from PySide6.QtWidgets import QApplication

        if QApplication.instance() is None:
            before = set()
        else:
            before = set(open_windows())
        _watch_timers()
        _started.clear()
        yield
    problems = _leftovers(before)
    assert not problems, "left alive: " + ", ".join(problems)


def _leftovers(before: set[str]) -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    problems = _now(before)
    if problems:  # a widget in a reference cycle is garbage, not a leak; collecting on every test would cost 50 ms each
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        problems = _now(before)
    return problems


def _now(before: set[str]) -> list[str]:
    return [window for window in open_windows() if window not in before] + running_timers()
