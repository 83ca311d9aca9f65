"""Region D of a page whose work is done in forms: what is chosen, and over it one form at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import SideView, View


class FormSide(SideView):
    """``is_filled`` says whether ``details`` shows anything; ``make`` makes the form of an open panel of the page.

    Whoever inherits calls ``show_panel`` with the panel of each state.
    """

    def __init__(self, details: View, is_filled: Callable[[], bool], make: Callable[[Any], FormPanel]) -> None:
        super().__init__()
        self._under: View = self.part(details)
        self._is_filled = is_filled
        self._make = make
        self._panel: FormPanel | None = None
        self._made_for: object | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(details)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)

    @property
    def has_something(self) -> bool:
        return self._panel is not None or self._is_filled()

    def take_focus(self) -> None:
        (self._panel or self._under).take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._panel is None:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def show_panel(self, panel: object | None) -> None:
        """The form of this panel over the details, or the details alone."""
        if panel is not self._made_for:
            self._drop()
            self._made_for = panel
            if panel is not None:
                self._open(panel)
        self.filled.emit()

    def _open(self, panel: object) -> None:
        made = self._make(panel)
        self._panel = made
        self._stack.addWidget(made)
        self._stack.setCurrentWidget(made)
        self.opened.emit()
        made.take_focus()

    def _drop(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        panel.close_view()
        if panel.isAncestorOf(QApplication.focusWidget() or self):
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
        self._stack.setCurrentWidget(self._under)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.forget()
        panel.deleteLater()
