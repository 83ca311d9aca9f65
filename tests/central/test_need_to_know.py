"""Restricted records: their words reach who may know, their envelopes everybody, whatever comes first."""

from __future__ import annotations

import pytest

from central import admin
from central.admin_team import team_of
from fieldkit.domain.entry import Entry
from fieldkit.domain.restriction import Restriction
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id
from tests.central.kit import Laptop, Office


@pytest.fixture
def place() -> str:
    return new_id()


@pytest.fixture
def ada(office: Office, place: str) -> Laptop:
    """The lead, who began the assessment."""
    ada = office.laptop("Ada")
    ada.push(ada.write(place, "begun"))
    return ada


@pytest.fixture
def ben(office: Office, ada: Laptop, place: str) -> Laptop:
    return office.laptop("Ben", place, role="inspector")


@pytest.fixture
def cleo(office: Office, ada: Laptop, place: str) -> Laptop:
    return office.laptop("Cleo", place, role="inspector")


def note(laptop: Laptop, place: str, words: str, about: str | None = None) -> Revision:
    body = {"assessment": place, "text": words, "activity": new_id(), "about": about}
    return laptop.write(place, kind=Entry.KIND, body=body)


def restrict(laptop: Laptop, place: str, about: str, *, over: Revision | None = None, **said: object) -> Revision:
    record = str(over.envelope.record) if over else new_id()
    value = Restriction(id=RecordId(record), assessment=AssessmentId(place), about=about, **said)  # type: ignore[arg-type]
    parents = [over.envelope.id] if over else []
    return laptop.write(place, kind=Restriction.KIND, record=record, parents=parents, body=value.to_content())


def words_of(laptop: Laptop, place: str, cursor: int = 0) -> dict[str, bool]:
    """Each revision that is pulled, and whether its words came."""
    return {r.envelope.id: r.content is not None for r in laptop.pull({place: cursor}).revisions}


def test_the_words_of_a_restricted_note_go_to_who_may_know_and_its_envelope_to_everybody(
    ben: Laptop, cleo: Laptop, ada: Laptop, office: Office, place: str
) -> None:
    dora = office.laptop("Dora", place, role="safeguarding")
    secret = note(ben, place, "what must not go round")
    ben.push(restrict(ben, place, secret.envelope.record), secret)
    assert words_of(cleo, place)[secret.envelope.id] is False
    assert words_of(ada, place)[secret.envelope.id] is True
    assert words_of(dora, place)[secret.envelope.id] is True
    assert cleo.pull({place: 0}).revisions[-1] == secret.sealed()


def test_what_belongs_to_it_is_restricted_too_whichever_comes_first(ben: Laptop, cleo: Laptop, place: str) -> None:
    secret = note(ben, place, "restricted")
    after = note(ben, place, "a note about it", about=secret.envelope.record)
    further = note(ben, place, "and one about that", about=after.envelope.record)
    ben.push(further)
    ben.push(after)
    assert words_of(cleo, place)[further.envelope.id] is True
    ben.push(restrict(ben, place, secret.envelope.record))
    ben.push(secret)
    late = note(ben, place, "later", about=further.envelope.record)
    ben.push(late)
    found = words_of(cleo, place)
    assert [found[one.envelope.id] for one in (secret, after, further, late)] == [False] * 4


def test_who_is_named_later_hears_that_they_know_more_and_reads_it(ben: Laptop, cleo: Laptop, place: str) -> None:
    """Invariant 16: a change of rights drops nothing, and brings what was kept back."""
    secret = note(ben, place, "restricted")
    first = restrict(ben, place, secret.envelope.record)
    ben.push(first, secret)
    before = cleo.hello().json["roles"][place]["widened"]
    ben.push(restrict(ben, place, secret.envelope.record, over=first, people=(str(cleo.author),)))
    after = cleo.hello().json["roles"][place]
    assert after["widened"] > before
    assert words_of(cleo, place)[secret.envelope.id] is True
    assert ben.hello().json["roles"][place]["widened"] == 0


def test_who_is_given_another_role_knows_what_it_knows_and_no_more_once_it_is_taken(
    office: Office, ben: Laptop, cleo: Laptop, place: str
) -> None:
    secret = note(ben, place, "restricted")
    ben.push(restrict(ben, place, secret.envelope.record, roles=("expert",)), secret)
    assert words_of(cleo, place)[secret.envelope.id] is False
    admin.add_member(office.settings, "Cleo", place, "expert", office.clock)
    assert cleo.hello().json["roles"][place]["role"] == "expert"
    assert words_of(cleo, place)[secret.envelope.id] is True
    admin.add_member(office.settings, "Cleo", place, "inspector", office.clock)
    assert words_of(cleo, place)[secret.envelope.id] is False


def test_nobody_lets_themself_in_and_a_lead_may_lift_it(ben: Laptop, cleo: Laptop, ada: Laptop, place: str) -> None:
    secret = note(ben, place, "restricted")
    first = restrict(ben, place, secret.envelope.record)
    ben.push(first, secret)
    cleo.push(restrict(cleo, place, secret.envelope.record, over=first, people=(str(cleo.author),)))
    cleo.push(restrict(cleo, place, secret.envelope.record, over=first, lifted=True))
    cleo.push(restrict(cleo, place, secret.envelope.record, people=(str(cleo.author),)))
    assert words_of(cleo, place)[secret.envelope.id] is False
    second = next(r for r in cleo.held if r.envelope.kind == Restriction.KIND and not r.envelope.parents)
    ada.push(
        restrict(ada, place, secret.envelope.record, over=first, lifted=True),
        restrict(ada, place, secret.envelope.record, over=second, lifted=True),
    )
    assert words_of(cleo, place)[secret.envelope.id] is True


def test_the_offices_pages_leave_out_what_the_asker_may_not_know(
    office: Office, ben: Laptop, cleo: Laptop, ada: Laptop, place: str
) -> None:
    secret = note(ben, place, "a secret word")
    ben.push(restrict(ben, place, secret.envelope.record), secret)
    for asked in (cleo.ask("GET", f"/v1/assessments/{place}/entries"), office.read(f"/v1/assessments/{place}/entries")):
        assert b"a secret word" not in asked.body
        assert asked.json["restricted"] == 1
    assert ada.ask("GET", f"/v1/assessments/{place}/entries").json["restricted"] == 0


def test_that_a_laptop_was_given_restricted_words_is_in_the_audit(
    office: Office, ben: Laptop, ada: Laptop, cleo: Laptop, place: str
) -> None:
    from central.audit import listed

    secret = note(ben, place, "restricted")
    ben.push(restrict(ben, place, secret.envelope.record), secret)
    cleo.pull({place: 0})
    ada.pull({place: 0})
    given = [line for line in listed(office.settings) if line.act == "restricted.given"]
    assert [(line.actor, line.about, line.details["count"]) for line in given] == [(ada.user, place, 1)]


def test_a_lead_runs_the_team_from_a_laptop_and_an_inspector_does_not(
    office: Office, ada: Laptop, ben: Laptop, place: str
) -> None:
    office.laptop("Eve")
    asked = {"assessment": place, "name": "Eve", "role": "moderator"}
    assert ben.post("/v1/team", asked).code == "central.no_right"
    members = {one["name"]: one["role"] for one in ada.post("/v1/team", asked).json["members"]}
    assert members == {"Ada": "lead", "Ben": "inspector", "Eve": "moderator"}
    assert ada.post("/v1/team", {**asked, "role": "king"}).code == "central.team_change"
    assert ada.post("/v1/team", {**asked, "name": "Ada", "role": ""}).code == "central.team_change"
    ada.post("/v1/team", {**asked, "role": ""})
    assert {one.name for one in team_of(office.settings, place)} == {"Ada", "Ben"}


def test_an_administrator_runs_the_team_and_reads_nothing(office: Office, ada: Laptop, place: str) -> None:
    olu = office.laptop("Olu", place, role="administrator")
    assert olu.pull({place: 0}).revisions == []
    assert olu.hello(cursors={place: 0}).json["news"] == {}
    assert olu.ask("GET", f"/v1/assessments/{place}/entries").code == "central.not_found"
    office.laptop("Eve")
    assert olu.post("/v1/team", {"assessment": place, "name": "Eve", "role": "expert"}).status == 200


def test_who_leaves_reads_no_more_and_the_last_lead_stays(office: Office, ada: Laptop, ben: Laptop, place: str) -> None:
    assert ben.post("/v1/leave", {"assessment": place}).status == 200
    assert ben.post("/v1/leave", {"assessment": place}).status == 200
    assert ben.hello().json["roles"] == {}
    assert ben.pull({place: 0}).revisions == []
    assert ada.post("/v1/leave", {"assessment": place}).code == "central.team_change"


def test_a_word_for_a_role_of_an_earlier_version_goes_on_meaning_what_it_did(
    office: Office, ada: Laptop, place: str
) -> None:
    office.laptop("Mia", place, role="member")
    assert {one.name: one.role for one in team_of(office.settings, place)} == {"Ada": "lead", "Mia": "inspector"}
    with pytest.raises(Mistake, match=r"central\.role"):
        admin.add_member(office.settings, "Mia", place, "boss")
