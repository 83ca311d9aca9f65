"""Puts the look on the parts of a window, each for itself: those in sight at once, pages when they are shown.

One sheet on the application makes Qt style every control anew whenever it is put into another, while a page is still
being built (three times as long). One on the window styles every page at a change of theme, the ten hidden ones too:
some 750 controls, 150 ms in one piece. With a sheet on each page and each bar a change styles what is seen (some 150
controls), and the rest a page at a time between two frames.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import shiboken6
from PySide6.QtWidgets import QWidget

from ui.qt.turns import turns

_Page = weakref.ref[QWidget]


@dataclass(slots=True)
class _Follower:
    """``widget`` fits itself to a look by ``fit``; ``page`` is where it stands, once that is known."""

    widget: weakref.ref[QWidget]
    fit: weakref.WeakMethod[Callable[[], None]]
    page: _Page | None = None


class Dressing:
    """A part is a page, a bar or a window, none inside another: what stands in a part has its look from there."""

    def __init__(self) -> None:
        self._sheet = ""
        self._parts: list[_Page] = []
        self._pages: list[_Page] = []
        self._stale: list[_Page] = []
        self._followers: list[_Follower] = []
        self._most = 1_000
        self._is_coming = False
        self._is_whole = True
        self._is_at_it = False
        self._still: list[_Page] = []
        self._in_sight: list[_Page] = []
        self._heard: dict[int, list[_Follower]] = {}
        self._done: Callable[[], None] = _nothing
        self.takes_turns = False
        """Whether what is in sight may take several turns of the event loop: so in a program that people use."""

    @property
    def is_whole(self) -> bool:
        """Whether everything in sight has the look."""
        return self._is_whole

    def add(self, part: QWidget, *, is_page: bool, waits: bool) -> None:
        """Give ``part`` the look, now or where it ``waits`` a moment later, and after each change."""
        ref = weakref.ref(part)
        (self._pages if is_page else self._parts).append(ref)
        if waits:
            self._stale.append(ref)
            self._come_back()
        else:
            part.setStyleSheet(self._sheet)

    def follow(self, widget: QWidget, fit: Callable[[], None]) -> None:
        """Call the method ``fit`` after each change, when the page that ``widget`` stands in has the new look."""
        self._followers.append(_Follower(weakref.ref(widget), weakref.WeakMethod(fit)))
        if len(self._followers) > self._most:
            self._followers = [one for one in self._followers if _living(one.widget) is not None]
            self._most = max(1_000, 2 * len(self._followers))

    def put_on(self, sheet: str, done: Callable[[], None]) -> None:
        """Another look; ``done`` is called when everything in sight has it.

        Where turns are taken, windows are not painted meanwhile: nobody sees a page in the new look under bars in the
        old one, and keys are taken all the time.
        """
        self._sheet, self._done = sheet, done
        self._parts, self._pages = _alive(self._parts), _alive(self._pages)
        self._stale = [ref for ref in self._pages if (page := ref()) is not None and not page.isVisible()]
        hidden = {id(page) for ref in self._stale if (page := ref()) is not None}
        self._in_sight = [ref for ref in (*self._pages, *self._parts) if id(ref()) not in hidden]
        self._heard = {}
        pages = self._by_identity()
        for one in self._followers:  # once for all parts: looking up where each stands takes a few ms
            self._heard.setdefault(id(self._page_of(one, pages)), []).append(one)
        self._is_whole = False
        if not self.takes_turns or not self._in_sight:  # the start of the program waits for no turn
            while not self._is_whole:
                self._dress_one()
            return
        self._hold_still()
        if not self._is_at_it:
            self._is_at_it = True
            turns().soon(self._take_turn)

    def _take_turn(self) -> None:
        try:
            if not self._is_whole:
                self._dress_one()
        finally:  # also when somebody who was told had a fault: windows must not stand still for good
            self._is_at_it = not self._is_whole
            if self._is_at_it:
                turns().soon(self._take_turn)

    def _dress_one(self) -> None:
        """One part in sight; when all have the look, in a turn of its own, those who wait for that are told."""
        if self._in_sight:
            part = _living(self._in_sight.pop(0))
            if part is not None:
                part.setStyleSheet(self._sheet)
                self._tell(self._heard.pop(id(part), []))
            return
        self._is_whole = True
        self._move_again()
        self._come_back()
        self._tell(self._heard.pop(id(None), []))
        done, self._done = self._done, _nothing
        done()

    def _hold_still(self) -> None:
        for ref in self._in_sight:
            part = _living(ref)
            window = part.window() if part is not None else None
            if window is not None and window.updatesEnabled():
                window.setUpdatesEnabled(False)
                self._still.append(weakref.ref(window))

    def _move_again(self) -> None:
        still, self._still = self._still, []
        for ref in still:
            window = _living(ref)
            if window is not None:
                window.setUpdatesEnabled(True)

    def freshen(self, page: QWidget) -> None:
        """It is about to be shown, and of the pages to be dressed some time now the first."""
        self._pages.sort(key=lambda ref: ref() is page)
        if self.is_stale(page):
            self._dress(page)

    def _dress(self, page: QWidget) -> None:
        self._stale = [ref for ref in self._stale if ref() is not page]
        page.setStyleSheet(self._sheet)
        pages = self._by_identity()
        self._tell([one for one in self._followers if self._page_of(one, pages) is page])

    def is_stale(self, page: QWidget) -> bool:
        """Whether it has not got the look yet, since it is hidden."""
        return any(ref() is page for ref in self._stale)

    def _by_identity(self) -> dict[int, _Page]:
        return {id(page): ref for ref in self._pages if (page := ref()) is not None}

    def _page_of(self, one: _Follower, pages: dict[int, _Page]) -> QWidget | None:
        if one.page is not None:
            return one.page()
        place = _living(one.widget)
        while place is not None:
            if id(place) in pages:
                one.page = pages[id(place)]
                return place
            place = place.parentWidget()
        return None

    def _tell(self, followers: Iterable[_Follower]) -> None:
        for one in followers:
            fit = one.fit()
            if fit is not None and _living(one.widget) is not None:
                fit()

    def _come_back(self) -> None:
        if self._stale and not self._is_coming:
            self._is_coming = True
            turns().some_time(self._dress_next)

    def _dress_next(self) -> None:
        self._is_coming = False
        self._stale = _alive(self._stale)
        page = self._stale[-1]() if self._stale else None
        if page is not None:
            self._dress(page)
            self._come_back()


def _nothing() -> None:
    """Nobody waits for a look."""


def _living(ref: weakref.ref[QWidget]) -> QWidget | None:
    widget = ref()
    return widget if widget is not None and shiboken6.isValid(widget) else None


def _alive(parts: list[_Page]) -> list[_Page]:
    return [ref for ref in parts if _living(ref) is not None]
