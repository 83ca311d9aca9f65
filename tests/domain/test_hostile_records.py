"""What a stranger's laptop sends ends in no field, sum or loop of the program: records beyond reason are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from fieldkit.domain.conversation import MOST_MINUTES, MOST_PEOPLE, Conversation
from fieldkit.domain.interview import LARGEST_GROUP, InterviewSession, Presence
from fieldkit.domain.touchpoint import Touchpoint, TouchpointKind
from fieldkit.domain.when import When
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id

_AT = datetime(2026, 11, 12, 10, tzinfo=UTC)
_HUGE = 10**4000
"""Python reads it, writes no sum of it, and no field of a screen holds it."""


def _talk() -> Conversation:
    return Conversation(
        id=RecordId(new_id()), assessment=AssessmentId(new_id()), about=RecordId(new_id()), at=_AT, people=MOST_PEOPLE,
        minutes=MOST_MINUTES, band=None,
    )  # fmt: skip


def _group() -> InterviewSession:
    people = tuple(Presence(person=str(number), joined_at=_AT) for number in (1, LARGEST_GROUP))
    return InterviewSession(
        id=RecordId(new_id()), assessment=AssessmentId(new_id()), about=RecordId(new_id()), reference="Focus group 01",
        size=LARGEST_GROUP, presence=people,
    )  # fmt: skip


def _event() -> Touchpoint:
    return Touchpoint(
        id=RecordId(new_id()), assessment=AssessmentId(new_id()), case=RecordId(new_id()), when=When.on(_AT.date()),
        kind=TouchpointKind.CONTACT, standard_days=2**53 - 1,
    )  # fmt: skip


@pytest.mark.parametrize("one", [_talk(), _group(), _event()])
def test_the_most_that_the_program_writes_itself_is_read(one: Any) -> None:
    content = one.to_content()
    assert canonical(content)
    assert type(one).from_content(one.id, content) == one


@pytest.mark.parametrize(
    ("one", "field"),
    [(_talk(), "people"), (_talk(), "minutes"), (_group(), "size"), (_event(), "standard_days")],
)
@pytest.mark.parametrize("value", [_HUGE, 2**53, -1, True, "1"])
def test_a_number_that_no_screen_can_hold_is_refused(one: Any, field: str, value: object) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        type(one).from_content(one.id, one.to_content() | {field: value})


@pytest.mark.parametrize("person", ["", "P1", "-1", "1" * 5000, "²", "٣", "Mary"])
def test_people_of_a_group_are_numbered_and_nothing_else(person: str) -> None:
    group = _group()
    content = group.to_content()
    content["presence"][0]["person"] = person
    with pytest.raises(ValueError, match="numbered"):
        InterviewSession.from_content(group.id, content)
