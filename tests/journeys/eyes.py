"""What a person at the window sees and a screen reader hears, as plain values; looking changes nothing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableView,
    QWidget,
)


def look() -> dict[str, Any]:
    """The title, the control with the focus, the words and controls that are visible, and the rows of tables."""
    window = QApplication.activeWindow()
    focused = QApplication.focusWidget()
    seen: dict[str, Any] = {"title": window.windowTitle() if window else "", "focus": "", "name": ""}
    if focused is not None:
        seen |= {"focus": focused.accessibleIdentifier(), "name": focused.accessibleName(), **_typed(focused)}
    shown = [one for top in QApplication.topLevelWidgets() for one in top.findChildren(QWidget) if one.isVisible()]
    seen["words"] = [one.text() for one in shown if isinstance(one, QLabel | QAbstractButton) and one.text()]
    seen["controls"] = {one.accessibleIdentifier(): one.accessibleName() for one in shown if one.accessibleIdentifier()}
    seen["tables"] = {one.accessibleIdentifier(): _rows(one) for one in shown if isinstance(one, QTableView)}
    seen["cursors"] = {
        one.accessibleIdentifier(): _spoken(one)
        for one in shown
        if isinstance(one, QAbstractItemView) and one.accessibleIdentifier()
    }
    seen["people"] = [one.item(at).text() for one in shown if isinstance(one, QListWidget) for at in range(one.count())]
    seen["windows"] = sum(one.isVisible() for one in QApplication.topLevelWidgets())
    return seen


def _typed(widget: QWidget) -> dict[str, Any]:
    if isinstance(widget, QPlainTextEdit):
        text = widget.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
        return {"text": text, "caret": widget.textCursor().position()}
    if isinstance(widget, QLineEdit):
        return {"text": widget.displayText(), "caret": widget.cursorPosition()}
    if isinstance(widget, QAbstractItemView):
        return {"row": _spoken(widget)}
    if isinstance(widget, QComboBox):
        return {"text": widget.currentText()}
    return {}


def _spoken(view: QAbstractItemView) -> str:
    """What a screen reader says of the row under the cursor."""
    index = view.currentIndex()
    if not index.isValid():
        return ""
    first = index.siblingAtColumn(0)
    return str(first.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")


def _rows(table: QTableView) -> list[list[str]]:
    model = table.model()
    columns = range(model.columnCount())
    return [[str(model.index(row, at).data() or "") for at in columns] for row in range(model.rowCount())]
