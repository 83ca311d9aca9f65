"""A page that scrolls up and down, never sideways, and gives wrapped words all the lines they need.

Qt's own scroll area asks its page for a least height that forgets how words wrap at the width they are given, so a
full page would squeeze its paragraphs instead of scrolling.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMetaObject, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QVBoxLayout, QWidget

_AROUND = 48
"""Pixels kept in sight above and below what has the focus: its label, and its ring."""


class Scrolling(QScrollArea):
    """``page`` holds a layout."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self._port = _viewport()
        self._rows: QMetaObject.Connection | None = None
        self.setViewport(self._port)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)  # a bound method: the connection goes with this area

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """What has the focus is never out of sight; Qt itself sees to that for Tab only."""
        if now is not None and self._page.isAncestorOf(now):
            self._fit()
            if now.property("errorSummary"):  # it is read from its heading on, also where it is taller than the room
                self.verticalScrollBar().setValue(now.mapTo(self._page, QPoint(0, 0)).y() - _AROUND // 4)
            elif isinstance(now, QAbstractItemView):  # Qt would go by its current row, thousands of pixels away
                if now.height() + _AROUND <= self._port.height():  # of a taller one the row is shown, see below
                    top, half = now.mapTo(self._page, QPoint(0, 0)).y(), now.height() // 2
                    self.ensureVisible(0, top + half, 0, half + _AROUND)
            else:
                self.ensureWidgetVisible(now, 0, _AROUND)
                self._leave_room(now)
        self._follow_rows(now if isinstance(now, QAbstractItemView) and self._page.isAncestorOf(now) else None)

    def _leave_room(self, control: QWidget) -> None:
        """For its ring: Qt leaves a control where it is that is seen whole at the very edge."""
        half = control.height() // 2
        if control.height() + _AROUND <= self._port.height():
            self.ensureVisible(0, control.mapTo(self._page, QPoint(0, 0)).y() + half, 0, half + _AROUND // 4)

    def _follow_rows(self, table: QAbstractItemView | None) -> None:
        """The row under the cursor too: a table may be taller than what is seen of the page at 200 % text."""
        if self._rows is not None:
            QObject.disconnect(self._rows)
        self._rows = None
        if table is not None and (rows := table.selectionModel()) is not None:
            self._rows = rows.currentChanged.connect(lambda now, _: self._show_row(table, now))
            self._show_row(table, table.currentIndex())

    def _show_row(self, table: QAbstractItemView, row: QModelIndex | QPersistentModelIndex) -> None:
        area = table.visualRect(row).intersected(table.viewport().rect())
        if not area.isEmpty():  # else it is scrolled away in the table itself, which goes to it at the next arrow
            top = table.viewport().mapTo(self._page, area.topLeft()).y()
            self.ensureVisible(0, top + area.height() // 2, 0, area.height() // 2 + _AROUND // 4)

    def show_cursor(self, table: QAbstractItemView) -> None:
        """The row under the cursor again: what stands above the table has grown."""
        self._fit()
        self._show_row(table, table.currentIndex())

    def bring(self, widget: QWidget) -> None:
        """Something came up on the page that is to be seen now, while the focus stays where it is."""
        self._fit()
        self._page.resize(self._page.width(), max(self._page.minimumHeight(), self._page.height()))
        if (layout := self._page.layout()) is not None:
            layout.activate()
        self.ensureWidgetVisible(widget, 0, _AROUND // 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._page.setMaximumWidth(max(self._port.width(), 1))  # one word of 10,000 letters would push all else away
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        layout = self._page.layout()
        if layout is None:
            return
        layout.activate()  # layouts inside this one measure anew only then
        width = self._port.width()
        needed = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else 0
        if needed != self._page.minimumHeight():
            self._page.setMinimumHeight(max(needed, 0))


def _viewport() -> QWidget:
    """As Qt's own. Asked for that one, PySide looks through every kind of widget there is: 8 ms at the first time."""
    port = QWidget()
    port.setObjectName("qt_scrollarea_viewport")
    port.setAutoFillBackground(True)
    port.setBackgroundRole(QPalette.ColorRole.NoRole)
    return port


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page that ``widget`` is on, if it is on one, so that all of it is seen."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, Scrolling):
        above = above.parentWidget()
    if above is not None:
        above.bring(widget)


def scrolled(page: QWidget, around: QWidget) -> Scrolling:
    """Fill ``around`` with ``page``, scrolling."""
    scroll = Scrolling(page)
    rows = QVBoxLayout(around)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(scroll)
    return scroll
