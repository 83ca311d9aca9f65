"""The view of each page of fieldwork; imported when the page is first shown."""

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


def _escalations(page: Any, tools: Tools) -> View:
    from ui.views.escalation.page import EscalationsView

    return EscalationsView(page, tools.sheets, lambda: tools.run("escalate"))


def _case(page: Any, tools: Tools) -> View:
    from ui.views.case.case_view import CaseView

    return CaseView(page, tools.sheets, tools.bench)


def _cases(page: Any, tools: Tools) -> View:
    from ui.views.cases.cases_view import CasesView

    return CasesView(page, tools.bench.back, lambda: tools.run("compare"))


def _compare(page: Any, tools: Tools) -> View:
    from ui.views.compare.page import CompareView

    return CompareView(page, tools.sheets, tools.bench.session.say, tools.bench.back)


def _guides(page: Any, tools: Tools) -> View:
    from ui.views.guides.page import GuidesView

    return GuidesView(page)


def _drop_in(page: Any, tools: Tools) -> View:
    from ui.views.dropin.dropin_view import DropInView

    return DropInView(page)


def _interview(page: Any, tools: Tools) -> View:
    from ui.views.interview.interview_view import InterviewView

    return InterviewView(page, tools.bench.session.say)


def _files(page: Any, tools: Tools) -> View:
    from ui.views.files.files_view import FilesView

    return FilesView(page, tools.bench.back)


def _disclosures(page: Any, tools: Tools) -> View:
    from ui.views.disclosures.page import DisclosuresView

    return DisclosuresView(page)


def _people(page: Any, tools: Tools) -> View:
    from ui.views.people.page import PeopleView

    return PeopleView(page, tools.bench.back)


def _record_review(page: Any, tools: Tools) -> View:
    from ui.views.record.page import RecordView

    return RecordView(page, tools.sheets)


def _requests(page: Any, tools: Tools) -> View:
    from ui.views.requests.page import RequestsView

    return RequestsView(page, tools.bench.back)


def _hand_in(page: Any, tools: Tools) -> View:
    from ui.views.handing.page import HandInView

    return HandInView(page, tools.sheets, tools.erase, lambda: tools.run("send"), tools.bench.back)


def _programme(page: Any, tools: Tools) -> View:
    from ui.views.programme.page import ProgrammeView

    return ProgrammeView(page, tools.bench.back)


def _texts(page: Any, tools: Tools) -> View:
    from ui.views.writing.texts import TextsView

    return TextsView(page, tools.bench.back)


VIEWS: Mapping[Page, Callable[[Any, Tools], View]] = {
    Page.CASE: _case,
    Page.CASES: _cases,
    Page.COMPARE: _compare,
    Page.DROP_IN: _drop_in,
    Page.DISCLOSURES: _disclosures,
    Page.ESCALATIONS: _escalations,
    Page.FILES: _files,
    Page.GUIDES: _guides,
    Page.INTERVIEW: _interview,
    Page.HAND_IN: _hand_in,
    Page.PROGRAMME: _programme,
    Page.PEOPLE: _people,
    Page.RECORD_REVIEW: _record_review,
    Page.REQUESTS: _requests,
    Page.TEXTS: _texts,
}
"""Each takes the page's presenter."""
