"""Region D: what stands beside the page, over it or in its place, whichever there is room for (ux 2.0.2)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.shell.widths import Side, Widths
from ui.views.rendering import SideView

_NO_LIMIT = 16777215
_LINE = 1


class DetailsBox(QFrame):
    """Holds the side of each page. ``left`` tells Esc where nothing in it wanted the key."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        named(self, "Details", "details")
        self._stack = QStackedWidget()
        inner = QVBoxLayout(self)
        inner.setContentsMargins(_LINE, _LINE, _LINE, _LINE)
        inner.addWidget(self._stack)
        self._row: QHBoxLayout | None = None
        self._is_closed = False
        self._is_wanted = False
        self._mode = Side.BESIDE
        self.hide()

    def stand_in(self, row: QHBoxLayout) -> None:
        """The row in which it stands when it has room beside the page."""
        self._row = row
        row.addWidget(self, 1)

    def add(self, side: SideView) -> None:
        """The side of a page that was made."""
        side.setParent(self._stack)
        appearance().dress(side, is_page=True)
        self._stack.addWidget(side)

    def remove(self, side: SideView) -> None:
        """Its page is gone."""
        self._stack.removeWidget(side)
        side.deleteLater()

    def turn_to(self, side: SideView | None) -> None:
        """Another page is up; what was opened over the last one is closed."""
        self._is_wanted = False
        if side is not None:
            appearance().freshen(side)
            self._stack.setCurrentWidget(side)

    @property
    def side(self) -> SideView | None:
        """What is shown in it."""
        found = self._stack.currentWidget()
        return found if isinstance(found, SideView) else None

    @property
    def can_be_opened(self) -> bool:
        """Whether it is hidden only because there is no room beside the page."""
        return not self.isVisible() and self._mode is not Side.BESIDE

    def open(self) -> None:
        """A panel opened, or the person asked for it."""
        self._is_wanted, self._is_closed = True, False

    def shut(self) -> None:
        """Back to the page; where there is room it goes on standing beside it."""
        self._is_wanted = False

    def toggle(self) -> None:
        """Ctrl+backslash."""
        if self._mode is Side.BESIDE:
            self._is_closed = not self._is_closed
        else:
            self._is_wanted = not self._is_wanted

    def fit(self, room: Widths, *, is_filled: bool) -> bool:
        """Stand as ``room`` allows; whether it is shown."""
        side = self.side
        lies_over = room.side is Side.BESIDE and side is not None and side.waits_to_be_asked
        self._mode = Side.OVER if lies_over else room.side
        shown = is_filled and (not self._is_closed if self._mode is Side.BESIDE else self._is_wanted)
        self._float(is_over=self._mode is Side.OVER)
        if room.details:
            self.setFixedWidth(room.details)
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_NO_LIMIT)
        self.setVisible(shown)
        return shown

    def lie_over(self, page: QRect) -> None:
        """Cover the right of the page, where it stands over it."""
        if self._mode is Side.OVER and self.isVisible():
            self.setGeometry(page.right() + 1 - self.width(), page.top(), self.width(), page.height())
            self.raise_()

    @property
    def is_over(self) -> bool:
        """Whether it covers a part of the page now."""
        return self._mode is Side.OVER and self.isVisible()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Not by the style sheet: one on the box would be one on each side in it, seen or not.
        look, painter, palette = appearance(), QPainter(self), self.palette()
        edge = palette.windowText().color() if look.uses_system_colours else QColor(look.tokens["divider"])
        painter.fillRect(self.rect(), edge)
        painter.fillRect(self.rect().adjusted(_LINE, _LINE, -_LINE, -_LINE), palette.base())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _float(self, *, is_over: bool) -> None:
        if self._row is None:
            return
        stands = self._row.indexOf(self) >= 0
        if is_over and stands:
            self._row.removeWidget(self)
        elif not is_over and not stands:
            self._row.addWidget(self, 1)
