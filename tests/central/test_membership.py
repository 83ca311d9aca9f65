"""What one team hands in is for that team: no route tells a stranger that it exists."""

from __future__ import annotations

import pytest

from central import admin
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, Office


@pytest.fixture
def place() -> str:
    return new_id()


@pytest.fixture
def note(office: Office, place: str) -> Revision:
    ada = office.laptop("Ada")
    note = ada.write(place, "for our team")
    ada.push()
    return note


@pytest.fixture
def eve(office: Office, note: Revision) -> Laptop:
    """Enrolled, and on no team."""
    eve = office.laptop("Eve")
    eve.push(eve.write(new_id()))
    return eve


def test_a_stranger_pulls_nothing_even_by_its_id(eve: Laptop, place: str) -> None:
    pulled = eve.pull({place: 0, new_id(): 0})
    assert (pulled.revisions, pulled.pages, pulled.sheets) == ([], [], [])


def test_a_stranger_hears_no_news_of_it(eve: Laptop, place: str) -> None:
    assert eve.hello(cursors={place: 0}).json["news"] == {}


def test_missing_says_the_same_of_a_strangers_revision_as_of_one_that_does_not_exist(
    eve: Laptop, note: Revision
) -> None:
    asked = {"ids": [note.envelope.id, new_id()], "contents": [False, False]}
    assert eve.post("/v1/missing", asked).json["positions"] == [0, 1]


def test_the_pages_for_people_show_nothing_of_it(eve: Laptop, place: str) -> None:
    assert place not in eve.ask("GET", "/v1/assessments").body.decode()
    refused = [eve.ask("GET", f"/v1/assessments/{name}/entries") for name in (place, new_id(), "x")]
    assert {reply.body for reply in refused} == {refused[0].body}
    assert refused[0].code == "central.not_found"


def test_a_strangers_push_is_kept_aside_and_answers_nothing_about_the_original(
    office: Office, eve: Laptop, note: Revision, place: str
) -> None:
    held, own = eve.push(note), eve.write(place)
    assert held.outcomes([note]) == ["quarantined(not_member)"]
    assert [line.revision for sheet in held.read for line in sheet.lines] == [note.envelope.id]
    assert eve.push(note).sheets == held.sheets
    assert eve.push(own).outcomes([own]) == ["quarantined(not_member)"]
    assert office.laptop("Ben", place).pull({place: 0}).revisions == [note]


def test_a_stranger_cannot_branch_a_record_of_the_team(office: Office, eve: Laptop, note: Revision) -> None:
    mine = new_id()
    same_record = eve.write(mine, kind="visit", record=note.envelope.record, parents=[note.envelope.id])
    assert eve.push(same_record).outcomes([same_record]) == ["accepted"]
    place = note.envelope.assessment or ""
    ben = office.laptop("Ben", place)
    child = ben.write(place, kind="visit", record=note.envelope.record, parents=[note.envelope.id])
    assert ben.push(child).outcomes([child]) == ["accepted"]


def test_a_reader_reads_and_does_not_write(office: Office, note: Revision, place: str) -> None:
    rita = office.laptop("Rita", place, role="reader")
    assert rita.pull({place: 0}).revisions == [note]
    mine = rita.write(place)
    assert rita.push(mine).outcomes([mine]) == ["quarantined(not_member)"]


def test_joining_the_team_lets_in_what_waited_and_the_laptop_hears_of_it(
    office: Office, eve: Laptop, note: Revision, place: str
) -> None:
    waiting = eve.write(place)
    eve.push(waiting)
    assert admin.add_member(office.settings, "Eve", place) == 1
    news = eve.hello(cursors={place: 0}).json["news"]
    assert news[place] == 4
    pulled = eve.pull({place: 0})
    assert pulled.revisions == [note]
    assert len(pulled.sheets) == 1
    assert eve.push(waiting).sheets == pulled.sheets
    assert eve.push(waiting).outcomes([waiting]) == ["accepted"]
    assert eve.pull(pulled.cursors).sheets == []
    assert office.laptop("Ben", place).pull({place: 0}).revisions == [note, waiting]


def test_two_people_who_lead_different_assessments_see_each_their_own(office: Office, eve: Laptop, place: str) -> None:
    mine = {item["id"] for item in eve.ask("GET", "/v1/assessments").json["assessments"]}
    everything = {item["id"] for item in office.read("/v1/assessments").json["assessments"]}
    assert place in everything - mine
    assert len(mine) == 1


def test_who_is_taken_off_a_team_reads_no_more_and_their_work_stays(office: Office, note: Revision, place: str) -> None:
    ben = office.laptop("Ben", place)
    mine = ben.write(place)
    first = ben.push()
    admin.remove_member(office.settings, "Ben", place)
    assert ben.pull({place: 0}).pages == []
    assert ben.push(mine).sheets == first.sheets
    later = ben.write(place)
    assert ben.push(later).outcomes([later]) == ["quarantined(not_member)"]
    assert office.laptop("Cleo", place).pull({place: 0}).revisions == [note, mine]


def test_a_team_always_has_a_lead(office: Office, note: Revision, place: str) -> None:
    with pytest.raises(Mistake, match=r"central\.last_lead"):
        admin.remove_member(office.settings, "Ada", place)
    office.laptop("Ben", place, role="lead")
    admin.remove_member(office.settings, "Ada", place)
    with pytest.raises(Mistake, match=r"central\.person_unknown"):
        admin.remove_member(office.settings, "Ada", place)


def test_who_began_an_assessment_leads_it_whoever_hands_it_in_first(office: Office) -> None:
    ada, ben = office.laptop("Ada"), office.laptop("Ben")
    place = new_id()
    ben.push(ada.write(place, kind="assessment", record=place))
    note = ada.write(place)
    assert ada.push(note).outcomes([note]) == ["accepted"]
    (item,) = office.read("/v1/assessments").json["assessments"]
    assert {person["name"]: person["role"] for person in item["team"]} == {"Ada": "lead", "Ben": "lead"}
