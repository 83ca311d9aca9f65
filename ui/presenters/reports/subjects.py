"""What a report may be about, to choose from: the visits, days, activities, cases or statements of an assessment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from fieldkit.app.cases import cases_of
from fieldkit.app.escalation_rows import escalations
from fieldkit.app.ports import Questions
from fieldkit.app.report_catalogue import About, ReportChoice
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.domain.escalation import Escalation
from fieldkit.kernel.ids import ActivityId, RecordId, VisitId
from ui.presenters.forms import Option
from ui.presenters.wording import ui

_MOST_DAYS = 60
"""Of one visit: a slip of the pen in its dates offers no thousand days."""
_BETWEEN = "|"
_LONGEST = 60
"""Characters of what is a risk, in a list to choose from."""


def subjects_of(questions: Questions, choice: ReportChoice, about: About) -> tuple[Option, ...]:
    """In the order of the work; empty where there is nothing of the kind yet, and for a whole assessment."""
    found: Iterator[Option]
    match about:
        case About.ASSESSMENT:
            return ()
        case About.STATEMENT:
            found = (Option(one.id, f"{one.position} {one.title}") for one in choice.framework.statements)
        case About.CASE:
            cases = cases_of(questions, choice.assessment.id)
            found = (Option(one.activity, one.title) for one in cases if one.activity is not None)
        case About.VISIT:
            found = (Option(one.id, one.name) for one in questions.visits(choice.assessment.id))
        case About.DAY:
            found = (one for visit in questions.visits(choice.assessment.id) for one in _days(visit))
        case About.ACTIVITY:
            found = _activities(questions, choice)
        case About.ESCALATION:
            rows = escalations(questions, assessment=choice.assessment.id)
            found = (Option(row.value.id, _risk(row.value)) for row in rows)
    return tuple(found)


def chosen(choice: ReportChoice, about: About, value: str) -> ReportChoice:
    """The choice with what was picked from ``subjects_of``."""
    match about:
        case About.STATEMENT:
            return replace(choice, statement=value)
        case About.CASE:
            return replace(choice, case=ActivityId(value))
        case About.ACTIVITY:
            return replace(choice, activity=ActivityId(value))
        case About.VISIT:
            return replace(choice, visit=VisitId(value))
        case About.DAY:
            visit, _, day = value.partition(_BETWEEN)
            return replace(choice, visit=VisitId(visit), day=date.fromisoformat(day))
        case About.ESCALATION:
            return replace(choice, escalation=RecordId(value))
        case About.ASSESSMENT:
            return choice


def _risk(one: Escalation) -> str:
    short = one.what if len(one.what) <= _LONGEST else f"{one.what[:_LONGEST].rstrip()}…"
    return f"{ui.day(one.opened_at.astimezone().date())}, {short}"


def _days(visit: Visit) -> Iterator[Option]:
    if visit.starts_on is None:
        return
    last = visit.ends_on or visit.starts_on
    for at in range(min((last - visit.starts_on).days + 1, _MOST_DAYS)):
        day = visit.starts_on + timedelta(days=at)
        yield Option(f"{visit.id}{_BETWEEN}{day.isoformat()}", f"{ui.weekday(day)}, {visit.name}")


def _activities(questions: Questions, choice: ReportChoice) -> Iterator[Option]:
    for visit in questions.visits(choice.assessment.id):
        for row in questions.activities(visit.id):
            yield Option(row.activity.id, f"{_when(row.activity)}{row.activity.title}")


def _when(activity: Activity) -> str:
    return f"{ui.day(activity.on)}, " if activity.on is not None else ""
