"""Things to do as a list: each row two lines, the words and under them the status; open rows may carry a tint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.typography import role_font

_LINE = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_PAD_X, _PAD_Y = 10, 7
_Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """What a row shows. ``is_tinted``: its status stands on a tint, as an open task's does.

    ``tint`` names it (``Blue``, ``Red`` …) and ``mark`` the icon before the words; both only help to find what is said.
    """

    key: str
    title: str
    status: str
    spoken: str
    is_done: bool
    is_tinted: bool = False
    tint: str = "Blue"
    mark: str = ""


class TaskList(QListWidget):
    """As high as its rows: what is around it scrolls, or a list scrolling inside would hide that there is more."""

    def __init__(self, name: str, identifier: str, opened: Callable[[str], None]) -> None:
        super().__init__()
        self._identifier = identifier
        self._lines: tuple[TaskLine, ...] = ()
        named(self, name, identifier)
        prepare_rows(self)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("frameless", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.itemActivated.connect(lambda item: opened(item.data(_LINE).key))
        self.itemClicked.connect(lambda item: opened(item.data(_LINE).key))
        appearance().follow(self, self._fit)

    def show_lines(self, name: str, lines: Sequence[TaskLine]) -> None:
        """Show ``lines``; the cursor stays on its row."""
        named(self, name, self._identifier)
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        while self.count() > len(lines):
            self.takeItem(self.count() - 1)
        for place, line in enumerate(lines):
            if place == self.count():
                self.addItem(QListWidgetItem())
            item = self.item(place)
            item.setText(line.title)
            item.setData(_LINE, line)
            item.setData(_SPOKEN, line.spoken)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # else the window gives it to the button that what was opened has put the focus on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        rows = sum(self.sizeHintForRow(place) for place in range(self.count()))
        self.setFixedHeight(max(rows, 24) + 2 * self.frameWidth() + 4)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        title, status = self._heights(index.data(_LINE))
        return QSize(0, title + status + 2 * _PAD_Y + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: TaskLine = index.data(_LINE)
        tokens, selected = appearance().tokens, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens["selBg"]))
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(tokens["selBar"]))
        self._words(painter, option, line, selected=selected)
        painter.setPen(QColor(tokens["divider"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, line: TaskLine, *, selected: bool) -> None:
        tokens = appearance().tokens
        title, status = self._heights(line)
        mark = _mark_width()
        ink = option.palette.color(QPalette.ColorRole.HighlightedText) if selected else QColor(tokens["text"])
        room = option.rect.adjusted(_PAD_X, _PAD_Y, -_PAD_X, 0)
        square = QRect(room.left(), room.top() + 1, mark - 6, mark - 6)
        mark_name = line.mark or ("circle-check" if line.is_done else "circle")
        icon(mark_name, "selText" if selected else "text2").paint(painter, square)
        painter.setPen(ink)
        painter.setFont(role_font("body"))
        painter.drawText(QRect(room.left() + mark, room.top(), room.width() - mark, title), _WRAP, line.title)
        small = role_font("small")
        painter.setFont(small)
        below = QRect(room.left() + mark, room.top() + title + 2, room.width() - mark, status)
        if line.is_tinted and not selected:
            width = min(QFontMetrics(small).horizontalAdvance(line.status) + 12, below.width())
            painter.fillRect(QRect(below.left(), below.top(), width, status), QColor(tokens[f"tag{line.tint}B"]))
            painter.setPen(QColor(tokens[f"tag{line.tint}T"]))
            below = below.adjusted(6, 1, -6, 0)
        elif not selected:
            painter.setPen(QColor(tokens["text2"]))
        painter.drawText(below, _WRAP, line.status)

    def _heights(self, line: TaskLine) -> tuple[int, int]:
        width = max(self._view.viewport().width() - 2 * _PAD_X - _mark_width(), 80)
        inner = width - 12 if line.is_tinted else width
        return _height(line.title, role_font("body"), width), _height(line.status, role_font("small"), inner) + 2


def _mark_width() -> int:
    return QFontMetrics(role_font("body")).ascent() + 10


def _height(words: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), _WRAP, words).height()
