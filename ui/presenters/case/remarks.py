"""What is to be said of the event that was saved last: its place, or a number that identifies somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fieldkit.app.ports import UnitOfWork
from fieldkit.app.touchpoints import Event, revise_touchpoint
from fieldkit.capture.personal import Detail, personal_details
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.kernel.ids import ActivityId, RecordId
from ui.presenters.case.state import CaseRemark, Remedy, TrackState


def remark_on(state: TrackState, one: Touchpoint, last: RecordId | None) -> CaseRemark | None:
    """``last`` is the event that stood last before this one was added; ``None`` where it was only changed."""
    details = personal_details(f"{one.happened}\n{one.should_have}\n{one.exact_words}")
    if any(found.detail is Detail.NHS_NUMBER for found in details):
        return CaseRemark(
            text="This looks like an NHS number. Use the case reference instead.",
            first=f"Replace with {state.code}", second="Keep", remedy=Remedy.REPLACE, event=one.id,
        )  # fmt: skip
    order = [row.id for row in state.rows]
    if last in order and one.id in order and order.index(one.id) < order.index(last):
        return CaseRemark(
            text="This is before the event above it.", first="Move it up", second="Leave it", remedy=Remedy.LEAVE,
            event=one.id, above=last,
        )  # fmt: skip
    return None


def without_number(uow: UnitOfWork, activity: ActivityId, one: RecordId, today: date, code: str) -> Touchpoint:
    """An event with each NHS number replaced by the case's reference."""
    known: Touchpoint = uow.questions.record(Touchpoint.KIND, one).value
    event = Event.of(known)
    clean = replace(
        event, happened=_replaced(event.happened, code), should_have=_replaced(event.should_have, code),
        exact_words=_replaced(event.exact_words, code),
    )  # fmt: skip
    return revise_touchpoint(uow, uow.questions.activity(activity), one, clean, today)


def _replaced(text: str, code: str) -> str:
    for found in reversed(personal_details(text)):
        if found.detail is Detail.NHS_NUMBER:
            text = text[: found.span.start] + code + text[found.span.end :]
    return text
