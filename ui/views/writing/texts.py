"""The page Short texts: one's own on top, the abbreviations that are known under them, the form beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from fieldkit.capture.short_texts import ShortText
from ui.presenters.writing.texts_page import OpenForm, TextsPage, TextsState
from ui.views.panels.form_panel import FormPanel
from ui.views.rendering import SideView, View
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, HeadingLabel, HintLabel

EMPTY = "No short texts yet. One is a name for words you write often: type ;name and press Tab."
_ABOUT = "Type a semicolon and the first letters of a name, then press Tab. Nothing changes until you do."


class TextsView(View):
    """``back`` goes where one came from."""

    def __init__(self, page: TextsPage, back: Callable[[], None]) -> None:
        super().__init__()
        self.page = page
        self._back = back
        self.list = TaskList("Your short texts", "texts.list", self._opened)
        self.known = TaskList("Abbreviations", "texts.known", lambda _: None)
        self.empty = EmptyState(EMPTY)
        self.fault, self.notice = Banner("texts.fault"), Banner("texts.notice")
        self._add = button("Add a short text", "texts.add", kind="primary", icon_name="plus")
        self._add.clicked.connect(lambda: page.add())
        self._change = button("Change", "texts.change")
        self._change.clicked.connect(lambda: page.change())
        self._off = button("Take off", "texts.off")
        self._off.clicked.connect(lambda: page.take_off())
        self._side: TextsSide = self.part(TextsSide(page))
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self._lay_out()
        self.follow(page, self._render)

    @property
    def side(self) -> TextsSide:
        return self._side

    def take_focus(self) -> None:
        (self.list if self.list.count() else self._add).setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        page = self.page
        return {"note": page.add, "change_text": page.change, "drop_text": page.take_off}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(HeadingLabel("Short texts"), 1)
        head.addWidget(self._add)
        rows.addLayout(head)
        self._about = HintLabel(_ABOUT)
        for each in (self._about, self.fault, self.notice, self.list, self.empty):
            rows.addWidget(each)
        deeds = QHBoxLayout()
        deeds.addWidget(self._change)
        deeds.addWidget(self._off)
        deeds.addStretch(1)
        rows.addLayout(deeds)
        rows.addWidget(HeadingLabel("Abbreviations", level=2))
        rows.addWidget(self.known)
        rows.addStretch(1)
        scrolled(inside, self)

    def _render(self, state: TextsState) -> None:
        self.list.show_lines(f"Your short texts, {len(state.own)}", [_line(one) for one in state.own])
        self.known.show_lines(f"Abbreviations, {len(state.known)}", [_line(one) for one in state.known])
        for part in (self.list, self._change, self._off):
            part.setVisible(bool(state.own))
        self.empty.setVisible(not state.own)
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)
        self._moved()

    def _moved(self) -> None:
        place, own = self.list.currentRow(), self.page.state.own
        self.page.choose(own[place].name if 0 <= place < len(own) else "")

    def _opened(self, name: str) -> None:
        self.page.choose(name)
        self.page.change()


def _line(one: ShortText) -> TaskLine:
    words = " ".join(one.words.split())
    shown = words if len(words) < 200 else f"{words[:197]}…"
    mark = "square-pen" if one.is_own else "info"
    return TaskLine(
        key=one.name, title=f";{one.name}", status=shown, spoken=f"{one.name}: {words}", is_done=False, mark=mark
    )


class TextsSide(SideView):
    """Region D: the form, while it is open."""

    def __init__(self, page: TextsPage) -> None:
        super().__init__()
        self.page = page
        self._panel: FormPanel | None = None
        self._made_for: OpenForm | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.follow(page, self._render)

    @property
    def has_something(self) -> bool:
        return self._panel is not None

    def take_focus(self) -> None:
        if self._panel is not None:
            self._panel.take_focus()

    def close_view(self) -> None:
        super().close_view()
        if self._panel is not None:
            self._panel.close_view()

    def _render(self, state: TextsState) -> None:
        if state.panel is self._made_for:
            return
        self._drop()
        self._made_for = state.panel
        if state.panel is not None:
            self._panel = FormPanel(
                state.panel.heading, state.panel.form, "texts.form", "Save the short text", self.page.close_panel
            )
            self._rows.addWidget(self._panel)
            self.opened.emit()
            self._panel.take_focus()
        self.filled.emit()

    def _drop(self) -> None:
        panel, self._panel = self._panel, None
        if panel is None:
            return
        panel.close_view()
        if panel.isAncestorOf(QApplication.focusWidget() or self):
            self.closed.emit()  # first, or hiding the panel would hand the focus to its neighbour
        self._rows.removeWidget(panel)
        panel.hide()
        panel.deleteLater()
