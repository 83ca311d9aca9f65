"""Several events of a case in one go, from a pasted list: added together, and taken off together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldkit.app.ports import UnitOfWork
from fieldkit.app.touchpoints import Event, add_touchpoint, put_back, take_off
from fieldkit.domain.assessment import Activity
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.kernel.ids import ActivityId, RecordId


def add_touchpoints(uow: UnitOfWork, activity: Activity, events: Sequence[Event], today: date) -> list[Touchpoint]:
    """Add events in their order, all of them or none. Raises as ``add_touchpoint`` does."""
    return [add_touchpoint(uow, activity, event, today) for event in events]


def take_all_off(uow: UnitOfWork, activity: ActivityId, events: Sequence[RecordId], reason: str) -> None:
    """Take events off the timeline with their notes. Raises ``Mistake('touchpoint.no_reason')``."""
    for one in events:
        take_off(uow, activity, one, reason)


def put_all_back(uow: UnitOfWork, activity: ActivityId, events: Sequence[RecordId]) -> None:
    """Undo ``take_all_off``."""
    for one in events:
        put_back(uow, activity, one)
