"""The coverage matrix on the screen (ux S9): gaps at a glance, and a note for one in two keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout

from ui.models.coverage_model import CoverageModel
from ui.presenters.coverage.matrix import CoverageMatrix, CoverageState
from ui.presenters.coverage.words import NO_EVIDENCE
from ui.qt.theme import appearance
from ui.views.coverage.coverage_list import CoverageList
from ui.views.coverage.coverage_side import CoverageSide
from ui.views.coverage.coverage_table import CoverageTable
from ui.views.coverage.head import CoverageHead
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.labels import HintLabel

_LIST_FROM = 150
"""Per cent of text size from which the list opens first (ux S9)."""


_SLACK = 48
"""Pixels of the undo bar or of a line above the page: two rows then scroll, and the matrix does not become a list."""
_EDGE, _BETWEEN = 4, 4
"""Pixels: with more, 17 rows would not fit into a window of 640."""


class CoverageView(View):
    """``show_evidence`` takes filter words, ``note`` what a new note ends with; ``back`` goes where one
    came from, ``report`` to the report of voices and time.
    """

    def __init__(
        self,
        matrix: CoverageMatrix,
        show_evidence: Callable[[str], None],
        note: Callable[[str], None],
        back: Callable[[], None],
        report: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self.matrix = matrix
        self._show_evidence = show_evidence
        self._note = note
        self._back = back
        self._edition = matrix.state.edition
        self.head = CoverageHead(matrix)
        self.hint = HintLabel()
        self.fault = Banner("coverage.fault")
        self.table = CoverageTable(CoverageModel(self))
        self.list = CoverageList()
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self.list)
        self._side: CoverageSide = self.part(CoverageSide(matrix, self._show_notes, self._add_note, report))
        self.head.balance.clicked.connect(lambda: self._side.toggle_balance())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, _EDGE, 16, _EDGE)
        rows.setSpacing(_BETWEEN)
        rows.addWidget(self.head)
        rows.addWidget(self.hint)
        rows.addWidget(self.fault)
        rows.addWidget(self._body, 1)
        for one in (self.table, self.list):
            one.opened.connect(self._open)
            one.left.connect(self._leave)
            one.moved.connect(lambda statement, category: matrix.move_to(statement, category or None))
        appearance().follow(self, self._fit)
        self.follow(matrix, self._render)

    @property
    def side(self) -> CoverageSide:
        return self._side

    @property
    def is_list(self) -> bool:
        """Whether the list is shown and not the matrix."""
        return self._body.currentWidget() is self.list

    def commands(self) -> Mapping[str, Callable[[], object]]:
        matrix = self.matrix
        return {
            "note": self._add_note,
            "balance": self._side.toggle_balance,
            "details": self._toggle_details,
            "gaps_only": lambda: matrix.show_gaps_only(is_wanted=not matrix.state.gaps_only),
            "list_view": lambda: matrix.show_list(is_wanted=not self.is_list),
        }

    def take_focus(self) -> None:
        (self.list if self.is_list else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # a hidden page cannot tell its room, and the text may have another size since
        self.matrix.look(is_up=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.matrix.look(is_up=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _render(self, state: CoverageState) -> None:
        shown = state.shown
        is_empty = state.coverage is not None and state.coverage.is_empty
        self.hint.setText(state.remark or (NO_EVIDENCE if is_empty else ""))
        self.hint.setVisible(bool(self.hint.text()))
        self.table.delegate.gaps_only = state.gaps_only
        self.table.items.show_rows(shown, state.pack.categories)
        self.list.show_rows(shown, state.pack.categories, gaps_only=state.gaps_only)
        self.table.viewport().update()
        self._fit()
        self.table.go_to(state.at)
        self.list.go_to(state.statement, state.category)
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger")
        if state.edition != self._edition:
            self._edition = state.edition
            if self.isVisible() and not self._side.has_something:
                self.take_focus()

    def _fit(self) -> None:
        """The matrix where all of it fits, else the list; what the person chose stands whatever the room."""
        state = self.matrix.state
        wanted = state.as_list
        if wanted is None and self._side.has_something:
            wanted = self.is_list  # nothing turns into something else because a panel was opened
        if wanted is None:
            wanted = appearance().typography.percent >= _LIST_FROM or not self._has_room()
        self.head.show_state(state, is_list=wanted)
        target = self.list if wanted else self.table
        if self._body.currentWidget() is not target:
            had_focus = self._body.isAncestorOf(QApplication.focusWidget() or self)
            self._body.setCurrentWidget(target)
            if had_focus:
                self.take_focus()

    def _has_room(self) -> bool:
        if not self.table.items.rowCount() or not self.isVisible():
            return True
        above = [one for one in (self.head, self.hint, self.fault) if one.isVisibleTo(self)]
        taken = sum(one.sizeHint().height() + _BETWEEN for one in above) + 2 * _EDGE
        return self.table.fits(QSize(self.width() - 24, self.height() - taken + _SLACK))

    def _here(self) -> None:
        """What is done next is done to the cell that is seen to be current, also before the person moved."""
        statement, category = self.list.place() if self.is_list else self.table.place() or (None, None)
        if statement is not None:
            self.matrix.move_to(statement, category)

    def _open(self) -> None:
        """Enter: the notes of the cell; where there are none, what could be done about that."""
        self._here()
        details = self.matrix.details()
        if details is not None and details.items:
            self._show_notes()
        elif details is not None:
            self._side.open()

    def _show_notes(self) -> None:
        self._side.shut()
        self._show_evidence(self.matrix.filter_words())

    def _add_note(self) -> None:
        self.matrix.once_counted(self._begin_note)

    def _begin_note(self) -> None:
        self._here()
        ending = self.matrix.tag_words()
        if ending:
            self._side.shut()
            self._note(ending)
        elif self.matrix.state.statement is not None:
            self.matrix.not_needed()

    def _toggle_details(self) -> None:
        if self._side.has_something:
            self._side.shut()
            return
        self._here()
        if self.matrix.details() is not None:
            self._side.open()

    def _leave(self) -> None:
        if self._side.has_something:
            self._side.shut()
        else:
            self._back()
