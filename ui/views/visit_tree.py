"""The tree of Home: assessments with their visits, one Tab stop, type-ahead, Enter opens."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from fieldkit.kernel.ids import VisitId
from ui.presenters.home_rows import AssessmentGroup, VisitRow
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.typography import role_font

_ID = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_WHEN, _STATUS = 1, 2
_PADDING = 5
"""Letters of room beside a name: the ends of its cell and of the row."""
_FOLD_BELOW = 620
"""Pixels at 100 % text under which the days are told with the status, so that no column is cut."""


_Shape = tuple[tuple[str, tuple[VisitId, ...]], ...]


class VisitTree(QTreeView):
    """``opened`` the visit under the cursor (Enter), ``chosen`` where the cursor went, ``removed`` Delete on it."""

    opened = Signal(str)
    chosen = Signal(str)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shape: _Shape = ()
        self._groups: tuple[AssessmentGroup, ...] = ()
        self._is_building = False
        named(self, "Assessments and visits", "home.visits")
        prepare_rows(self)
        self._items = QStandardItemModel(0, 3, self)
        self.setModel(self._items)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(18)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.activated.connect(self._activate)
        appearance().follow(self, self._restyle)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current_visit() or ""))

    def show_groups(self, groups: tuple[AssessmentGroup, ...], first: VisitId | None) -> None:
        """List everything; the cursor stays where it was, or where its visit stood; without one it goes to ``first``.

        While the same visits are listed only their words change, so that the list stays where it was scrolled to.
        """
        if groups == self._groups:
            return
        self._groups = groups
        shape = tuple((group.assessment.id, tuple(row.visit.id for row in group.visits)) for group in groups)
        if shape != self._shape:
            before, self._shape = self._shape, shape
            self._rebuild(groups, _beside(self.current_visit(), before, shape) or first)
        else:
            self._rewrite(groups)
            self._share_out()

    def current_visit(self) -> VisitId | None:
        """The visit under the cursor."""
        index = self.currentIndex()
        found = index.siblingAtColumn(0).data(_ID) if index.isValid() else None
        return VisitId(found) if found else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = self.viewport().width() < _FOLD_BELOW * appearance().typography.percent / 100
        if folded != self.isColumnHidden(_WHEN):
            self.setColumnHidden(_WHEN, folded)
            if not self._is_building:  # clearing takes the scroll bar away, which comes here with half a tree
                self._rewrite(self._groups)
        self._share_out()

    def _share_out(self) -> None:
        """Names have what days and status leave; where that is too little, what they need, and the rest scrolls.

        A long name has two fifths of the width. Qt's own stretching would give them all, or what the heading needs.
        """
        header, metrics, wide = self.header(), self.fontMetrics(), self.viewport().width()
        if self._is_building or not header.count():
            return
        shown = (column for column in (_WHEN, _STATUS) if not self.isColumnHidden(column))
        left = wide - sum(max(self.sizeHintForColumn(one), header.sectionSizeHint(one)) for one in shown)
        heads = [self._items.item(place, 0) for place in range(self._items.rowCount())]
        names = (head.child(line, 0).text() for head in heads for line in range(head.rowCount()))
        wanted = (
            max(map(metrics.horizontalAdvance, names), default=0)
            + self.indentation()
            + _PADDING * metrics.averageCharWidth()
        )
        header.resizeSection(0, max(left, min(wanted, wide * 2 // 5)))

    def _restyle(self) -> None:
        for place in range(self._items.rowCount()):
            self._items.item(place, 0).setFont(role_font("heading2"))
        self.scheduleDelayedItemsLayout()
        self._share_out()

    def _rebuild(self, groups: tuple[AssessmentGroup, ...], at: VisitId | None) -> None:
        self._is_building = True
        self._items.clear()
        self._items.setHorizontalHeaderLabels(["Visit", "When", "Status"])
        for group in groups:
            head = QStandardItem()
            head.setFont(role_font("heading2"))
            for visit in group.visits:
                row = [QStandardItem(words) for words in _columns(visit, folded=self.isColumnHidden(_WHEN))]
                row[0].setData(visit.visit.id, _ID)
                for item in row:
                    item.setData(visit.sentence, _SPOKEN)
                head.appendRow(row)
            self._items.appendRow([head, QStandardItem(), QStandardItem()])
        self._is_building = False
        self._rewrite(groups)
        self.expandAll()
        for place in range(len(groups)):
            self.setFirstColumnSpanned(place, QModelIndex(), True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        for column in (_WHEN, _STATUS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._share_out()
        self._go_to(at)

    def _rewrite(self, groups: tuple[AssessmentGroup, ...]) -> None:
        folded = self.isColumnHidden(_WHEN)
        for place, group in enumerate(groups):
            head = self._items.item(place, 0)
            _put(head, f"{group.assessment.name} · {group.coverage}", group.sentence)
            for column in (_WHEN, _STATUS):  # covered by the first, yet screen readers find them
                _put(self._items.item(place, column), "", group.sentence)
            for line, visit in enumerate(group.visits):
                for column, words in enumerate(_columns(visit, folded=folded)):
                    _put(head.child(line, column), words, visit.sentence)

    def _go_to(self, visit: VisitId | None) -> None:
        for place in range(self._items.rowCount()):
            head = self._items.item(place, 0)
            for line in range(head.rowCount()):
                if head.child(line, 0).data(_ID) == visit:
                    self.setCurrentIndex(head.child(line, 0).index())
                    return

    def _activate(self, index: QModelIndex) -> None:
        found = index.siblingAtColumn(0).data(_ID) if index.isValid() else None
        if found:
            self.opened.emit(found)


def _beside(at: VisitId | None, before: _Shape, now: _Shape) -> VisitId | None:
    """``at``, or the neighbour of a visit that went: a second Delete must not meet today's visit at the top."""
    old = [visit for _, visits in before for visit in visits]
    there = {visit for _, visits in now for visit in visits}
    if at is None or at not in old:
        return at
    place = old.index(at)
    return next((visit for visit in (*old[place:], *reversed(old[:place])) if visit in there), None)


def _columns(visit: VisitRow, *, folded: bool) -> tuple[str, str, str]:
    name = f"{visit.name}, {visit.when}" if folded else visit.name
    return name, visit.when, visit.status


def _put(item: QStandardItem, words: str, spoken: str) -> None:
    if item.text() != words:
        item.setText(words)
    if item.data(_SPOKEN) != spoken:
        item.setData(spoken, _SPOKEN)
