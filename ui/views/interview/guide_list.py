"""The guide at the left: consent, then each question with how it stands. Enter asks the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyleOptionViewItem

from ui.presenters.interview.state import GuideRow, InterviewState
from ui.presenters.wording import ui
from ui.qt.accessibility import named
from ui.qt.tables import RowDelegate, prepare_rows
from ui.qt.theme import appearance
from ui.qt.typography import role_font

CONSENT = "consent"
_KEY = int(Qt.ItemDataRole.UserRole)
_STATUS = _KEY + 1
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_PAD_X, _PAD_Y = 10, 6
_Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class GuideList(QListWidget):
    """``chosen`` is told a question's key, or ``consent``."""

    def __init__(self, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._shown: tuple[GuideRow, ...] = ()
        named(self, "Guide", "interview.guide")
        prepare_rows(self)
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setUniformItemSizes(False)
        self.addItem(QListWidgetItem("Consent"))
        self.itemActivated.connect(lambda item: chosen(str(item.data(_KEY))))
        self.itemClicked.connect(lambda item: chosen(str(item.data(_KEY))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # words wrap at another width now, beside a scroll bar too

    def render_state(self, state: InterviewState) -> None:
        """Show the guide; only rows that changed are touched, since a guide may have 2,000."""
        status = state.consent_lines[0][1].capitalize() if state.consent_lines else ""
        self._put(0, CONSENT, "Consent", status, f"Consent, {status}")
        while self.count() > len(state.rows) + 1:
            self.takeItem(self.count() - 1)
        for place, row in enumerate(state.rows, start=1):
            if place < self.count() and place <= len(self._shown) and self._shown[place - 1] == row:
                continue
            if place == self.count():
                self.addItem(QListWidgetItem())
            self._put(place, row.key, f"{row.number} {row.title}", row.word, row.sentence)
        if state.rows != self._shown:
            here = next((row.number for row in state.rows if row.is_current), 0)
            if here:
                self.setCurrentRow(here)
            self._shown = state.rows
        named(self, f"Guide, {ui.count(len(state.rows), 'question')}")

    def _put(self, place: int, key: str, title: str, status: str, spoken: str) -> None:
        item = self.item(place)
        for role, value in ((_KEY, key), (_STATUS, status), (_SPOKEN, spoken)):
            if item.data(role) != value:
                item.setData(role, value)
        if item.text() != title:
            item.setText(title)


class _Delegate(RowDelegate):
    """The words over as many lines as they need, the status under them."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._list = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._title_height(str(index.data() or "")) + self._line() + 2 * _PAD_Y)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = appearance().tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens["selBg"]))
            self.bar(painter, option.rect)
        room = option.rect.adjusted(_PAD_X, _PAD_Y, -_PAD_X, -_PAD_Y)
        title = str(index.data() or "")
        height = self._title_height(title)
        role = QPalette.ColorRole.HighlightedText
        painter.setFont(role_font("body"))
        painter.setPen(option.palette.color(role) if selected else QColor(tokens["text"]))
        painter.drawText(QRect(room.left(), room.top(), room.width(), height), _WRAP, title)
        painter.setFont(role_font("small"))
        painter.setPen(option.palette.color(role) if selected else QColor(tokens["text2"]))
        painter.drawText(
            QRect(room.left(), room.top() + height, room.width(), self._line()), _WRAP, str(index.data(_STATUS) or "")
        )
        painter.setPen(QColor(tokens["divider"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _title_height(self, title: str) -> int:
        width = max(self._list.viewport().width() - 2 * _PAD_X, 60)
        return QFontMetrics(role_font("body")).boundingRect(QRect(0, 0, width, 10_000), _WRAP, title).height()

    def _line(self) -> int:
        return QFontMetrics(role_font("small")).height()
