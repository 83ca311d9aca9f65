"""Region D of Evidence: the note the cursor is on with its actions, a panel for notes, the filters, the saved ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from fieldkit.app.rows import EntryRow
from fieldkit.kernel.ids import EntryId
from ui.presenters.evidence.board import EvidenceBoard
from ui.views.evidence.filter_panel import FilterPanel
from ui.views.evidence.saved_panel import SavedPanel
from ui.views.evidence.triangle_panel import TrianglePanel
from ui.views.panels.frame import PanelFrame
from ui.views.panels.side_stack import SideStack
from ui.views.rendering import SideView, View


class EvidenceSide(SideView):
    """One thing at a time. ``act`` is told what is to be done to the note that is shown."""

    def __init__(self, board: EvidenceBoard, act: Callable[[str], None]) -> None:
        super().__init__()
        self._board = board
        self.notes: SideStack = self.part(SideStack(board.panels, board.reader.reader, None, act))
        self._panel: PanelFrame | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.notes)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self.notes.opened.connect(self._notes_opened)
        self.notes.closed.connect(self.closed)
        self.notes.filled.connect(self.filled)

    @property
    def panel(self) -> PanelFrame | None:
        """The Filters or Saved filters panel, when one is open."""
        return self._panel

    @property
    def has_something(self) -> bool:
        return self._panel is not None or self.notes.has_something

    def take_focus(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, View):
            shown.take_focus()

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def show_note(self, row: EntryRow | None) -> None:
        """Show a note whole; an open panel stays over it."""
        self.notes.show_note(row)

    def toggle_filters(self) -> None:
        """Alt+F."""
        self._toggle(FilterPanel)

    def toggle_saved(self) -> None:
        """The saved filters."""
        self._toggle(SavedPanel)

    def toggle_triangle(self, current: EntryId | None) -> None:
        """Alt+G: of the statement that the note at hand is tagged to, else of the first."""
        if isinstance(self._panel, TrianglePanel):
            self._drop()
            return
        board = self._board
        self._open(TrianglePanel(board.triangle(current), board.filter_by, self._drop))

    def _toggle(self, kind: type[FilterPanel] | type[SavedPanel]) -> None:
        if isinstance(self._panel, kind):
            self._drop()
        else:
            self._open(kind(self._board, self._drop))

    def _open(self, panel: PanelFrame) -> None:
        if self._panel is not None:
            self._take_down(self._panel)
        self._board.panels.close()
        self._panel = panel
        self._stack.addWidget(self._panel)
        self._stack.setCurrentWidget(self._panel)
        self.opened.emit()
        self._panel.take_focus()

    def _notes_opened(self) -> None:
        if self._panel is not None:
            self._take_down(self._panel)
        self.opened.emit()

    def _drop(self) -> None:
        panel = self._panel
        if panel is not None:
            self._panel = None
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
            self._take_down(panel)

    def _take_down(self, panel: PanelFrame) -> None:
        self._panel = None
        panel.close_view()
        self._stack.setCurrentWidget(self.notes)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
