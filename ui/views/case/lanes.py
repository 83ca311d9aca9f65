"""The lanes: the drawing of ``fieldkit.reports.lanes`` on the screen, each event an item with its row's sentence.

It is a list like any other to the keyboard and to a screen reader; only where its items stand comes from the drawing.
"""

from __future__ import annotations

from functools import singledispatch

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fieldkit.domain.pathway import Pathway
from fieldkit.reports.case_words import EventWords
from fieldkit.reports.lanes import Lanes, Sizes, Spot, draw
from fieldkit.reports.picture import Anchor, Mark, Shape, Stroke, Tone, Words
from fieldkit.reports.svg import arrow_head
from ui.models.case_model import CaseModel, EventColumn
from ui.qt.accessibility import named
from ui.qt.theme import appearance

_TOKENS = {
    Tone.INK: "text", Tone.SOFT: "text2", Tone.LINE: "divider", Tone.PAPER: "surface", Tone.WASH: "window",
    Tone.ACCENT: "info", Tone.ALARM: "dangerText",
}  # fmt: skip
_BAR = 4
"""Pixels of the bar below the chosen event."""
_RING = 4
"""Pixels around an event's mark and date that belong to it: the ring of the focus lies there."""


class LaneNames(QWidget):
    """The services at the left, which stay in sight while time is scrolled. The events' sentences name them too."""

    def __init__(self, lanes: LanesView) -> None:
        super().__init__(lanes)
        self._lanes = lanes

    def paintEvent(self, event: QPaintEvent) -> None:
        drawn = self._lanes.drawn
        if drawn is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _colour(Tone.PAPER))
        painter.translate(0, -self._lanes.verticalScrollBar().value())
        for mark in drawn.picture.marks[: len(drawn.behind)]:
            if isinstance(mark, Shape) and mark.fill is Tone.WASH:
                paint(mark, painter)
        names = drawn.picture.marks[len(drawn.behind) :]
        for mark in names:
            if isinstance(mark, Words) and mark.x < self.width() and mark.anchor is Anchor.LEFT and mark.bold:
                paint(mark, painter)
        painter.setPen(QPen(_colour(Tone.LINE), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, round(drawn.picture.height))


class EventMarks(QStyledItemDelegate):
    """Paints one event where it stands, and the frame of the chosen one."""

    def __init__(self, lanes: LanesView) -> None:
        super().__init__(lanes)
        self._lanes = lanes

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self._lanes.box_of(index.row()).size().toSize()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        drawn = self._lanes.drawn
        if drawn is None or index.row() >= len(drawn.events):
            return
        box = self._lanes.box_of(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            foot = option.rect.adjusted(4, option.rect.height() - _BAR, -4, 0)  # a fill would cover the days waited
            painter.fillRect(foot, QColor(appearance().tokens["selBar"]))
        painter.translate(option.rect.x() - box.x() - drawn.picture.pinned, option.rect.y() - box.y())
        for mark in drawn.events[index.row()]:
            paint(mark, painter)
        painter.restore()


class LanesView(QListView):
    """``moved`` tells the event the person went to; ``acted`` is told of open, up, down, off or leave."""

    moved = Signal(int)
    acted = Signal(str)

    def __init__(self, model: CaseModel) -> None:
        super().__init__()
        named(self, "Case events as lanes", "case.lanes")
        self.drawn: Lanes | None = None
        self._path: Pathway | None = None
        self._rows: tuple[EventWords, ...] = ()
        self._zoom = 100
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Free)  # items stand where they are put
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setModel(model)
        self.setModelColumn(EventColumn.HAPPENED)
        self.setItemDelegate(EventMarks(self))
        self.items = model
        self._names = LaneNames(self)
        self._is_ours = False
        self.selectionModel().currentChanged.connect(self._went)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._names.update)
        appearance().changed.connect(self.lay_out)

    def show_path(self, path: Pathway, rows: tuple[EventWords, ...], zoom: int) -> None:
        """Draw a pathway; the model's rows are the same ones."""
        if (path, rows, zoom) == (self._path, self._rows, self._zoom):
            return
        self._path, self._rows, self._zoom = path, rows, zoom
        self.lay_out()

    def lay_out(self) -> None:
        """Draw anew for the room and the text size there are."""
        if self._path is None or self.items.rowCount() != len(self._rows):
            return
        sizes = self._sizes()
        room = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width()
        self.drawn = draw(self._path, self._rows, width=max(room, 200), zoom=self._zoom / 100, sizes=sizes)
        self.setAccessibleDescription(self.drawn.picture.text.split(". ", maxsplit=1)[0])
        label = round(sizes.label)
        self.setViewportMargins(label, 0, 0, 0)
        self._names.setGeometry(self.frameWidth(), self.frameWidth(), label, self.viewport().height())
        self.doItemsLayout()
        self._names.update()
        self.viewport().update()

    def doItemsLayout(self) -> None:
        """Qt lays items out in rows; each is then put where the drawing has it."""
        super().doItemsLayout()
        if self.drawn is None:
            return
        for place in range(min(len(self.drawn.spots), self.items.rowCount())):
            spot = self.box_of(place).topLeft().toPoint()
            self.setPositionForIndex(spot, self.items.index(place, EventColumn.HAPPENED))

    def box_of(self, place: int) -> QRectF:
        """Where an event's mark and date stand, in the drawing less its names."""
        if self.drawn is None or place >= len(self.drawn.spots):
            return QRectF(0, 0, 40, 40)
        spot, sizes = self.drawn.spots[place], self._sizes()
        width = sizes.column * 0.78
        top = spot.y - sizes.mark * 0.62 - _RING
        return QRectF(spot.x - sizes.label - width / 2, top, width, sizes.lane - 2)

    def go_to(self, place: int) -> None:
        """Put the cursor on an event, which nobody is told of."""
        if place < 0 or place == self.currentIndex().row():
            return
        self._is_ours = True
        index = self.items.index(place, EventColumn.HAPPENED)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self._is_ours = False

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Left and right follow time, up and down lead to the nearest event of another lane."""
        there = self.currentIndex().row()
        last = self.items.rowCount() - 1
        way = QAbstractItemView.CursorAction
        places = {
            way.MoveLeft: there - 1, way.MovePrevious: there - 1, way.MoveRight: there + 1, way.MoveNext: there + 1,
            way.MoveHome: 0, way.MoveEnd: last, way.MovePageUp: 0, way.MovePageDown: last,
        }  # fmt: skip
        if action in (way.MoveUp, way.MoveDown):
            place = self._beside(there, -1 if action == way.MoveUp else 1)
        else:
            place = places.get(action, there)
        return self.items.index(min(max(place, 0), last), EventColumn.HAPPENED)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.drawn is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.viewport().rect(), _colour(Tone.PAPER))
            painter.translate(
                -self._sizes().label - self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
            )
            for mark in self.drawn.behind:
                paint(mark, painter)
            painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain, ctrl = held == Qt.KeyboardModifier.NoModifier, held == Qt.KeyboardModifier.ControlModifier
        acts = {
            Qt.Key.Key_Return: "open",
            Qt.Key.Key_Enter: "open",
            Qt.Key.Key_Escape: "leave",
            Qt.Key.Key_Delete: "off",
        }
        moves = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
        act = acts.get(key) if plain else moves.get(key) if ctrl else None
        if act is not None:
            self.acted.emit(act)
        else:
            super().keyPressEvent(event)

    def _beside(self, there: int, step: int) -> int:
        if self.drawn is None or not 0 <= there < len(self.drawn.spots):
            return there
        here = self.drawn.spots[there]
        found = [(at, one) for at, one in enumerate(self.drawn.spots) if (one.lane - here.lane) * step > 0]

        def far(pair: tuple[int, Spot]) -> tuple[int, float]:
            return abs(pair[1].lane - here.lane), abs(pair[1].x - here.x)

        return min(found, key=far)[0] if found else there

    def _sizes(self) -> Sizes:
        em = QFontInfo(self.font()).pixelSize() * 0.9
        return Sizes(em=em, label=min(em * 13, max(self.width() * 0.24, em * 8)))

    def _went(self) -> None:
        if not self._is_ours and self.currentIndex().isValid():
            self.moved.emit(self.currentIndex().row())


@singledispatch
def paint(mark: Mark, painter: QPainter) -> None:
    """One mark of a drawing. Raises ``TypeError`` for what is not a mark."""
    raise TypeError(f"not a mark: {type(mark).__name__}")


@paint.register
def _stroke(mark: Stroke, painter: QPainter) -> None:
    painter.setPen(_pen(mark.tone, mark.width, dashed=mark.dashed))
    painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))
    if mark.arrow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(mark.tone))
        painter.drawPolygon(_polygon(arrow_head(mark, 7.0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)


@paint.register
def _shape(mark: Shape, painter: QPainter) -> None:
    painter.setBrush(_colour(mark.fill))
    painter.setPen(_pen(mark.edge, mark.width, dashed=mark.dashed) if mark.width else QPen(Qt.PenStyle.NoPen))
    if mark.round:
        painter.drawEllipse(QRectF(*mark.box))
    else:
        painter.drawPolygon(_polygon(mark.points))
    painter.setBrush(Qt.BrushStyle.NoBrush)


@paint.register
def _words(mark: Words, painter: QPainter) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(1, round(mark.size)))
    font.setBold(mark.bold)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(mark.text, Qt.TextElideMode.ElideRight, mark.room * 1.06) if mark.room else mark.text
    width = metrics.horizontalAdvance(text)
    x = mark.x - {Anchor.LEFT: 0.0, Anchor.MIDDLE: width / 2, Anchor.RIGHT: width}[mark.anchor]
    painter.setPen(_colour(mark.tone))
    painter.drawText(QPointF(x, mark.y), text)


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _pen(tone: Tone, width: float, *, dashed: bool) -> QPen:
    pen = QPen(_colour(tone), width * 1.2)
    if dashed:
        pen.setDashPattern([3, 2])
    return pen


def _colour(tone: Tone) -> QColor:
    return QColor(appearance().tokens[_TOKENS[tone]])
