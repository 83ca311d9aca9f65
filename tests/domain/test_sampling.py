"""From the list to the sample: everybody is covered who can be, by rule and not by lot."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.case import Case, Sampling, is_code, next_codes, told_apart
from fieldkit.domain.sampling import coverage, propose, replacement, swapped, traits
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id

VALUES = st.sampled_from(("", "one", "two", "three"))


def _case(
    number: int, sampling: Sampling = Sampling.LISTED, *, need: str = "", place: str = "", carer: str = ""
) -> Case:
    return Case(
        id=RecordId(new_id()), assessment=AssessmentId(new_id()), code=f"C{number:02d}", sampling=sampling, need=need,
        place=place, carer=carer,
    )  # fmt: skip


@st.composite
def lists(draw: st.DrawFn) -> list[Case]:
    size = draw(st.integers(0, 20))
    return [
        _case(number + 1, draw(st.sampled_from(Sampling)), need=draw(VALUES), place=draw(VALUES), carer=draw(VALUES))
        for number in range(size)
    ]


@given(lists(), st.randoms(use_true_random=False))
def test_a_proposal_is_the_same_from_any_order_of_the_list(cases: list[Case], by: object) -> None:
    shuffled = list(cases)
    by.shuffle(shuffled)  # type: ignore[attr-defined]
    assert propose(shuffled) == propose(cases)


@given(lists(), st.integers(0, 12), st.integers(0, 6))
def test_nobody_is_picked_twice_and_those_who_said_no_are_left_alone(cases: list[Case], size: int, spare: int) -> None:
    found = propose(cases, size=size, reserves=spare)
    picked = [pick.case for pick in (*found.sample, *found.reserves)]
    assert len({one.id for one in picked}) == len(picked)
    assert all(one.sampling is not Sampling.NOT_ENGAGED for one in picked)
    engaged = {one.id for one in cases if one.sampling is Sampling.ENGAGED}
    assert engaged <= {pick.case.id for pick in found.sample}
    assert len(found.sample) <= max(size, len(engaged))


@given(lists())
def test_as_many_picks_as_there_are_cases_cover_the_whole_list(cases: list[Case]) -> None:
    found = propose(cases, size=len(cases))
    open_ones = [one for one in cases if one.sampling is not Sampling.NOT_ENGAGED]
    covered = {trait for pick in found.sample for trait in traits(pick.case)}
    assert covered == {trait for one in open_ones for trait in traits(one)}


def test_three_picks_cover_three_needs_although_one_need_is_common() -> None:
    cases = [_case(n, need="Frailty", place="Moor") for n in range(1, 9)]
    cases += [_case(9, need="Dementia", place="Moor"), _case(10, need="Learning disability", place="Vale")]
    found = propose(cases, size=3, reserves=1)
    assert {pick.case.need for pick in found.sample} == {"Frailty", "Dementia", "Learning disability"}
    assert found.sample[0].case.code == "C10"
    assert found.sample[0].adds == (("need", "Learning disability"), ("place", "Vale"))
    assert found.reserves[0].stands_by == "C10"


def test_after_everybody_is_covered_nobody_is_picked_for_being_rare_again_and_again() -> None:
    needs, places = ("Frailty", "Stroke", "Dementia", "Autism"), ("Moor", "Vale", "Town")
    cases = [_case(n + 1, need=needs[n % 4], place=places[n % 3]) for n in range(50)]
    picked = [pick.case for pick in propose(cases, size=10).sample]
    assert len({traits(one) for one in picked}) == 10, "twelve kinds are on the list: no kind is picked twice"
    for name, most in (("need", 3), ("place", 4)):
        often = Counter(one.characteristic(name) for one in picked)
        assert max(often.values()) <= most, often


def test_a_case_of_which_nothing_is_known_is_no_substitute_for_one_that_covers_somebody() -> None:
    cases = [_case(1), _case(2, need="Frailty"), _case(3, need="Frailty")]
    assert [pick.case.code for pick in propose(cases, size=2).sample] == ["C02", "C03"]


@given(lists(), st.integers(0, 30))
def test_a_swap_keeps_the_size_and_never_picks_twice(cases: list[Case], at: int) -> None:
    if not cases:
        return
    case = cases[at % len(cases)]
    before = propose(cases, size=4, reserves=2)
    after = swapped(cases, before, case)
    ids = [pick.case.id for pick in (*after.sample, *after.reserves)]
    assert len(set(ids)) == len(ids)
    assert abs(len(after.sample) - len(before.sample)) <= 1
    assert all(pick.case.sampling is not Sampling.NOT_ENGAGED for pick in after.sample)
    was_in = any(pick.case == case for pick in before.sample)
    is_in = any(pick.case == case for pick in after.sample)
    fixed = case.sampling in (Sampling.ENGAGED, Sampling.NOT_ENGAGED)
    assert is_in is (was_in if fixed else not was_in)


def test_a_case_that_is_swapped_out_gives_way_to_the_one_that_adds_most() -> None:
    cases = [_case(1, need="Frailty"), _case(2, need="Dementia"), _case(3, need="Dementia"), _case(4, need="Frailty")]
    before = propose(cases, size=2, reserves=0)
    assert [pick.case.code for pick in before.sample] == ["C01", "C02"]
    after = swapped(cases, before, cases[1])
    assert [(pick.case.code, pick.adds) for pick in after.sample] == [
        ("C01", (("need", "Frailty"),)), ("C03", (("need", "Dementia"),)),
    ]  # fmt: skip


def test_the_same_word_in_other_letters_is_one_value_and_blanks_are_not_known() -> None:
    rows = coverage([
        _case(1, Sampling.ENGAGED, need="Dementia"), _case(2, Sampling.SAMPLED, need="dementia "), _case(3),
        _case(4, Sampling.RESERVE, need="Frailty"),
    ])  # fmt: skip
    needs = [(row.value, row.listed, row.sampled, row.engaged) for row in rows if row.characteristic == "need"]
    assert needs == [("Dementia", 2, 2, 1), ("Frailty", 1, 0, 0), ("", 1, 0, 0)]


def test_the_reserve_most_alike_stands_in() -> None:
    gone = _case(1, Sampling.NOT_ENGAGED, need="Dementia", place="Moor")
    near = _case(3, Sampling.RESERVE, need="Dementia", place="Moor")
    cases = [gone, _case(2, Sampling.RESERVE, need="Dementia"), near, _case(4, need="Dementia", place="Moor")]
    assert replacement(cases, gone) == near
    assert replacement([gone], gone) is None


def test_references_go_on_after_the_highest() -> None:
    assert next_codes([], 2) == ["C01", "C02"]
    assert next_codes(["C09", "C02", "x"], 2) == ["C10", "C11"]
    assert next_codes(["C99"], 1) == ["C100"]
    assert not is_code("c01")


def test_two_cases_that_got_one_reference_on_two_laptops_are_told_apart_by_a_letter() -> None:
    cases = [_case(2), _case(1), _case(2), _case(2)]
    found = told_apart(cases)
    assert [one.code for one in found] == ["C01", "C02", "C02b", "C02c"]
    assert told_apart(reversed(cases)) == found == told_apart(found)
    assert next_codes([one.code for one in found], 1) == ["C03"]


@pytest.mark.parametrize(
    "wrong", [{"code": "Ann"}, {"row": True}, {"activity": "x"}, {"criteria": ["met"]}, {"need": 3}, {"sampling": "?"}]
)
def test_what_is_no_case_is_refused(wrong: dict[str, object]) -> None:
    content = _case(1, need="Dementia").to_content()
    assert Case.from_content(new_id(), content).need == "Dementia"
    with pytest.raises((KeyError, ValueError, TypeError)):
        Case.from_content(new_id(), {**content, **wrong})
