"""Things to do as a list: each row two lines, the words and under them the status; open rows may carry a tint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.qt.accessibility import named
from ui.qt.icons import icon
from ui.qt.tables import prepare_rows
from ui.qt.theme import appearance
from ui.qt.typography import role_font

_LINE = int(Qt.ItemDataRole.UserRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_PAD_X, _PAD_Y = 10, 7
_Index = QModelIndex | QPersistentModelIndex
_MOST_MEASURED = 20_000
_MANY = 30
"""Rows that are laid out in one turn of the screen."""
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
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(0)
        self._growing.timeout.connect(self._grow)
        named(self, name, identifier)
        prepare_rows(self)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setProperty("frameless", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.itemActivated.connect(lambda item: opened(item.data(_LINE).key))
        self.itemClicked.connect(lambda item: opened(item.data(_LINE).key))
        appearance().follow(self, self._dress)

    def show_lines(self, name: str, lines: Sequence[TaskLine]) -> None:
        """Show ``lines``; the cursor stays on its row."""
        named(self, name, self._identifier)
        if tuple(lines) == self._lines:
            return
        before, self._lines = self._lines, tuple(lines)
        if self.count() > len(lines):  # at once: 450 rows one by one keep the screen for a quarter of a second
            self.model().removeRows(len(lines), self.count() - len(lines))
        for place in range(self.count()):
            if before[place] != lines[place]:
                self._put(place)
        self._grow()

    def go_to(self, place: int) -> None:
        """Put the cursor on a row, also one that is not laid out yet."""
        while self.count() <= place < len(self._lines):
            self._grow()
        self.setCurrentRow(place)

    def _grow(self) -> None:
        """The rows that are still missing, some in each turn of the screen: laying out 500 at once takes 0.2 s."""
        first = self.count()
        more = min(len(self._lines) - first, _MANY)
        self.addItems([""] * more)
        for place in range(first, first + more):
            self._put(place)
        self._fit()
        if self.count() < len(self._lines):
            self._growing.start()

    def _put(self, place: int) -> None:
        item, line = self.item(place), self._lines[place]
        item.setText(line.title)
        item.setData(_LINE, line)
        item.setData(_SPOKEN, line.spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # else the window gives it to the button that what was opened has put the focus on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _dress(self) -> None:
        self._delegate.forget()
        self._fit()

    def _fit(self) -> None:
        self.scheduleDelayedItemsLayout()
        rows = sum(self._delegate.height(line) for line in self._lines[: self.count()])
        self.setFixedHeight(max(rows, 24) + 2 * self.frameWidth() + 4)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._measured: dict[tuple[str, str, int], int] = {}
        self._mark = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line = index.data(_LINE)
        return QSize(0, self.height(line) if line is not None else 0)

    def height(self, line: TaskLine) -> int:
        """Pixels that a row needs at the width there is now."""
        title, status = self._heights(line)
        return title + status + 2 * _PAD_Y + 6

    def forget(self) -> None:
        """Text has another size or another face."""
        self._measured.clear()
        self._mark = 0

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
        self._mark = self._mark or _mark_width()
        width = max(self._view.viewport().width() - 2 * _PAD_X - self._mark, 80)
        inner = width - 12 if line.is_tinted else width
        return self._height(line.title, "body", width), self._height(line.status, "small", inner) + 2

    def _height(self, words: str, role: str, width: int) -> int:
        """Qt asks nine times for each row; measured each time, 500 rows keep the screen for a sixth of a second."""
        key = (words, role, width)
        found = self._measured.get(key)
        if found is None:
            if len(self._measured) > _MOST_MEASURED:  # widths that were dragged through
                self._measured.clear()
            found = self._measured[key] = _height(words, role_font(role), width)
        return found


def _mark_width() -> int:
    return QFontMetrics(role_font("body")).ascent() + 10


def _height(words: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), _WRAP, words).height()
