"""Which notes a consent bars: the more protective decides, in any order; merged codes are one person."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.barring import (
    MOST_STEPS,
    Bar,
    Bars,
    Said,
    bars_of,
    belongings,
    is_held_with_consent,
    same_people,
    ties_of,
)
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.people import Person
from fieldkit.kernel.ids import AssessmentId, PersonId, RecordId, VisitId

_PLACE = AssessmentId("northshire")


def _consent(agreed: Agreed, person: str = "", about: str = "interview") -> Consent:
    return Consent(id=RecordId("c"), assessment=_PLACE, about=RecordId(about), agreed=agreed, person=person)


def _person(code: str, into: str | None = None) -> Person:
    return Person(
        id=PersonId(code.upper()), assessment=_PLACE, visit=VisitId("v"), code=code, role="Patient",
        merged_into=PersonId(into.upper()) if into else None,
    )  # fmt: skip


_ACCOUNTS = st.lists(st.builds(_consent, st.sampled_from(Agreed), st.sampled_from(["", "p1", "P2", "p3"])), max_size=6)


@given(_ACCOUNTS, st.randoms(), st.sampled_from([None, "p1", "p2", "p3", "P1"]))
def test_the_order_of_accounts_never_matters_and_the_strongest_reason_is_given(
    accounts: list[Consent], random: st.DataObject, speaker: str | None
) -> None:
    people = [_person("p1"), _person("p2", "p1"), _person("p3")]
    said = Bars.made(bars_of(accounts), people).why(speaker, "interview", None)
    shuffled = list(accounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Bars.made(bars_of(shuffled), people[::-1]).why(speaker, None, "interview") is said
    same = {"p1", "p2"} if speaker and speaker.casefold() in ("p1", "p2") else {speaker}
    theirs = [one.agreed for one in accounts if one.bars and (not one.person or one.person.casefold() in same)]
    assert said == (Agreed.WITHDRAWN if Agreed.WITHDRAWN in theirs else theirs[0] if theirs else None)


def test_merges_in_a_circle_join_all_codes_on_it() -> None:
    people = [_person("p1", "p2"), _person("p2", "p3"), _person("p3", "p1"), _person("p4"), _person("p5", "gone")]
    assert same_people(people) == {"p1": "p1", "p2": "p1", "p3": "p1"}


@pytest.mark.parametrize("length", [1, 3, MOST_STEPS + 5])
def test_belonging_is_followed_step_by_step_and_ends_where_it_goes_round(length: int) -> None:
    above = {f"r{n}": f"r{(n + 1) % length}" for n in range(length)}

    def look(tops: Collection[str]) -> dict[str, str | None]:
        return {top: above[top] for top in tops}

    chain = belongings({"r0": above["r0"]}, look)["r0"]
    assert chain[:length] == tuple(f"r{n}" for n in range(min(length, len(chain))))
    assert len(chain) <= MOST_STEPS + 2


_NAMES = [f"n{n}" for n in range(5)]
_PLACES = [*_NAMES, *(f"r{n}" for n in range(5)), "a1", "a2"]
_NOTES = st.fixed_dictionaries({
    name: st.builds(
        Said, speaker=st.sampled_from([None, "p1"]), activity=st.sampled_from(["a1", "a2"]),
        about=st.sampled_from([None, *_PLACES]),
    )
    for name in _NAMES
})  # fmt: skip
_RECORDS = st.fixed_dictionaries({f"r{n}": st.sampled_from([None, *_PLACES]) for n in range(5)})


@given(_NOTES, _RECORDS, st.sampled_from(_PLACES[len(_NAMES) :]), st.sampled_from(["", "p1"]))
def test_a_note_is_held_exactly_when_its_ties_lead_to_the_place_and_its_company_makes_no_difference(
    notes: dict[str, Said], records: dict[str, str | None], place: str, person: str
) -> None:
    def above(asked: Collection[str]) -> Mapping[str, str | None]:
        return {one: records[one] for one in asked if one in records}

    def others(asked: Collection[str]) -> Mapping[str, Said]:
        return {one: notes[one] for one in asked if one in notes}

    def leads(note: str, seen: frozenset[str]) -> bool:
        """The rule told anew, one note after the other."""
        said, places, at = notes[note], [notes[note].activity], notes[note].about
        while at is not None and at not in places:
            places.append(at)
            at = records.get(at)
        own = place in places and (not person or said.speaker == person)
        return own or any(leads(one, seen | {one}) for one in places if one in notes and one not in seen)

    bars = Bars.made([Bar(about=place, person=person, why=Agreed.WITHDRAWN)], [])
    together = ties_of(notes, above, others)
    for name in notes:
        assert together[name] == ties_of({name: notes[name]}, above, others)[name]
        assert (bars.why_of_all(together[name]) is not None) == leads(name, frozenset([name]))


def test_consents_and_what_protects_somebody_are_never_held() -> None:
    assert not is_held_with_consent("consent")
    assert not is_held_with_consent("escalation")
    assert not is_held_with_consent("a kind of a later version")
    assert is_held_with_consent("touchpoint")
