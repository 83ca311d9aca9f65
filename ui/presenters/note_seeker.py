"""The way to a note at its source: the log of its activity, or the page it was made on, with the cursor on it."""

from __future__ import annotations

from typing import Protocol

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.ids import ActivityId, EntryId
from ui.presenters.fieldwork_pages import NOTE_PAGES, page_of
from ui.presenters.log.live_log import LiveLog
from ui.presenters.page import Page
from ui.presenters.services import Session
from ui.presenters.ways import FieldworkPage


class Shown(Protocol):
    """The state of the workbench, as far as this reads it."""

    @property
    def page(self) -> Page: ...


class Pages(Protocol):
    """The workbench, as far as this needs it."""

    session: Session

    @property
    def state(self) -> Shown: ...
    @property
    def log(self) -> LiveLog | None: ...
    @property
    def record_open(self) -> str: ...
    def presenter(self, page: Page) -> FieldworkPage | None: ...
    def open_activity(self, activity: ActivityId) -> None: ...
    def open_log(self, activity: ActivityId) -> None: ...
    def refused(self, problem: Exception) -> None: ...


class NoteSeeker:
    """Remembers which note is looked for until the page that shows it is up."""

    def __init__(self, bench: Pages) -> None:
        self._bench = bench
        self._sought: EntryRow | None = None

    def open(self, entry: EntryId) -> None:
        """Go to where the note was made."""
        bench = self._bench

        def source(questions: Questions) -> tuple[EntryRow, Activity]:
            row = questions.entry(entry)
            return row, questions.activity(row.entry.activity)

        def found(what: tuple[EntryRow, Activity]) -> None:
            self._sought, activity = what
            (bench.open_activity if page_of(activity) in NOTE_PAGES else bench.open_log)(activity.id)
            self.seek()

        bench.session.workspace.ask_then(source, found, bench.refused)

    def seek(self) -> None:
        """Tell the log or the page of the activity which note is looked for, once it is up."""
        sought, bench = self._sought, self._bench
        if sought is None:
            return
        if bench.state.page in NOTE_PAGES:
            seek = getattr(bench.presenter(bench.state.page), "seek", None)
            if seek is not None and bench.record_open == sought.entry.activity:
                self._sought = None
                seek(sought.entry.id)
            return
        if bench.log is None or bench.state.page is not Page.LOG:
            return
        if bench.log.facts.activity.id == sought.entry.activity:  # else another log is still up: its own comes
            self._sought = None
            bench.log.seek(sought.entry.id)
