"""Use cases of assessments, visits and activities: open, plan, revise."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date

from fieldkit.app.bounds import check_name, check_planned_day
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.texts import typed, whole
from fieldkit.domain.assessment import (
    Activity,
    ActivityKind,
    AgendaItem,
    Assessment,
    Assessor,
    PackPin,
    SubjectKind,
    Visit,
)
from fieldkit.domain.programme import equals, is_place, place_between
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, VisitId, new_id
from fieldkit.reports.dates import day as day_words

ARCHIVED = "archived/"
"""How the vault settings begin that keep a visit out of this laptop's list; it is a view, no part of the record."""

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_AGENDA_LINE = re.compile(rf"\s*(?:{_TIME.pattern})?\s*[-–]?\s*(?:\d+[.)]\s+)?(?P<title>.*\S)?\s*")


def introduce_author(uow: UnitOfWork, assessment: AssessmentId) -> None:
    """Write the author's name into the assessment once, so that it travels with their evidence."""
    if uow.questions.has_assessor(assessment, uow.author):
        return
    who = uow.identity
    uow.append(new_id(), Assessor(author=who.author, name=who.name, initials=who.initials), assessment=assessment)


def open_assessment(
    uow: UnitOfWork, name: str, subject: SubjectKind, packs: Sequence[PackPin], *, is_practice: bool = False
) -> Assessment:
    """Open an assessment, pinning at least one framework pack.

    Raises ``Mistake('assessment.no_name' | 'assessment.too_long' | 'assessment.no_pack')`` or, for a name in use here,
    ``Mistake('assessment.name_taken')``.
    """
    if not name.strip():
        raise Mistake("assessment.no_name", field="name")
    check_name(typed(name), "assessment", "name")
    if not packs:
        raise Mistake("assessment.no_pack", field="pack")
    if any(row.assessment.name == typed(name) for row in uow.questions.assessments()):
        raise Mistake("assessment.name_taken", field="name", name=typed(name))
    assessment = Assessment(
        id=AssessmentId(new_id()), name=typed(name), subject=subject, packs=tuple(packs), is_practice=is_practice
    )
    uow.append(assessment.id, assessment, assessment=assessment.id)
    introduce_author(uow, assessment.id)
    return assessment


def plan_visit(
    uow: UnitOfWork,
    assessment: AssessmentId,
    name: str,
    *,
    place: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Visit:
    """Plan a visit; only the name is required.

    Raises ``Mistake('visit.no_name' | 'visit.too_long' | 'visit.year' | 'visit.ends_before_start')`` or, for the same
    name on the same day as a visit that is not archived, ``Mistake('visit.name_taken_on')`` (``visit.name_taken`` where
    both have no day).
    """
    uow.questions.assessment(assessment)
    visit = Visit(
        id=VisitId(new_id()), assessment=assessment, name=typed(name), place=typed(place),
        starts_on=starts_on, ends_on=ends_on or starts_on,
    )  # fmt: skip
    check_fields("visit", name=visit.name, place=visit.place, starts_on=visit.starts_on, ends_on=visit.ends_on)
    check_visit(uow, visit)
    uow.append(visit.id, visit, assessment=assessment)
    introduce_author(uow, assessment)
    return visit


def plan_activity(
    uow: UnitOfWork,
    visit: Visit,
    kind: ActivityKind,
    title: str,
    *,
    on: date | None = None,
    starts: str = "",
    ends: str = "",
    place: str = "",
    organisation: str = "",
    items: Sequence[AgendaItem] = (),
    stream: str = "",
    assigned: Sequence[str] = (),
) -> Activity:
    """Plan something to do on the visit, with its agenda, its stream and who goes.

    Raises ``Mistake('activity.no_title' | 'activity.too_long' | 'visit.year' | 'activity.starts' | 'activity.ends' |
    'activity.ends_before_start')``.
    """
    activity = Activity(
        id=ActivityId(new_id()), assessment=visit.assessment, visit=visit.id, kind=kind, title=typed(title),
        on=on or visit.starts_on, starts=clock_time(starts, "starts"), ends=clock_time(ends, "ends"),
        place=typed(place), organisation=typed(organisation), items=_whole_items(items), stream=typed(stream),
        assigned=tuple(typed(one) for one in assigned),
    )  # fmt: skip
    check_fields(
        "activity", title=activity.title, place=activity.place, organisation=activity.organisation,
        stream=activity.stream, on=on,
    )  # fmt: skip
    _check_activity(activity)
    activity = dataclasses.replace(activity, order=_last_place(uow, activity))
    uow.append(activity.id, activity, assessment=visit.assessment)
    introduce_author(uow, visit.assessment)
    return activity


def revise_activity(uow: UnitOfWork, activity: Activity) -> Activity:
    """Save a changed activity over the plan that is shown; the earlier one stays in the log."""
    activity = dataclasses.replace(
        activity, title=whole(activity.title), place=whole(activity.place), organisation=whole(activity.organisation),
        items=_whole_items(activity.items), stream=whole(activity.stream),
        assigned=tuple(whole(one) for one in activity.assigned),
    )  # fmt: skip
    _check_activity(activity)
    uow.append(activity.id, activity, assessment=activity.assessment, parents=uow.questions.over(activity.id))
    return activity


def cancel_activity(uow: UnitOfWork, activity: ActivityId, *, cancelled: bool = True) -> Activity:
    """Mark an activity as cancelled (kept, with its notes), or take that back."""
    current = uow.questions.activity(activity)
    return revise_activity(uow, dataclasses.replace(current, is_cancelled=cancelled))


def read_agenda(text: str) -> tuple[AgendaItem, ...]:
    """Agenda items from pasted text, one a line: ``09:30 Welcome`` or ``2. Quality report``."""
    found = []
    for line in text.splitlines():
        match = _AGENDA_LINE.fullmatch(line)
        title = match["title"] if match else line.strip()
        if match is None or not title:
            continue
        starts = f"{int(match[1]):02d}:{match[2]}" if match[1] else ""
        found.append(AgendaItem(id=new_id(), title=title, starts=starts))
    return tuple(found)


def clock_time(text: str, field: str = "time") -> str:
    """``9.30`` or ``09:30`` as ``09:30``; empty stays empty.

    Raises ``Mistake('activity.starts' | 'activity.ends' | 'activity.time')`` for the ``field`` of that name.
    """
    if not text.strip():
        return ""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        code = {"starts": "activity.starts", "ends": "activity.ends"}.get(field, "activity.time")
        raise Mistake(code, field=field, text=text.strip())
    return f"{int(match[1]):02d}:{match[2]}"


def _last_place(uow: UnitOfWork, activity: Activity) -> str:
    """Behind those of the same day and time; the first needs no place. Ids made within a millisecond have no order."""
    group = equals((row.activity for row in uow.questions.activities(activity.visit)), activity)
    if not group:
        return ""
    return place_between(group[-1].order if is_place(group[-1].order) else "", "")


def _whole_items(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    return tuple(dataclasses.replace(item, title=whole(item.title)) for item in items)


def check_fields(kind: str, /, **fields: object) -> None:
    """Bounds of what is entered now: what a team-mate's laptop wrote may be otherwise and stays as it is.

    Raises ``Mistake('visit.too_long' | 'activity.too_long' | 'visit.year')`` at the first field that is out of bounds.
    """
    for name, value in fields.items():
        if isinstance(value, str):
            check_name(value, kind, name)
        elif isinstance(value, date):
            check_planned_day(value, name)


def check_visit(uow: UnitOfWork, visit: Visit) -> None:
    """What ``plan_visit`` refuses."""
    if not visit.name:
        raise Mistake("visit.no_name", field="name")
    if visit.starts_on and visit.ends_on and visit.ends_on < visit.starts_on:
        raise Mistake("visit.ends_before_start", field="ends_on")
    for other in uow.questions.visits(visit.assessment):
        if (other.name, other.starts_on) != (visit.name, visit.starts_on) or other.id == visit.id:
            continue
        if uow.questions.setting(f"{ARCHIVED}{other.id}") == "yes":  # out of sight: its name says nothing to anybody
            continue
        if visit.starts_on is None:
            raise Mistake("visit.name_taken", field="name", name=visit.name)
        raise Mistake("visit.name_taken_on", field="name", name=visit.name, day=day_words(visit.starts_on))


def _check_activity(activity: Activity) -> None:
    if not activity.title:
        raise Mistake("activity.no_title", field="title")
    if activity.starts and activity.ends and activity.ends <= activity.starts:
        raise Mistake("activity.ends_before_start", field="ends", starts=activity.starts)
