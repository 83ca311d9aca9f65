"""The open vault: which screen is shown, what it works on, and how one gets from one to another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import Visit
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.ids import ActivityId, AssessmentId, EntryId, VisitId
from ui.presenters.assessment_facts import AssessmentFacts, read_assessment
from ui.presenters.coverage.matrix import CoverageMatrix
from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.opening import BoardFacts, read_board
from ui.presenters.exercises import Exercises
from ui.presenters.exposure import ExposurePage
from ui.presenters.help import Help
from ui.presenters.home import CAPTURE, Home
from ui.presenters.log.live_log import LiveLog
from ui.presenters.log.opening import LogFacts, open_log
from ui.presenters.log.panels import Panels
from ui.presenters.page import Page, Part
from ui.presenters.presenter import Presenter
from ui.presenters.send import Send
from ui.presenters.services import Session
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.status_line import StatusLine
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import VisitFacts, read_visit
from ui.presenters.visit.leave import looked_key
from ui.presenters.wording import sentence

__all__ = ["LAST_PLACE", "Page", "Workbench", "WorkbenchState"]
LAST_PLACE = "place"
"""The vault setting that holds where the person was: ``log <activity>``, ``visit <visit>`` or nothing."""


def _first_draft(questions: Questions) -> str:
    """The activity of the oldest begun note, or empty."""
    drafts = (draft for draft in questions.drafts() if draft.place.startswith(CAPTURE) and draft.text.strip())
    places = [draft.place.removeprefix(CAPTURE).partition("/")[0] for draft in drafts]
    return places[0] if places else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbenchState:
    """What is shown. ``edition`` grows whenever a screen's presenter was made anew."""

    page: Page = Page.HOME
    crumbs: tuple[str, ...] = (Page.HOME.value,)
    edition: int = 0
    is_hidden: bool = False
    opening: str = ""
    fault: str = ""


class Workbench(Presenter[WorkbenchState]):
    """Makes the presenters of the screens when they are first needed and closes them when they are left."""

    def __init__(self, session: Session, shortcuts: Shortcuts | None = None) -> None:
        super().__init__(WorkbenchState())
        self.session = session
        self.shortcuts = shortcuts or Shortcuts()
        self.exposure = ExposurePage(session)
        self.home = Home(session, lambda: self.state.page is Page.HOME)
        self.exercises = Exercises(session, self.shortcuts) if session.is_practice else None
        self.send = Send(session)
        self.help = Help(self.shortcuts, session, lambda: self.assessment)
        self.status = StatusLine(session)
        self._is_started = False
        self.visit: VisitDay | None = None
        self.visit_panels: Panels | None = None
        self.log: LiveLog | None = None
        self.log_panels: Panels | None = None
        self.evidence: EvidenceBoard | None = None
        self.coverage: CoverageMatrix | None = None
        self._trail: list[Page] = []
        self._beginning: str | None = None
        self._wanted_gap = 0
        self._sought: EntryRow | None = None
        self._unheed = session.workspace.troubled.listen(self._refused)

    def start(self) -> None:
        """Show Home; reopen the log that was open when the vault was locked."""
        self._opening("place")
        self.session.workspace.ask_then(lambda q: q.setting(LAST_PLACE) or "", self._return_to)

    def close(self) -> None:
        """Everything typed goes to disk, and nothing is heard any more."""
        self._unheed()
        self._close_log()
        self._close_visit()
        self._close_evidence()
        self._close_coverage()
        for one in (self.home, self.send, self.status, self.exposure, self.help):
            one.close()
        if self.exercises is not None:
            self.exercises.close()

    def go(self, page: Page) -> None:
        """A word of the main menu. Visit leads to the log when one is open."""
        if page is Page.VISIT and self.log is not None and self.state.page not in (Page.LOG, Page.VISIT):
            page = Page.LOG
        if page is Page.VISIT and self.visit is None and self.log is not None:
            self.open_visit(self.log.facts.visit.id)
            return
        if page is Page.VISIT and self.visit is None:
            first = self.home.state.first
            if first is None:
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

    def show_help(self, part: Part) -> None:
        """Show a part of Help, about the screen that is up."""
        self.help.show(part, None if self.state.page is Page.HELP else self.state.page.value)
        self._show_page(Page.HELP)

    def create_visit(self) -> None:
        """Open the form of a new visit beside Home."""
        self.home.create(self._visit_created)
        self._show_page(Page.HOME)

    def stop_creating(self) -> None:
        """Close the form."""
        self.home.close_panel()

    def open_visit(self, visit: VisitId) -> None:
        """Show a visit's agenda and captures."""
        session = self.session
        session.workspace.ask_then(lambda q: read_visit(session, q, visit), self._visit_read, self._refused)

    def open_log(self, activity: ActivityId) -> None:
        """Show an activity's live log."""
        if self.log is not None and self.log.facts.activity.id == activity:
            if not self._is_replanned(activity):
                self._show_page(Page.LOG)
                return
            self._close_log()  # its draft goes to disk first and is read back with the new agenda
        self._opening("log")
        open_log(self.session, activity, self._log_read, self._refused)

    @property
    def assessment(self) -> AssessmentId | None:
        """The assessment that is worked on: that of the open activity or visit, else of the visit Home puts first."""
        for open_one in (self.log, self.visit):
            if open_one is not None:
                return open_one.facts.assessment.id
        first = self.home.visit(self.home.state.first) if self.home.state.first is not None else None
        return first.assessment.id if first is not None else None

    def show_evidence(self, words: str | None = None, of: AssessmentId | None = None) -> None:
        """Show the evidence list, filtered by ``words``; None keeps the filter that was there.

        ``of`` names the assessment, if it is not the one that is worked on.
        """
        assessment = of or self._wanted_assessment()
        if assessment is None:
            return
        if self.evidence is not None and self.evidence.facts.assessment.id == assessment:
            if words is not None:
                self.evidence.filter_by(words)
            self._show_page(Page.EVIDENCE)
            return
        session = self.session
        session.workspace.ask_then(
            lambda q: read_board(session, q, assessment),
            lambda facts: self._evidence_read(facts, words or ""), self._refused,
        )  # fmt: skip

    def show_coverage(self) -> None:
        """Show the coverage matrix."""
        assessment = self._wanted_assessment()
        if assessment is None:
            return
        if self.coverage is not None and self.coverage.facts.assessment.id == assessment:
            self._show_page(Page.COVERAGE)
            self._go_to_gap()
            return
        session = self.session
        session.workspace.ask_then(
            lambda q: read_assessment(session, q, assessment), self._coverage_read, self._refused
        )

    def next_gap(self, step: int = 1) -> None:
        """Ctrl+G and Ctrl+Shift+G from anywhere: Coverage, at the next or previous gap."""
        if self.state.page is Page.COVERAGE and self.coverage is not None:
            self.coverage.next_gap(step)
            return
        self._wanted_gap = step
        self.show_coverage()

    def back(self) -> None:
        """Esc on a page that another page led to: there again; Home when none did."""
        page = self._trail.pop() if self._trail else Page.HOME
        self._trail, trail = [], self._trail
        self._show_page(page)
        self._trail = trail

    def open_note(self, entry: EntryId) -> None:
        """Open a note at its source: the log of its activity, the cursor on it."""

        def found(row: EntryRow) -> None:
            self._sought = row
            self.open_log(row.entry.activity)
            self._seek()

        self.session.workspace.ask_then(lambda q: q.entry(entry), found, self._refused)

    def _seek(self) -> None:
        """Tell the log which note is looked for, once it is the log that is up."""
        if self._sought is None or self.log is None or self.state.page is not Page.LOG:
            return
        if self.log.facts.activity.id == self._sought.entry.activity:  # else another log is still up: its own comes
            sought, self._sought = self._sought, None
            self.log.seek(sought.entry.id)

    def leave_log(self) -> None:
        """From the log up to the visit."""
        if self.log is not None:
            self.open_visit(self.log.facts.visit.id)

    def hide(self) -> None:
        """F9: cover everything, or uncover it. What is typed is on disk before."""
        self._show(replace(self.state, is_hidden=not self.state.is_hidden))
        if self.state.is_hidden and self.exercises is not None:
            self.exercises.hidden()

    def note(self, ending: str = "") -> None:
        """Ctrl+N from anywhere: the line of the log, of the activity that is going on.

        ``ending`` is put behind what will be typed: `` #lc @ob`` for a gap in the coverage.
        """
        self._beginning = ending
        if self.log is not None:
            self._show_page(Page.LOG)
            self._begin_note()
        elif self.visit is not None and self.visit.state.current is not None:
            self.open_log(self.visit.state.current)
        elif self.home.state.first is not None:
            self.go(Page.VISIT)  # and from there into the log of what is going on
        else:
            self._beginning = None
            self.go(Page.VISIT)

    def continue_draft(self) -> None:
        """Open the log in which a note was begun and not saved."""
        self.session.workspace.ask_then(_first_draft, lambda place: self.open_log(ActivityId(place)) if place else None)

    def dismiss_fault(self) -> None:
        """The banner was read."""
        self._show(replace(self.state, fault=""))

    def _return_to(self, place: str) -> None:
        kind, _, record = place.partition(" ")
        if kind == "log" and record:
            self.open_log(ActivityId(record))
            return
        self._start_rest()
        self._opening("")
        if kind == "visit" and record:
            self.open_visit(VisitId(record))

    def _start_rest(self) -> None:
        """What waits, what is at stake and how each visit stands.

        With 10,000 notes that is half a second of reading, so it comes behind the log that a person waits for.
        """
        if self._is_started:
            return
        self._is_started = True
        self.status.start()
        self.home.load()
        if self.exercises is not None:
            self.exercises.start()

    def _opening(self, what: str) -> None:
        """What is typed until it is there belongs to it (``ui.shell.held_keys``)."""
        self._show(replace(self.state, opening=what))

    def _visit_created(self, visit: Visit) -> None:
        self.stop_creating()
        self.open_visit(visit.id)

    def _visit_read(self, facts: VisitFacts) -> None:
        self._close_visit()
        self.visit = day = VisitDay(self.session, facts)
        self.visit_panels = Panels(
            self.session, facts.visit, facts.frameworks, day.actions,
            lambda row: day.activity(row.entry.activity), day.troubled,
        )  # fmt: skip
        self.visit.start()
        self._remember("")
        self._show_page(Page.VISIT, is_new=True)
        if self._beginning is not None and day.state.current is not None:
            self.open_log(day.state.current)
        elif self._beginning is not None:
            self._beginning = None
            self.session.say("No activity on this visit yet. Add one, then write the note")

    def _log_read(self, facts: LogFacts) -> None:
        self._close_log()
        self.log = log = LiveLog(self.session, facts)
        self.log_panels = Panels(
            self.session, facts.visit, facts.frameworks, log.actions, lambda _: facts.activity, log.troubled
        )
        log.hand_over.waiting.changed.listen(self.status.handing_over)
        self.log.start()
        self._start_rest()
        self._remember(f"log {facts.activity.id}")
        self._show_page(Page.LOG, is_new=True)
        self._begin_note()
        self._seek()

    def _begin_note(self) -> None:
        ending, self._beginning = self._beginning, None
        if ending and self.log is not None:
            self.log.begin(ending)

    def _wanted_assessment(self) -> AssessmentId | None:
        assessment = self.assessment
        if assessment is None:
            self.session.say("No visits yet")
        return assessment

    def _evidence_read(self, facts: BoardFacts, words: str) -> None:
        if not facts.activities:
            self.session.say("No activities yet")
            return
        self._close_evidence()
        self.evidence = EvidenceBoard(self.session, facts)
        self.evidence.filter_by(words)
        self._show_page(Page.EVIDENCE, is_new=True)

    def _coverage_read(self, facts: AssessmentFacts) -> None:
        self._close_coverage()
        self.coverage = CoverageMatrix(self.session, facts)
        self._show_page(Page.COVERAGE, is_new=True)
        self._go_to_gap()

    def _go_to_gap(self) -> None:
        step, self._wanted_gap = self._wanted_gap, 0
        if step and self.coverage is not None:
            self.coverage.next_gap(step)

    def _refused(self, problem: Exception) -> None:
        self._start_rest()
        self._show(replace(self.state, opening="", fault=sentence(problem)))

    def _remember(self, place: str) -> None:
        self.session.workspace.perform(lambda uow: uow.set_setting(LAST_PLACE, place or None), initiator="place")

    def _show_page(self, page: Page, *, is_new: bool = False) -> None:
        self._follow_trail(page)
        if page is Page.COVERAGE and self.coverage is not None:
            self._looked_at(self.coverage.facts.assessment.id)
        if self.exercises is not None:
            self.exercises.moved(self.state.page.value, page.value)
        edition = self.state.edition + (1 if is_new else 0)
        self._show(
            WorkbenchState(page=page, crumbs=self._crumbs(page), edition=edition, is_hidden=self.state.is_hidden)
        )

    def _is_replanned(self, activity: ActivityId) -> bool:
        """Whether the visit knows another plan of the activity than its open log was made with."""
        if self.visit is None or self.log is None or not self.visit.knows(activity):
            return False
        return self.visit.activity(activity) != self.log.facts.activity

    def _looked_at(self, assessment: AssessmentId) -> None:
        """The task list of the visit says when the gaps were last looked at."""
        key, at = looked_key(assessment), to_stamp(self.session.clock.now())
        self.session.workspace.perform(lambda uow: uow.set_setting(key, at), initiator="coverage")

    def _follow_trail(self, page: Page) -> None:
        """Remember the way here, each page once, so that Esc never goes round in a circle."""
        here = self.state.page
        if page is not here and here not in self._trail:
            self._trail.append(here)
        if page in self._trail:
            del self._trail[self._trail.index(page) :]

    def _crumbs(self, page: Page) -> tuple[str, ...]:
        if page is Page.LOG and self.log is not None:
            facts = self.log.facts
            return (facts.assessment.name, facts.visit.name, facts.activity.title)
        if page is Page.VISIT and self.visit is not None:
            return (self.visit.facts.assessment.name, self.visit.facts.visit.name)
        if page is Page.EVIDENCE and self.evidence is not None:
            return (self.evidence.facts.assessment.name, page.value)
        if page is Page.COVERAGE and self.coverage is not None:
            return (self.coverage.facts.assessment.name, page.value)
        return (page.value,)

    def _close_evidence(self) -> None:
        if self.evidence is not None:
            self.evidence.close()
            self.evidence = None

    def _close_coverage(self) -> None:
        if self.coverage is not None:
            self.coverage.close()
            self.coverage = None

    def _close_log(self) -> None:
        if self.log is not None:
            self.log.close()
            self.log = None
            self.status.handing_over(())
        if self.log_panels is not None:
            self.log_panels.close()
            self.log_panels = None

    def _close_visit(self) -> None:
        if self.visit is not None:
            self.visit.close()
            self.visit = None
        if self.visit_panels is not None:
            self.visit_panels.close()
            self.visit_panels = None
