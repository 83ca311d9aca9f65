"""Gathers the record of an activity for paper (``fieldkit.reports.activity_record``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from fieldkit.app.belonging import activity_of
from fieldkit.app.people import code_order
from fieldkit.app.ports import Questions
from fieldkit.app.report_notes import ReportNotes, ToldNotes
from fieldkit.app.rows import EntryFilter, FileRow
from fieldkit.domain.assessment import Activity
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import standing_people
from fieldkit.kernel.ids import ActivityId
from fieldkit.reports.activity_record import ActivityRecord


def activity_record(
    questions: Questions, activity: ActivityId, frameworks: Sequence[Framework], at: datetime
) -> ActivityRecord:
    """All of it that may be told. Called on the store lane, or on a vault that is held still."""
    found = questions.activity(activity)
    notes = ReportNotes(questions, found.assessment, frameworks)
    told = notes.gather(EntryFilter(assessment=found.assessment, activity=activity))
    rows = files_of(questions, found)
    files = notes.files(rows)
    return ActivityRecord(
        assessment=questions.assessment(found.assessment).name, visit=questions.visit(found.visit).name,
        title=found.title, kind=kind_words(found), on=found.on, planned=planned(found), place=found.place,
        organisation=found.organisation, team=found.assigned, is_cancelled=found.is_cancelled,
        agenda=_agenda(found, told), people=_people(questions, found, told), notes=told.notes, files=files,
        held=told.held, files_held=len(rows) - len(files), made_at=at,
    )  # fmt: skip


def kind_words(activity: Activity) -> str:
    """``Focus group``."""
    return activity.kind.value.replace("_", " ").capitalize()


def planned(activity: Activity) -> str:
    """``09:30 to 11:00`` as the programme has it; empty without a time."""
    return " to ".join(filter(None, (activity.starts, activity.ends)))


def files_of(questions: Questions, activity: Activity) -> list[FileRow]:
    """The attachments that belong to an activity, through notes, events and records of it too."""
    return [one for one in questions.files(activity.assessment) if activity_of(questions, one.row) == activity.id]


def _agenda(activity: Activity, told: ToldNotes) -> tuple[tuple[str, str, int], ...]:
    count = Counter(one.item for one in told.standing)
    return tuple((one.title, one.starts, count[one.id]) for one in activity.items)


def _people(questions: Questions, activity: Activity, told: ToldNotes) -> tuple[tuple[str, str, str], ...]:
    """Whose codes stand in its notes, with role and organisation; nobody whose code may not be told stands there."""
    there = {one.who.partition(",")[0] for one in told.standing if one.who}
    people = standing_people(questions.people(activity.visit))
    kept = sorted((one for one in people if one.code in there), key=lambda one: (code_order(one.code), one.id))
    return tuple((one.code, one.role, one.organisation) for one in kept)
