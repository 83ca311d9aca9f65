"""One or several of a few, all in sight: radio buttons or boxes in a column, one control of a field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fieldkit.kernel.ids import is_id
from ui.qt.accessibility import named
from ui.widgets.labels import RoleLabel
from ui.widgets.tab_stop import stop_at_the_chosen


class Choices(QWidget):
    """``chosen`` are the values of what is ticked, in their order. ``changed`` tells of every press."""

    changed = Signal()

    def __init__(self, options: Sequence[tuple[str, str]], identifier: str, *, is_single: bool) -> None:
        """``options`` are values with their words. Ids are another in each vault: such an option goes by its place."""
        super().__init__()
        self._is_single = is_single
        # Boxes stand alone: in a group, also one of several, Tab stops at the first and no key reaches the others.
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QAbstractButton] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for place, (value, words) in enumerate(options):
            name = str(place) if is_id(value) else value
            made = QRadioButton() if is_single else QCheckBox()
            self._buttons[value] = named(made, words, f"{identifier}.{name}")
            if is_single:
                self._group.addButton(made)
            rows.addWidget(_Worded(made, words))
            made.clicked.connect(lambda: self.changed.emit())
        if is_single:
            stop_at_the_chosen(self._group)
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(value for value, button in self._buttons.items() if button.isChecked())

    def choose(self, values: Sequence[str]) -> None:
        """Tick exactly these; nothing is told."""
        self._group.setExclusive(False)  # a radio button cannot be unticked otherwise
        for value, button in self._buttons.items():
            button.setChecked(value in values)
        self._group.setExclusive(self._is_single)
        ticked = next((button for button in self._buttons.values() if button.isChecked()), None)
        if ticked is not None and self._is_single:
            self.setFocusProxy(ticked)

    def buttons(self) -> tuple[QAbstractButton, ...]:
        """In their order."""
        return tuple(self._buttons.values())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setFocus(event.reason())


class _Worded(QWidget):
    """A button with words that wrap: Qt keeps its own on one line, which pushes a panel wider than the screen."""

    def __init__(self, press: QAbstractButton, words: str) -> None:
        super().__init__()
        self._press = press
        label = RoleLabel(words)
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # all the lines it wraps into
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(press, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._press.setFocus(Qt.FocusReason.MouseFocusReason)
            self._press.click()
