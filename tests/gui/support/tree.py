"""Accessibility kit: what a screen reader is told (names, roles, identifiers, headings)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeVar, cast, overload

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_R, _T = QAccessible.Role, QAccessible.Text
_NEEDS_NAME = {
    _R.Button, _R.ComboBox, _R.EditableText, _R.CheckBox, _R.RadioButton, _R.Table, _R.List, _R.Tree, _R.SpinBox,
    _R.Slider, _R.ProgressBar, _R.Dialog, _R.Window, _R.Cell, _R.ListItem, _R.TreeItem, _R.Heading,
}  # fmt: skip
_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
_W = TypeVar("_W", bound=QWidget)


def walk(interface: QAccessibleInterface, path: tuple[str, ...] = ()) -> Iterator[tuple[QAccessibleInterface, str]]:
    """Each visible object below ``interface`` with the roles above it."""
    yield interface, "/".join(path)
    for place in range(interface.childCount()):
        child = cast("QAccessibleInterface | None", interface.child(place))  # the stubs forget None
        if child is not None and child.isValid() and not child.state().invisible:
            yield from walk(child, (*path, interface.role().name))


def objects(window: QWidget) -> list[tuple[QAccessibleInterface, str]]:
    """Everything a screen reader finds in ``window``."""
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    return list(walk(root))


def unnamed(window: QWidget) -> list[str]:
    """Operable objects without a name.

    Combo boxes are judged on the widget: on Unix Qt reports their value as the name, by design.
    """
    found = []
    for interface, path in objects(window):
        if interface.role() not in _NEEDS_NAME:
            continue
        owner = interface.object()
        name = owner.accessibleName() if isinstance(owner, QComboBox) else interface.text(_T.Name)
        if not name.strip():
            found.append(f"{path}/{interface.role().name} {type(owner).__name__} {owner.objectName()}")
    return found


def label_not_in_name(window: QWidget) -> list[str]:
    """Buttons whose visible words are not part of their name: voice control would not find them."""
    return [
        f"{button.text()!r} not in {button.accessibleName()!r}"
        for button in visible(window, QAbstractButton)
        if button.text()
        and button.accessibleName()
        and button.text().replace("&", "").lower() not in button.accessibleName().lower()
    ]


def identifier_faults(window: QWidget) -> list[str]:
    """Controls without an identifier, and identifiers used twice."""
    controls = [w for w in visible(window) if isinstance(w, _CONTROLS) and not _is_part_of_another(w)]
    counts = Counter(w.accessibleIdentifier() for w in controls)
    missing = [type(w).__name__ for w in controls if not w.accessibleIdentifier()]
    return missing + [name for name, count in counts.items() if name and count > 1]


def headings(window: QWidget) -> list[str]:
    """The words of the headings, in reading order."""
    return [interface.text(_T.Name) for interface, _ in objects(window) if interface.role() == _R.Heading]


@overload
def visible(window: QWidget) -> list[QWidget]: ...
@overload
def visible(window: QWidget, kind: type[_W]) -> list[_W]: ...
def visible(window: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget] | list[_W]:
    """Widgets of ``kind`` that can be seen in ``window``."""
    return [w for w in window.findChildren(kind) if w.isVisibleTo(window)]


def is_control(widget: QWidget) -> bool:
    """Whether a person operates ``widget``."""
    return isinstance(widget, _CONTROLS) and not _is_part_of_another(widget)


def _is_part_of_another(widget: QWidget) -> bool:
    """Parts Qt makes inside a control: the editor of a combo box, a table's corner button and headers."""
    is_header = isinstance(widget, QHeaderView) or type(widget).__name__ == "QTableCornerButton"
    if widget.objectName().startswith("qt_") or is_header:
        return True
    parent = widget.parentWidget()
    return parent is not None and isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit)
