"""What the widgets of the program say and hold, shown or not: for tests of what must be found nowhere."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from tests.gui.support.tree import objects


def spoken_words(window: QWidget) -> list[str]:
    """All that a screen reader finds."""
    kinds = QAccessible.Text
    found = [window.windowTitle()]
    for interface, _ in objects(window):
        found += [interface.text(kind) for kind in (kinds.Name, kinds.Value, kinds.Description, kinds.Help)]
    return [one for one in found if one]


def everything_in_widgets() -> bytes:
    """What any widget of the program holds, shown or not."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    found: list[str] = []
    for one in QApplication.allWidgets():
        found += [one.windowTitle(), one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        for name in ("text", "toPlainText"):
            read = getattr(one, name, None)
            if callable(read):
                found.append(str(read()))
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            found += texts_of(one.model())
    return "\n".join(found).encode()


def texts_of(model: QAbstractItemModel) -> list[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.UserRole)
    return [
        str(model.index(row, column).data(role))
        for row in range(model.rowCount())
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
        for role in roles
    ]
