"""Puts the style sheet on the parts of a window, each for itself: those in sight at once, pages when they are shown.

One sheet on the application makes Qt style every control anew whenever it is put into another, while a page is still
being built (three times as long). One on the window styles every page at a change of theme, the ten hidden ones too:
some 750 controls, 150 ms in one piece. With a sheet on each page and each bar a change styles what is seen (some 150
controls), and the rest a page at a time between two frames.
"""

from __future__ import annotations

import weakref

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

_PAUSE_MS = 10
"""Between two hidden pages: what was pressed or is to be painted comes first."""


class Dressing:
    """A part is a page, a bar or a window, none inside another: what stands in a part has its look from there."""

    def __init__(self, owner: QObject) -> None:
        self._owner = owner
        self._sheet = ""
        self._parts: list[weakref.ref[QWidget]] = []
        self._pages: list[weakref.ref[QWidget]] = []
        self._stale: list[weakref.ref[QWidget]] = []
        self._is_coming = False

    def add(self, part: QWidget, *, is_page: bool) -> None:
        """Give ``part`` the look, now and after each change."""
        (self._pages if is_page else self._parts).append(weakref.ref(part))
        part.setStyleSheet(self._sheet)

    def put_on(self, sheet: str) -> None:
        """Another look."""
        self._sheet = sheet
        self._parts, self._pages = _alive(self._parts), _alive(self._pages)
        self._stale = list(self._pages)
        for ref in (*self._parts, *self._pages):
            part = ref()
            if part is not None and (ref not in self._stale or part.isVisible()):
                self._dress(part)
        self._come_back()

    def freshen(self, page: QWidget) -> None:
        """It is about to be shown."""
        if any(ref() is page for ref in self._stale):
            self._dress(page)

    def _dress(self, part: QWidget) -> None:
        self._stale = [ref for ref in self._stale if ref() is not part]
        part.setStyleSheet(self._sheet)

    def _come_back(self) -> None:
        if self._stale and not self._is_coming:
            self._is_coming = True
            QTimer.singleShot(_PAUSE_MS, self._dress_next)

    def _dress_next(self) -> None:
        self._is_coming = False
        self._stale = _alive(self._stale)
        page = self._stale[-1]() if self._stale else None
        if page is not None and shiboken6.isValid(self._owner):
            self._dress(page)
            self._come_back()


def _alive(parts: list[weakref.ref[QWidget]]) -> list[weakref.ref[QWidget]]:
    return [ref for ref in parts if (part := ref()) is not None and shiboken6.isValid(part)]
