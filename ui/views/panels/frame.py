"""What every panel shares: a heading, a way out with Esc, and the main action on Ctrl+Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.presenters.field_error import FieldError
from ui.qt.accessibility import named
from ui.views.rendering import View, aligned
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.error_summary import ErrorSummary
from ui.widgets.fields import Field
from ui.widgets.labels import HeadingLabel


class PanelFrame(View):
    """A panel of region D. ``close`` is called on Esc and by its button."""

    def __init__(self, heading: str, close: Callable[[], None]) -> None:
        super().__init__()
        named(self, heading, "panel")
        self._close = close
        self.main_action: Callable[[], None] | None = None
        self._summary: ErrorSummary | None = None
        self._told: tuple[FieldError, ...] = ()
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(5, 12, 12, 12)
        self._rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel(heading, level=2), 1)
        shut = button("Close", "panel.close")
        shut.clicked.connect(lambda: close())
        head.addWidget(shut, 0, Qt.AlignmentFlag.AlignTop)
        scrolled(inside, self)
        self._foot = QHBoxLayout()
        self._rows.addLayout(aligned(head))
        self._rows.addStretch(1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """One more part, below the others."""
        if isinstance(widget, Field):
            self._rows.insertWidget(self._rows.count() - 1, widget, stretch)
        else:
            self._rows.insertLayout(self._rows.count() - 1, aligned(widget), stretch)

    def add_row(self, *widgets: QWidget) -> None:
        """Parts beside each other."""
        row = QHBoxLayout()
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self._rows.insertLayout(self._rows.count() - 1, aligned(row))

    def add_foot(self, *widgets: QWidget) -> None:
        """The main action of a long panel, below what scrolls, so that it is never out of sight."""
        around = self.layout()
        assert isinstance(around, QVBoxLayout)
        if not self._foot.count():
            self._foot.setContentsMargins(16, 6, 12, 10)
            around.addLayout(self._foot)
        for widget in widgets:
            self._foot.addWidget(widget, 1 if isinstance(widget, QLabel) else 0)

    def show_errors(self, errors: Sequence[FieldError], fields: Mapping[str, Field]) -> None:
        """Each message at its field, all of them at the top with the focus; none takes them away."""
        if self._summary is None:
            if not errors:
                return
            self._summary = ErrorSummary("panel.errors")
            self._rows.insertWidget(1, self._summary)
        if tuple(errors) == self._told:  # a panel renders while somebody types: the focus stays with them
            return
        self._told = tuple(errors)
        found = {error.field: error.text for error in errors}
        self._summary.show_errors([(found[name], field) for name, field in fields.items() if name in found])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.main_action is not None:
            self.main_action()
        else:
            super().keyPressEvent(event)
