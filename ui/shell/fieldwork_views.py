"""The view of each page of fieldwork; imported when the page is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ui.presenters.page import Page
from ui.presenters.services import Sheets
from ui.presenters.workbench import Workbench
from ui.views.rendering import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a view may need beside its presenter. ``run`` does a command by its id."""

    bench: Workbench
    sheets: Sheets
    run: Callable[[str], None]


def _escalations(page: Any, tools: Tools) -> View:
    from ui.views.escalation.page import EscalationsView

    return EscalationsView(page, tools.sheets, lambda: tools.run("escalate"))


def _drop_in(page: Any, tools: Tools) -> View:
    from ui.views.dropin.dropin_view import DropInView

    return DropInView(page)


def _interview(page: Any, tools: Tools) -> View:
    from ui.views.interview.interview_view import InterviewView

    return InterviewView(page, tools.bench.session.say)


VIEWS: Mapping[Page, Callable[[Any, Tools], View]] = {
    Page.DROP_IN: _drop_in,
    Page.ESCALATIONS: _escalations,
    Page.INTERVIEW: _interview,
}
"""Each takes the page's presenter."""
