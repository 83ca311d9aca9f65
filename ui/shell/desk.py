"""The open vault on the screen: regions A to E round the page of the moment (ux 2.0.2)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.presenters.services import Say
from ui.presenters.undo import UndoState
from ui.presenters.workbench import Page, Workbench, WorkbenchState
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.shell.main_menu import MainMenu
from ui.shell.palette import Palette
from ui.shell.screens import Screens
from ui.shell.status_bar import StatusBar
from ui.shell.top_bar import TopBar
from ui.views.hidden import HiddenPage
from ui.views.rendering import View
from ui.widgets.banner import Banner
from ui.widgets.undo_bar import UndoBar

_SIDE, _NARROW_SIDE = 320, 280
_FULL, _MIDDLE = 1200, 1000
"""Widths at 100 % text at which words stand beside the menu's icons, and below which one column is left."""


class Desk(View):
    """``pressed`` tells the id of a command chosen with the pointer or in the palette."""

    pressed = Signal(str)
    retitled = Signal(str)

    def __init__(self, bench: Workbench, screens: Screens, say: Say) -> None:
        super().__init__()
        self.bench = bench
        self._screens = screens
        self._say = say
        self._views: dict[Page, View] = {}
        self._made_for: dict[Page, object] = {}
        self._shown: View | None = None
        self._details_closed = False
        self._details_wanted = False
        self._menu_wanted = False
        self.top = TopBar(is_practice=bench.session.is_practice)
        self.menu = MainMenu()
        self.main = QStackedWidget()
        self._centre = QWidget()
        self.side_box = QFrame()
        self._side = QStackedWidget()
        self.status: StatusBar = self.part(StatusBar(bench.status))
        self.undo = UndoBar("undo")
        self.fault = Banner("desk.fault")
        self.idle = Banner("desk.idle")
        self._hidden = HiddenPage(bench.hide)
        self._all = QStackedWidget()
        self._lay_out()
        self.palette_box = Palette(self, self.pressed.emit, say)
        self.top.pressed.connect(self.pressed)
        self.status.pressed.connect(self.pressed)
        self.menu.chosen.connect(bench.go)
        self.hear(bench.session.undo.changed.listen(self._undo_changed))
        appearance().changed.connect(self._fit)
        self.follow(bench, self._render)

    @property
    def view(self) -> View:
        """The page that is up."""
        assert self._shown is not None
        return self._shown

    def take_focus(self) -> None:
        if self._shown is not None:
            self._shown.take_focus()

    def close_view(self) -> None:
        super().close_view()
        for view in self._views.values():
            view.close_view()
        self._screens.close()

    def regions(self) -> list[QWidget]:
        """In the order of F6: C, D, E, A, B."""
        found: list[QWidget] = [self.main]
        if self.side_box.isVisible():
            found.append(self.side_box)
        return [*found, self.status, self.top, *([self.menu] if self.menu.isVisible() else [])]

    def next_region(self, step: int) -> None:
        """F6 and Shift+F6."""
        regions = self.regions()
        focused = QApplication.focusWidget()
        here = next((at for at, one in enumerate(regions) if focused is not None and one.isAncestorOf(focused)), -1)
        here = regions.index(focused) if focused in regions else here
        if not self.side_box.isVisible() and here == 0 and step > 0 and self._side.count() and self._one_column:
            self.show_details()
            return
        self._enter(regions[(here + step) % len(regions)])

    def toggle_menu(self) -> None:
        """The menu button, where the menu has no room of its own."""
        self._menu_wanted = not self._menu_wanted
        self._fit()
        if self._menu_wanted:
            self.menu.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_focus()

    def toggle_details(self) -> None:
        """Ctrl+backslash."""
        if self._is_tight:
            self._details_wanted = not self._details_wanted
        else:
            self._details_closed = not self._details_closed
        self._fit()
        if not self.side_box.isVisible():
            self.take_focus()

    def show_details(self) -> None:
        """Region D over the page where there is no room beside it."""
        self._details_wanted = True
        self._details_closed = False
        self._fit()
        self._enter(self.side_box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        named(self.main, "Main content", "main")
        named(self.side_box, "Details", "details")
        inner = QVBoxLayout(self.side_box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._side)
        self.side_box.setProperty("card", "true")
        self.side_box.hide()
        column = QVBoxLayout(self._centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.main, 1)
        column.addWidget(self.undo)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.menu)
        middle.addWidget(self._centre, 1)
        middle.addWidget(self.side_box, 1)
        work = QWidget()
        rows = QVBoxLayout(work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top)
        rows.addWidget(self.idle)
        rows.addWidget(self.fault)
        rows.addLayout(middle, 1)
        rows.addWidget(self.status)
        self._all.addWidget(work)
        self._all.addWidget(self._hidden)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._all)

    def _render(self, state: WorkbenchState) -> None:
        self._all.setCurrentIndex(1 if state.is_hidden else 0)
        if state.is_hidden:
            self._hidden.take_focus()
        self.top.show_crumbs(state.crumbs)
        self.menu.mark(state.page)
        view = self._view_of(state.page)
        if view is not self._shown:
            self._shown = view
            self.main.setCurrentWidget(view)
            self._details_wanted = self._menu_wanted = False
            side = view.side
            if side is not None:
                self._side.setCurrentWidget(side)
            self._fit()
            view.take_focus()
        elif not state.is_hidden and self._was_hidden:
            view.take_focus()
        self._was_hidden = state.is_hidden
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger", remedy="Dismiss", do=self.bench.dismiss_fault)
        self.retitled.emit(" – ".join(reversed(state.crumbs)))

    _was_hidden = False

    def _view_of(self, page: Page) -> View:
        """The page's view, made anew when its presenter is another one than it was made for."""
        wanted = self._presenter_of(page)
        if page not in self._views or self._made_for[page] is not wanted:
            self._drop(page)
            view = self._views[page] = self._screens.make(page)
            self._made_for[page] = wanted
            self.main.addWidget(view)
            side = view.side
            if side is not None:
                self._side.addWidget(side)
                side.opened.connect(self._panel_opened)
                side.closed.connect(self._panel_closed)
                side.filled.connect(self._fit)
        return self._views[page]

    def _presenter_of(self, page: Page) -> object:
        bench = self.bench
        if page is Page.HOME:
            return bench.new_visit
        made: dict[Page, object] = {
            Page.VISIT: bench.visit, Page.LOG: bench.log, Page.EVIDENCE: bench.evidence, Page.COVERAGE: bench.coverage,
        }  # fmt: skip
        return made.get(page)

    def _drop(self, page: Page) -> None:
        view = self._views.pop(page, None)
        if view is None:
            return
        view.close_view()
        side = view.side
        if side is not None:
            self._side.removeWidget(side)
            side.deleteLater()
        self.main.removeWidget(view)
        view.hide()
        view.deleteLater()
        if view is self._shown:
            self._shown = None

    @property
    def _scale(self) -> float:
        return appearance().typography.percent / 100

    @property
    def _is_tight(self) -> bool:
        """Whether region D has no room beside the page."""
        return self.width() < _FULL * min(self._scale, 1.0) or self._scale >= 1.5 or self.width() / self._scale < _FULL

    @property
    def _one_column(self) -> bool:
        return self.width() / self._scale < _MIDDLE or self._scale >= 1.5

    def _fit(self) -> None:
        side = self._shown.side if self._shown is not None else None
        tight = self._is_tight
        there = side is not None and side.has_something
        shown = there and (self._details_wanted if tight else not self._details_closed)
        self.side_box.setVisible(shown)
        self._centre.setVisible(not (shown and self._one_column))
        width = round((_NARROW_SIDE if tight else _SIDE) * self._scale)
        if shown and self._one_column:
            self.side_box.setMinimumWidth(0)
            self.side_box.setMaximumWidth(16777215)
        else:
            self.side_box.setFixedWidth(min(width, self.width() // 2))
        self.menu.be_narrow(is_narrow=tight)
        self.menu.setVisible(not self._one_column or self._menu_wanted)
        self.top.be_brief(is_brief=self._one_column)
        self.status.be_brief(is_brief=tight)
        if self.palette_box.isVisible():
            self.palette_box.place()

    def _panel_opened(self) -> None:
        self._details_wanted = True
        self._details_closed = False
        self._fit()

    def _panel_closed(self) -> None:
        self._details_wanted = False
        self._fit()
        self.take_focus()

    def _enter(self, region: QWidget) -> None:
        if region is self.main:
            if not self.main.isVisible():
                self._details_wanted = False
                self._fit()
            self.take_focus()
        elif region is self.side_box:
            side = self._side.currentWidget()
            if isinstance(side, View):
                side.take_focus()
        elif region is self.top:
            self.top.find_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif isinstance(region, View):
            region.take_focus()
        else:
            region.setFocus(Qt.FocusReason.TabFocusReason)

    def _undo_changed(self, state: UndoState) -> None:
        if state.offers_undo:
            self.undo.offer(state.message, lambda: self.pressed.emit("undo"))
        else:
            self.undo.withdraw()
            self._say(state.message)
