"""Where an activity stands by the clock, in words."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.kernel.ids import ActivityId, AssessmentId, VisitId
from ui.presenters.activity_clock import Noticed, standing_of

DAY = date(2026, 11, 12)


def _standing(now: str, noticed: str = "", **fields: str) -> str:
    base: dict[str, str] = {"starts": "09:30", "ends": "11:00", **fields}
    activity = Activity(
        id=ActivityId("a"), assessment=AssessmentId("x"), visit=VisitId("v"), kind=ActivityKind.OBSERVATION,
        title="Board", on=DAY, **base,  # type: ignore[arg-type]
    )  # fmt: skip
    at = [datetime.fromisoformat(f"2026-11-12T{one}:00+00:00") for one in noticed.split()]
    seen = Noticed(first=at[0], last=at[-1]) if at else None
    return standing_of(activity, seen, datetime.fromisoformat(f"2026-11-{now}:00+00:00")).words


@pytest.mark.parametrize(
    ("now", "noticed", "fields", "words"),
    [
        ("11T12:00", "", {}, "Planned"),
        ("12T08:00", "", {}, "Planned"),
        ("12T09:25", "", {}, "Starts in 5 minutes"),
        ("12T09:29", "", {}, "Starts in 1 minute"),
        ("12T09:25", "09:20 09:24", {}, "In progress since 09:20"),
        ("12T09:30", "", {}, "In progress since 09:30"),
        ("12T10:59", "09:31 10:00", {}, "In progress since 09:30"),
        ("12T11:10", "09:31 11:08", {}, "Over time by 10 minutes"),
        ("12T11:30", "09:31 11:08", {}, "Finished 11:00"),
        ("12T13:05", "09:31 13:00", {}, "Over time by 2 hours 5 minutes"),
        ("12T12:00", "09:31 11:58", {}, "Over time by 1 hour"),
        ("12T11:30", "", {}, "Past, no notes"),
        ("13T09:00", "09:31", {"ends": ""}, "Finished"),
        ("13T09:00", "", {"ends": ""}, "Past, no notes"),
        ("12T10:00", "", {"starts": "", "ends": ""}, "Planned"),
        ("12T10:00", "09:50 09:58", {"starts": "", "ends": ""}, "In progress since 09:50"),
        ("12T12:00", "09:50 09:58", {"starts": "", "ends": ""}, "Finished"),
        ("12T12:00", "", {"starts": "", "ends": "", "title": "T"}, "Planned"),
    ],
)
def test_the_clock_is_told_in_words(now: str, noticed: str, fields: dict[str, str], words: str) -> None:
    fields = {name: value for name, value in fields.items() if name != "title"}
    assert _standing(now, noticed, **fields) == words


def test_an_activity_that_is_written_in_days_later_names_its_day_and_no_minutes() -> None:
    activity = Activity(
        id=ActivityId("a"), assessment=AssessmentId("x"), visit=VisitId("v"), kind=ActivityKind.OBSERVATION,
        title="Board", on=DAY, starts="09:30", ends="11:00",
    )  # fmt: skip
    now = datetime.fromisoformat("2026-11-22T13:38:00+00:00")
    seen = Noticed(first=datetime.fromisoformat("2026-11-12T09:31:00+00:00"), last=now)
    assert standing_of(activity, seen, now).words == "In progress, planned for 12 November"
