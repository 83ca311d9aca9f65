"""Drafts: what is being typed, on disk within a second, and never in history.

A draft is one row per place, overwritten as the person types; it becomes an entry on Enter, in the same
transaction that drops the row, so a crash leaves the one or the other and never both or neither.
"""

from __future__ import annotations

import dataclasses

from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.app.texts import whole
from fieldkit.kernel.ids import ActivityId

IDLE_SECONDS = 0.4
"""A draft is kept this long after the last key …"""

LONGEST_SECONDS = 1.0
"""… and at least this often while keys keep coming: no more than a second of typing can be lost."""


def capture_place(activity: ActivityId) -> str:
    """The place of an activity's capture line."""
    return f"capture/{activity}"


def keep_draft(uow: UnitOfWork, draft: Draft) -> None:
    """Keep what is being typed; an empty draft drops the row."""
    if draft.text:
        uow.keep_draft(dataclasses.replace(draft, text=whole(draft.text), extra=whole(draft.extra)))
    else:
        uow.drop_draft(draft.place)


def drop_draft(uow: UnitOfWork, place: str) -> None:
    """Forget a place's draft; only after its text was committed or emptied by the person."""
    uow.drop_draft(place)
