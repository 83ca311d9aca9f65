"""The open vault: which screen is shown, what it works on, and how one gets from one to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from fieldkit.app.rows import RecordRow
from fieldkit.app.short_texts import short_texts
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, VisitId
from ui.presenters.assessment_pages import AssessmentPages
from ui.presenters.bench_parts import BenchParts
from ui.presenters.bench_state import WorkbenchState
from ui.presenters.coverage.matrix import CoverageMatrix
from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.fieldwork_pages import ACTIVITY_PAGES, WAYS, FieldworkPages, page_of
from ui.presenters.last_place import LAST_PLACE, begun_note, read_place, remember
from ui.presenters.log.live_log import LiveLog
from ui.presenters.log.opening import LogFacts, open_log
from ui.presenters.log.panels import Panels
from ui.presenters.note_seeker import NoteSeeker
from ui.presenters.note_starter import NoteStarter
from ui.presenters.page import ABOUT, Of, Page, Part
from ui.presenters.page_turner import PageTurner
from ui.presenters.presenter import Presenter
from ui.presenters.services import Connection, Session
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.trail import Trail
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import VisitFacts, read_visit
from ui.presenters.visit_pages import VisitPages
from ui.presenters.ways import FieldworkPage
from ui.presenters.wording import sentence

__all__ = ["LAST_PLACE", "Page", "Workbench", "WorkbenchState"]


class Workbench(Presenter[WorkbenchState]):
    """Makes the presenters of the screens when they are first needed and closes them when they are left."""

    def __init__(self, session: Session, shortcuts: Shortcuts | None = None) -> None:
        super().__init__(WorkbenchState(opening="place"))
        self.session = session
        self.shortcuts = shortcuts or Shortcuts()
        parts = self._parts = BenchParts(
            session, self.shortcuts, lambda: self.state.page is Page.HOME, lambda: self.assessment
        )
        self.exposure, self.home, self.exercises, self.send = parts.exposure, parts.home, parts.exercises, parts.send
        self.help, self.status, self.decided, self.speller = parts.help, parts.status, parts.decided, parts.speller
        self.recorder, self.recordings, self.player = parts.recorder, parts.recordings, parts.player
        self.restrictions, self.asked = parts.restrictions, parts.asked
        parts.uses.handed.listen(lambda _: self.open_page(Page.FINDINGS))
        self.get_ready: Callable[[Page], object] = lambda _: None
        """Imports what a page is shown with; whoever shows pages sets it."""
        self.prepare: Callable[[Page, Callable[[], None]], None] = lambda _, then: then()
        """Calls back once a page can be shown; until then the one before stays. Whoever shows pages sets it."""
        self._turner = PageTurner(lambda page, then: self.prepare(page, then), self._wait_for_page)
        self._is_started = False
        self._visit_pages = VisitPages(session, lambda: self.status.handing_over(()))
        self._assessment_pages = AssessmentPages(session, self._show_page, self.refused)
        self._fieldwork_pages = FieldworkPages(self, self._show_page, self.refused, lambda page: self.get_ready(page))
        self._trail = Trail()
        self._note_from: Page | None = None
        """From which page a note was opened at its source, while its log is up."""
        self._activity_at_hand = ""
        self._starter = NoteStarter(self, lambda: self._show_page(Page.LOG))
        self._seeker = NoteSeeker(self)
        self._unheed = session.workspace.troubled.listen(self.refused)

    @property
    def visit(self) -> VisitDay | None:
        """The visit that is open, and beside it ``visit_panels``."""
        return self._visit_pages.visit

    @property
    def visit_panels(self) -> Panels | None:
        """What can be done to the notes of the visit."""
        return self._visit_pages.visit_panels

    @property
    def log(self) -> LiveLog | None:
        """The live log that is open, and beside it ``log_panels``."""
        return self._visit_pages.log

    @property
    def log_panels(self) -> Panels | None:
        """What can be done to the notes of the log."""
        return self._visit_pages.log_panels

    @property
    def evidence(self) -> EvidenceBoard | None:
        """The evidence list that is open."""
        return self._assessment_pages.evidence

    @property
    def coverage(self) -> CoverageMatrix | None:
        """The coverage matrix that is open."""
        return self._assessment_pages.coverage

    def start(self) -> None:
        """Show Home; reopen the log that was open when the vault was locked."""
        self._opening("place")
        self.session.workspace.ask_then(short_texts, lambda own: setattr(self.session.texts, "own", own))
        self.session.workspace.ask_then(read_place, self._return_to)
        self.decided.load()

    def close(self) -> None:
        """Everything typed goes to disk, and nothing is heard any more."""
        self.prepare = lambda _, then: None
        self._unheed()
        self._visit_pages.close()
        self._assessment_pages.close()
        self._fieldwork_pages.close()
        self._parts.close()

    def go(self, page: Page) -> None:
        """A word of the main menu. Visit leads back to the activity that was worked in, and from there to its visit."""
        if page in WAYS:
            self.open_page(page)
            return
        if page is Page.VISIT and self._activity_at_hand and self.state.page is not Page.VISIT:
            self._between_visit_and_activity(ActivityId(self._activity_at_hand))
            return
        if page is Page.VISIT and self.visit is None:
            if (first := self.home.state.first) is None:
                self.session.say("No visits yet")
                return
            self.open_visit(first)
            return
        if page is Page.EVIDENCE:
            self.show_evidence()
            return
        if page is Page.COVERAGE:
            self.show_coverage()
            return
        if page is Page.HELP:
            self.show_help(Part.ANSWERS)
            return
        if page is Page.SEND:
            self.send.load()
        elif page is Page.HOME:
            self.home.load()
        self._show_page(page)

    def show_help(self, part: Part, about: str | None = None) -> None:
        """Show a part of Help, about the screen that is up or the one that is named."""
        self.help.show(part, about or (None if self.state.page is Page.HELP else self.state.page.value))
        self._show_page(Page.HELP)

    def send_now(self) -> None:
        """Hurry what would be sent by itself; a laptop without an office sees what it can do instead."""
        if self.session.office.state.connection is Connection.STANDALONE:
            self.go(Page.SEND)
        else:
            self.send.send_now()

    def create_visit(self) -> None:
        """Open the form of a new visit beside Home."""
        self.home.create(self._visit_created)
        self._show_page(Page.HOME)

    def stop_creating(self) -> None:
        """Close the form."""
        self.home.close_panel()

    def open_visit(self, visit: VisitId) -> None:
        """Show a visit's agenda and captures."""
        self.session.workspace.ask_then(lambda q: read_visit(self.session, q, visit), self._visit_read, self.refused)

    def presenter(self, page: Page) -> FieldworkPage | None:
        """The presenter of a page of fieldwork that is open."""
        return self._fieldwork_pages.presenter(page)

    def open_page(self, page: Page, record: str = "") -> None:
        """Show a page of fieldwork about ``record``; about the assessment or visit that is worked on, if none is named.

        Does nothing but say so where there is no visit yet.
        """
        at_hand = self.assessment if ABOUT[page] is Of.ASSESSMENT else self.visit_at_hand
        about = record or (Of.VAULT.value if ABOUT[page] is Of.VAULT else str(at_hand or ""))
        if not about:
            self.session.say("No visits yet")
            return
        self._fieldwork_pages.open(page, about)

    def open_activity(self, activity: ActivityId) -> None:
        """Show an activity on the page of its kind; the live log where that has none."""

        def read(found: Activity) -> None:
            page = page_of(found)
            if page is not None and page in WAYS:
                self._opening("")
                self.open_page(page, activity)
            else:
                self.open_log(activity)

        if self.log is not None and self.log.facts.activity.id == activity:
            read(self.log.facts.activity)
            return
        self._opening("log")
        self.session.workspace.ask_then(lambda q: q.activity(activity), read, self.refused)

    def play_sound(self, row: RecordRow, position: int = 0) -> None:
        """Play a recording from a ms; it goes on on every page."""
        self.player.play(row, position)

    @property
    def visit_at_hand(self) -> VisitId | None:
        """The visit that is open, that of the open log, else the one Home puts first."""
        return self._visit_pages.visit_at_hand or self.home.state.first

    def open_log(self, activity: ActivityId) -> None:
        """Show an activity's live log."""
        if self.log is not None and self.log.facts.activity.id == activity:
            if not self._visit_pages.is_replanned(activity):
                self._show_page(Page.LOG)
                return
            self._visit_pages.close_log()  # its draft goes to disk first and is read back with the new agenda
        self._opening("log")
        open_log(self.session, activity, self._log_read, self.refused)

    @property
    def assessment(self) -> AssessmentId | None:
        """The assessment that is worked on: that of the open activity or visit, else of the visit Home puts first."""
        if self._visit_pages.assessment is not None:
            return self._visit_pages.assessment.id
        first = self.home.visit(self.home.state.first) if self.home.state.first is not None else None
        return first.assessment.id if first is not None else None

    @property
    def activity_at_hand(self) -> str:
        """The id of the activity that was on the screen last; empty where none was."""
        return self._activity_at_hand

    @property
    def record_open(self) -> str:
        """The activity or record that the page of fieldwork which is up is about; empty on any other page."""
        return self._fieldwork_pages.about(self.state.page)

    def show_evidence(self, words: str | None = None, of: AssessmentId | None = None) -> None:
        """Show the evidence list, filtered by ``words``; None keeps the filter that was there.

        ``of`` names the assessment, if it is not the one that is worked on.
        """
        if (assessment := of or self._wanted_assessment()) is not None:
            self._assessment_pages.show_evidence(assessment, words)

    def show_coverage(self, step: int = 0) -> None:
        """Show the coverage matrix, at the next (1) or previous (-1) gap."""
        if (assessment := self._wanted_assessment()) is not None:
            self._assessment_pages.show_coverage(assessment, step)

    def next_gap(self, step: int = 1) -> None:
        """Ctrl+G and Ctrl+Shift+G from anywhere: Coverage, at the next or previous gap."""
        if self.state.page is Page.COVERAGE and self.coverage is not None:
            self.coverage.next_gap(step)
            return
        self.show_coverage(step)

    def back(self) -> None:
        """Esc on a page that another page led to: there again; Home when none did."""
        page = self._trail.back()
        if (stale := self._visit_pages.log_to_renew(page)) is not None:
            self.open_log(stale)
        elif self._assessment_pages.is_stale(page):
            self.go(page)
        else:
            self._show_page(page, is_back=True)

    def open_note(self, entry: EntryId) -> None:
        """Open a note at its source: the log of its activity, or the interview it was made in; the cursor is on it."""
        self._note_from = self.state.page if self.state.page not in (Page.HOME, Page.VISIT, Page.LOG) else None
        self._seeker.open(entry)

    def leave_log(self) -> None:
        """From the log up to the visit; back to the page on which a note was opened at its source."""
        if self._note_from is not None:
            self.back()
        elif self.log is not None:
            self.open_visit(self.log.facts.visit.id)

    def hide(self) -> None:
        """F9: cover everything, or uncover it. What is typed is on disk before."""
        self._show(replace(self.state, is_hidden=not self.state.is_hidden))
        if self.state.is_hidden:
            self.player.pause()
        if self.state.is_hidden and self.exercises is not None:
            self.exercises.hidden()

    def note(self, ending: str = "") -> None:
        """Ctrl+N from anywhere: the line of the log, of the activity that is going on.

        ``ending`` is put behind what will be typed: `` #lc @ob`` for a gap in the coverage.
        """
        self._starter.note(ending)

    def _between_visit_and_activity(self, activity: ActivityId) -> None:
        """From the page of an activity to its visit; from any other page to the activity on the screen last."""

        def read(found: Activity) -> None:
            if self.visit is not None and self.visit.facts.visit.id == found.visit:
                self._show_page(Page.VISIT)
            else:
                self.open_visit(found.visit)

        if self.state.page is Page.LOG or self.state.page in ACTIVITY_PAGES.values():
            self.session.workspace.ask_then(lambda q: q.activity(activity), read, self.refused)
        else:
            self.open_activity(activity)

    def continue_draft(self) -> None:
        """Open the log in which a note was begun and not saved."""
        self.session.workspace.ask_then(begun_note, lambda place: self.open_log(ActivityId(place)) if place else None)

    def dismiss_fault(self) -> None:
        """The banner was read."""
        self._show(replace(self.state, fault=""))

    def _return_to(self, place: tuple[str, str]) -> None:
        kind, record = place
        if kind == "log":
            self.open_log(ActivityId(record))
            return
        self._start_rest()
        self.prepare(Page.HOME, lambda: self._opening(""))
        if kind == "visit":
            self.open_visit(VisitId(record))

    def _start_rest(self) -> None:
        """What waits, what is at stake and how each visit stands.

        With 10,000 notes that is half a second of reading, so it comes behind the log that a person waits for.
        """
        if self._is_started:
            return
        self._is_started = True
        self._parts.start()

    def _opening(self, what: str) -> None:
        """What is typed until it is there belongs to it (``ui.shell.held_keys``)."""
        self._show(replace(self.state, opening=what))

    def _visit_created(self, visit: Visit) -> None:
        self.stop_creating()
        self.open_visit(visit.id)

    def _visit_read(self, facts: VisitFacts) -> None:
        day = self._visit_pages.make_visit(facts)
        remember(self.session.workspace, "")
        self._show_page(Page.VISIT, True)
        self._starter.visit_is_up(day)

    def _log_read(self, facts: LogFacts) -> None:
        log = self._visit_pages.make_log(facts)
        log.hand_over.waiting.changed.listen(self.status.handing_over)
        log.start()
        remember(self.session.workspace, f"log {facts.activity.id}")
        self._show_page(Page.LOG, True)
        self._starter.log_is_up()
        self._seeker.seek()
        self.session.workspace.ask_then(lambda _: None, lambda _: self._start_rest())  # behind its first notes

    def _wanted_assessment(self) -> AssessmentId | None:
        assessment = self.assessment
        if assessment is None:
            self.session.say("No visits yet")
        return assessment

    def refused(self, problem: Exception) -> None:
        """Something could not be read: what was up stays, and why is said."""
        self._start_rest()
        self._show(replace(self.state, opening="", fault=sentence(problem)))

    def when_up(self, do: Callable[[], None]) -> None:
        """Do something on the page that was asked for last, once it is shown; at once if it is."""
        self._turner.when_up(do)

    def _show_page(self, page: Page, is_new: bool = False, *, is_back: bool = False) -> None:
        """Where the page has to be made first this one stays up, and what is typed meanwhile belongs to the next."""
        self._turner.turn(page, partial(self._show_ready, page, is_new, is_back=is_back))

    def _wait_for_page(self) -> None:
        if not self.state.opening:
            self._opening("page")

    def _show_ready(self, page: Page, is_new: bool, *, is_back: bool) -> None:
        if not is_back:
            self._trail.went(self.state.page, page)
        if page is not Page.LOG:
            self._note_from = None
        if page is Page.COVERAGE:
            self._assessment_pages.looked_at_gaps()
        if page is Page.LOG and self.log is not None:
            self._activity_at_hand = self.log.facts.activity.id
        elif page in ACTIVITY_PAGES.values():
            self._activity_at_hand = self._fieldwork_pages.about(page)
        if self.exercises is not None:
            self.exercises.moved(self.state.page.value, page.value)
        edition = self.state.edition + (1 if is_new else 0)
        crumbs = (
            self._visit_pages.crumbs(page) or self._assessment_pages.crumbs(page)
            or self._fieldwork_pages.crumbs(page) or (page.value,)
        )  # fmt: skip
        self._show(WorkbenchState(page=page, crumbs=crumbs, edition=edition, is_hidden=self.state.is_hidden))
        self._seeker.seek()
