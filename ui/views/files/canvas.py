"""A page as it looks, with the black boxes that are being drawn on it by mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from fieldkit.media.boxes import WHOLE, Box
from ui.presenters.files.viewer import Viewer, ViewerState
from ui.qt.accessibility import named
from ui.qt.theme import appearance

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_EDGE = 8
_WIDEST = 1000
"""Pixels of a page on the screen: wider, its lines are hard to follow."""

_BY_MOUSE = 4
"""Pixels that the mouse has to move before it draws: less is a click."""


class Canvas(QFrame):
    """As wide as there is room for, and as high as the page then is: what is around it scrolls.

    Boxes are in thousandths, so nothing depends on the size. ``shown_at`` tells where the chosen box is: top, bottom.
    """

    shown_at = Signal(int, int)

    def __init__(self, viewer: Viewer) -> None:
        super().__init__()
        self._viewer = viewer
        self._state = viewer.state
        self._image = QImage()
        self._scaled = QImage()
        self._from: QPoint | None = None
        self._to = QPoint()
        named(self, "The file as it looks", "files.canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(160, 120))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        """Another page came."""
        self._image, self._scaled = image, QImage()
        self._fit()

    def show_state(self, state: ViewerState) -> None:
        """Boxes came, went or moved."""
        moved = state.at != self._state.at or state.boxes != self._state.boxes
        self._state = state
        if moved and state.is_drawing and 0 <= state.at < len(state.boxes) and state.boxes[state.at].page == state.page:
            rect = self._rect_of(state.boxes[state.at])
            self.shown_at.emit(rect.top(), rect.bottom())
        self.setAccessibleDescription(state.said)
        self.setCursor(Qt.CursorShape.CrossCursor if state.is_drawing else Qt.CursorShape.ArrowCursor)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        viewer, key = self._viewer, Qt.Key(event.key())
        if key in _PAGES:  # here, or what scrolls around would take them
            viewer.turn(_PAGES[key])
        elif not self._state.is_drawing:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            stretches = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (viewer.stretch if stretches else viewer.move)(*_ARROWS[key])
        elif key == Qt.Key.Key_Insert:
            viewer.add()
        elif key == Qt.Key.Key_N:
            viewer.choose(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            viewer.remove()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = self._to = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None and self._state.is_drawing:
            self._to = event.position().toPoint()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._from = self._from, None
        if start is None or not self._state.is_drawing:
            return
        drawn = QRect(start, event.position().toPoint()).normalized()
        if drawn.width() < _BY_MOUSE and drawn.height() < _BY_MOUSE:
            self._choose_at(start)
        else:
            self._viewer.add(self._box_of(drawn))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        sheet = self._sheet()
        if not self._image.isNull():
            painter.drawImage(sheet.topLeft(), self._fitted(sheet.size()))
        for at, box in self._state.here:
            self._draw_box(painter, self._rect_of(box), is_chosen=at == self._state.at)
        if self._from is not None and self._state.is_drawing:
            self._draw_box(painter, QRect(self._from, self._to).normalized().intersected(sheet), is_chosen=True)
        if self.hasFocus():
            painter.setPen(QPen(QColor(appearance().tokens["focusOuter"]), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _draw_box(self, painter: QPainter, rect: QRect, *, is_chosen: bool) -> None:
        painter.fillRect(rect, QColor("black"))
        if is_chosen:  # two colours, so that it is seen on any picture
            for colour, by in (("white", 0), (appearance().tokens["focusOuter"], 2)):
                painter.setPen(QPen(QColor(colour), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect.adjusted(-by, -by, by - 1, by - 1))

    def _fit(self) -> None:
        self.setFixedHeight(max(120, self._sheet().height() + 2 * _EDGE))
        self.update()

    def _sheet(self) -> QRect:
        """Where the page lies."""
        if self._image.isNull():
            return QRect(_EDGE, _EDGE, 1, 1)
        room = self.width() - 2 * _EDGE
        width = max(1, min(room, _WIDEST, round(self._image.width() / self.devicePixelRatio())))
        height = max(1, round(width * self._image.height() / self._image.width()))
        return QRect(_EDGE + (room - width) // 2, _EDGE, width, height)

    def _fitted(self, size: QSize) -> QImage:
        wanted = size * self.devicePixelRatio()
        if self._scaled.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled.setDevicePixelRatio(self.devicePixelRatio())
        return self._scaled

    def _rect_of(self, box: Box) -> QRect:
        sheet = self._sheet()
        left, top, right, bottom = box.pixels(sheet.width(), sheet.height())
        return QRect(QPoint(left, top), QPoint(right, bottom)).translated(sheet.topLeft())

    def _box_of(self, rect: QRect) -> Box:
        sheet = self._sheet()
        inside = rect.intersected(sheet).translated(-sheet.topLeft())
        across, down = max(1, sheet.width()), max(1, sheet.height())
        return Box(
            page=self._state.page, left=inside.left() * WHOLE // across, top=inside.top() * WHOLE // down,
            width=-(-inside.width() * WHOLE // across), height=-(-inside.height() * WHOLE // down),
        )  # fmt: skip

    def _choose_at(self, place: QPoint) -> None:
        for at, box in reversed(self._state.here):
            if self._rect_of(box).contains(place):
                self._viewer.choose_at(at)
                return
