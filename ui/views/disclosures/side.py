"""Region D of the page: the disclosure that is chosen, or the open form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from ui.presenters.disclosures.page import DisclosuresPage
from ui.presenters.disclosures.state import DisclosuresState, OpenPanel
from ui.views.disclosures.details import Details
from ui.views.form import FormPanel
from ui.views.rendering import SideView


class DisclosuresSide(SideView):
    """One form at a time, over the details; both are gone as soon as the box is closed."""

    def __init__(self, page: DisclosuresPage) -> None:
        super().__init__()
        self.page = page
        self.details: Details = self.part(Details(page))
        self._panel: FormPanel | None = None
        self._made_for: OpenPanel | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.details)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.follow(page, self._render)

    @property
    def has_something(self) -> bool:
        return self._panel is not None or self.details.has_something

    def take_focus(self) -> None:
        (self._panel or self.details).take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._panel is None:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def _render(self, state: DisclosuresState) -> None:
        if state.panel is not self._made_for:
            self._drop()
            self._made_for = state.panel
            if state.panel is not None:
                self._open(state.panel)
        self.filled.emit()

    def _open(self, panel: OpenPanel) -> None:
        identifier = f"disclosures.{panel.kind.name.lower()}"
        made = FormPanel(panel.kind.value, panel.form, identifier, "Save", self.page.close_panel)
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
        self._stack.setCurrentWidget(self.details)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.forget()
        panel.deleteLater()
