"""The Triangulation panel of Evidence: a statement, its badge and sentence, the counts, and where to look next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from ui.presenters.evidence.triangle import Triangle, TriangleState
from ui.qt.accessibility import named
from ui.views.panels.frame import PanelFrame
from ui.widgets.buttons import button
from ui.widgets.fields import Field
from ui.widgets.labels import HintLabel, RoleLabel


class TrianglePanel(PanelFrame):
    """``show`` filters the list by the statement's code."""

    def __init__(self, triangle: Triangle, show: Callable[[str], None], close: Callable[[], None]) -> None:
        super().__init__("Triangulation", close)
        self._triangle = triangle
        self.statement = QComboBox()
        for one in triangle.state.options:
            self.statement.addItem(one.words, one.value)
        self.statement.activated.connect(lambda _: triangle.choose(self.statement.currentData()))
        self._badge, self._said, self._next = RoleLabel(), RoleLabel(), RoleLabel()
        self._rule = HintLabel()
        self._badge.setProperty("tag", "plain")
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._cells: list[RoleLabel] = []
        evidence = button("Show its notes", "triangle.show")
        evidence.clicked.connect(lambda: self._show_notes(show))
        self.add(Field("Statement", self.statement, "triangle.statement"))
        for label in (self._badge, self._said, self._next, self._rule):
            label.setWordWrap(True)
        for part in (self._badge, self._said, self._table, self._next, self._rule):
            self.add(part)
        self.add_row(evidence)
        self.main_action = lambda: self._show_notes(show)
        self.follow(triangle, self._render)
        triangle.count()

    def take_focus(self) -> None:
        self.statement.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_view(self) -> None:
        super().close_view()
        self._triangle.close()

    def _show_notes(self, show: Callable[[str], None]) -> None:
        legs = self._triangle.state.legs
        if legs is not None:
            show(f"qs:{legs.statement.code}")

    def _render(self, state: TriangleState) -> None:
        self.statement.setCurrentIndex(max(self.statement.findData(state.chosen), 0))
        legs = state.legs
        self._badge.setText(state.badge or "Counting")
        self._said.setText(state.fault or (legs.triangulation.sentence if legs is not None else ""))
        self._next.setText(legs.next_words if legs is not None else "")
        for label in (self._said, self._next):
            label.setVisible(bool(label.text()))
        if legs is not None:
            rule = legs.triangulation.rule
            self._rule.setText(
                f"Triangulated from {rule.items} notes, {rule.sources} sources and {rule.categories} categories on,"
                " as the framework pack says. A note counts once, whatever its tags"
            )
        self._show_counts(state)

    def _show_counts(self, state: TriangleState) -> None:
        words = [word for fact in state.facts for word in fact]
        while len(self._cells) < len(words):
            at = len(self._cells)
            cell = RoleLabel()
            self._grid.addWidget(cell, at // 2, at % 2)
            self._cells.append(cell)
        for cell, word in zip(self._cells, words, strict=False):
            cell.setText(word)
        told = "; ".join(f"{name} {number}" for name, number in state.facts)
        named(self._table, f"Counts: {told}" if told else "Counts", "triangle.counts")
        self._table.setVisible(bool(words))
