"""Which records a printed case, or cases side by side, rest on: what ``fieldkit.app.finalising`` looks through."""

from __future__ import annotations

from collections.abc import Iterable

from fieldkit.app.belonging import activity_of
from fieldkit.app.cases import case_of
from fieldkit.app.ports import Questions
from fieldkit.domain.consent import Consent
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.kernel.ids import ActivityId, AssessmentId


def of_cases(questions: Questions, activities: Iterable[ActivityId]) -> frozenset[str]:
    """Everything a print of these cases tells of: each case with its events, its consent, and the notes behind tags.

    Of notes only those that are asked about; going through all of a case would take as long as printing it.
    """
    found: set[str] = set()
    for each in activities:
        activity = questions.activity(each)
        own = {str(each), str(activity.visit), str(activity.assessment)}
        own |= {str(row.record) for row in questions.records(Consent.KIND, about=each)}
        if (case := case_of(questions, each)) is not None:
            events = questions.records(Touchpoint.KIND, about=case.id)
            own |= {str(case.id), *(str(row.record) for row in events)}
        for entry in questions.contested_notes(activity.assessment):
            note = questions.entry(entry).entry
            if note.activity == each or str(note.about) in own:
                own.add(str(entry))
        found |= own
    return frozenset(found)


def of_comparison(questions: Questions, assessment: AssessmentId, activities: Iterable[ActivityId]) -> frozenset[str]:
    """The same of several; and every note that is asked about: what "only this case fills" counts the others too."""
    return of_cases(questions, activities) | {str(one) for one in questions.contested_notes(assessment)}


def of_activity(questions: Questions, activity: ActivityId) -> frozenset[str]:
    """Everything a report of one activity tells of, as far as it is asked about: the rest can hold nothing up."""
    found = questions.activity(activity)
    own = {str(activity), str(found.visit), str(found.assessment)}
    own |= {str(one.id) for one in questions.people(found.visit)}
    for entry in questions.contested_notes(found.assessment):
        if questions.entry(entry).entry.activity == activity:
            own.add(str(entry))
    for record in questions.several_heads(found.assessment):
        history = questions.history(record)
        if history and activity_of(questions, history[-1]) == activity:
            own.add(str(record))
    return frozenset(own)
