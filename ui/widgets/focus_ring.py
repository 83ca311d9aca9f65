"""The one focus ring of a window: yellow outside, black inside, so that one of them stands out on any colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFocusFrame, QWidget

from ui.qt.theme import appearance

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelectionModel
    from PySide6.QtWidgets import QAbstractItemView

_LINE = 3  # pixels of each of the two lines; with 2 the change in light only equals WCAG 2.4.13's minimum
_EDGE = 2  # pixels of the border of a field with a mistake
_TEXT_FIELDS = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QAbstractSpinBox")
"""By name: PySide makes a class with all its enumerations when it is first touched, 3 ms no locked screen needs."""
_MOVING = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.Wheel,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.LayoutRequest,
}


class FocusRing(QFocusFrame):
    """Drawn above everything in ``window``, round the control that has focus, inside the current row of a list.

    A ``QFocusFrame`` only because Qt leaves that class out of the accessibility tree; ``setWidget`` is never
    called, since its 2 px mask would hide the black line.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._focused: QWidget | None = None
        self._watched: list[QWidget] = []
        self._rows: QItemSelectionModel | None = None
        self._settle = QTimer(self)  # places the ring once the events of a change are all handled
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self.place)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)  # a bound method: a lambda would outlive the window
        self.track(QApplication.focusWidget())  # the first focus is never told

    def track(self, widget: QWidget | None) -> None:
        """Follow ``widget``; hide for None and for widgets of other windows."""
        self._leave()
        if widget is None or widget.window() is not self._window or self._is_mouse_focus(widget):
            self.hide()
            return
        self._focused = widget
        self._watch(widget)
        self.place()

    def place(self) -> None:
        """Lie round the focused control, or inside its current row; hide when it is scrolled away."""
        widget = self._focused
        if widget is None or not shiboken6.isValid(widget) or not widget.isVisible():
            self.hide()
            return
        area, outside = self._area(widget)
        self.setGeometry(area.adjusted(-outside, -outside, outside, outside))
        self.setVisible(not area.isEmpty())
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVING:
            self._settle.start()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = appearance().tokens
        inner = _LINE + (_EDGE if self._has_dark_edge() else 0)
        for token, first, lines in (("focusOuter", 0, _LINE), ("focusInner", _LINE, inner)):
            painter.setPen(QPen(QColor(tokens[token]), 1))
            for inset in range(first, first + lines):
                painter.drawRect(self.rect().adjusted(inset, inset, -1 - inset, -1 - inset))

    def _has_dark_edge(self) -> bool:
        """A red border is too near to black: two of the three lines over it would not be seen to change."""
        widget = self._focused
        if widget is None or not shiboken6.isValid(widget):
            return False
        return "true" in (widget.property("error"), widget.property("errorSummary"))

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self.track(new)

    def _row_moved(self, *_: object) -> None:
        self._settle.start()

    def _is_mouse_focus(self, widget: QWidget) -> bool:
        is_pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        return is_pressed and not any(widget.inherits(name) for name in _TEXT_FIELDS)

    def _area(self, widget: QWidget) -> tuple[QRect, int]:
        """The rectangle in the window, and how far the ring goes beyond it."""
        if _is_list(widget) and widget.currentIndex().isValid():
            row = widget.visualRect(widget.currentIndex())
            if widget.selectionBehavior() == widget.SelectionBehavior.SelectRows:
                row.setLeft(0)  # what is chosen is the row, so the ring lies round all of it
                row.setRight(widget.viewport().width() - 1)
            area = self._in_window(widget.viewport(), row)
            if not area.isEmpty():  # else the row is scrolled away, and the ring goes round the whole list
                return area, 0  # outside it would cover the neighbours' words
        # A button inside a field has the field's border close by, on which yellow is not seen: its ring lies inside.
        area = self._in_window(widget, widget.rect())
        has_room = self._window.rect().contains(area.adjusted(-_LINE, -_LINE, _LINE, _LINE))  # not at the very edge
        return area, _LINE if has_room and widget.property("kind") != "inside" else 0

    def _in_window(self, widget: QWidget, rect: QRect) -> QRect:
        """``rect`` of ``widget`` in the window, without what its scroll areas hide."""
        area = QRect(widget.mapTo(self._window, rect.topLeft()), rect.size())
        place: QWidget | None = widget if rect != widget.rect() else widget.parentWidget()
        while place is not None and place is not self._window:
            area = area.intersected(QRect(place.mapTo(self._window, QPoint(0, 0)), place.size()))
            place = place.parentWidget()
        return area

    def _watch(self, widget: QWidget) -> None:
        place: QWidget | None = widget
        if _is_list(widget):
            self._watched.append(widget.viewport())
            self._rows = widget.selectionModel()
            if self._rows is not None:  # the row may be moved by what was done elsewhere, without a key on the list
                self._rows.currentChanged.connect(self._row_moved)
        while place is not None:
            self._watched.append(place)
            place = None if place is self._window else place.parentWidget()
        for watched in self._watched:
            watched.installEventFilter(self)

    def _leave(self) -> None:
        for watched in self._watched:
            if shiboken6.isValid(watched):
                watched.removeEventFilter(self)
        self._watched.clear()
        if self._rows is not None and shiboken6.isValid(self._rows):
            self._rows.currentChanged.disconnect(self._row_moved)
        self._rows = None
        self._focused = None


def _is_list(widget: QWidget) -> TypeGuard[QAbstractItemView]:
    return widget.inherits("QAbstractItemView")
