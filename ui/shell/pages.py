"""The pages of an open vault: made when first shown, kept until their presenter was made anew, with their sides."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ui.presenters.workbench import Page, Workbench, WorkbenchState
from ui.qt.theme import appearance
from ui.qt.turns import turns
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
        self._retired: list[View] = []
        self._making: _Making | None = None
        self._then: Callable[[], None] = _nothing_more
        self._has_turn = False
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

    def prepare(self, page: Page, then: Callable[[], None]) -> None:
        """Call ``then`` once ``page`` can be shown: at once where it is made, else some turns of the event loop later.
        So too where it was hidden at a change of the look and has not got that yet.

        A page of 200 controls takes 20 ms each to make, to dress, to dress its side and to show: in one turn that is
        a screen that stands still. Whoever asks last is answered.
        """
        self._then = then
        is_made = self._is_made(page)
        if is_made and not self._stale(self._views[page]):
            self._come()
            return
        if self._making is None or self._making.page is not page:
            if self._making is not None:
                self._making.steps.close()
            steps = self._freshened(self._views[page]) if is_made else self._steps(page)
            self._making = _Making(page, steps)
        self._wait()

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
        for part in view.dressed():
            appearance().freshen(part)
        self.stack.setCurrentWidget(view)
        self._sides.turn_to(view.side)
        self._discard()
        return True

    @property
    def is_making(self) -> bool:
        """Whether a page is on its way."""
        return self._making is not None

    @property
    def stale(self) -> list[QWidget]:
        """What of the page that is up has not got the look yet, since it is covered."""
        return self._stale(self._shown) if self._shown is not None else []

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
        if self._making is not None:
            self._making.steps.close()
            self._making = None
        for view in self._views.values():
            view.close_view()

    def pieces(self) -> list[QWidget]:
        """Every page that was made, and the side of each."""
        views = [*self._views.values(), *self._retired]
        return [part for view in views for part in (view.side, view) if part is not None]

    def _remember_focus(self) -> None:
        focused = QApplication.focusWidget()
        if self._shown is not None and self._page is not None and focused is not None:
            is_inside = self._shown.isAncestorOf(focused)
            if is_inside:
                self._focus[self._page] = focused

    def _is_made(self, page: Page) -> bool:
        return page in self._views and self._made_for[page] is self._presenter_of(page)

    def _view_of(self, page: Page) -> View:
        """The page's view, made anew when its presenter is another one than it was made for."""
        while not self._is_made(page):  # what was begun may have been begun for another presenter
            steps = self._steps(page)
            if self._making is not None and self._making.page is page:
                steps, self._making = self._making.steps, None
            for _ in steps:
                pass
        return self._views[page]

    def _steps(self, page: Page) -> Generator[None, None, None]:
        """Make a page, a step in each turn. Until the last one nothing of it is seen or found."""
        wanted = self._presenter_of(page)
        view = self._screens.make(page)
        view.setParent(self.stack)  # dressed before it is shown, and after it is put where it stays
        try:
            yield
            view.dress()
            yield
            if view.side is not None:
                self._take_in(view.side)
                yield
        except GeneratorExit:  # another page was asked for, or the vault is being locked
            self._give_up(view)
            raise
        self._retire(page)
        self._views[page], self._made_for[page] = view, wanted
        self.stack.addWidget(view)

    def _stale(self, view: View) -> list[QWidget]:
        parts = [*view.dressed(), *(view.side.dressed() if view.side is not None else [])]
        return [part for part in parts if appearance().is_stale(part)]

    def _freshened(self, view: View) -> Generator[None, None, None]:
        """Give a hidden page the look, a part in each turn."""
        for part in self._stale(view):
            appearance().freshen(part)
            yield

    def _take_in(self, side: SideView) -> None:
        self._sides.add(side)
        side.opened.connect(lambda: self._moved(True))
        side.closed.connect(lambda: self._moved(False))
        side.filled.connect(self._filled)

    def _give_up(self, view: View) -> None:
        view.close_view()
        if view.side is not None:
            self._sides.remove(view.side)
        view.deleteLater()

    def _wait(self) -> None:
        if not self._has_turn:
            self._has_turn = True
            turns().soon(self._take_turn)

    def _take_turn(self) -> None:
        self._has_turn = False
        making = self._making
        if making is None:
            return
        try:
            next(making.steps)
        except StopIteration:
            self._making = None
            if not self._is_made(making.page):
                self.prepare(making.page, self._then)
                return
            self._come()
            return
        self._wait()

    def _come(self) -> None:
        then, self._then = self._then, _nothing_more
        then()

    def _presenter_of(self, page: Page) -> object:
        bench = self._bench
        made: dict[Page, object] = {
            Page.VISIT: bench.visit, Page.LOG: bench.log, Page.EVIDENCE: bench.evidence, Page.COVERAGE: bench.coverage,
        }  # fmt: skip
        return made.get(page) or bench.presenter(page)

    def _retire(self, page: Page) -> None:
        """What stood for ``page`` is over. If it is on the screen it stays until another page is."""
        view = self._views.pop(page, None)
        if view is None:
            return
        self._focus.pop(page, None)
        view.close_view()
        self._retired.append(view)
        if view is not self._shown:
            self._discard()

    def _discard(self) -> None:
        retired, self._retired = self._retired, []
        for view in retired:
            if view is self._shown:
                self._retired.append(view)
                continue
            if view.side is not None:
                self._sides.remove(view.side)
            self.stack.removeWidget(view)
            view.hide()
            view.deleteLater()


@dataclass(frozen=True, slots=True)
class _Making:
    page: Page
    steps: Generator[None, None, None]


def _nothing_more() -> None:
    """Nobody waits for a page."""
