"""The way back: which pages led to the page that is up."""

from __future__ import annotations

from ui.presenters.page import Page


class Trail:
    """Each page stands in it once, so that Esc never goes round in a circle."""

    def __init__(self) -> None:
        self._pages: list[Page] = []

    def went(self, here: Page, there: Page) -> None:
        """A page led to another one; one that was on the way already is where the trail ends now."""
        if there is not here and here not in self._pages:
            self._pages.append(here)
        if there in self._pages:
            del self._pages[self._pages.index(there) :]

    def back(self) -> Page:
        """The page that led here, taken off the trail; Home where none did."""
        return self._pages.pop() if self._pages else Page.HOME
