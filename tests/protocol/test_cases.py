"""A case between two laptops and the office: one timeline everywhere, and two cases made at once are told apart."""

from __future__ import annotations

from datetime import date

from fieldkit.app.case_file import read_case
from fieldkit.app.cases import CaseFacts, add_case, cases_of, follow_case
from fieldkit.app.touchpoints import Event, add_touchpoint, revise_touchpoint
from fieldkit.app.when_text import read_when
from fieldkit.domain.assessment import Activity
from fieldkit.domain.touchpoint import TouchpointKind
from fieldkit.reports.case_words import event_words
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.laptop import Laptop, tag

TODAY = date(2026, 11, 12)


def _case(laptop: Laptop, meeting: Activity, words: str) -> Activity:
    case, _ = laptop.vault.perform(lambda uow: add_case(uow, meeting.assessment, CaseFacts(description=words)))
    return laptop.vault.perform(lambda uow: follow_case(uow, case.id, uow.questions.visit(meeting.visit)))[0]


def _event(when: str, what: str, *, tagged: bool = False) -> Event:
    return Event(
        when=read_when(when, TODAY), organisation="Trust", happened=what, evidence=(tag(),) if tagged else ()
    )  # fmt: skip


def _sentences(laptop: Laptop, activity: Activity) -> list[str]:
    file = read_case(laptop.vault.questions, activity.id, (), TODAY)
    return [row.sentence for row in event_words(file.path, {}, TODAY)]


def _settle(*laptops: Laptop) -> None:
    for laptop in (*laptops, *laptops):
        laptop.settle()


def test_a_timeline_is_the_same_on_both_laptops_and_at_the_office(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    track = _case(ada, meeting, "Woman, 80s, fall at home")
    first, _ = ada.vault.perform(lambda uow: add_touchpoint(uow, track, _event("14 mar", "Out", tagged=True), TODAY))
    _settle(ada, bob)
    words = Event(when=read_when("9 april", TODAY), kind=TouchpointKind.WORDS, exact_words="Nobody rang me")
    bob.vault.perform(lambda uow: add_touchpoint(uow, track, words, TODAY))
    bob.vault.perform(lambda uow: add_touchpoint(uow, track, _event("about 2 april", "First visit"), TODAY))
    ada.vault.perform(lambda uow: revise_touchpoint(uow, track, first.id, _event("13 mar", "Sent home"), TODAY))
    _settle(ada, bob)
    told = _sentences(ada, track)
    assert told == [
        "13 March, Trust, Sent home", "About 2 April, 20 days after previous, Trust, First visit",
        "9 April, Person's words, “Nobody rang me”",
    ]  # fmt: skip
    assert _sentences(bob, track) == told
    assert len(bob.vault.questions.coverage(meeting.assessment, "ics")) == 1
    at_office = office.read(f"/v1/assessments/{meeting.assessment}/records").json["records"]
    mine = {row.record: row.value.to_content() for kind in ("case", "touchpoint")
            for row in ada.vault.questions.records(kind)}  # fmt: skip
    assert {one["id"]: one["content"] for one in at_office if one["kind"] in ("case", "touchpoint")} == mine
    assert [laptop.vault.verify() for laptop in (ada, bob)] == [[], []]


def test_two_cases_made_at_once_are_told_apart_alike_on_both_laptops(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    _case(ada, meeting, "Woman, 80s")
    _case(bob, meeting, "Man, 70s")
    _settle(ada, bob)
    seen = [
        [(case.code, case.description) for case in cases_of(laptop.vault.questions, meeting.assessment)]
        for laptop in (ada, bob)
    ]
    assert seen[0] == seen[1]
    assert [code for code, _ in seen[0]] == ["C01", "C01b"]
