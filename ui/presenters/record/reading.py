"""Reads what the page Record review shows: all of it once, then only what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fieldkit.app.cases import cases_of
from fieldkit.app.ports import Questions
from fieldkit.app.record_access import access_log, placed_notes
from fieldkit.domain.assessment import ActivityKind
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId
from ui.presenters.record.state import Change, Reviewed


def read_all(questions: Questions, activity: ActivityId) -> Reviewed:
    """Everything. Raises ``Mistake('access.not_one')`` for any other kind of activity."""
    return replace(read_around(questions, activity), placed=placed_notes(questions, activity))


def read_around(questions: Questions, activity: ActivityId) -> Reviewed:
    """Everything but the notes. Raises as ``read_all``."""
    found = questions.activity(activity)
    if found.kind is not ActivityKind.RECORD_REVIEW:
        raise Mistake("access.not_one", title=found.title)
    return Reviewed(
        activity=found, log=access_log(questions, activity=activity), placed={},
        people=tuple(questions.people(found.visit)), cases=tuple(cases_of(questions, found.assessment)),
    )  # fmt: skip


def read_change(questions: Questions, activity: ActivityId, notes: Sequence[str], is_around: bool) -> Change:
    """What became of some notes, and of everything else where that changed too."""
    now = placed_notes(questions, activity, notes) if notes else {}
    return Change(
        around=read_around(questions, activity) if is_around else None, notes={one: now.get(one) for one in notes}
    )
