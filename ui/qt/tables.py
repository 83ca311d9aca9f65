"""Lists and tables made usable by keyboard: what Qt gets wrong by default, set right once (ux 2.0.9 and 3.8)."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.qt.theme import appearance
from ui.qt.tokens import Density, sizes

_LEAST_ROW = 30  # pixels: the ring of 6 px inside a row still leaves 18 px for the letters
_BAR = 3  # pixels of the bar that marks a selected row beside its colour
_MOST_LETTERS, _STATUS_LETTERS = 100, 50
_LEAST_COLUMN = 40  # pixels; narrower columns cannot be grasped with the mouse


def row_height(view: QAbstractItemView) -> int:
    """The height of one row: the density's, at least 1.9 times the line spacing (bigger text, taller rows)."""
    wanted = sizes(appearance().density)["row"]
    return max(wanted, _LEAST_ROW, round(1.9 * view.fontMetrics().lineSpacing()))


def keep_words_near(view: QTableView, column: int) -> None:
    """Words in ``column`` take the room the others leave, but no more than reads well: the last column has the rest.

    In a window 2560 px wide the eye would else have to cross 1,500 empty ones to the status of a note.
    """
    header = view.horizontalHeader()
    others = sum(header.sectionSizeHint(at) for at in range(header.count()) if at != column)
    others = max(others, sum(view.columnWidth(at) for at in range(header.count() - 1) if at != column))
    most = view.fontMetrics().averageCharWidth() * _MOST_LETTERS
    is_wide = view.viewport().width() - others > most + view.fontMetrics().averageCharWidth() * _STATUS_LETTERS
    header.setStretchLastSection(is_wide)
    mode = QHeaderView.ResizeMode.Fixed if is_wide else QHeaderView.ResizeMode.Stretch
    if header.sectionResizeMode(column) != mode:
        header.setSectionResizeMode(column, mode)
    if is_wide:
        view.setColumnWidth(column, most)


class RowDelegate(QStyledItemDelegate):
    """Rows of one height with a bar on the selected one. The height stands here because QSS heights overlap rows."""

    _height_for: tuple[str, Density] | None = None
    _height = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        view = self.parent()
        if isinstance(view, QAbstractItemView):
            hint.setHeight(max(hint.height(), self._row_height(view)))
        return hint

    def _row_height(self, view: QAbstractItemView) -> int:
        """Of a list of a thousand rows worked out once, not a thousand times."""
        key = (view.font().key(), appearance().density)
        if key != self._height_for:
            self._height_for, self._height = key, row_height(view)
        return self._height

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_Selected and index.column() == 0:
            self.bar(painter, option.rect)

    def bar(self, painter: QPainter, row: QRect) -> None:
        """The mark of the selected row beside its colour."""
        left = QRect(row)
        left.setWidth(_BAR)
        painter.fillRect(left, QColor(appearance().tokens["selBar"]))


class _RowHabits(QObject):
    """A view's child: makes a row current on entry (else screen readers stay silent) and fits rows to the text."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)
        appearance().follow(view, self.fit)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched is self._view:
            model = cast("QAbstractItemModel | None", self._view.model())  # the stubs forget that it may be missing
            if model is not None and model.rowCount() and not self._view.currentIndex().isValid():
                self._view.setCurrentIndex(model.index(0, 0))
        return False

    def fit(self) -> None:
        if isinstance(self._view, QTableView):
            self._view.verticalHeader().setDefaultSectionSize(row_height(self._view))
        else:
            self._view.scheduleDelayedItemsLayout()


def prepare_rows(view: QAbstractItemView) -> None:
    """Set up a list, tree or table: one Tab stop, arrows inside, rows that grow with the text."""
    view.setTabKeyNavigation(False)
    view.setItemDelegate(RowDelegate(view))
    if isinstance(view, QTableView):
        for header in (view.horizontalHeader(), view.verticalHeader()):
            header.setHighlightSections(False)  # bold on selection clips long headings
        view.horizontalHeader().setMinimumSectionSize(_LEAST_COLUMN)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    _RowHabits(view)
