"""The pages of fieldwork beside the live log: interviews, cases, escalations and the rest, each opened by one way.

A page is four lines: its word in ``Page``, what it is about in ``ABOUT``, its way in ``WAYS`` here, its view in
``ui.shell.fieldwork_views``. A page that is not about a named record is also a command of its name in lower case. The
modules behind a way are imported when the page is first opened, so that the first screen is painted without them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fieldkit.app.metrics import is_of_figures
from fieldkit.app.ports import Questions
from fieldkit.domain.assessment import Activity, ActivityKind
from ui.presenters.freshness import Freshness
from ui.presenters.page import Page
from ui.presenters.ways import Bench, FieldworkPage, Way


def _escalations() -> Way:
    from ui.presenters.escalation.page import way

    return way()


def _case() -> Way:
    from ui.presenters.case.page import way

    return way()


def _cases() -> Way:
    from ui.presenters.cases.page import way

    return way()


def _compare() -> Way:
    from ui.presenters.compare.page import way

    return way()


def _guides() -> Way:
    from ui.presenters.guides.page import way

    return way()


def _drop_in() -> Way:
    from ui.presenters.dropin.page import way

    return way()


def _interview() -> Way:
    from ui.presenters.interview.page import way

    return way()


def _files() -> Way:
    from ui.presenters.files.page import way

    return way()


def _disclosures() -> Way:
    from ui.presenters.disclosures.page import way

    return way()


def _people() -> Way:
    from ui.presenters.people.page import way

    return way()


def _record_review() -> Way:
    from ui.presenters.record.page import way

    return way()


def _requests() -> Way:
    from ui.presenters.requests.page import way

    return way()


def _frameworks() -> Way:
    from ui.presenters.frameworks.page import way

    return way()


def _reports() -> Way:
    from ui.presenters.reports.page import way

    return way()


def _scores() -> Way:
    from ui.presenters.scores.page import way

    return way()


def _findings() -> Way:
    from ui.presenters.findings.page import way

    return way()


def _hand_in() -> Way:
    from ui.presenters.handing.page import way

    return way()


def _hand_over() -> Way:
    from ui.presenters.handing_over.page import way

    return way()


def _urgent() -> Way:
    from ui.presenters.handing_over.urgent import way

    return way()


def _programme() -> Way:
    from ui.presenters.programme.page import way

    return way()


def _accuracy() -> Way:
    from ui.presenters.accuracy.page import way

    return way()


def _day() -> Way:
    from ui.presenters.day.page import way

    return way()


def _texts() -> Way:
    from ui.presenters.writing.texts_page import way

    return way()


def _decide() -> Way:
    from ui.presenters.deciding.page import way

    return way()


WAYS: Mapping[Page, Callable[[], Way]] = {
    Page.ACCURACY: _accuracy,
    Page.CASE: _case,
    Page.CASES: _cases,
    Page.COMPARE: _compare,
    Page.DAY: _day,
    Page.DECIDE: _decide,
    Page.DROP_IN: _drop_in,
    Page.DISCLOSURES: _disclosures,
    Page.ESCALATIONS: _escalations,
    Page.FILES: _files,
    Page.FRAMEWORKS: _frameworks,
    Page.FINDINGS: _findings,
    Page.GUIDES: _guides,
    Page.INTERVIEW: _interview,
    Page.HAND_IN: _hand_in,
    Page.HAND_OVER: _hand_over,
    Page.PROGRAMME: _programme,
    Page.PEOPLE: _people,
    Page.RECORD_REVIEW: _record_review,
    Page.REPORTS: _reports,
    Page.REQUESTS: _requests,
    Page.SCORES: _scores,
    Page.TEXTS: _texts,
    Page.URGENT: _urgent,
}
"""Each imports its way when it is called."""

ACTIVITY_PAGES: Mapping[ActivityKind, Page] = {
    ActivityKind.INTERVIEW: Page.INTERVIEW,
    ActivityKind.FOCUS_GROUP: Page.INTERVIEW,
    ActivityKind.CASE_TRACK: Page.CASE,
    ActivityKind.DROP_IN: Page.DROP_IN,
    ActivityKind.RECORD_REVIEW: Page.RECORD_REVIEW,
}
"""Where an activity opens; the live log where its kind has no page, and from every page by a key."""
NOTE_PAGES = frozenset({Page.INTERVIEW, Page.RECORD_REVIEW})
"""Those that show a note of theirs at its source; of any other activity the live log does."""


def page_of(activity: Activity) -> Page | None:
    """Where an activity opens; None for the live log. Figures that a file brought are no care record to fill in."""
    return None if is_of_figures(activity) else ACTIVITY_PAGES.get(activity.kind)


class FieldworkPages:
    """Reads what a page needs, makes its presenter, closes the one before it, and has the page shown."""

    def __init__(
        self,
        bench: Bench,
        show: Callable[[Page, bool], None],
        refused: Callable[[Exception], None],
        get_ready: Callable[[Page], object],
    ) -> None:
        """``get_ready`` imports what a page is shown with; it is called on the store lane."""
        self._bench = bench
        self._get_ready = get_ready
        self._show = show
        self._refused = refused
        self._open: dict[Page, tuple[str, FieldworkPage]] = {}
        self._fresh = Freshness(bench.session)

    def presenter(self, page: Page) -> FieldworkPage | None:
        """The presenter of a page that is open."""
        return self._open[page][1] if page in self._open else None

    def about(self, page: Page) -> str:
        """The id of what an open page is about; empty for any other page."""
        return self._open[page][0] if page in self._open else ""

    def open(self, page: Page, record: str) -> None:
        """Show a page about ``record``; the same presenter as before, if it is about the same."""
        if self._is_open(page, record):
            self._show(page, False)
            return
        session = self._bench.session

        def read(questions: Questions) -> tuple[Way, object]:
            way = WAYS[page]()  # imported here, where no screen waits
            self._get_ready(page)
            return way, way.read(session, questions, record)

        def found(what: tuple[Way, object]) -> None:
            way, facts = what
            self._answered(page, record, lambda: way.make(self._bench, facts))

        session.workspace.ask_then(read, found, self._refused)

    def crumbs(self, page: Page) -> tuple[str, ...]:
        """The way to one of these pages in words; empty for any other page."""
        return self._open[page][1].crumbs if page in self._open else ()

    def close(self) -> None:
        """All of them; what was typed goes to disk first."""
        self._fresh.close()
        while self._open:
            self._open.popitem()[1][1].close()

    def _is_open(self, page: Page, record: str) -> bool:
        """Whether it is open about this record, and was read with the frameworks there are now."""
        return page in self._open and self._open[page][0] == record and self._fresh.holds(page)

    def _answered(self, page: Page, record: str, make: Callable[[], FieldworkPage]) -> None:
        if self._is_open(page, record):  # pressed twice: what was typed since is in the first
            self._show(page, False)
            return
        presenter = make()
        if page is not Page.FRAMEWORKS:  # which hears of it itself
            self._fresh.made(page)
        before = self._open.pop(page, None)
        if before is not None:
            before[1].close()
        self._open[page] = (record, presenter)
        self._show(page, True)
