"""Cases and their events in a real vault: references, sampling, timelines, the notes that tags make."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from fieldkit.app.cases import (
    CaseFacts,
    add_case,
    add_cases,
    case_of,
    cases_of,
    describe_case,
    follow_case,
    set_sampling,
    take_proposal,
)
from fieldkit.app.paging import every_note
from fieldkit.app.rows import EntryFilter
from fieldkit.app.touchpoints import (
    Event,
    add_touchpoint,
    leave_below,
    move_touchpoint,
    notes_about,
    put_back,
    revise_touchpoint,
    take_off,
    touchpoints_of,
)
from fieldkit.app.when_text import read_when
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.case import Answer, Case, Criterion, Sampling
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.sampling import propose
from fieldkit.domain.touchpoint import Source, Told, Touchpoint, TouchpointKind
from fieldkit.kernel.errors import Mistake
from storage.vault import OpenVault
from tests.support.vaults import do

TODAY = date(2026, 11, 12)


@pytest.fixture
def case(vault: OpenVault, visit: Visit) -> Case:
    return do(vault, lambda uow: add_case(uow, visit.assessment, CaseFacts(description="Woman, 80s, fall at home")))


@pytest.fixture
def track(vault: OpenVault, visit: Visit, case: Case) -> Activity:
    return do(vault, lambda uow: follow_case(uow, case.id, visit))


def _event(typed: str, what: str = "Seen", at: str = "Acute trust", *tags: EvidenceItem) -> Event:
    return Event(when=read_when(typed, TODAY), organisation=at, happened=what, evidence=tags)


def _add(vault: OpenVault, track: Activity, event: Event) -> Touchpoint:
    return do(vault, lambda uow: add_touchpoint(uow, track, event, TODAY))


def _told(vault: OpenVault, case: Case) -> list[str]:
    return [one.happened for one in touchpoints_of(vault.questions, case.id)]


def test_each_case_has_the_next_reference(vault: OpenVault, visit: Visit, case: Case) -> None:
    do(vault, lambda uow: add_cases(uow, visit.assessment, [(CaseFacts(need="Dementia"), 7)], source="list.csv"))
    assert [one.code for one in cases_of(vault.questions, visit.assessment)] == ["C01", "C02"]


def test_a_case_without_anything_or_with_a_story_in_a_field_is_refused(vault: OpenVault, visit: Visit) -> None:
    for facts, code in ((CaseFacts(description=" "), "case.nothing"), (CaseFacts(need="x" * 121), "case.too_long")):
        with pytest.raises(Mistake) as found:
            do(vault, partial(add_case, assessment=visit.assessment, facts=facts))
        assert found.value.code == code


def test_what_was_said_of_a_case_before_stays_in_its_history(vault: OpenVault, case: Case) -> None:
    facts = CaseFacts(description="Woman, 80s", criteria=(Criterion(words="Delayed", met=Answer.YES),), person="p1")
    changed = do(vault, lambda uow: describe_case(uow, case.id, facts))
    assert (changed.code, changed.criteria_met, changed.person) == ("C01", 1, "p1")
    history = [row.value.description for row in vault.questions.history(case.id)]
    assert history == ["Woman, 80s, fall at home", "Woman, 80s"]


def test_following_a_case_makes_an_activity_once(vault: OpenVault, visit: Visit, case: Case, track: Activity) -> None:
    assert (track.kind, track.title) == (ActivityKind.CASE_TRACK, "Case C01")
    again = do(vault, lambda uow: follow_case(uow, case.id, visit))
    assert again == track
    known = case_of(vault.questions, track.id)
    assert known is not None
    assert known.sampling is Sampling.ENGAGED


def test_a_proposal_is_taken_and_a_case_that_says_no_is_left_alone(vault: OpenVault, visit: Visit, case: Case) -> None:
    wanted = [(CaseFacts(need=f"need {n % 4}"), None) for n in range(6)]
    do(vault, lambda uow: add_cases(uow, visit.assessment, wanted))
    with pytest.raises(Mistake, match="no_reason"):
        do(vault, lambda uow: set_sampling(uow, [case.id], Sampling.NOT_ENGAGED))
    do(vault, lambda uow: set_sampling(uow, [case.id], Sampling.NOT_ENGAGED, "Moved away"))
    found = propose(cases_of(vault.questions, visit.assessment), size=4, reserves=1)
    do(vault, lambda uow: take_proposal(uow, visit.assessment, found))
    states = {one.code: one.sampling.value for one in cases_of(vault.questions, visit.assessment)}
    assert states["C01"] == "not_engaged"
    assert sorted(states.values()) == ["listed", "not_engaged", "reserve", "sampled", "sampled", "sampled", "sampled"]


def test_events_stand_in_order_of_their_days_and_move_only_among_equals(
    vault: OpenVault, case: Case, track: Activity
) -> None:
    _add(vault, track, _event("14 mar", "Discharged"))
    first = _add(vault, track, _event("2 mar", "Ambulance"))
    second = _add(vault, track, _event("2 mar", "Admitted"))
    _add(vault, track, _event("2 mar 08:00", "Called"))
    assert _told(vault, case) == ["Ambulance", "Admitted", "Called", "Discharged"]
    do(vault, lambda uow: move_touchpoint(uow, second.id, -1))
    assert _told(vault, case) == ["Admitted", "Ambulance", "Called", "Discharged"]
    assert do(vault, lambda uow: move_touchpoint(uow, second.id, -1)) is None
    do(vault, lambda uow: move_touchpoint(uow, first.id, 1))
    assert _told(vault, case) == ["Admitted", "Called", "Ambulance", "Discharged"]


def test_events_with_times_stand_in_the_order_of_their_times(vault: OpenVault, case: Case, track: Activity) -> None:
    for at, what in (("10:00", "second"), ("14:00", "third"), ("09:00", "first"), ("12:00", "between")):
        _add(vault, track, _event(f"2 mar {at}", what))
    assert _told(vault, case) == ["first", "second", "between", "third"]


def test_an_event_that_is_left_below_stays_there_until_its_date_changes(
    vault: OpenVault, case: Case, track: Activity
) -> None:
    above = _add(vault, track, _event("14 mar", "Discharged"))
    below = _add(vault, track, _event("12 mar", "Letter"))
    assert _told(vault, case) == ["Letter", "Discharged"]
    do(vault, lambda uow: leave_below(uow, below.id, above.id))
    assert _told(vault, case) == ["Discharged", "Letter"]
    do(vault, lambda uow: revise_touchpoint(uow, track, below.id, _event("11 mar", "Letter"), TODAY))
    assert _told(vault, case) == ["Letter", "Discharged"]


def test_a_tagged_event_is_a_note_that_coverage_counts(vault: OpenVault, track: Activity) -> None:
    tag = EvidenceItem.new("ics", "safe_systems", "processes", Bearing.SHORTFALL)
    one = _add(vault, track, _event("14 mar", "Discharged, no letter", "Acute trust", tag))
    (row,) = notes_about(vault.questions, track.id, one.id)
    assert row.entry.text == "14 March 2026, Acute trust: Discharged, no letter"
    assert row.entry.about == one.id
    assert vault.questions.coverage(track.assessment, "ics")[("safe_systems", "processes")].items == 1
    more = EvidenceItem.new("ics", "learning_culture", "processes")
    event = _event("14 mar", "Discharged, no letter", "Acute trust", tag, more)
    do(vault, lambda uow: revise_touchpoint(uow, track, one.id, event, TODAY))
    (row,) = notes_about(vault.questions, track.id, one.id)
    assert {item.statement for item in row.evidence} == {"safe_systems", "learning_culture"}


def test_the_persons_words_are_a_note_in_their_own_words(vault: OpenVault, case: Case, track: Activity) -> None:
    do(vault, lambda uow: describe_case(uow, case.id, CaseFacts(description="Woman, 80s", person="p1")))
    event = Event(
        when=read_when("9 april", TODAY), kind=TouchpointKind.WORDS, exact_words="Nobody rang me",
        sources=(Told(source=Source.PERSON),), evidence=(EvidenceItem.new("ics", "equity", "people"),),
    )  # fmt: skip
    one = _add(vault, track, event)
    (row,) = notes_about(vault.questions, track.id, one.id)
    assert (row.entry.text, row.entry.exact, row.entry.speaker) == ("Nobody rang me", True, "p1")


def test_an_event_taken_off_takes_its_notes_with_it_and_brings_them_back(
    vault: OpenVault, case: Case, track: Activity
) -> None:
    tag = EvidenceItem.new("ics", "safe_systems", "processes")
    one = _add(vault, track, _event("14 mar", "Discharged", "Acute trust", tag))
    do(vault, lambda uow: take_off(uow, track.id, one.id, "Another person's"))
    assert _told(vault, case) == []
    assert vault.questions.coverage(track.assessment, "ics") == {}
    do(vault, lambda uow: put_back(uow, track.id, one.id))
    assert _told(vault, case) == ["Discharged"]
    assert len(vault.questions.coverage(track.assessment, "ics")) == 1


@pytest.mark.parametrize(
    ("event", "code", "field"),
    [
        (Event(organisation="Trust", happened="x"), "touchpoint.no_when", "when"),
        (_event("14 mar", "x", " "), "touchpoint.no_service", "organisation"),
        (_event("14 mar", " "), "touchpoint.nothing", "happened"),
        (Event(when=read_when("14 mar", TODAY), kind=TouchpointKind.WORDS), "touchpoint.no_words", "exact_words"),
        (_event("14 mar", "x", "y" * 121), "case.too_long", "organisation"),
    ],
)
def test_an_event_that_lacks_something_is_refused_with_the_field(
    vault: OpenVault, track: Activity, event: Event, code: str, field: str
) -> None:
    with pytest.raises(Mistake) as found:
        _add(vault, track, event)
    assert (found.value.code, found.value.details["field"]) == (code, field)


def test_an_activity_that_was_planned_as_a_case_begins_its_case_with_its_first_event(
    vault: OpenVault, visit: Visit, case: Case
) -> None:
    from fieldkit.app.assessments import plan_activity

    planned = do(vault, lambda uow: plan_activity(uow, visit, ActivityKind.CASE_TRACK, "Another case"))
    _add(vault, planned, _event("14 mar"))
    made = case_of(vault.questions, planned.id)
    assert made is not None
    assert (made.code, made.sampling) == ("C02", Sampling.ENGAGED)
    assert [row.value.code for row in vault.questions.find_records("woman fall")] == ["C01"]


def test_a_vault_with_cases_verifies_and_is_the_same_after_rebuilding(
    vault: OpenVault, case: Case, track: Activity
) -> None:
    _add(vault, track, _event("14 mar", "Discharged", "Acute trust", EvidenceItem.new("ics", "ss", "pr")))
    assert vault.verify() == []
    before = touchpoints_of(vault.questions, case.id), list(every_note(vault.questions, EntryFilter()))
    vault.rebuild()
    assert (touchpoints_of(vault.questions, case.id), list(every_note(vault.questions, EntryFilter()))) == before
