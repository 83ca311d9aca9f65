"""Names, roles and identifiers for assistive technology, where Qt's own guess is missing or wrong."""

from __future__ import annotations

from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QSplitter, QWidget

Role = QAccessible.Role
_W = TypeVar("_W", bound=QWidget)
_ROLE = "fieldkitRole"
# Python must keep these objects, for Qt's cache holds only bare pointers and deletes them with their widgets;
# the deleted ones are dropped when the next is made. A screen has about ten.
_kept: list[QAccessibleWidget] = []
_installed: list[bool] = []


class _Spoken(QAccessibleWidget):
    """A widget with the role we give it; its name is asked for anew each time, so it never grows old."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        self._widget = widget

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Name:
            return self._widget.accessibleName() or getattr(self._widget, "text", str)()
        return str(super().text(kind))


def named(widget: _W, name: str, identifier: str = "", description: str = "") -> _W:
    """Give ``widget`` its name (the visible label first), identifier (``screen.control``) and description."""
    widget.setAccessibleName(name)
    if identifier:
        widget.setAccessibleIdentifier(identifier)
        widget.setObjectName(identifier)
    if description:
        widget.setAccessibleDescription(description)
    return widget


def with_role(widget: _W, role: QAccessible.Role) -> _W:
    """Give ``widget`` a role Qt does not: Heading for a label, ToolBar or StatusBar for a plain pane.

    Through Qt's factory and not by registering an object at once: Qt looks objects up by their meta-object too, and
    PySide replaces that whenever a signal is connected to a method of the widget.
    """
    if not _installed:
        QAccessible.installFactory(_spoken)
        _installed.append(True)
    widget.setProperty(_ROLE, role.value)
    return widget


def _spoken(key: str, thing: QObject) -> QAccessibleWidget | None:
    if not isinstance(thing, QWidget) or (role := thing.property(_ROLE)) is None:
        return None
    made = _Spoken(thing, QAccessible.Role(role))
    _kept[:] = [*(old for old in _kept if shiboken6.isValid(old)), made]
    return made


def as_heading(label: QLabel) -> QLabel:
    """Expose ``label`` as a heading; screen readers jump from one to the next."""
    return with_role(label, Role.Heading)


def keep_reading_order(splitter: QSplitter) -> None:
    """Make a splitter read its panels first to last; by itself it reads the last one first."""
    for place in range(splitter.count()):
        if panel := splitter.widget(place):
            panel.raise_()
