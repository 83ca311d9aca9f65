"""Names, roles and identifiers for assistive technology, where Qt's own guess is missing or wrong."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QSplitter, QWidget

Role = QAccessible.Role
_W = TypeVar("_W", bound=QWidget)
_ROLE = "fieldkitRole"
# Python must keep these objects; Qt's cache holds only a bare pointer. Entries leave with their widget.
_kept: dict[int, QAccessibleWidget] = {}


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
    """Give ``widget`` a role Qt does not: Heading for a label, ToolBar or StatusBar for a plain pane."""
    spoken = _Spoken(widget, role)
    key = id(spoken)
    _kept[key] = spoken
    QAccessible.registerAccessibleInterface(spoken)
    # Connected after registering: Qt's cache must delete its object before Python lets go of it.
    widget.destroyed.connect(lambda *_: _kept.pop(key, None))
    return widget


def as_heading(label: QLabel) -> QLabel:
    """Expose ``label`` as a heading; screen readers jump from one to the next."""
    return with_role(label, Role.Heading)


def keep_reading_order(splitter: QSplitter) -> None:
    """Make a splitter read its panels first to last; by itself it reads the last one first."""
    for place in range(splitter.count()):
        if panel := splitter.widget(place):
            panel.raise_()
