"""Region D of screens with notes: what is usual there, the note that is chosen, or the open panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from fieldkit.app.rows import EntryRow
from ui.presenters.log.amend import AddWords, Withdraw
from ui.presenters.log.panels import Panel, Panels, PanelState
from ui.presenters.log.row_words import RowReader
from ui.presenters.log.tag_picker import TagPicker
from ui.views.asked_here import hear_asked
from ui.views.panels.amend_panels import AddWordsPanel, WithdrawPanel
from ui.views.panels.details import NoteDetails
from ui.views.panels.frame import PanelFrame
from ui.views.panels.person_panel import person_panel
from ui.views.panels.tag_panel import TagPanel
from ui.views.rendering import SideView, View
from ui.views.who_knows import hear_restrictions


class SideStack(SideView):
    """One panel at a time, over what is usual."""

    def __init__(self, panels: Panels, reader: RowReader, usual: View | None, act: Callable[[str], None]) -> None:
        super().__init__()
        self._panels = panels
        self._reader = reader
        self._usual = usual
        self.details = NoteDetails(reader, act, panels.where_in_sound, panels.session)
        self._panel: PanelFrame | None = None
        self._edition = panels.state.edition
        self._stack = QStackedWidget()
        if usual is not None:
            self.part(usual)
            self._stack.addWidget(usual)
        self._stack.addWidget(self.details)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.follow(panels, self._render)
        self.hear(panels.listen_to_sound(self.details.show_again))
        for hear in (hear_restrictions, hear_asked):
            self.hear(hear(panels.session, self.details.show_again))

    @property
    def note(self) -> EntryRow | None:
        """The note that is shown whole."""
        return self.details.shown

    @property
    def panel(self) -> PanelFrame | None:
        """The open panel."""
        return self._panel

    @property
    def has_something(self) -> bool:
        """Whether there is anything to show here."""
        return self._usual is not None or self._panel is not None or self.details.shown is not None

    def show_note(self, row: EntryRow | None) -> None:
        """Show a note whole; none shows what is usual."""
        self.details.show_note(row)
        if self._panel is None:
            self._rest(row)
            self.filled.emit()

    def take_focus(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, View):
            shown.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._panel is None:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def open_note(self, row: EntryRow) -> None:
        """Show a note whole, also where the window has no room for it beside the list."""
        self.show_note(row)
        self.opened.emit()

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def _render(self, state: PanelState) -> None:
        if self._panel is not None and (state.panel is None or state.edition != self._edition):
            self._drop()
        if state.panel is not None and self._panel is None:
            self._edition = state.edition
            self._panel = self._view_of(state.panel)
            self._stack.addWidget(self._panel)
            self._stack.setCurrentWidget(self._panel)
            self.opened.emit()
            self._panel.take_focus()

    def _drop(self) -> None:
        panel, self._panel = self._panel, None
        if panel is not None:
            panel.close_view()
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
            self._rest(self.details.shown)
            self._stack.removeWidget(panel)
            panel.hide()
            panel.deleteLater()

    def _rest(self, row: EntryRow | None) -> None:
        usual = self._usual if self._usual is not None and row is None else self.details
        self._stack.setCurrentWidget(usual)

    def _view_of(self, panel: Panel) -> PanelFrame:
        close = self._panels.close
        if isinstance(panel, AddWords):
            return AddWordsPanel(panel, self._reader, close)
        if isinstance(panel, Withdraw):
            return WithdrawPanel(panel, self._reader, close)
        if isinstance(panel, TagPicker):
            return TagPanel(panel, close)
        return person_panel(panel)
