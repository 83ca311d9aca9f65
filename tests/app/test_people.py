"""Codes, merging with its history, small numbers, and the key to names that nothing else ever knows."""

from __future__ import annotations

import dataclasses
import random
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.filter_names import Known, understand
from fieldkit.app.people import (
    add_person,
    coded,
    merge_people,
    people_of,
    proposed_code,
    revise_person,
    unmerge_person,
)
from fieldkit.app.person_names import NameKey, pack, unpack
from fieldkit.capture.parse import parse
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary, standing
from fieldkit.domain.assessment import Visit
from fieldkit.domain.barring import same_people
from fieldkit.domain.people import Person, joined, parted, shown_codes, survivors
from fieldkit.domain.small_numbers import Combination, small_for, small_number, small_numbers
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import AssessmentId, PersonId, VisitId
from storage.vault import OpenVault
from ui.presenters.people.words import title


def a_person(code: str, into: str = "", role: str = "Nurse", organisation: str = "") -> Person:
    """Somebody; ids are their codes."""
    return Person(
        id=PersonId(code), assessment=AssessmentId("a"), visit=VisitId("v"), code=code, role=role,
        organisation=organisation, merged_into=PersonId(into) if into else None,
    )  # fmt: skip


def test_codes_are_given_by_letter_and_none_is_given_twice(vault: OpenVault, visit: Visit) -> None:
    for letters, expected in (("p", "p1"), ("p", "p2"), ("pa", "pa1"), ("s", "s1"), ("p", "p3")):
        code = proposed_code(vault.questions, visit.assessment, letters)
        assert code == expected
        vault.perform(lambda uow, code=code: add_person(uow, visit, code, "Nurse"))  # type: ignore[misc]
    with pytest.raises(Mistake, match=r"person\.letters"):
        proposed_code(vault.questions, visit.assessment, "z")


def test_merged_codes_are_one_person_in_lists_lines_and_filters_until_it_is_undone(
    vault: OpenVault, visit: Visit
) -> None:
    one, other = (vault.perform(lambda uow, c=c: add_person(uow, visit, c, "Nurse"))[0] for c in ("p1", "p2"))  # type: ignore[misc]
    vault.perform(lambda uow: merge_people(uow, other.id, one.id))
    people = people_of(vault.questions, visit.assessment)
    rows = coded(people, {"p1": 2, "p2": 3})
    assert [(row.person.code, [each.code for each in row.others], row.notes) for row in rows] == [("p1", ["p2"], 5)]
    vocabulary = Vocabulary(frameworks=(), people=tuple(people))
    assert parse(TypedLine(text="p2: words"), vocabulary).speaker == "p1"
    assert [each.code for each in standing(people)] == ["p1"]
    for asked in ("who:p1", "who:p2"):
        meant = understand(asked, Known(today=date(2026, 11, 12), people=tuple(people)))
        assert ("p1", "p2") in [term.values for term in meant.terms]
    for wrong, code in ((one.id, "person.merged"), (other.id, "person.same")):
        with pytest.raises(Mistake, match=code):
            vault.perform(lambda uow, wrong=wrong: merge_people(uow, wrong, other.id))  # type: ignore[misc]
    vault.perform(lambda uow: unmerge_person(uow, other.id))
    assert len(coded(people_of(vault.questions, visit.assessment), {})) == 2
    with pytest.raises(Mistake, match=r"person\.not_merged"):
        vault.perform(lambda uow: unmerge_person(uow, other.id))
    assert vault.verify() == []


_CODES = [f"p{number}" for number in range(8)]
_MERGES = st.dictionaries(st.sampled_from(_CODES), st.sampled_from([*_CODES, "gone"]))


@given(merges=_MERGES, seed=st.integers())
def test_merges_that_contradict_each_other_end_the_same_whatever_came_first(merges: dict[str, str], seed: int) -> None:
    people = [a_person(code, merges.get(code, "")) for code in _CODES]
    shuffled = people[:]
    random.Random(seed).shuffle(shuffled)
    found = survivors(people)
    assert found == survivors(shuffled)
    assert shown_codes(people) == shown_codes(shuffled)
    assert all(found[other] == other for other in found.values())  # nobody is shown by a code that is not shown
    same = same_people(people)
    for one in _CODES:  # who is shown as one is one for consents and coverage too, and the other way round
        for other in _CODES:
            together = found[PersonId(one)] == found[PersonId(other)]
            assert together == (same.get(one, one) == same.get(other, other))


_KNOWN = [PersonId(code) for code in _CODES]


def _groups(people: list[Person]) -> dict[PersonId, frozenset[PersonId]]:
    """With whom each is one."""
    standing = survivors(people)
    return {one: frozenset(each for each in standing if standing[each] == standing[one]) for one in standing}


def _with(people: list[Person], *changed: Person) -> list[Person]:
    new = {one.id: one for one in changed}
    return [new.get(one.id, one) for one in people]


@given(merges=_MERGES, one=st.sampled_from(_KNOWN), other=st.sampled_from(_KNOWN))
def test_joining_two_joins_all_who_were_one_with_either_and_nobody_else(
    merges: dict[str, str], one: PersonId, other: PersonId
) -> None:
    people = [a_person(code, merges.get(code, "")) for code in _CODES]
    before = _groups(people)
    if other in before[one]:
        return
    after = _groups(_with(people, joined(people, one, other)))
    assert after[one] == before[one] | before[other]
    assert all(after[each] == before[each] for each in _KNOWN if each not in after[one])
    assert survivors(_with(people, joined(people, one, other)))[one] == survivors(people)[other]


@given(merges=_MERGES, one=st.sampled_from(_KNOWN))
def test_whoever_is_told_apart_stands_alone_and_the_code_that_was_shown_stays_with_the_rest(
    merges: dict[str, str], one: PersonId
) -> None:
    people = [a_person(code, merges.get(code, "")) for code in _CODES]
    shown, before, changed = survivors(people)[one], _groups(people), parted(people, one)
    if shown == one:
        assert not changed or merges[one] == "gone"
        return
    people = _with(people, *changed)
    after = survivors(people)
    assert after[one] == one
    assert after[shown] == shown
    assert {after[each] for each in before[one]} == {one, shown}
    assert all(_groups(people)[each] == before[each] for each in _KNOWN if each not in before[one])
    assert parted(people, one) == ()
    assert same_people(people).get(one) != same_people(people).get(shown, shown)


def test_a_merge_of_two_laptops_in_both_directions_is_undone_in_one_step_and_its_history_stays(
    vault: OpenVault, visit: Visit
) -> None:
    one, other, third = (
        vault.perform(partial(add_person, visit=visit, code=code, role="Nurse"))[0] for code in ("p1", "p2", "p3")
    )
    vault.perform(lambda uow: merge_people(uow, other.id, one.id))
    circle = dataclasses.replace(one, merged_into=other.id)  # as it comes from a laptop that joined them the other way
    vault.perform(
        lambda uow: uow.append(one.id, circle, assessment=one.assessment, parents=uow.questions.heads(one.id))
    )
    vault.perform(lambda uow: merge_people(uow, other.id, third.id))
    assert set(survivors(people_of(vault.questions, visit.assessment)).values()) == {third.id}, "all three are one"
    vault.perform(lambda uow: unmerge_person(uow, one.id))
    vault.perform(lambda uow: revise_person(uow, circle, role="Matron", organisation=""))
    people = people_of(vault.questions, visit.assessment)
    standing = survivors(people)
    assert standing[one.id] == one.id != standing[third.id]
    assert {one.code: one.role for one in people}["p1"] == "Matron"
    assert len(vault.questions.history(one.id)) == 5
    assert vault.verify() == []


def test_small_numbers_are_told_by_role_organisation_and_place_together() -> None:
    nurse = Combination(role="Nurse", organisation="Coast trust")
    assert small_number(nurse, [nurse] * 4) is None
    found = small_number(nurse, [nurse] * 3)
    assert found is not None
    assert found.count == 4
    assert small_number(Combination(role="Nurse"), []) is None
    assert small_number(Combination(role="Chair"), [], frozenset({"chair"})) is not None
    assert small_number(Combination(role="nurse ", organisation="COAST  trust"), [nurse] * 4) is None
    people = [a_person(f"s{n}", organisation="Coast trust") for n in range(4)]
    merged = [*people, a_person("s9", "s1", organisation="Coast trust")]
    assert [one.count for one in small_numbers(merged)] == [4]
    assert small_numbers([*people, a_person("s5", organisation="Coast trust")]) == ()
    five = [*people, dataclasses.replace(a_person("s5", organisation="Coast trust"), visit=VisitId("w"))]
    places = {VisitId("v"): "Coast", VisitId("w"): "Hill"}
    assert {one.what.words: one.count for one in small_numbers(five, places)} == {
        "Nurse, Coast trust, Hill": 1, "Nurse, Coast trust, Coast": 4,
    }  # fmt: skip
    assert small_numbers(five, dict.fromkeys(places, "Coast")) == (), "one place tells nobody apart"
    assert small_for("Nurse", "Coast trust", VisitId("v"), people, places) is None
    hill = small_for("Nurse", "Coast trust", VisitId("w"), people, places)
    assert hill is not None
    assert (hill.count, hill.what.place) == (1, "Hill")


def test_the_key_holds_names_follows_a_merge_and_opens_only_for_whom_it_was_sealed_to() -> None:
    one, other = a_person("p1"), a_person("p2", "p1")
    key = NameKey.new().with_name(other, " Amara Okafor ", "0113 496 0999")
    assert key.name_of(one, [one, other]) is not None
    assert key.name_of(one) is None
    assert NameKey.from_content(key.to_content()) == key
    for name, code in (("  ", "names.no_name"), ("x" * 10_000, "names.too_long")):
        with pytest.raises(Mistake, match=code):
            key.with_name(one, name)
    lead = NameKey.new()
    sealed = pack(key.names, lead.public)
    assert b"Okafor" not in sealed
    received = lead.received(unpack(sealed, lead))
    assert received.by_code(AssessmentId("a")) == {"p2": "Amara Okafor"}
    kept = received.with_name(other, "Another").received(unpack(sealed, lead))
    assert kept.by_code(AssessmentId("a")) == {"p2": "Another"}
    assert key.without(other.id).names == ()
    for data, code in (
        (b"", "names.not_a_file"), (sealed[:60], "names.not_for_you"), (sealed[:-1] + b"x", "names.not_for_you"),
        (dataclasses.replace(lead).public * 3, "names.not_a_file"),
    ):  # fmt: skip
        with pytest.raises(Refusal, match=code):
            unpack(data, lead)
    with pytest.raises(Refusal, match=r"names\.not_for_you"):
        unpack(sealed, key)


def test_a_role_is_a_few_words_and_whatever_comes_from_a_team_mate_is_cut_in_lists(
    vault: OpenVault, visit: Visit
) -> None:
    with pytest.raises(Mistake, match=r"person\.too_long") as told:
        vault.perform(lambda uow: add_person(uow, visit, "p1", "n" * 10_000, "o" * 201))
    assert told.value.details["field"] == "role"
    (made, _) = vault.perform(lambda uow: add_person(uow, visit, "p1", "Nurse"))
    with pytest.raises(Mistake, match=r"person\.too_long"):
        vault.perform(lambda uow: revise_person(uow, made, role="Nurse", organisation="o" * 201))
    (row,) = coded([a_person("p1", role="n" * 10_000, organisation="o" * 10_000)], {})
    assert len(title(row)) < 140
