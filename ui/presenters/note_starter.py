"""Ctrl+N from anywhere: to the line of the log of what is going on, by way of its visit where no log is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from fieldkit.domain.assessment import Activity
from fieldkit.kernel.ids import ActivityId
from ui.presenters.fieldwork_pages import WAYS, page_of
from ui.presenters.home import Home
from ui.presenters.log.live_log import LiveLog
from ui.presenters.page import Page
from ui.presenters.services import Session
from ui.presenters.visit.day import VisitDay


class Pages(Protocol):
    """The workbench, as far as this needs it."""

    session: Session
    home: Home

    @property
    def log(self) -> LiveLog | None: ...
    @property
    def visit(self) -> VisitDay | None: ...
    @property
    def activity_at_hand(self) -> str: ...
    def go(self, page: Page) -> None: ...
    def open_activity(self, activity: ActivityId) -> None: ...
    def open_log(self, activity: ActivityId) -> None: ...


class NoteStarter:
    """Remembers what a note is to end in until its line is up. ``show_log`` shows the log that is open."""

    def __init__(self, bench: Pages, show_log: Callable[[], None]) -> None:
        self._bench = bench
        self._show_log = show_log
        self._ending: str | None = None

    def note(self, ending: str) -> None:
        """Begin a note; ``ending`` is put behind what will be typed."""
        bench = self._bench
        self._ending = ending
        at_hand = bench.activity_at_hand
        if at_hand and bench.log is not None and bench.log.facts.activity.id != at_hand:
            self._ending = None  # where an interview was worked in last, no other meeting's log is meant
            bench.open_activity(ActivityId(at_hand))
        elif bench.log is not None:
            self._show_log()
            self.log_is_up()
        elif bench.visit is not None and bench.visit.note_in is not None:
            self._note_in(bench.visit.note_in)
        elif bench.home.state.first is not None:
            bench.go(Page.VISIT)  # and from there into the log of what is going on
        else:
            self._ending = None
            bench.go(Page.VISIT)

    def log_is_up(self) -> None:
        """Put what was asked for into its line."""
        ending, self._ending = self._ending, None
        if ending and self._bench.log is not None:
            self._bench.log.begin(ending)

    def visit_is_up(self, day: VisitDay) -> None:
        """On into the log of what is going on, where a note was asked for."""
        if self._ending is None:
            return
        if day.note_in is not None:
            self._note_in(day.note_in)
            return
        self._ending = None
        self._bench.session.say("No activity on this visit yet. Add one, then write the note")

    def _note_in(self, activity: Activity) -> None:
        """The log of a meeting, or the page where what is on is noted."""
        if page_of(activity) in WAYS:
            self._ending = None
            self._bench.open_activity(activity.id)
        else:
            self._bench.open_log(activity.id)
