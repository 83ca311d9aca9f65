"""Turning to a page that may have to be made first: the one before stays up, and what waits for it is done after it."""

from __future__ import annotations

from collections.abc import Callable

from ui.presenters.page import Page


class PageTurner:
    """``prepare`` calls back once a page can be shown; ``wait`` tells that this takes a while."""

    def __init__(self, prepare: Callable[[Page, Callable[[], None]], None], wait: Callable[[], object]) -> None:
        self._prepare = prepare
        self._wait = wait
        self._coming: Page | None = None
        self._when_up: Callable[[], None] | None = None

    def turn(self, page: Page, show: Callable[[], None]) -> None:
        """Show a page as soon as it is there; whatever was to be done on another one is not done any more."""
        self._coming, self._when_up = page, None

        def ready() -> None:
            self._coming = None
            show()
            do, self._when_up = self._when_up, None
            if do is not None:
                do()

        self._prepare(page, ready)
        if self._coming is not None:
            self._wait()

    def when_up(self, do: Callable[[], None]) -> None:
        """Do something once the page that was asked for last is shown; at once if it is."""
        if self._coming is None:
            do()
        else:
            self._when_up = do
