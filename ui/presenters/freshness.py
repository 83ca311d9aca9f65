"""Which open pages were read before the frameworks of an assessment changed, here or on a team-mate's laptop.

A page reads its frameworks once, when it is opened; with another framework beside them its codes would not be known.
"""

from __future__ import annotations

from fieldkit.app.changes import ChangeSet
from fieldkit.domain.assessment import Assessment
from ui.presenters.page import Page
from ui.presenters.presenter import Listening
from ui.presenters.services import Session


class Freshness:
    """``made`` when a page was read, ``holds`` when it is to be shown again."""

    def __init__(self, session: Session) -> None:
        self._now = 0
        self._made: dict[Page, int] = {}
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def made(self, page: Page) -> None:
        """It was read just now."""
        self._made[page] = self._now

    def holds(self, page: Page) -> bool:
        """Whether no assessment changed since; also true of a page that was never made here."""
        return self._made.get(page, self._now) == self._now

    def close(self) -> None:
        """Nothing is heard any more."""
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(Assessment.KIND):
            self._now += 1
