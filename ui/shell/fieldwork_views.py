"""The view of each page of fieldwork; imported when the page is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ui.presenters.page import Page
from ui.presenters.services import Failed, Sheets
from ui.presenters.workbench import Workbench
from ui.views.rendering import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a view may need beside its presenter. ``run`` does a command by its id, ``erase`` deletes the vault."""

    bench: Workbench
    sheets: Sheets
    run: Callable[[str], None]
    erase: Callable[[Failed], None]


Make = Callable[[Any, Tools], View]
"""Makes a page's view of its presenter."""


def _escalations() -> Make:
    from ui.views.escalation.page import EscalationsView

    return lambda page, tools: EscalationsView(page, tools.sheets, lambda: tools.run("escalate"))


def _case() -> Make:
    from ui.views.case.case_view import CaseView

    return lambda page, tools: CaseView(page, tools.sheets, tools.bench)


def _cases() -> Make:
    from ui.views.cases.cases_view import CasesView

    return lambda page, tools: CasesView(page, tools.bench.back, lambda: tools.run("compare"))


def _compare() -> Make:
    from ui.views.compare.page import CompareView

    return lambda page, tools: CompareView(page, tools.sheets, tools.bench.back)


def _guides() -> Make:
    from ui.views.guides.page import GuidesView

    return lambda page, tools: GuidesView(page)


def _drop_in() -> Make:
    from ui.views.dropin.dropin_view import DropInView

    return lambda page, tools: DropInView(page)


def _interview() -> Make:
    from ui.views.interview.interview_view import InterviewView

    return lambda page, tools: InterviewView(page, tools.bench.session.say)


def _files() -> Make:
    from ui.views.files.files_view import FilesView

    return lambda page, tools: FilesView(page, tools.bench.back)


def _disclosures() -> Make:
    from ui.views.disclosures.page import DisclosuresView

    return lambda page, tools: DisclosuresView(page)


def _people() -> Make:
    from ui.views.people.page import PeopleView

    return lambda page, tools: PeopleView(page, tools.bench.back)


def _record_review() -> Make:
    from ui.views.record.page import RecordView

    return lambda page, tools: RecordView(page, tools.sheets)


def _requests() -> Make:
    from ui.views.requests.page import RequestsView

    return lambda page, tools: RequestsView(page, tools.bench.back)


def _frameworks() -> Make:
    from ui.views.frameworks.page import FrameworksView

    return lambda page, tools: FrameworksView(page)


def _reports() -> Make:
    from ui.views.reports.page import ReportsView

    return lambda page, tools: ReportsView(page)


def _scores() -> Make:
    from ui.views.scores.page import ScoresView

    return lambda page, tools: ScoresView(page, tools.sheets)


def _findings() -> Make:
    from ui.views.findings.page import FindingsView

    return lambda page, tools: FindingsView(page)


def _hand_in() -> Make:
    from ui.views.handing.page import HandInView

    return lambda page, tools: HandInView(page, tools.sheets, tools.erase, lambda: tools.run("send"), tools.bench.back)


def _hand_over() -> Make:
    from ui.views.handing_over.page import HandOverView

    return lambda page, tools: HandOverView(page, tools.bench.back)


def _urgent() -> Make:
    from ui.views.handing_over.urgent import UrgentView

    return lambda page, tools: UrgentView(page, tools.sheets, tools.bench.back)


def _programme() -> Make:
    from ui.views.programme.page import ProgrammeView

    return lambda page, tools: ProgrammeView(page, tools.bench.back)


def _accuracy() -> Make:
    from ui.views.accuracy.page import AccuracyView

    return lambda page, tools: AccuracyView(page, tools.sheets)


def _day() -> Make:
    from ui.views.day.page import DaySheetView

    return lambda page, tools: DaySheetView(page, tools.sheets, tools.bench.back)


def _texts() -> Make:
    from ui.views.writing.texts import TextsView

    return lambda page, tools: TextsView(page, tools.bench.back)


def _decide() -> Make:
    from ui.views.deciding.page import DecideView

    return lambda page, tools: DecideView(page, tools.bench.back)


VIEWS: Mapping[Page, Callable[[], Make]] = {
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
"""Each imports its view when it is called: off the screen's thread, while the page's facts are read."""


def get_ready(page: Page) -> None:
    """Import what the page is shown with: 30 to 60 ms for which the window would stand still."""
    VIEWS[page]()
