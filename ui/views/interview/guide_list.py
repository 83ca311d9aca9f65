"""The guide at the left: consent, then each question with how it stands. Enter asks the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QResizeEvent
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
_TITLE = int(Qt.ItemDataRole.DisplayRole)
_FAINT = _KEY + 2
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
            is_faint = bool(row.waits) and not row.is_current
            self._put(place, row.key, f"{row.number} {row.title}", row.word, row.sentence, is_faint=is_faint)
        if state.rows != self._shown:
            here = next((row.number for row in state.rows if row.is_current), 0)
            if here:
                self.setCurrentRow(here)
            self._shown = state.rows
        waiting = sum(bool(row.waits) for row in state.rows)
        named(self, f"Guide, {ui.count(len(state.rows), 'question')}{f', {waiting:,} not applying' if waiting else ''}")

    def _put(self, place: int, key: str, title: str, status: str, spoken: str, *, is_faint: bool = False) -> None:
        item = self.item(place)
        for role, value in ((_KEY, key), (_STATUS, status), (_SPOKEN, spoken), (_FAINT, is_faint)):
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
        title = self._room(index, role_font("body"), _TITLE)
        return QSize(0, title + self._room(index, _status_font(index), _STATUS) + 2 * _PAD_Y)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens = appearance().tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, QColor(tokens["selBg"]))
            self.bar(painter, option.rect)
        room = option.rect.adjusted(_PAD_X, _PAD_Y, -_PAD_X, -_PAD_Y)
        height = self._room(index, role_font("body"), _TITLE)
        role = QPalette.ColorRole.HighlightedText
        is_faint = bool(index.data(_FAINT))
        painter.setFont(role_font("body"))
        painter.setPen(option.palette.color(role) if selected else QColor(tokens["text2" if is_faint else "text"]))
        painter.drawText(QRect(room.left(), room.top(), room.width(), height), _WRAP, str(index.data() or ""))
        painter.setFont(_status_font(index))
        painter.setPen(option.palette.color(role) if selected else QColor(tokens["text2"]))
        rest = room.adjusted(0, height, 0, 0)
        painter.drawText(rest, _WRAP, str(index.data(_STATUS) or ""))
        painter.setPen(QColor(tokens["divider"]))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _room(self, index: _Index, font: QFont, data: int) -> int:
        words = str(index.data(data) or " ")
        width = max(self._list.viewport().width() - 2 * _PAD_X, 60)
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), _WRAP, words).height()


def _status_font(index: _Index) -> QFont:
    """What does not apply is told by its letters too, where colours are few (high contrast)."""
    font = QFont(role_font("small"))
    font.setItalic(bool(index.data(_FAINT)))
    return font
