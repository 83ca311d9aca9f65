"""Counts whose voices are in the evidence and what the time went into (``fieldkit.domain.balance``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.rows import ActivityRow, EntryFilter
from fieldkit.app.voices import Voices
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.balance import Balance, Heard, Spent
from fieldkit.domain.conversation import Conversation
from fieldkit.domain.framework import Framework, SpeakerKind
from fieldkit.domain.secondary import SOURCES_SET, secondary_sets
from fieldkit.kernel.ids import ActivityId, AssessmentId
from fieldkit.reports.clock_words import there

SecondaryKey = tuple[str, str, str]


def balance_of(questions: Questions, assessment: AssessmentId, framework: Framework) -> Balance:
    """Over notes that stand and are not held. Called on the store lane, or on a vault that is held still."""
    visits = questions.visits(assessment)
    placed = [(visit.place, row) for visit in visits for row in questions.activities(visit.id)]
    activities = [row for _, row in placed]
    talks = [row.value for row in questions.records(Conversation.KIND, assessment=assessment)]
    talks = [one for one in talks if not one.is_taken_back]
    told_minutes = Counter[str]()
    for one in talks:
        told_minutes[one.about] += one.minutes
    notes, sources, beside = _voices(questions, assessment, framework)
    took, standing = _took(questions, assessment, told_minutes)
    kinds: list[SpeakerKind | None] = [*SpeakerKind, None]
    return Balance(
        heard=tuple(
            Heard(
                kind=kind, notes=notes[kind], sources=len(sources.get(kind, ())),
                talks=sum(one.band is kind for one in talks),
                people=sum(one.people for one in talks if one.band is kind),
            )
            for kind in kinds
        ),
        spent=_spent(activities, took, standing),
        by_organisation=_named((row.activity.organisation, took[row.activity.id]) for row in activities),
        by_place=_named((place, took[row.activity.id]) for place, row in placed),
        secondary=_by_set(framework, beside),
        unnoted=sum(row.noticed is None and not told_minutes[row.activity.id] for row in activities),
    )  # fmt: skip


def _voices(
    questions: Questions, assessment: AssessmentId, framework: Framework
) -> tuple[
    Counter[SpeakerKind | None], dict[SpeakerKind | None, set[tuple[ActivityId | str, str]]], Counter[SecondaryKey]
]:  # fmt: skip
    voices = Voices(questions, assessment, framework)
    notes = Counter[SpeakerKind | None]()
    sources: dict[SpeakerKind | None, set[tuple[ActivityId | str, str]]] = {}
    beside = Counter[SecondaryKey]()
    for row in every_note(questions, EntryFilter(assessment=assessment)):
        if row.withdrawal is not None or row.barred is not None:
            continue
        kind, speaker = voices.of(row), (row.entry.speaker or "").casefold()
        notes[kind] += 1
        beside.update({tag.key for tag in row.secondary})
        # A code is one person in all of an assessment; a number, or nobody's, another one in each activity.
        named = bool(speaker) and not speaker[0].isdecimal()
        sources.setdefault(kind, set()).add(("" if named else row.entry.activity, speaker))
    return notes, sources, beside


def _by_set(framework: Framework, notes: Counter[SecondaryKey]) -> dict[str, dict[str, int]]:
    """All tags of a set that is used, also those that no note has: what is missing is what is looked for.

    Of the insight sources, of which there are two dozen, only those that were used.
    """
    found = {}
    for one in secondary_sets(framework):
        counts = {tag.title: notes[framework.id, one.id, tag.id] for tag in one.tags}
        if any(counts.values()):
            is_list = one.id == SOURCES_SET
            found[one.title] = {title: count for title, count in counts.items() if count or not is_list}
    return found


def _spent(activities: list[ActivityRow], took: Counter[str], standing: Counter[str]) -> tuple[Spent, ...]:
    found = []
    for kind in ActivityKind:
        rows = [row for row in activities if row.activity.kind is kind]
        if rows:
            minutes = sum(took[row.activity.id] for row in rows)
            notes = sum(standing[row.activity.id] for row in rows)
            found.append(Spent(kind=kind, activities=len(rows), minutes=minutes, notes=notes))
    return tuple(found)


def _named(parts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Minutes by name, the most first; two spellings that differ in capitals or spaces are one."""
    names, minutes = dict[str, str](), Counter[str]()
    for spelled, taken in parts:
        name = " ".join(spelled.split())
        minutes[names.setdefault(name.casefold(), name)] += taken
    return {name: minutes[name] for name in sorted(minutes, key=lambda one: (-minutes[one], one)) if minutes[name]}


def _took(questions: Questions, assessment: AssessmentId, told: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    """Minutes by activity: of each day from its first note to its last; what was told of talks at a drop-in, if more.

    Day by day, as half an hour on each of two days is one hour and not the night between. What was withdrawn counts:
    its time was spent all the same. Beside them the notes of each that stand: as many as the voices count.
    """
    days = dict[tuple[ActivityId, date], tuple[datetime, datetime]]()
    standing = Counter[str]()
    for row in every_note(questions, EntryFilter(assessment=assessment)):
        entry = row.entry
        standing[entry.activity] += row.withdrawal is None and row.barred is None
        at = entry.noticed_at
        key = (entry.activity, there(at, entry.zone).date())
        first, last = days.get(key, (at, at))
        days[key] = (min(first, at), max(last, at))
    noted = Counter[str]()
    for (activity, _), (first, last) in days.items():
        noted[activity] += _between(first, last)
    return noted | told, standing


def _between(first: datetime, last: datetime) -> int:
    return -(-(last - first) // timedelta(minutes=1))
