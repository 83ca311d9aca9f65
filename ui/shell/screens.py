"""Makes the view of a page from the workbench's presenters; a page is kept until its presenter was made anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.presenters.display import Display
from ui.presenters.exercises import Exercise
from ui.presenters.hand_in import Certificate
from ui.presenters.home import Need, NeedRow
from ui.presenters.settings.pages import SettingsPages
from ui.presenters.settings.services import Outside
from ui.presenters.settings_pages import SettingsPage
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.ways import open_at
from ui.presenters.workbench import Page, Workbench
from ui.shell.fieldwork_views import VIEWS, Tools, get_ready
from ui.views.coverage.coverage_view import CoverageView
from ui.views.evidence.evidence_view import EvidenceView
from ui.views.exposure import ExposureView
from ui.views.help import HelpView
from ui.views.home import HomeView
from ui.views.log.log_view import LogView
from ui.views.rendering import View
from ui.views.send import SendView
from ui.views.settings.settings_view import Does, SettingsView
from ui.views.things_to_try import ThingsToTry
from ui.views.visit.visit_view import VisitView, Ways


class Screens:
    """``sample`` opens practice from an empty Home; None while practising. ``run`` does a command by its id."""

    def __init__(
        self,
        bench: Workbench,
        display: Display,
        outside: Outside,
        shortcuts: Shortcuts,
        sample: Callable[[], None] | None,
        run: Callable[[str], None],
    ) -> None:
        self._bench = bench
        bench.get_ready = get_ready
        self._run = run
        self._sample = sample
        self._pages = SettingsPages(bench.session, display, outside, shortcuts, bench.speller)
        self._certificate = Certificate(bench.session, outside.sheets)
        self._outside = outside
        self._settings: SettingsView | None = None

    def save_blank(self, kind: str, over: QWidget) -> None:
        """Save a blank sheet to print; with the guide that is looked at, an interview sheet has its questions."""
        from fieldkit.reports.blanks import Blank
        from ui.shell.blank_sheets import save_blank

        bench = self._bench
        guides = bench.presenter(Page.GUIDES) if bench.state.page is Page.GUIDES else None
        guide = getattr(guides, "preview", None) if kind == Blank.INTERVIEW else None
        save_blank(Blank(kind), guide, over, self._outside.sheets, bench.session.say)

    def make(self, page: Page) -> View:
        """A new view of ``page``."""
        bench = self._bench
        match page:
            case Page.VISIT if bench.visit is not None and bench.visit_panels is not None:
                return VisitView(bench.visit, bench.visit_panels, self._ways())
            case Page.LOG if bench.log is not None and bench.log_panels is not None:
                return LogView(
                    bench.log, bench.log_panels, bench.session.say, bench.leave_log, lambda: self._run("escalate")
                )
            case Page.EVIDENCE if bench.evidence is not None:
                return EvidenceView(bench.evidence, bench.open_note, bench.back, bench.session.say)
            case Page.COVERAGE if bench.coverage is not None:
                return CoverageView(
                    bench.coverage, bench.show_evidence, bench.note, bench.back,
                    lambda: open_at(bench, Page.REPORTS, "balance"),
                )  # fmt: skip
            case Page.SEND:
                return SendView(
                    bench.send, self.wants_office, lambda: self._run("take_out"), bench.open_note, self._certificate,
                    lambda record: bench.open_page(Page.DECIDE, record), lambda: bench.go(Page.HAND_OVER),
                )  # fmt: skip
            case Page.EXPOSURE:
                return ExposureView(bench.exposure, self._run, bench.open_note)
            case Page.SETTINGS:
                run = self._run
                does = Does(hide=lambda: run("hide"), lock=lambda: run("lock"), hand_in=lambda: run("hand_in"))
                self._settings = SettingsView(self._pages, does)
                return self._settings
            case Page.HELP:
                return HelpView(bench.help, self._outside.sheets, self._find)
            case _ if page in VIEWS:
                return VIEWS[page]()(
                    bench.presenter(page),
                    Tools(bench=bench, sheets=self._outside.sheets, run=self._run, erase=self._outside.erase),
                )
            case _:
                instead = ThingsToTry(bench.exercises, self.tries) if bench.exercises is not None else None
                return HomeView(bench.home, bench.open_visit, bench.create_visit, self._sample, self._needed, instead)

    def show_setting(self, page: SettingsPage) -> None:
        """A page of Settings, from wherever one is."""
        self._show_settings(lambda settings: settings.show_page(page))

    def tries(self, exercise: Exercise) -> None:
        """Where something to try is done; nothing is done for the person."""
        commands = {
            Exercise.FIND: "palette", Exercise.TAG_FIVE: "visit", Exercise.GAP: "coverage", Exercise.SEND: "send",
            Exercise.HIDE: "hide", Exercise.HAND_IN: "hand_in",
        }  # fmt: skip
        self._run(commands.get(exercise, "note"))

    def _ways(self) -> Ways:
        bench = self._bench
        return Ways(
            log=bench.open_activity, home=lambda: bench.go(Page.HOME), coverage=bench.show_coverage,
            send=lambda: bench.go(Page.SEND), escalations=lambda: bench.go(Page.ESCALATIONS),
            page=bench.go,
        )  # fmt: skip

    def wants_office(self) -> None:
        """Send leads to the page of the office, on a laptop that has none."""
        self._show_settings(lambda settings: settings.show_office())

    def wants_recovery(self) -> None:
        """Home's need leads to the page of the recovery key."""
        self._show_settings(lambda settings: settings.show_recovery())

    def _show_settings(self, then: Callable[[SettingsView], None]) -> None:
        self._bench.go(Page.SETTINGS)
        self._bench.when_up(lambda: then(self._settings) if self._settings is not None else None)

    def _find(self, words: str) -> None:
        """The palette with words in it; its field has the focus as soon as it is open."""
        self._run("palette")
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit):
            field.setText(words)

    def close(self) -> None:
        """Hear nothing more."""
        self._pages.close()

    def _needed(self, row: NeedRow) -> None:
        match row.need:
            case Need.SCORES:
                self._open_asked(row.about)
            case Need.HAND_IN:
                self._bench.go(Page.HAND_IN)
            case Need.DECIDE:
                self._bench.go(Page.DECIDE)
            case Need.SEND | Need.SET_ASIDE:
                self._bench.go(Page.SEND)
            case Need.CONTINUE:
                self._bench.continue_draft()
            case Need.PHONE_LEAD | Need.ESCALATIONS | Need.TEAM_ESCALATIONS:
                self._run("escalations")
            case Need.ESCALATION_DRAFT:
                self._run("escalate")
            case Need.STORE_KEY:
                self.wants_recovery()

    def _open_asked(self, assessment: str) -> None:
        """The scores of which one exists twice, that one chosen; on a page that was open before, too."""
        from ui.presenters.scores.page import ScoresPage

        self._bench.open_page(Page.SCORES, assessment)
        scores = self._bench.presenter(Page.SCORES)
        if isinstance(scores, ScoresPage) and scores.assessment.id == assessment:
            scores.choose_asked()
