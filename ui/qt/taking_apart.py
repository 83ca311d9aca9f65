"""Takes apart what is not needed any more, a part in each turn of the event loop.

A desk on which a dozen pages were looked at has some 1,500 controls; deleted in one piece they held up the locked
screen for 55 ms, while somebody typed a passphrase.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import shiboken6
from PySide6.QtWidgets import QWidget

from ui.qt.turns import turns

_left: deque[QWidget] = deque()
"""Held until then: a view that left its stack belongs to Python, and goes with the last name for it. That was the ring
round the focus, in the middle of telling everybody that the focus had moved from there: the program ended."""


def take_apart(whole: QWidget, parts: Iterable[QWidget]) -> None:
    """Delete the ``parts`` of ``whole`` one by one, then itself. It is hidden at once, and hears nothing any more."""
    whole.hide()
    for part in (*parts, whole):
        _left.append(part)
        turns().some_time(_delete)


def finish() -> None:
    """What is left goes at the end of the program, or of one run in a process of several."""
    while _left:
        _delete()


def _delete() -> None:
    part = _left.popleft() if _left else None
    if part is not None and shiboken6.isValid(part):  # else it went with the window
        part.deleteLater()
