"""Records of fieldwork in the palette: each found one with the page it leads to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fieldkit.app import told
from fieldkit.app.belonging import activity_of
from fieldkit.app.ports import Questions
from fieldkit.app.rows import RecordRow
from fieldkit.kernel.ids import ActivityId
from ui.presenters.page import Page
from ui.presenters.palette.items import Item, Kind
from ui.presenters.record_pages import lead_of
from ui.presenters.wording import ui


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
    page, target = lead_of(found.row, found.activity, pages)
    if not target:
        return None
    return Item(
        kind=Kind.RECORD, target=target, words=" ".join(row.value.title.split()), page=page.value if page else "",
        detail=ui.BARRED[row.barred] if row.barred else "", assessment=row.value.assessment,
    )  # fmt: skip
