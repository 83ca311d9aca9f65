"""One of the few questions of the app: closing while something is being sent; and what locking does to any of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QWidget

from ui.presenters.timing import Later
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.theme import appearance

if TYPE_CHECKING:  # nothing of the open vault is imported before the first screen is painted
    from PySide6.QtWidgets import QDialog

    from ui.presenters.services import OfficeState, Say


WAIT = 20.0
"""Seconds that closing waits for what is being sent: whoever has a train to catch waits no longer (sync.md 5.10)."""
_LOOK = 0.2


def may_close(window: QWidget, office: OfficeState, wait: Callable[[], None]) -> bool:
    """True at once unless something is being sent; then the person decides. ``wait`` closes by itself a little later.

    Notes and what is urgent are waited for; a file goes on where it was the next time.
    """
    from PySide6.QtWidgets import QMessageBox

    left = _left(office)
    if not left:
        return True
    box = QMessageBox(window)
    appearance().dress(box)
    box.setWindowTitle("Close FieldKit?")
    verb = "is" if left == 1 else "are"
    box.setText(
        f"{ui.count(left, 'item')} {verb} still being sent. They are saved on this laptop and will be sent next time."
    )
    close = box.addButton("Close FieldKit", QMessageBox.ButtonRole.DestructiveRole)
    later = box.addButton("Send, then close", QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton("Keep sending", QMessageBox.ButtonRole.RejectRole)
    named(close, "Close FieldKit", "close.close")
    named(later, "Send, then close", "close.later")
    named(keep, "Keep sending", "close.keep")
    box.setDefaultButton(keep)
    box.exec()
    if box.clickedButton() is later:
        wait()
    return box.clickedButton() is close


class Closing:
    """Closes the window as soon as everything is sent, or says after ``WAIT`` seconds that it was not."""

    def __init__(
        self, later: Later, office: Callable[[], OfficeState | None], close: Callable[[], object], say: Say
    ) -> None:
        self._later, self._office, self._close, self._say = later, office, close, say
        self._ends = 0.0
        self._is_waiting = False

    def begin(self) -> None:
        """Wait from now on."""
        self._ends = time.monotonic() + WAIT
        if not self._is_waiting:
            self._is_waiting = True
            self._say("FieldKit closes as soon as everything is sent")
            self._look()

    def _look(self) -> None:
        state = self._office()
        if state is None:  # locked meanwhile: whoever comes back decides anew
            self._is_waiting = False
        elif not _left(state):
            self._is_waiting = False
            self._close()
        elif time.monotonic() > self._ends:
            self._is_waiting = False
            self._say("Not everything is sent yet, so FieldKit is still open. Everything is saved on this laptop")
        else:
            self._later(_LOOK, self._look)


def _left(office: OfficeState) -> int:
    from ui.presenters.services import Connection

    return max(office.total - office.sent, 0) if office.connection is Connection.SENDING else 0


def end_dialogs() -> None:
    """Take every dialog that is open as cancelled: what it asks was asked of somebody who had the vault open.

    Left open, "Delete everything" could be answered by whoever comes by a locked laptop.
    """
    for one in QApplication.topLevelWidgets():
        if one.inherits("QDialog") and one.isModal() and one.isVisible():
            cast("QDialog", one).reject()
