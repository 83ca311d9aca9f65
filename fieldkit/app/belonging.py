"""The activity that a record of fieldwork belongs to, by what it is about."""

from __future__ import annotations

from fieldkit.app.ports import Questions
from fieldkit.app.rows import RecordRow
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, EntryId

_STEPS = 6
"""How far up what a record belongs to is followed: a file of an event of a case of an activity is four."""


def activity_of(questions: Questions, row: RecordRow) -> ActivityId | None:
    """The activity that a record belongs to, through what it is about; ``None`` for one of the whole assessment."""
    about = _about(row)
    for _ in range(_STEPS):
        if about is None:
            break
        found = _activity(questions, about)
        if found is not None:
            return found
        about = next((_about(above) for kind in FIELDWORK if (above := _record(questions, kind, about))), None)
    return None


def _about(row: RecordRow) -> str | None:
    name = FIELDWORK[row.kind].ABOUT
    value = row.content.get(name) if name else None
    return value if isinstance(value, str) and value else None


def _activity(questions: Questions, about: str) -> ActivityId | None:
    try:
        return questions.activity(ActivityId(about)).id
    except Mistake:
        pass
    try:
        return questions.entry(EntryId(about)).entry.activity
    except Mistake:
        return None


def _record(questions: Questions, kind: str, record: str) -> RecordRow | None:
    try:
        return questions.record(kind, record)
    except Mistake:
        return None
