"""The page Reports: the kinds in a list, and the pages of the chosen one to look at before it is saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldkit.app.report_catalogue import REPORTS
from ui.presenters.reports.page import ReportsPage, ReportsState
from ui.presenters.reports.words import checked, concern
from ui.qt.file_dialogs import file_to_save
from ui.views.evidence.flow import FlowLayout
from ui.views.progress import Progress
from ui.views.rendering import View
from ui.views.reports.pages import PageCanvas
from ui.views.reports.side import ReportsSide
from ui.views.scrolling import scrolled
from ui.views.task_list import TaskLine, TaskList
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.labels import HeadingLabel, HintLabel

_CTRL = Qt.KeyboardModifier.ControlModifier
_FILES = "PDF with its web page (*.pdf);;Word document (*.docx);;Web page (*.html);;Plain text (*.txt)"
_LINES = [
    TaskLine(
        key=one.id, title=one.title, status=one.what, spoken=f"{one.title}. {one.what}", is_done=False, mark="file-text"
    )
    for one in REPORTS
]


class ReportsView(View):
    """Two faces: the list, and the pages."""

    def __init__(self, page: ReportsPage) -> None:
        super().__init__()
        self.page = page
        self._faces = QStackedWidget()
        self.list = TaskList("Reports", "reports.list", self._opened)
        self.back = button("Back to the reports", "reports.back")
        self.earlier = button("Page before", "reports.earlier")
        self.later = button("Next page", "reports.later")
        self.save_pages = button("Save the report", "reports.save_pages", kind="primary", icon_name="download")
        self.place = button("Next place to look at", "reports.place")
        self._where = HeadingLabel("")
        self.canvas = PageCanvas()
        self.fault, self.notice = Banner("reports.fault"), Banner("reports.notice")
        self._checked = Banner("reports.checked")
        self.progress = Progress("reports.progress", page.stop)
        self._side: ReportsSide = self.part(ReportsSide(page, self._save))
        self._pages: object = None
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _: self._moved())
        self.back.clicked.connect(lambda: page.leave_preview())
        self.earlier.clicked.connect(lambda: page.turn(-1))
        self.later.clicked.connect(lambda: page.turn(1))
        self.place.clicked.connect(lambda: page.to_next_place())
        self.save_pages.clicked.connect(lambda: self._save())
        self.canvas.turned.connect(page.turn)
        self.follow(page, self._render)

    @property
    def side(self) -> ReportsSide:
        return self._side

    def take_focus(self) -> None:
        if self.page.state.pages is not None:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.verticalScrollBar().setValue(0)  # a page is higher than the room: its middle would be shown
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CTRL:
            self._save()
        elif event.key() == Qt.Key.Key_Escape and self.page.state.pages is not None:
            self.page.leave_preview()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        choice = QWidget()
        rows = QVBoxLayout(choice)
        rows.setContentsMargins(16, 10, 16, 12)
        rows.setSpacing(8)
        rows.addWidget(HeadingLabel("Reports"))
        hint = HintLabel("Everything can be taken out at any time, without a network. Files are not encrypted.")
        hint.setWordWrap(True)
        rows.addWidget(hint)
        rows.addWidget(self.list)
        rows.addStretch(1)
        pages = QWidget()
        below = QVBoxLayout(pages)
        below.setContentsMargins(16, 10, 16, 12)
        below.setSpacing(8)
        tools = FlowLayout()
        for each in (self.back, self.earlier, self.later, self.place, self.save_pages):
            tools.addWidget(each)
        below.addLayout(tools)
        for part in (self._where, self._checked, self.canvas):
            below.addWidget(part)
        below.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        for banner in (self.fault, self.notice, self.progress):
            around.addWidget(banner)
        around.addWidget(self._faces, 1)
        for face in (choice, pages):
            holder = QWidget()
            self._scroll = scrolled(face, holder)
            self._faces.addWidget(holder)

    def _render(self, state: ReportsState) -> None:
        self.list.show_lines(f"Reports, {len(_LINES)} kinds", _LINES)
        place = next(at for at, one in enumerate(REPORTS) if one.id == state.kind.id)
        if self.list.currentRow() != place:
            self.list.setCurrentRow(place)
        self.save_pages.setEnabled(not state.busy)
        self.progress.show_count(state.busy, 0, 0)
        for banner, said, kind in ((self.fault, state.fault, "danger"), (self.notice, state.notice, "success")):
            if banner.words != said:
                banner.say(said, kind)
        self._show_pages(state)

    def _show_pages(self, state: ReportsState) -> None:
        pages = state.pages
        if pages is not None and state.shown:
            told = f"Preview, page {state.shown} of {pages.count}"
            if (pages, state.shown) != self._pages:
                self.canvas.show_page(state.png, told, state.text)
                self._pages = (pages, state.shown)
                self._scroll.verticalScrollBar().setValue(0)
            self._where.setText(f"{state.kind.title}, page {state.shown} of {pages.count}")
            self.earlier.setEnabled(state.shown > 1)
            self.later.setEnabled(state.shown < pages.count)
            self.place.setVisible(bool(self.page.places))
            found = state.concerns or ()
            words = "\n".join([checked(found), *(concern(one) for one in found)])
            if self._checked.words != words:
                self._checked.say(words, "warning" if found else "info")
        face = 1 if pages is not None and state.shown else 0
        if face != self._faces.currentIndex():
            self._turn_face(face)

    def _turn_face(self, face: int) -> None:
        """In a small window the chosen report lies over the list: the pages are under it no longer."""
        self._faces.setCurrentIndex(face)
        if face == 1:
            self._side.closed.emit()
        if self.isVisible():
            self.take_focus()

    def _moved(self) -> None:
        place = self.list.currentRow()
        if self.list.hasFocus() and 0 <= place < len(REPORTS) and REPORTS[place].id != self.page.state.kind.id:
            self.page.choose(REPORTS[place].id)

    def _opened(self, key: str) -> None:
        """Enter goes to what it is about; from there its pages are one key away."""
        if key != self.page.state.kind.id:
            self.page.choose(key)
        self._side.opened.emit()
        self._side.take_focus()

    def _save(self) -> None:
        self.page.save(partial(file_to_save, self, "Save the report", f"{self.page.name}.pdf", _FILES))
