"""Contents of activities: what earlier versions wrote keeps its bytes, and what no version writes is refused."""

from __future__ import annotations

from datetime import date

import pytest

from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.programme import in_order
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.ids import ActivityId, AssessmentId, VisitId

EARLIER = {
    "assessment": "a", "visit": "v", "kind": "observation", "title": "Board", "on": "2026-11-12", "starts": "09:30",
    "ends": "", "place": "", "organisation": "", "items": [{"id": "i", "title": "Welcome", "starts": ""}],
    "is_cancelled": False,
}  # fmt: skip


def test_a_content_of_an_earlier_version_is_read_and_written_back_byte_for_byte() -> None:
    activity = Activity.from_content("x", EARLIER)
    assert activity.order == ""
    assert canonical(activity.to_content()) == canonical(EARLIER)


def test_an_order_travels() -> None:
    activity = Activity.from_content("x", {**EARLIER, "order": "i"})
    assert activity.to_content() == {**EARLIER, "order": "i"}


@pytest.mark.parametrize("order", [1, None, ["i"], {"a": 1}])
def test_what_is_no_order_is_refused(order: object) -> None:
    with pytest.raises(ValueError, match="not a text"):
        Activity.from_content("x", {**EARLIER, "order": order})


def test_a_programme_goes_by_day_then_time_then_order() -> None:
    def one(title: str, on: date | None, starts: str, order: str = "") -> Activity:
        return Activity(
            id=ActivityId(title), assessment=AssessmentId("a"), visit=VisitId("v"), kind=ActivityKind.INTERVIEW,
            title=title, on=on, starts=starts, order=order,
        )  # fmt: skip

    day = date(2026, 11, 12)
    made = [
        one("no day", None, "08:00"), one("no time", day, ""), one("b", day, "09:00", "r"), one("a", day, "09:00", "i"),
        one("first", day, "09:00"), one("next day", date(2026, 11, 13), "08:00"), one("early", day, "08:00", "z"),
    ]  # fmt: skip
    assert [activity.title for activity in in_order(made)] == [
        "early", "first", "a", "b", "no time", "next day", "no day",
    ]  # fmt: skip
