"""Ctrl+H: find and replace over whatever page is up, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.presenters.page import Page
from ui.presenters.workbench import Workbench
from ui.qt.theme import appearance
from ui.qt.turns import turns

if TYPE_CHECKING:  # most days nobody replaces anything
    from ui.views.writing.find_replace import FindReplaceCard


class FindDoor:
    """One for the open vault. ``back`` puts the focus on the page."""

    def __init__(
        self, over: QWidget, below: QWidget, foot: QWidget, bench: Workbench, back: Callable[[], None]
    ) -> None:
        """``below`` and ``foot`` are the bars that it leaves in sight."""
        self._over = over
        self._below, self._foot = below, foot
        self._back = back
        self._bench = bench
        self.card: FindReplaceCard | None = None
        turns().some_time(_get_ready)

    def open(self) -> None:
        """Show it, or go back to its first field."""
        if self.card is None:
            self.card = self._made()
        self.card.open()

    def dismiss(self) -> None:
        """Nothing of anybody's words stays over a hidden screen."""
        if self.card is not None:
            self.card.dismiss()

    @property
    def is_open(self) -> bool:
        """Whether it lies over the page now."""
        return self.card is not None and self.card.isVisible()

    def place(self) -> None:
        """The window changed its size."""
        if self.card is not None and self.card.isVisible():
            self.card.place()

    def close(self) -> None:
        """The vault is being locked."""
        if self.card is not None:
            self.card.close_view()
            self.card.finder.close()

    def _made(self) -> FindReplaceCard:
        from ui.presenters.writing.replacing import FindReplace
        from ui.views.writing.find_replace import FindReplaceCard

        bench = self._bench
        finder = FindReplace(bench.session, bench.changed, self._activity_up, bench.open_activity)
        card = FindReplaceCard(self._over, self._below, self._foot, finder, self._back)
        appearance().dress(card, is_page=True, waits=True)
        return card

    def _activity_up(self) -> str:
        """Of the page that is up."""
        bench = self._bench
        if bench.state.page is Page.LOG and bench.log is not None:
            return bench.log.facts.activity.id
        return bench.record_open


def _get_ready() -> None:
    """Import what the card is made of: 10 to 20 ms that its first key would wait for."""
    import ui.presenters.writing.replacing
    import ui.views.writing.find_replace  # noqa: F401
