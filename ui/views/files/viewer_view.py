"""One file looked at: its page, what turns pages, and what black boxes need; text as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.presenters.files.viewer import Viewer, ViewerState
from ui.qt.accessibility import named
from ui.views.evidence.flow import FlowLayout
from ui.views.files.canvas import Canvas
from ui.views.progress import Progress
from ui.views.rendering import View
from ui.views.scrolling import scrolled
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel, RoleLabel
from ui.widgets.texts import CapturePlainTextEdit

HOW = (
    "Draw with the mouse, or press Insert for a box. Arrows move it, Shift and arrows stretch it, N goes to the next, "
    "Delete takes it off, Ctrl+Enter saves the copy. The original is kept"
)


class ViewerView(View):
    """``close`` goes back to the list."""

    def __init__(self, viewer: Viewer, close: Callable[[], None]) -> None:
        super().__init__()
        self.viewer = viewer
        self._edition = -1
        self._is_text = False
        self.canvas = Canvas(viewer)
        self.text = named(CapturePlainTextEdit(), "Text of the file", "files.text")
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(_TEXT_HEIGHT)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.fault = Banner("files.viewer.fault")
        self.progress = Progress("files.viewer.progress", viewer.stop)
        self.page = RoleLabel(role="small")
        self.how = HintLabel(HOW)
        self.back = button("Back", "files.viewer.back", icon_name="x")
        self.back.clicked.connect(lambda: close())
        self.earlier = button("Earlier", "files.viewer.earlier", icon_name="chevron-up")
        self.earlier.clicked.connect(lambda: viewer.turn(-1))
        self.later = button("Later", "files.viewer.later", icon_name="chevron-down")
        self.later.clicked.connect(lambda: viewer.turn(1))
        self.draw = button("Black out parts", "files.viewer.draw")
        self.draw.clicked.connect(lambda: viewer.draw())
        self.save = button("Save the copy", "files.viewer.save", kind="primary")
        self.save.clicked.connect(lambda: viewer.save())
        self._lay_out()
        self.follow(viewer, self._render)

    def take_focus(self) -> None:
        self._shown_part().setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.verticalScrollBar().setValue(0)  # a page is higher than the room: its middle would be shown

    def _shown_part(self) -> QWidget:
        if self.viewer.state.fault and self.viewer.state.preview is None:
            return self.back
        return self.text if self._is_text else self.canvas

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CTRL:
            self.viewer.save()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._inside = inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        value = self.viewer.value
        rows.addWidget(HeadingLabel(f"{value.exhibit}  {value.name}"))
        tools = FlowLayout()
        for each in (self.back, self.earlier, self.page, self.later, self.draw, self.save):
            tools.addWidget(each)
        rows.addLayout(tools)
        for one in (self.fault, self.progress, self.how):
            rows.addWidget(one)
        rows.addWidget(self.canvas)
        rows.addWidget(self.text, 1)
        rows.addStretch(0)
        self._scroll = scrolled(inside, self)
        cast("QLayout", self.layout()).setContentsMargins(0, _EDGE, 0, _EDGE)
        self.canvas.shown_at.connect(self._follow_box)

    def _follow_box(self, top: int, bottom: int) -> None:
        """A box that keys moved stays in sight."""
        at = self.canvas.mapTo(self._inside, QPoint(0, (top + bottom) // 2))
        self._scroll.ensureVisible(at.x(), at.y(), 0, (bottom - top) // 2 + _ROUND_BOX)

    def _render(self, state: ViewerState) -> None:
        if state.edition != self._edition:
            self._edition = state.edition
            self._show_page(state)
        has_pages = state.pages > 1
        for one in (self.earlier, self.later, self.page):
            one.setVisible(has_pages)
        self.earlier.setEnabled(state.page > 1)
        self.later.setEnabled(state.page < state.pages)
        self.page.setText(f"Page {state.page} of {state.pages}")
        self.draw.setVisible(self.viewer.can_redact)
        words = "Take the boxes off" if state.is_drawing else "Black out parts"
        self.draw.setText(words)
        self.draw.setAccessibleName(words)
        self.how.setVisible(state.is_drawing)
        self.save.setVisible(state.is_drawing)
        self.progress.show_count(state.busy.words, state.busy.done, state.busy.total, "pages")
        if self.fault.words != state.fault:
            self.fault.say(state.fault, "danger")
        is_there = state.preview is not None or not state.fault
        if not is_there and self.canvas.hasFocus():
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.canvas.setVisible(is_there and not self._is_text)
        self.text.setVisible(is_there and self._is_text)
        self.canvas.show_state(state)

    def _show_page(self, state: ViewerState) -> None:
        found = state.preview
        is_text = found is not None and found.png is None
        if is_text and found is not None:
            self.text.setPlainText(found.text)
        elif found is not None and found.png is not None:
            self.canvas.show_image(QImage.fromData(found.png, "PNG"))  # type: ignore[arg-type]
        had_focus = self.canvas.hasFocus() or self.text.hasFocus()
        self._is_text = is_text
        if had_focus:
            self._shown_part().setVisible(True)
            self.take_focus()


_TEXT_HEIGHT = 300
_EDGE = 4
"""Pixels between a white page and its neighbours, on which the focus ring of theirs would not be seen."""

_ROUND_BOX = 40
"""Pixels of the page kept in sight above and below a box."""

_CTRL = Qt.KeyboardModifier.ControlModifier
