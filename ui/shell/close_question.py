"""One of the few questions of the app: closing while something is being sent; and what locking does to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QWidget

from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.theme import appearance

if TYPE_CHECKING:  # nothing of the open vault is imported before the first screen is painted
    from PySide6.QtWidgets import QDialog

    from ui.presenters.services import OfficeState


def may_close(window: QWidget, office: OfficeState) -> bool:
    """True at once unless something is being sent; then the person decides."""
    from PySide6.QtWidgets import QMessageBox

    from ui.presenters.services import Connection

    left = office.total - office.sent
    if office.connection is not Connection.SENDING or left <= 0:
        return True
    box = QMessageBox(window)
    appearance().dress(box)
    box.setWindowTitle("Close FieldKit?")
    verb = "is" if left == 1 else "are"
    box.setText(
        f"{ui.count(left, 'item')} {verb} still being sent. They are saved on this laptop and will be sent next time."
    )
    close = box.addButton("Close FieldKit", QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton("Keep sending", QMessageBox.ButtonRole.RejectRole)
    named(close, "Close FieldKit", "close.close")
    named(keep, "Keep sending", "close.keep")
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is close


def end_dialogs() -> None:
    """Take every dialog that is open as cancelled: what it asks was asked of somebody who had the vault open.

    Left open, "Delete everything" could be answered by whoever comes by a locked laptop.
    """
    for one in QApplication.topLevelWidgets():
        if one.inherits("QDialog") and one.isModal() and one.isVisible():
            cast("QDialog", one).reject()
