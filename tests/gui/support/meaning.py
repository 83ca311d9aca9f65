"""Accessibility kit: everything is said in words, to the eye and to a screen reader alike."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QAbstractAnimation, QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QSplitter,
    QTableView,
    QTreeView,
    QWidget,
)

from tests.gui.support.tree import objects, visible

_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_ROWS = 6
"""Rows of a list that are looked at: they are all made alike, and ten thousand would take seconds."""
_CODE = 2
_AROUND = "·,.;:–…()\"'“”×+−"
REGIONS = {
    "top": ("Top bar", QAccessible.Role.ToolBar), "menu": ("Main menu", QAccessible.Role.List),
    "main": ("", None), "status": ("Status", QAccessible.Role.StatusBar), "details": ("Details", None),
}  # fmt: skip


def unspoken_rows(window: QWidget) -> list[str]:
    """Rows whose spoken sentence leaves out words that a column shows, and tables without headers (T04)."""
    found = []
    for view in visible(window, QAbstractItemView):
        if isinstance(view, QHeaderView) or view.model() is None:
            continue
        if isinstance(view, QTableView) and not _is_told_by_cell(view):
            found += _rows_of(view, [at for at in range(_columns(view.model())) if not view.isColumnHidden(at)])
        elif isinstance(view, QTableView):
            found += _cells_of(view)
        elif isinstance(view, QTreeView):
            found += _rows_of(view, [at for at in range(_columns(view.model())) if not view.isColumnHidden(at)])
        else:
            found += _rows_of(view, [0])
    return found


def nameless_regions(window: QWidget) -> list[str]:
    """Regions of the desk without their name or role; only what is on the screen can be asked (T06)."""
    found = []
    spoken = {one.object().objectName(): one for one, _ in objects(window) if one.object() is not None}
    for identifier, (words, role) in REGIONS.items():
        if identifier not in spoken:
            continue
        one = spoken[identifier]
        said = one.text(QAccessible.Text.Name)
        if said != words if words else not said:  # the middle bears the name of the page that is up
            found.append(f"region {identifier} is called {one.text(QAccessible.Text.Name)!r}, not {words!r}")
        if role is not None and one.role() != role:
            found.append(f"region {identifier} is a {one.role().name}, not a {role.name}")
    return found


def main_headings(window: QWidget) -> list[str]:
    """The words of the headings of the first level; a screen has one (T06)."""
    return [one.text() for one in visible(window, QLabel) if getattr(one, "_role", "") == "heading1" and one.text()]


def only_hovered(window: QWidget) -> list[str]:
    """Words that stand in a tooltip and nowhere else (T18)."""
    found = []
    for one in visible(window):
        tip = one.toolTip().strip()
        shown = one.text() if isinstance(one, QLabel | QAbstractButton) else ""
        said = f"{one.accessibleName()} {shown} {one.accessibleDescription()}".casefold()
        if tip and tip.casefold() not in said:
            found.append(f"{type(one).__name__} {one.objectName()} says only to a pointer: {tip!r}")
    for view in visible(window, QAbstractItemView):
        for index in _first_rows(view):
            tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "").strip()
            said = f"{index.data() or ''} {index.data(_SPOKEN) or ''}".casefold()
            if tip and tip.casefold() not in said:
                found.append(f"{view.objectName()} says only to a pointer: {tip!r}")
    return found


def only_dragged(window: QWidget, commands: frozenset[str]) -> list[str]:
    """What can be dragged without a command that does the same (T17)."""
    found = [
        f"{one.objectName()} can be dragged"
        for one in visible(window, QAbstractItemView)
        if one.dragEnabled() and not {"move_up", "move_down"} & commands
    ]
    return found + [
        f"splitter {one.objectName()} can be dragged"
        for one in visible(window, QSplitter)
        if not {"widen_list", "widen_details"} & commands
    ]


def moving(window: QWidget) -> list[str]:
    """Animations that run (T27)."""
    return [
        type(one).__name__
        for one in window.findChildren(QAbstractAnimation)
        if one.state() == QAbstractAnimation.State.Running
    ]


def every_word(window: QWidget) -> list[str]:
    """All that can be read, in order: what must not change when every colour does (T16)."""
    found = [window.windowTitle()]
    for one in visible(window):
        if isinstance(one, QLabel | QAbstractButton):
            found.append(f"{one.objectName()}: {one.text()} | {one.accessibleName()}")
        elif isinstance(one, QLineEdit):
            found.append(f"{one.objectName()}: {one.text()} | {one.placeholderText()}")
        elif isinstance(one, QAbstractItemView) and not isinstance(one, QHeaderView):
            found += [f"{one.objectName()}: {at.data()} | {at.data(_SPOKEN)}" for at in _first_rows(one)]
    return found


def colour_only(window: QWidget) -> list[str]:
    """Status words and cells that are a colour and no word (T16)."""
    found = [
        f"{type(one).__name__} {one.objectName()} is a tint without words"
        for one in visible(window, QLabel)
        if one.property("tag") and not one.text().strip()
    ]
    for view in visible(window, QAbstractItemView):
        for index in _first_rows(view):
            is_tinted = index.data(Qt.ItemDataRole.BackgroundRole) or index.data(Qt.ItemDataRole.DecorationRole)
            if is_tinted and not str(index.data() or index.data(_SPOKEN) or "").strip():
                found.append(f"{view.objectName()} row {index.row()} column {index.column()} is a colour without words")
    return found


def _is_told_by_cell(view: QTableView) -> bool:
    return view.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectItems


def _rows_of(view: QAbstractItemView, columns: list[int]) -> list[str]:
    """Of each row some cell says it all, the one a reader of the row comes to."""
    model, found = view.model(), []
    for row in range(min(model.rowCount(), _ROWS)):
        if isinstance(view, QListView) and view.isRowHidden(row):
            continue
        cells = [model.index(row, at, QModelIndex()) for at in columns]
        shown = {word for cell in cells for word in _words(str(cell.data() or ""))}
        spoken = max((str(cell.data(_SPOKEN) or cell.data() or "") for cell in cells), key=len)
        if left_out := {word for word in shown if not any(said.startswith(word) for said in _words(spoken))}:
            found.append(f"{view.objectName()} row {row} shows {sorted(left_out)}, and says only {spoken!r}")
    return found


def _words(text: str) -> set[str]:
    """Words of three letters and more: shorter ones are codes (``lc``, ``Q2``, ``ch``), whose names are spoken."""
    return {bare for word in text.casefold().split() if len(bare := word.strip(_AROUND)) > _CODE}


def _cells_of(view: QTableView) -> list[str]:
    model, found = view.model(), []
    for row in range(min(model.rowCount(), _ROWS)):
        for column in range(_columns(model)):
            index = model.index(row, column)
            spoken = str(index.data(_SPOKEN) or "")
            if not spoken:
                found.append(f"{view.objectName()} cell {row}, {column} has no spoken sentence")
    for orientation, count in ((Qt.Orientation.Horizontal, _columns(model)), (Qt.Orientation.Vertical, _ROWS)):
        for section in range(min(count, _columns(model) if orientation == Qt.Orientation.Horizontal else count)):
            if section < model.rowCount() and not str(model.headerData(section, orientation) or "").strip():
                found.append(f"{view.objectName()} has no {str(orientation.name).lower()} header {section}")
    return found


def _columns(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()  # Qt hides a list's


def _first_rows(view: QAbstractItemView) -> list[QModelIndex]:
    model = cast("QAbstractItemModel | None", view.model())  # the stubs forget that it may be missing
    if model is None or isinstance(view, QHeaderView):
        return []
    return [
        model.index(row, column, QModelIndex())
        for row in range(min(model.rowCount(), _ROWS))
        for column in range(_columns(model))
    ]
