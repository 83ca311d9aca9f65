"""A case's events: honest dates, their order, waits that add up, referrals nobody took up, hand-overs."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.case import Answer
from fieldkit.domain.pathway import in_order, pathway, wait_between
from fieldkit.domain.touchpoint import HandOver, Told, Touchpoint, TouchpointKind
from fieldkit.domain.when import Precision, When
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id

TODAY = date(2026, 11, 12)
DAYS = st.dates(date(2025, 1, 1), date(2026, 11, 1))


@st.composite
def whens(draw: st.DrawFn) -> When:
    day = draw(DAYS)
    match draw(st.sampled_from(Precision)):
        case Precision.DAY:
            return When.on(day, draw(st.sampled_from(("", "09:30", "23:59"))))
        case Precision.ABOUT:
            return When.about(day, day + timedelta(days=draw(st.integers(0, 40))))
        case _:
            return When.in_month(day.year, day.month)


@st.composite
def events(draw: st.DrawFn) -> Touchpoint:
    return _event(
        draw(whens()), draw(st.sampled_from(TouchpointKind)), draw(st.sampled_from(("", "Trust", "Council", "GP"))),
        standard=draw(st.none() | st.integers(0, 60)), order=draw(st.sampled_from(("", "a", "i"))),
    )  # fmt: skip


def _event(
    when: When, kind: TouchpointKind = TouchpointKind.CONTACT, at: str = "Trust", *, standard: int | None = None,
    order: str = "", towards: str = "", hand_over: HandOver | None = None, placed: date | None = None,
) -> Touchpoint:  # fmt: skip
    return Touchpoint(
        id=RecordId(new_id()), assessment=AssessmentId(new_id()), case=RecordId(new_id()), when=when, kind=kind,
        organisation=at, towards=towards, happened="x", standard_days=standard, order=order, hand_over=hand_over,
        placed=placed,
    )  # fmt: skip


def _march(day: int, *, at: str = "") -> When:
    return When.on(date(2026, 3, day), at)


@given(st.lists(events(), max_size=12))
def test_the_waits_add_up_to_the_time_from_the_first_service_event_to_the_last(found: list[Touchpoint]) -> None:
    whole = pathway(found, TODAY)
    served = [one for one in in_order(found) if one.is_service]
    span = (served[-1].when.earliest - served[0].when.earliest).days if served else 0
    assert whole.days == sum(step.wait.days for step in whole.steps if step.wait) == span
    assert all(step.wait is None or step.wait.least <= step.wait.days <= step.wait.most for step in whole.steps)


@given(st.lists(events(), max_size=12), st.randoms(use_true_random=False))
def test_the_order_is_that_of_the_earliest_days_from_any_start(found: list[Touchpoint], by: object) -> None:
    ordered = in_order(found)
    assert all(one.when.earliest <= other.when.earliest for one, other in pairwise(ordered))
    shuffled = list(found)
    by.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_order(shuffled) == ordered
    assert pathway(shuffled, TODAY) == pathway(found, TODAY)


@given(events())
def test_an_event_is_read_back_as_it_was_written(one: Touchpoint) -> None:
    assert Touchpoint.from_content(one.id, one.to_content()) == one


@given(st.lists(events(), max_size=12))
def test_no_wait_is_longer_than_the_longest_and_each_service_stands_once(found: list[Touchpoint]) -> None:
    whole = pathway(found, TODAY)
    waits = [step.wait.days for step in whole.steps if step.wait]
    longest = whole.longest.wait.days if whole.longest is not None and whole.longest.wait else 0
    assert longest == max(waits, default=0)
    assert len(set(whole.services)) == len(whole.services)
    assert {step.touchpoint.organisation for step in whole.steps} - {""} == set(whole.services)


def test_a_wait_to_about_a_day_is_counted_to_that_day() -> None:
    wait = wait_between(_march(14), When.about(date(2026, 4, 2)))
    assert (wait.days, wait.is_vague) == (19, False)


def test_a_wait_to_a_month_tells_the_least_and_the_most() -> None:
    wait = wait_between(_march(14), When.in_month(2026, 4))
    assert (wait.days, wait.least, wait.most) == (18, 18, 47)


def test_hours_are_known_within_a_day_that_has_times() -> None:
    assert wait_between(_march(2, at="10:10"), _march(2, at="14:10")).minutes == 240
    assert wait_between(_march(2, at="14:10"), _march(2, at="10:10")).minutes is None
    assert wait_between(_march(2, at="10:10"), _march(3, at="14:10")).minutes is None


def test_a_referral_waits_for_the_first_contact_of_the_service_it_went_to() -> None:
    made = _event(_march(1), TouchpointKind.REFERRAL, "GP", towards="Community nursing", standard=7)
    missed = _event(_march(9), TouchpointKind.NO_SHOW, "Community nursing")
    elsewhere = _event(_march(10), at="Council")
    seen = _event(_march(20), at="Community nursing")
    whole = pathway([seen, elsewhere, missed, made], TODAY)
    assert [(one.first, one.days, one.is_over) for one in whole.referrals] == [(seen, 19, True)]
    assert whole.open_referrals == ()
    assert whole.over_standard == 1  # the referral's own wait is not judged by the standard for what follows it


def test_a_referral_without_contact_is_open_and_counts_to_today() -> None:
    made = _event(When.on(date(2026, 11, 2)), TouchpointKind.REFERRAL, "GP", towards="Memory clinic")
    whole = pathway([made, _event(When.on(date(2026, 11, 5)), at="GP")], TODAY)
    assert [(one.is_open, one.days) for one in whole.referrals] == [(True, 10)]
    assert whole.services == ("GP", "Memory clinic")


def test_a_wait_above_its_standard_is_over() -> None:
    whole = pathway([_event(_march(1)), _event(_march(9), standard=7), _event(_march(10), standard=7)], TODAY)
    assert [step.is_over for step in whole.steps] == [False, True, False]


def test_a_transition_carries_the_check_of_the_hand_over() -> None:
    check = HandOver(sent=Answer.YES, information_complete=Answer.NO)
    left = _event(_march(14), TouchpointKind.DISCHARGE, "Trust", hand_over=check)
    reached = _event(_march(20), at="Community nursing")
    whole = pathway([left, _event(_march(15), TouchpointKind.WORDS, ""), reached], TODAY)
    (only,) = whole.transitions
    assert (only.left, only.reached, only.wait.days, only.hand_over) == (left, reached, 6, check)
    assert check.lacking == ("information_complete",)


def test_an_event_left_below_a_later_one_stays_there_without_a_wait() -> None:
    above = _event(_march(20))
    left = _event(_march(18), placed=date(2026, 3, 20), order="i")
    whole = pathway([left, above], TODAY)
    assert [step.touchpoint for step in whole.steps] == [above, left]
    wait = whole.steps[1].wait
    assert wait is not None
    assert (wait.days, wait.is_backwards) == (0, True)


@pytest.mark.parametrize(
    ("when", "long", "short"),
    [
        (_march(14), "14 March 2026", "14 March"),
        (_march(2, at="14:30"), "2 March 2026 14:30", "2 March 14:30"),
        (When.about(date(2026, 4, 2)), "about 2 April 2026", "about 2 April"),
        (When.about(date(2026, 4, 2), date(2026, 4, 9)), "about 2 to 9 April 2026", "about 2 to 9 April"),
        (When.about(date(2025, 12, 30), date(2026, 1, 2)), "about 30 December 2025 to 2 January 2026", None),
        (When.in_month(2026, 4), "about April 2026", "about April"),
    ],
)
def test_a_moment_is_said_as_exactly_as_it_is_known(when: When, long: str, short: str | None) -> None:
    assert when.words() == long
    assert when.words(with_year=False) == (short or long)


@pytest.mark.parametrize(
    "wrong",
    [
        {"when": "14 March"},
        {"when": {"precision": "day", "earliest": "2026-03-14", "latest": "2026-03-15", "at": ""}},
        {"when": {"precision": "month", "earliest": "2026-03-02", "latest": "2026-03-31", "at": ""}},
        {"when": {"precision": "about", "earliest": "2026-03-14", "latest": "2026-03-14", "at": "10:00"}},
        {"when": {"precision": "day", "earliest": "2026-03-14", "latest": "2026-03-14", "at": 600}},
        {"kind": "party"}, {"sources": [{"source": "rumour", "words": ""}]}, {"sources": ["person"]}, {"case": "C01"},
        {"standard_days": -1}, {"hand_over": {"sent": "yes"}}, {"statements": [1]},
    ],
)  # fmt: skip
def test_what_is_no_touchpoint_is_refused(wrong: dict[str, object]) -> None:
    content = _event(_march(1)).to_content()
    with pytest.raises((KeyError, ValueError, TypeError)):
        Touchpoint.from_content(new_id(), {**content, **wrong})


def test_all_that_was_told_is_found_by_its_words() -> None:
    one = Touchpoint(
        id=RecordId(new_id()), assessment=AssessmentId(new_id()), case=RecordId(new_id()), when=_march(1),
        kind=TouchpointKind.CONTACT, happened="Call",
        sources=(Told.from_content({"source": "carer", "words": "Late"}),),
        exact_words="Nobody rang me",
    )  # fmt: skip
    assert one.words == "Call Nobody rang me Late"
