"""Before you leave: a task list whose whole rows open; done rows are plain, open ones carry a tint (ux S4)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.presenters.visit.leave import BeforeYouLeave, LeaveState, Task, TaskRow
from ui.qt.accessibility import named
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.typography import role_font
from ui.views.panels.frame import PanelFrame
from ui.widgets.labels import HintLabel

_TASK = int(Qt.ItemDataRole.UserRole)
_ROW = _TASK + 1
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_PAD_X, _PAD_Y = 10, 7
_Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class LeavePanel(PanelFrame):
    """``opened`` is told which task's row was chosen."""

    def __init__(self, leave: BeforeYouLeave, close: Callable[[], None], opened: Callable[[Task], None]) -> None:
        super().__init__("Before you leave", close)
        self._tasks: tuple[TaskRow, ...] = ()
        self.list = QListWidget()
        prepare_rows(self.list)
        self.list.setItemDelegate(_TaskDelegate(self.list))
        self.list.setProperty("frameless", "true")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: opened(Task(item.data(_TASK))))
        self.list.itemClicked.connect(lambda item: opened(Task(item.data(_TASK))))
        self.add(HintLabel("Enter opens a row where it is done"))
        self.add(self.list)
        named(self.list, leave.state.title, "visit.tasks")
        self.follow(leave, self._render)

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self, state: LeaveState) -> None:
        named(self.list, state.title, "visit.tasks")
        if state.tasks == self._tasks:
            return
        self._tasks = state.tasks
        while self.list.count() > len(state.tasks):
            self.list.takeItem(self.list.count() - 1)
        for place, row in enumerate(state.tasks):
            if place == self.list.count():
                self.list.addItem(QListWidgetItem())
            item = self.list.item(place)
            item.setText(row.task.value)
            item.setData(_TASK, row.task.value)
            item.setData(_ROW, row)
            item.setData(_SPOKEN, row.sentence)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its rows: the panel scrolls, and a list that scrolls inside it would hide that there is more."""
        self.list.doItemsLayout()
        rows = sum(self.list.sizeHintForRow(place) for place in range(self.list.count()))
        self.list.setFixedHeight(rows + 2 * self.list.frameWidth() + 4)


class _TaskDelegate(QStyledItemDelegate):
    """Two lines: the task, and under it the status; the tint only helps to find what is open."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row = index.data(_ROW)
        title, status = self._heights(row)
        return QSize(0, title + status + 2 * _PAD_Y + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: TaskRow = index.data(_ROW)
        tokens, selected = appearance().tokens, bool(option.state & QStyle.StateFlag.State_Selected)
        title, status = self._heights(row)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens["selBg"]))
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(tokens["selBar"]))
        ink = option.palette.color(QPalette.ColorRole.HighlightedText) if selected else QColor(tokens["text"])
        room = option.rect.adjusted(_PAD_X, _PAD_Y, -_PAD_X, 0)
        painter.setPen(ink)
        painter.setFont(_title_font())
        painter.drawText(QRect(room.left(), room.top(), room.width(), title), _WRAP, row.task.value)
        small = role_font("small")
        painter.setFont(small)
        below = QRect(room.left(), room.top() + title + 2, room.width(), status)
        if not row.is_done and not selected:
            width = min(QFontMetrics(small).horizontalAdvance(row.status) + 12, room.width())
            painter.fillRect(QRect(below.left(), below.top(), width, status), QColor(tokens["tagBlueB"]))
            painter.setPen(QColor(tokens["tagBlueT"]))
            below = below.adjusted(6, 1, -6, 0)
        elif not selected:
            painter.setPen(QColor(tokens["text2"]))
        painter.drawText(below, _WRAP, row.status)
        painter.setPen(QColor(tokens["divider"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _heights(self, row: TaskRow) -> tuple[int, int]:
        width = max(self._view.viewport().width() - 2 * _PAD_X, 80)
        return _height(row.task.value, _title_font(), width), _height(row.status, role_font("small"), width - 12) + 2


def _title_font() -> QFont:
    return role_font("body")


def _height(words: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), _WRAP, words).height()
