"""The visit and the live log that are open, one of each, with what can be done to their notes.

Whoever makes one anew closes the one before it here, so that what was typed goes to disk and nothing is heard twice.
"""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.domain.assessment import Assessment
from fieldkit.kernel.ids import ActivityId, VisitId
from ui.presenters.freshness import Freshness
from ui.presenters.log.live_log import LiveLog
from ui.presenters.log.opening import LogFacts
from ui.presenters.log.panels import Panels
from ui.presenters.page import Page
from ui.presenters.services import Session
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import VisitFacts


class VisitPages:
    """What is open; None where a page was not shown yet."""

    def __init__(self, session: Session, log_closed: Callable[[], None]) -> None:
        self._session = session
        self._log_closed = log_closed
        self.visit: VisitDay | None = None
        self.visit_panels: Panels | None = None
        self.log: LiveLog | None = None
        self.log_panels: Panels | None = None
        self._fresh = Freshness(session)

    @property
    def assessment(self) -> Assessment | None:
        """That of the open activity, else of the open visit."""
        for open_one in (self.log, self.visit):
            if open_one is not None:
                return open_one.facts.assessment
        return None

    @property
    def visit_at_hand(self) -> VisitId | None:
        """The visit of the open activity, else the open visit."""
        if self.log is not None:
            return self.log.facts.visit.id
        return self.visit.facts.visit.id if self.visit is not None else None

    def make_visit(self, facts: VisitFacts) -> VisitDay:
        """The visit in place of the one that was open."""
        self.close_visit()
        self.visit = day = VisitDay(self._session, facts)
        self.visit_panels = Panels(
            self._session, facts.visit, facts.frameworks, day.actions,
            lambda row: day.activity(row.entry.activity), day.troubled,
        )  # fmt: skip
        day.start()
        return day

    def make_log(self, facts: LogFacts) -> LiveLog:
        """The log in place of the one that was open; its draft is on its way to disk first."""
        self.close_log()
        self._fresh.made(Page.LOG)
        self.log = log = LiveLog(self._session, facts)
        self.log_panels = Panels(
            self._session, facts.visit, facts.frameworks, log.actions, lambda _: facts.activity, log.troubled
        )
        return log

    def log_to_renew(self, page: Page) -> ActivityId | None:
        """The activity of the open log, where ``page`` is the log and has to be read anew."""
        activity = self.log.facts.activity.id if self.log is not None and page is Page.LOG else None
        return activity if activity is not None and self.is_replanned(activity) else None

    def is_replanned(self, activity: ActivityId) -> bool:
        """Whether the open log was made with another plan of the activity than the visit knows, or other frameworks."""
        if not self._fresh.holds(Page.LOG):
            return True
        if self.visit is None or self.log is None or not self.visit.knows(activity):
            return False
        return self.visit.activity(activity) != self.log.facts.activity

    def crumbs(self, page: Page) -> tuple[str, ...]:
        """The way to one of these pages in words, for the top bar; empty for any other page."""
        if page is Page.LOG and self.log is not None:
            facts = self.log.facts
            return (facts.assessment.name, facts.visit.name, facts.activity.title)
        if page is Page.VISIT and self.visit is not None:
            return (self.visit.facts.assessment.name, self.visit.facts.visit.name)
        return ()

    def close(self) -> None:
        """Both; what was typed in the log goes to disk first."""
        self._fresh.close()
        self.close_log()
        self.close_visit()

    def close_log(self) -> None:
        """The log and its panels."""
        if self.log is not None:
            self.log.close()
            self.log = None
            self._log_closed()
        if self.log_panels is not None:
            self.log_panels.close()
            self.log_panels = None

    def close_visit(self) -> None:
        """The visit and its panels."""
        if self.visit is not None:
            self.visit.close()
            self.visit = None
        if self.visit_panels is not None:
            self.visit_panels.close()
            self.visit_panels = None
