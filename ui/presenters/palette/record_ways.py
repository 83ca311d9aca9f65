"""Where a found record of fieldwork leads: to the page of its kind, else to the activity it belongs to.

Whoever makes a page for a kind adds a line here. ``OF_ASSESSMENT`` are pages that show all records of an assessment;
a page that opens on one record has its own line in ``OF_RECORD``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fieldkit.app import told
from fieldkit.app.ports import Questions
from fieldkit.app.rows import RecordRow
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, EntryId
from ui.presenters.page import Page
from ui.presenters.palette.items import Item, Kind
from ui.presenters.wording import ui

OF_ASSESSMENT: Mapping[str, Page] = {
    "escalation": Page.ESCALATIONS, "escalation_contact": Page.ESCALATIONS, "quality_risk": Page.ESCALATIONS,
    "quality_review": Page.ESCALATIONS, "pointer": Page.ESCALATIONS, "guide": Page.GUIDES,
    "attachment": Page.FILES, "request": Page.REQUESTS,
}  # fmt: skip
OF_RECORD: Mapping[str, Page] = {}
LISTS: Mapping[str, Page] = {"case": Page.CASES}
"""Where a record leads that belongs to no activity yet: a case on the list that nobody has begun."""
_STEPS = 6
"""How far up what a record belongs to is followed: a file of an event of a case of an activity is four."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record that was found, with the activity it belongs to, if any."""

    row: RecordRow
    activity: ActivityId | None


def found_records(questions: Questions, words: str, limit: int) -> list[Found]:
    """The newest records with these words; called on the store lane."""
    return [
        Found(row=row, activity=activity_of(questions, row))
        for row in told.found_records(questions, words, limit=limit)
    ]


def record_item(found: Found, pages: Collection[Page]) -> Item | None:
    """``Record: Case C01, …``; None where it leads to no page that there is. ``pages`` are those that can be opened."""
    row = found.row
    page, target = lead_of(found, pages)
    if not target:
        return None
    return Item(
        kind=Kind.RECORD, target=target, words=" ".join(row.value.title.split()), page=page.value if page else "",
        detail=ui.BARRED[row.barred] if row.barred else "", assessment=row.value.assessment,
    )  # fmt: skip


def lead_of(found: Found, pages: Collection[Page]) -> tuple[Page | None, str]:
    """The page and the record it opens on; no page means the activity's own."""
    row = found.row
    own, shared, listed = OF_RECORD.get(row.kind), OF_ASSESSMENT.get(row.kind), LISTS.get(row.kind)
    if own in pages:
        return own, row.record
    if shared in pages:
        return shared, row.value.assessment
    if found.activity is not None:
        return None, found.activity
    return (listed, row.value.assessment) if listed in pages else (None, "")


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
