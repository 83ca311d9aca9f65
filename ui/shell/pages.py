"""The pages of an open vault: made when first shown, kept until their presenter was made anew, with their sides."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ui.presenters.workbench import Page, Workbench, WorkbenchState
from ui.qt.theme import appearance
from ui.shell.details_box import DetailsBox
from ui.shell.screens import Screens
from ui.views.rendering import SideView, View


class Pages:
    """``filled`` is called when a side has more or less to show, ``moved`` when a panel of one came or went."""

    def __init__(
        self,
        bench: Workbench,
        screens: Screens,
        sides: DetailsBox,
        filled: Callable[[], None],
        moved: Callable[[bool], None],
    ) -> None:
        self._bench = bench
        self._screens = screens
        self._sides = sides
        self._filled = filled
        self._moved = moved
        self._views: dict[Page, View] = {}
        self._made_for: dict[Page, object] = {}
        self._focus: dict[Page, QWidget] = {}
        self._page: Page | None = None
        self._shown: View | None = None
        self.stack = QStackedWidget()
        self._nothing = View()
        self.stack.addWidget(self._nothing)

    @property
    def shown(self) -> View:
        """The page that is up."""
        assert self._shown is not None
        return self._shown

    @property
    def side(self) -> SideView | None:
        """What belongs in region D while it is up."""
        return self._shown.side if self._shown is not None else None

    def show(self, state: WorkbenchState) -> bool:
        """Show the page of ``state``; whether it is another one than before."""
        before = self._shown
        if before in (None, self._nothing) and state.opening:
            self._shown = self._nothing  # Home would be made, dressed and painted for the blink before the log
            return False
        self._remember_focus()
        view = self._view_of(state.page)
        self._page = state.page
        if view is before:
            return False
        self._shown = view
        appearance().freshen(view)
        self.stack.setCurrentWidget(view)
        self._sides.turn_to(view.side)
        return True

    def freshen(self) -> None:
        """The page comes back into sight, maybe in another look than it went."""
        if self._shown is not None:
            appearance().freshen(self._shown)
            if self._shown.side is not None:
                appearance().freshen(self._shown.side)

    def take_focus(self) -> None:
        """Where the page begins."""
        if self._shown is not None:
            self._shown.take_focus()

    def take_focus_back(self) -> None:
        """Where the focus was when the page was left; where it begins, if that is gone."""
        before = self._focus.get(self._page) if self._page is not None else None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_focus()

    def close(self) -> None:
        """Hear nothing more."""
        self._focus.clear()
        for view in self._views.values():
            view.close_view()

    def _remember_focus(self) -> None:
        focused = QApplication.focusWidget()
        if self._shown is not None and self._page is not None and focused is not None:
            is_inside = self._shown.isAncestorOf(focused)
            if is_inside:
                self._focus[self._page] = focused

    def _view_of(self, page: Page) -> View:
        """The page's view, made anew when its presenter is another one than it was made for."""
        wanted = self._presenter_of(page)
        if page not in self._views or self._made_for[page] is not wanted:
            self._drop(page)
            view = self._views[page] = self._screens.make(page)
            self._made_for[page] = wanted
            view.setParent(self.stack)  # dressed before it is shown, and after it is put where it stays
            appearance().dress(view, is_page=True)
            self.stack.addWidget(view)
            side = view.side
            if side is not None:
                self._sides.add(side)
                side.opened.connect(lambda: self._moved(True))
                side.closed.connect(lambda: self._moved(False))
                side.filled.connect(self._filled)
        return self._views[page]

    def _presenter_of(self, page: Page) -> object:
        bench = self._bench
        made: dict[Page, object] = {
            Page.VISIT: bench.visit, Page.LOG: bench.log, Page.EVIDENCE: bench.evidence, Page.COVERAGE: bench.coverage,
        }  # fmt: skip
        return made.get(page) or bench.presenter(page)

    def _drop(self, page: Page) -> None:
        view = self._views.pop(page, None)
        if view is None:
            return
        self._focus.pop(page, None)
        view.close_view()
        side = view.side
        if side is not None:
            self._sides.remove(side)
        self.stack.removeWidget(view)
        view.hide()
        view.deleteLater()
        if view is self._shown:
            self._shown = None
