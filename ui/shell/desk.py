"""The open vault on the screen: regions A to E round the page of the moment (ux 2.0.2)."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.presenters.page import ABOUT, Of
from ui.presenters.palette.find_or_do import FindOrDo
from ui.presenters.palette.items import Item
from ui.presenters.services import Say
from ui.presenters.settings_pages import SettingsPage
from ui.presenters.undo import UndoState
from ui.presenters.workbench import Page, Workbench, WorkbenchState
from ui.qt.accessibility import named
from ui.qt.theme import appearance
from ui.qt.turns import turns
from ui.shell.details_box import DetailsBox
from ui.shell.find_door import FindDoor
from ui.shell.going import go_to
from ui.shell.main_menu import MainMenu
from ui.shell.pages import Pages
from ui.shell.palette import Palette
from ui.shell.question_door import QuestionDoor
from ui.shell.restrict_door import RestrictDoor
from ui.shell.screens import Screens
from ui.shell.spelling_door import SpellingDoor
from ui.shell.status_bar import StatusBar
from ui.shell.top_bar import TopBar
from ui.shell.widths import Menu, Widths, widths
from ui.views.hidden import HiddenPage
from ui.views.rendering import SideView, View
from ui.views.things_to_try import PracticeLine
from ui.widgets.banner import Banner
from ui.widgets.undo_bar import UndoBar

_LOW = 400
"""Pixels of height at 100 % text that the shell and three notes take."""
_LISTS = tuple(page for page, what in ABOUT.items() if what is not Of.RECORD)
"""Pages that Esc leaves from any of their buttons too; an interview or a case that is going on is left by its own."""


class Desk(View):
    """``pressed`` tells the id of a command chosen with the pointer or in the palette; ``arrived`` the page shown."""

    pressed = Signal(str)
    retitled = Signal(str)
    arrived = Signal(Page)

    def __init__(self, bench: Workbench, finder: FindOrDo, screens: Screens, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self.bench = bench
        self._screens = screens
        self._say = say
        self._menu_wanted = False
        self._was_hidden = False
        self._is_closed = False
        self.sound: QWidget | None = None
        """The line of sound over all of this, which the window has."""
        self._before_panel: QAbstractItemView | None = None
        self._before_hiding: QWidget | None = None
        self.top = TopBar(bench.shortcuts, is_practice=bench.session.is_practice)
        self.menu = MainMenu()
        self.side_box = DetailsBox()
        self.pages = Pages(bench, screens, self.side_box, self._fit, self._panel_moved)
        self.main = self.pages.stack
        bench.prepare = self.pages.prepare
        self._centre = QWidget()
        self.status: StatusBar = self.part(StatusBar(bench.status))
        self.undo = UndoBar("undo")
        self.fault = Banner("desk.fault")
        self.idle = Banner("desk.idle")
        self.notice = Banner("desk.notice")
        self.asking = QuestionDoor(self, bench)
        self._hidden = HiddenPage(self.hide_screen, bench.shortcuts)
        self.part(self._hidden)
        self._all = QStackedWidget()
        self._work = QWidget()
        exercises = bench.exercises
        self.practice: PracticeLine | None = None
        if exercises is not None:
            self.practice = self.part(PracticeLine(exercises, self._show_exercises))
        self._lay_out()
        self.spelling = SpellingDoor(self, bench.speller, say, self._notify)
        self.restricting = RestrictDoor(self, bench)
        self.replacing = FindDoor(self, self.top, self.status, bench, self.pages.take_focus)
        self.palette_box: Palette = self.part(Palette(self, finder, self._go))
        practice = [self.practice] if self.practice is not None else []
        for part in (self.top, self.menu, self.status, *practice):
            appearance().dress(part)
        banners = (self.fault, self.idle, self.notice, self.asking.banner)
        self._seldom = (self.undo, *banners, self._hidden, self.palette_box)
        for part in self._seldom:
            appearance().dress(part, is_page=True, waits=True)
        for each in (self.top, self.status):
            each.pressed.connect(self.pressed)
        self.menu.chosen.connect(self._choose)
        self.side_box.left.connect(self._leave_details)
        self.hear(bench.session.undo.changed.listen(self._undo_changed))
        self.hear(bench.shortcuts.changed.listen(lambda _: self._name_keys()))
        self._name_keys()
        appearance().changed.connect(self._fit)
        self.follow(bench, self._render)

    def save_blank(self, kind: str) -> None:
        """A blank sheet to print (``fieldkit.reports.blanks.Blank``)."""
        self._screens.save_blank(kind, self)

    def _notify(self, words: str) -> None:
        self.notice.say(words, "warning", remedy="Dismiss", do=self.notice.clear)
        self._say(words, urgent=True)

    @property
    def view(self) -> View:
        """The page that is up."""
        return self.pages.shown

    @property
    def title(self) -> str:
        """What the window is called; nothing of anybody's words while the screen is hidden."""
        return "" if self.bench.state.is_hidden else _title(self.bench.state.crumbs)

    @property
    def room(self) -> Widths:
        """How the regions share the window now."""
        return widths(self.width(), appearance().typography.percent)

    @property
    def _is_low(self) -> bool:
        """Whether what is only pleasant has to leave its room to the page; things to try are on Home all the same."""
        return self.height() < _LOW * appearance().typography.percent / 100

    def take_focus(self) -> None:
        if self.bench.state.is_hidden:
            self._hidden.take_focus()
        else:
            self.pages.take_focus()

    def close_view(self) -> None:
        super().close_view()
        self._is_closed = True
        self.spelling.close()
        self.replacing.close()
        self.restricting.close()
        self.asking.close()
        self.pages.close()
        self._screens.close()

    def pieces(self) -> list[QWidget]:
        return self.pages.pieces()

    def regions(self) -> list[QWidget]:
        """In the order of F6: C, D, E, A, B."""
        found: list[QWidget] = [self.main]
        if self.side_box.isVisible() or (self._has_side and self.side_box.can_be_opened):
            found.append(self.side_box)
        sound = [self.sound] if self.sound is not None and self.sound.isVisible() else []
        if self.replacing.card is not None and self.replacing.is_open:
            found.append(self.replacing.card)
        return [*found, self.status, *sound, self.top, *([self.menu] if self.menu.isVisible() else [])]

    def next_region(self, step: int) -> None:
        """F6 and Shift+F6."""
        regions = self.regions()
        focused = QApplication.focusWidget()
        here = next((at for at, one in enumerate(regions) if focused is not None and _holds(one, focused)), 0)
        self._enter(regions[(here + step) % len(regions)])

    def toggle_menu(self) -> None:
        """The menu button, where the menu has no room of its own."""
        self._menu_wanted = not self._menu_wanted
        self._fit()
        if self.menu.isVisible():
            self.menu.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.pages.take_focus()

    def toggle_details(self) -> None:
        """Ctrl+backslash."""
        had_focus = _holds(self.side_box, QApplication.focusWidget())
        self.side_box.toggle()
        self._fit()
        if self.side_box.isVisible() and self.room.menu is not Menu.WORDS:
            self._enter(self.side_box)
        elif had_focus:
            self.pages.take_focus()

    def show_details(self) -> None:
        """Region D, also where there is no room beside the page."""
        self.side_box.open()
        self._fit()
        self._enter(self.side_box)

    def show_setting(self, page: SettingsPage) -> None:
        """A page of Settings."""
        self._screens.show_setting(page)

    def hide_screen(self) -> None:
        """F9: cover everything, or uncover it, and the caret where it was."""
        if not self.bench.state.is_hidden:
            self._before_hiding = QApplication.focusWidget()
        self.bench.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._step_back()
        else:
            super().keyPressEvent(event)

    def _show_exercises(self) -> None:
        """Home has the whole list beside it."""
        self.bench.go(Page.HOME)
        self.show_details()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        named(self.main, "Main content", "main")
        column = QVBoxLayout(self._centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.main, 1)
        column.addWidget(self.undo)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.menu)
        middle.addWidget(self._centre, 1)
        self.side_box.stand_in(middle)
        rows = QVBoxLayout(self._work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        practice = [self.practice] if self.practice is not None else []
        for each in (self.top, *practice, self.idle, self.notice, self.fault, self.asking.banner):
            rows.addWidget(each)
        rows.addLayout(middle, 1)
        rows.addWidget(self.status)
        self._all.addWidget(self._work)
        self._all.addWidget(self._hidden)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._all)

    def _render(self, state: WorkbenchState) -> None:
        self._cover(state)
        self.top.show_crumbs(state.crumbs)
        self.menu.mark(state.page)
        if self.pages.show(state):
            self._menu_wanted = False
            self._fit()
            if not state.is_hidden:
                self.pages.take_focus()
        named(self.main, state.crumbs[-1])
        if state.fault != self.fault.words:
            self.fault.say(state.fault, "danger", remedy="Dismiss", do=self.bench.dismiss_fault)
        self.retitled.emit(self.title)
        if not state.opening:  # else the page is still the one before
            self.arrived.emit(state.page)

    def _freshen(self) -> None:
        """What was covered comes back into sight, maybe in another look than it went."""
        for part in self._stale:
            appearance().freshen(part)

    @property
    def _stale(self) -> list[QWidget]:
        seldom = [part for part in self._seldom if not part.isHidden() and appearance().is_stale(part)]
        return [*self.pages.stale, *seldom]

    def _cover(self, state: WorkbenchState) -> None:
        """Nothing of anybody's words stays on the screen, in the title or in the accessibility tree."""
        if state.is_hidden == self._was_hidden:
            return
        self._was_hidden = state.is_hidden
        if state.is_hidden:
            self.palette_box.dismiss()
            self.replacing.dismiss()
            appearance().freshen(self._hidden)
            self._all.setCurrentWidget(self._hidden)
            self._hidden.take_focus()
            return
        self._uncover()

    def _uncover(self) -> None:
        """Back to the page; what has not got the look of the moment has it first, a part in each turn."""
        if self._is_closed or self.bench.state.is_hidden:
            return
        if stale := self._stale:
            appearance().freshen(stale[0])
            turns().soon(self._uncover)
            return
        self._all.setCurrentWidget(self._work)
        before, self._before_hiding = self._before_hiding, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.pages.take_focus()

    def stand_over(self, side: SideView | None) -> None:
        """Show ``side`` in region D over what the page has there; none brings that back, and the focus to the page."""
        had_focus = _holds(self.side_box, QApplication.focusWidget())
        if side is not None:
            self.side_box.add(side)
            self.side_box.turn_to(side)
            self._enter(self.side_box)
            return
        self.side_box.turn_to(self.pages.side)
        self._fit()
        if had_focus:
            self.pages.take_focus()

    @property
    def _has_side(self) -> bool:
        if self.restricting.is_open:
            return True
        side = self.pages.side
        return side is not None and side.has_something

    def _fit(self) -> None:
        if self._is_closed:  # it may be taken apart already
            return
        room = self.room
        shown = self.side_box.fit(room, is_filled=self._has_side)
        self._centre.setVisible(not (shown and room.is_one_column))
        self.menu.be_narrow(is_narrow=room.menu is Menu.ICONS)
        self.menu.setVisible(room.menu is not Menu.BUTTON or self._menu_wanted)
        self.top.be_brief(is_brief=room.is_one_column)
        if self.practice is not None:
            self.practice.setVisible(not self._is_low)
        if (layout := self._work.layout()) is not None:
            layout.activate()
        self.side_box.lie_over(self._centre.geometry())
        self.replacing.place()
        if self.palette_box.isVisible():
            self.palette_box.place()

    def _panel_moved(self, is_open: bool) -> None:
        """A panel of region D came or went; a list that it was opened from has the focus again, on the same row."""
        focused = QApplication.focusWidget()
        if is_open and isinstance(focused, QAbstractItemView) and _holds(self.main, focused):
            self._before_panel = focused
        self.side_box.open() if is_open else self.side_box.shut()
        self._fit()
        if is_open:
            return
        before, self._before_panel = self._before_panel, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.pages.take_focus()

    def _leave_details(self) -> None:
        self.side_box.shut()
        self._fit()
        self.pages.take_focus()

    def _step_back(self) -> None:
        """Esc that nobody wanted: back to the page, then to the page that led here. It never deletes text."""
        focused = QApplication.focusWidget()
        if self.bench.state.is_hidden:
            return
        if not _holds(self.main, focused):
            self._menu_wanted = False
            self._fit()
            self.pages.take_focus()
        elif self.bench.state.page in (Page.EXPOSURE, Page.HELP, *_LISTS):
            self.bench.back()
            self.pages.take_focus_back()

    def _choose(self, page: Page) -> None:
        self._menu_wanted = False
        self.bench.go(page)
        self._fit()

    def _go(self, item: Item) -> None:
        go_to(item, self.bench, self.pressed.emit, self.show_setting)

    def _enter(self, region: QWidget) -> None:
        if region is not self.side_box and (self.side_box.is_over or self.room.is_one_column):
            self.side_box.shut()
            self._fit()
        if region is self.main:
            self.pages.take_focus()
        elif region is self.side_box:
            self.side_box.open()
            self._fit()
            side = self.side_box.side
            if side is not None:
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

    def _name_keys(self) -> None:
        self.undo.show_keys(self.bench.shortcuts.shown("undo"))
        self.top.name_keys()


def _holds(region: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (region is focused or region.isAncestorOf(focused))


def _title(crumbs: tuple[str, ...]) -> str:
    """``ICB board – Northshire ICS, Visit 2``: where one is first, since taskbars cut the end."""
    return " – ".join(part for part in (crumbs[-1], ", ".join(crumbs[:-1])) if part)
