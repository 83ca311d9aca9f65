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


def open_windows() -> dict[int, str]:
    """Top-level widgets that still exist, hidden ones too (they keep their models and connections alive)."""
    import shiboken6
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return {}
    return {shiboken6.getCppPointer(w)[0]: _describe(w) for w in QApplication.topLevelWidgets() if _counts(w)}


@contextmanager
def no_window_or_timer_left() -> Iterator[None]:
    """Fail on leaving when a new top-level widget or a running timer is left."""
    before: dict[int, str] = {}
    if "PySide6.QtWidgets" in sys.modules:
        before = open_windows()
        _watch_timers()
        _started.clear()
    yield
    if "PySide6.QtWidgets" in sys.modules:
        problems = _leftovers(before)
        assert not problems, "left alive: " + ", ".join(problems)


def _counts(widget: Any) -> bool:
    return widget.parent() is None and type(widget).__name__ != "QTipLabel"  # Qt keeps its tooltip for the next time


def _describe(widget: Any) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.windowTitle()!r}"


def _leftovers(before: dict[int, str]) -> list[str]:
    problems = _now(before)
    if problems:  # a widget in a reference cycle is garbage, not a leak; collecting on every test would cost 50 ms each
        gc.collect()
        problems = _now(before)
    return problems


def _now(before: dict[int, str]) -> list[str]:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [words for pointer, words in open_windows().items() if pointer not in before] + running_timers()
