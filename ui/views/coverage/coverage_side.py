"""Region D of Coverage: the cell under the cursor, or whose voices were heard and what the time went into."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ui.presenters.coverage.balance import Balances
from ui.presenters.coverage.matrix import CoverageMatrix
from ui.views.coverage.balance_panel import BalancePanel
from ui.views.coverage.cell_side import CellSide
from ui.views.rendering import SideView


class CoverageSide(SideView):
    """Closed until one of the two is asked for; one at a time. ``report`` leads to the report of the balance."""

    def __init__(
        self,
        matrix: CoverageMatrix,
        show_notes: Callable[[], None],
        add_note: Callable[[], None],
        report: Callable[[], None],
    ) -> None:
        super().__init__()
        self._matrix = matrix
        self._report = report
        self._panel: BalancePanel | None = None
        self._cell: CellSide = self.part(CellSide(matrix, show_notes, add_note))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._cell)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)
        self._cell.opened.connect(self.opened)
        self._cell.closed.connect(self.closed)

    @property
    def has_something(self) -> bool:
        return self._panel is not None or self._cell.has_something

    @property
    def waits_to_be_asked(self) -> bool:
        return True

    def open(self) -> None:
        """The cell under the cursor."""
        self._take_down()
        self._cell.open()

    def toggle_balance(self) -> None:
        """Voices heard and time spent; again, to put it away."""
        if self._panel is not None:
            self.shut()
            return
        self._cell.shut()
        matrix = self._matrix
        balances = Balances(matrix.session, matrix.facts.assessment, matrix.state.pack)
        self._panel = BalancePanel(balances, self._report, self.shut)
        self._stack.addWidget(self._panel)
        self._stack.setCurrentWidget(self._panel)
        self.opened.emit()
        self._panel.take_focus()

    def shut(self) -> None:
        """Away; the page takes the focus."""
        if self._panel is not None:
            self._take_down()
            self.closed.emit()
        else:
            self._cell.shut()

    def take_focus(self) -> None:
        (self._panel or self._cell).take_focus()

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def _take_down(self) -> None:
        if self._panel is None:
            return
        panel, self._panel = self._panel, None
        panel.close_view()
        self._stack.setCurrentWidget(self._cell)
        self._stack.removeWidget(panel)
        panel.deleteLater()
