"""Region D of Coverage: one cell, the sum that made it, what would be enough, and where to look."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.domain.coverage import State
from ui.presenters.coverage.matrix import CoverageMatrix, CoverageState
from ui.presenters.coverage.words import SOURCES, CellWords, Details
from ui.presenters.wording.ui import count
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.qt.typography import role_font
from ui.views.coverage.cell_paint import cell_width, paint_cell
from ui.views.rendering import SideView, aligned, clear, line
from ui.views.scrolling import scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel


class CellChip(QWidget):
    """A cell as the matrix paints it, alone."""

    def __init__(self, cell: CellWords) -> None:
        super().__init__()
        self._cell = cell
        self.setAccessibleName(cell.sentence)
        self._fit()
        appearance().follow(self, self._fit)

    def _fit(self) -> None:
        font = self._font()
        self.setFixedSize(cell_width(self._cell.text, font) + 12, QFontMetrics(font).height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        paint_cell(painter, self.rect(), self._cell.state, self._cell.text, is_alone=True)

    def _font(self) -> QFont:
        return role_font("body")


class CellSide(SideView):
    """Closed until ``open`` is called. ``show_notes`` and ``add_note`` are what its buttons do."""

    def __init__(self, matrix: CoverageMatrix, show_notes: Callable[[], None], add_note: Callable[[], None]) -> None:
        super().__init__()
        self._matrix = matrix
        self._show_notes = show_notes
        self._add_note = add_note
        self._is_open = False
        self._shown: Details | None = None
        inside = QWidget()
        self._inside = inside
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(5, 12, 12, 12)
        self._rows.setSpacing(8)
        scrolled(inside, self)
        self._first: QWidget = self
        self.follow(matrix, self._render)

    @property
    def has_something(self) -> bool:
        return self._is_open

    @property
    def waits_to_be_asked(self) -> bool:
        return True

    def open(self) -> None:
        """Show the cell under the cursor and take the focus."""
        self._is_open = True
        self._render(self._matrix.state)
        self.opened.emit()
        self.take_focus()

    def shut(self) -> None:
        """Away; the page takes the focus."""
        if self._is_open:
            self._is_open = False
            self.closed.emit()

    def take_focus(self) -> None:
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def _render(self, state: CoverageState) -> None:
        details = self._matrix.details() if self._is_open else None
        if details is None or details == self._shown:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._inside.isAncestorOf(focused)
        self._shown = details
        while (item := self._rows.takeAt(0)) is not None:
            if (inner := item.layout()) is not None:
                clear(inner)
            elif (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._fill(details)
        self._rows.addStretch(1)
        if had_focus and self.isVisible():
            self.take_focus()

    def _fill(self, details: Details) -> None:
        self._head(details)
        self._add(RoleLabel(details.there), HintLabel(SOURCES))
        self._add(_wrapped(details.missing))
        self._buttons(details)
        if details.working:
            self._rows.addWidget(line())
            self._add(HeadingLabel("How it was worked out", level=2), *(_wrapped(one) for one in details.working))
        if details.ideas:
            self._rows.addWidget(line())
            self._add(HeadingLabel(details.ideas_heading, level=2), *(_wrapped(f"•  {one}") for one in details.ideas))
        self._rows.addWidget(line())
        self._add(HintLabel(details.about), *(HintLabel(one) for one in details.remarks))

    def _head(self, details: Details) -> None:
        head = QHBoxLayout()
        head.addWidget(CellChip(details.cell))
        head.addStretch(1)
        shut = button("Close", "coverage.close_details")
        shut.clicked.connect(self.shut)
        head.addWidget(shut)
        self._rows.addLayout(aligned(head))
        self._add(HeadingLabel(details.title, level=2), _wrapped(details.category), HintLabel(details.need))
        self._first = shut

    def _buttons(self, details: Details) -> None:
        across = QVBoxLayout()
        across.setSpacing(8)
        if details.cell.state is not State.NOT_NEEDED:
            add = button("Add note", "coverage.add_note", kind="primary", icon_name="plus")
            named(add, "Add note, Ctrl+N")
            add.clicked.connect(lambda: self._add_note())
            across.addWidget(add)
            self._first = add
        if details.items:
            show = button(f"Show {count(details.items, 'note')}", "coverage.show_notes")
            show.clicked.connect(lambda: self._show_notes())
            across.addWidget(show)
        self._rows.addLayout(aligned(across))

    def _add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._rows.addLayout(aligned(widget))


def _wrapped(words: str) -> RoleLabel:
    label = RoleLabel(words)
    label.setWordWrap(True)
    return label
