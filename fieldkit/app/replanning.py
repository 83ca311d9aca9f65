"""Use cases of a programme that changes every day: visits and activities changed, moved, called off, brought back.

Each saves a revision over the heads known here, so what was planned before stays in the log, and each returns what is
needed to take it back: the fields as they were, not the whole record, or undoing would also undo a team-mate.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.app.assessments import ARCHIVED, check_fields, check_visit, clock_time, revise_activity
from fieldkit.app.interviews import read_interview
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.texts import typed
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.domain.programme import equals, fresh_places, is_place, moved_item, place_between
from fieldkit.domain.sources import CONSENTED, told_title
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, VisitId

_TEXTS = ("title", "place", "organisation", "name", "stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """An activity as it is now, and the changed fields as they were before."""

    activity: Activity
    before: Mapping[str, Any]


def change_activity(uow: UnitOfWork, activity: ActivityId, **fields: Any) -> Replanned:
    """Change some fields of an activity; nothing is saved where they are so already.

    Raises ``Mistake`` as ``plan_activity`` does, and ``Mistake('activity.has_notes')`` for one with notes that is to go
    to another visit: a note names the visit it was made on, for ever. ``Mistake('activity.named_by_consent')`` for a
    title of an interview whose consent decides what it is called.
    """
    current = uow.questions.activity(activity)
    wanted: dict[str, Any] = {name: typed(value) if name in _TEXTS else value for name, value in fields.items()}
    wanted |= {name: clock_time(wanted[name], name) for name in ("starts", "ends") if name in wanted}
    before = {name: getattr(current, name) for name in wanted if getattr(current, name) != wanted[name]}
    if "visit" in before:
        _may_move(uow, current, wanted["visit"])
    if not before:
        return Replanned(activity=current, before={})
    if "title" in before and current.kind in CONSENTED:
        _may_name(uow, current, wanted["title"])
    check_fields("activity", **{name: wanted[name] for name in before})
    after = revise_activity(uow, dataclasses.replace(current, **{name: wanted[name] for name in before}))
    return Replanned(activity=after, before=before)


def move_activity(uow: UnitOfWork, activity: ActivityId, step: int) -> list[Replanned]:
    """Move an activity up (-1) or down (1) among those of its day and time; empty at the ends.

    Raises ``Mistake('activity.in_time_order')`` where a time stands between it and its neighbour.
    """
    current = uow.questions.activity(activity)
    day = [row.activity for row in uow.questions.activities(current.visit) if row.activity.on == current.on]
    group = equals(day, current)
    at = next(place for place, one in enumerate(group) if one.id == activity)
    if not 0 <= at + step < len(group):
        if len(group) < len(day):
            raise Mistake("activity.in_time_order", title=current.title)
        return []
    group.insert(at + step, group.pop(at))
    return [change_activity(uow, one.id, order=place) for one, place in _places(group, at + step)]


def move_item(uow: UnitOfWork, activity: ActivityId, item: str, step: int) -> Replanned:
    """Move an agenda item up or down within its meeting."""
    current = uow.questions.activity(activity)
    return change_activity(uow, activity, items=moved_item(current.items, item, step))


def remove_item(uow: UnitOfWork, activity: ActivityId, item: str) -> Replanned:
    """Take an item off the agenda. Its notes stay in the activity, under no item; the item's id names them still."""
    current = uow.questions.activity(activity)
    return change_activity(uow, activity, items=tuple(one for one in current.items if one.id != item))


def change_item(uow: UnitOfWork, activity: ActivityId, item: str, title: str, starts: str) -> Replanned:
    """Name an agenda item anew or give it another time. Raises ``Mistake('item.no_title' | 'activity.time')``."""
    if not title.strip():
        raise Mistake("item.no_title", field="title")
    time, current = clock_time(starts), uow.questions.activity(activity)
    items = (
        dataclasses.replace(one, title=typed(title), starts=time) if one.id == item else one for one in current.items
    )
    return change_activity(uow, activity, items=tuple(items))


def change_visit(uow: UnitOfWork, visit: VisitId, **fields: Any) -> Mapping[str, Any]:
    """Change some fields of a visit; the changed fields as they were. Raises ``Mistake`` as ``plan_visit`` does."""
    current = uow.questions.visit(visit)
    wanted: dict[str, Any] = {name: typed(value) if name in _TEXTS else value for name, value in fields.items()}
    before = {name: getattr(current, name) for name, value in wanted.items() if getattr(current, name) != value}
    if before:
        after: Visit = dataclasses.replace(current, **wanted)
        check_fields("visit", **{name: wanted[name] for name in before})
        check_visit(uow, after)
        uow.append(visit, after, assessment=after.assessment, parents=uow.questions.over(visit))
    return before


def archive_visit(uow: UnitOfWork, visit: VisitId, *, archived: bool = True) -> None:
    """Keep a visit out of this laptop's list, or bring it back. Nothing else about it changes, here or elsewhere."""
    uow.questions.visit(visit)
    uow.set_setting(f"{ARCHIVED}{visit}", "yes" if archived else None)


def _may_move(uow: UnitOfWork, current: Activity, to: VisitId) -> None:
    if uow.questions.visit(to).assessment != current.assessment:
        raise Mistake("activity.other_assessment", field="visit")
    row = next(row for row in uow.questions.activities(current.visit) if row.activity.id == current.id)
    if row.entries:
        raise Mistake("activity.has_notes", field="visit", title=current.title)


def _may_name(uow: UnitOfWork, current: Activity, title: str) -> None:
    known = read_interview(uow.questions, current.id)
    if told_title(title, known.session, known.consent) != title:
        raise Mistake("activity.named_by_consent", field="title", title=current.title)


def _places(group: list[Activity], at: int) -> list[tuple[Activity, str]]:
    """The new place of the activity at ``at``; of all where the others have none to go between."""
    others = [one.order for place, one in enumerate(group) if place != at]
    if all(map(is_place, others)) and others == sorted(set(others)):
        before = group[at - 1].order if at else ""
        after = group[at + 1].order if at + 1 < len(group) else ""
        return [(group[at], place_between(before, after))]
    return list(zip(group, fresh_places(len(group)), strict=True))
