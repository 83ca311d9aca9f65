"""What the store will not take never keeps anybody from the rest: neither from sending nor from reading."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from central import tables
from central.core import Core
from fieldkit.app.ports import DeviceKey
from fieldkit.app.rows import SendStatus
from fieldkit.domain.people import Person
from fieldkit.domain.receipt import Cursor, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import AssessmentId, PersonId, VisitId, new_id
from tests.central.kit import Laptop as Wire
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.backups import StoreBackups
from tests.support.laptop import Laptop
from ui.presenters.wording import sentence


def person(laptop: Wire, assessment: str, code: str) -> Revision:
    """Somebody spoken to, written on a laptop without a vault."""
    name = new_id()
    value = Person(
        id=PersonId(name), assessment=AssessmentId(assessment), visit=VisitId(new_id()), code=code, role="nurse"
    )
    return laptop.write(assessment, kind="person", record=name, body=value.to_content())


def codes(laptop: Laptop) -> set[str]:
    """The codes of everybody whose record this laptop holds."""
    return {r.body()["code"] for r in laptop.vault.questions.revisions() if r.envelope.kind == "person"}


def hold_a_run_signed_at_its_end(ada: Laptop, assessment: str, bob: Wire) -> None:
    """Ada holds ten records of Bob, proved by the last signature only, as a careless store handed them on."""
    run = [person(bob, assessment, f"b{n}") for n in range(10)]
    junk = [replace(one, signature=bytes(64)) for one in run[:-1]]
    key = DeviceKey(device=bob.device, author=bob.author, public=bob.key.public)
    state = ada.call(lambda store: store.state())
    end = Witness(epoch=state.epoch or "", seq=state.witnesses[-1].seq, chain=state.witnesses[-1].chain)
    cursor = Cursor(assessment=AssessmentId(assessment), epoch=end.epoch, seq=end.seq)
    ada.call(lambda store: store.apply_page([*junk, run[-1]], [key], cursor, end))


def test_work_of_others_that_the_store_does_not_take_keeps_nobody_from_the_team(
    team: Team, office: Office, backups: StoreBackups
) -> None:
    ada = team("Ada Lovelace")
    place = ada.open_meeting().assessment
    ada.note("Before")
    ada.settle()
    bob, carol = office.laptop("Bob", place), office.laptop("Carol", place)
    backup = backups.make()
    ada.note("After")
    ada.settle()
    hold_a_run_signed_at_its_end(ada, place, bob)
    backups.go_back_to(backup)
    carol.push(person(carol, place, "carol"))
    for _ in range(6):
        ada.round()
    assert "carol" in codes(ada)
    assert ada.standing.everything_is_there
    assert {row.status for row in ada.notes} == {SendStatus.CONFIRMED}
    assert not ada.call(lambda store: store.state()).reoffer


def test_while_everything_is_offered_again_the_team_s_work_still_comes(
    team: Team, office: Office, backups: StoreBackups, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = team("Ada Lovelace")
    place = ada.open_meeting().assessment
    ada.settle()
    carol = office.laptop("Carol", place)
    backup = backups.make()
    ada.note("After")
    ada.settle()
    backups.go_back_to(backup)
    carol.push(person(carol, place, "carol"))
    monkeypatch.setattr("sync.engine._Round._offered_all", lambda _round: None)  # offering never comes to an end
    for _ in range(3):
        ada.round()
    assert ada.call(lambda store: store.state()).reoffer
    assert "carol" in codes(ada)


def test_a_note_of_my_own_that_the_store_does_not_take_waits_alone(team: Team, backups: StoreBackups) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    backup = backups.make()
    whole, broken = ada.note("Whole"), ada.note("Its signature does not hold any more")
    ada.settle()
    break_it = "UPDATE revisions SET signature = zeroblob(64) WHERE id = ?"
    ada.vault.absorb(lambda db: db.run(break_it, (broken.id,)))
    backups.go_back_to(backup)
    for _ in range(6):
        ada.round()
    by_id = {row.entry.id: row.status for row in ada.notes}
    assert by_id[whole.id] is SendStatus.CONFIRMED
    assert by_id[broken.id] is SendStatus.WAITING
    assert not ada.standing.everything_is_there
    ada.vault.rebuild()
    assert {row.entry.id: row.status for row in ada.notes} == by_id
    report = ada.round()
    assert report.problem is not None


def test_a_push_that_is_answered_without_receipts_confirms_nothing(
    team: Team, backups: StoreBackups, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    backup = backups.make()
    ada.note("Confirmed once")
    ada.settle()
    backups.go_back_to(backup)
    with monkeypatch.context() as forgetful:
        forgetful.setattr("central.push.keep_group", lambda *_: [])
        for _ in range(4):
            ada.round()
            assert not ada.standing.everything_is_there
            assert {row.status for row in ada.notes} == {SendStatus.WAITING}
    ada.settle()
    assert ada.standing.everything_is_there


def test_a_round_that_set_something_aside_says_so_once(
    team: Team, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = team("Ada Lovelace")
    place = ada.open_meeting().assessment
    ada.settle()
    bob = office.laptop("Bob", place)
    one, other = person(bob, place, "one"), person(bob, place, "other")

    def believe_all(core: Core) -> bool:
        with core.database.write() as connection:
            number = sa.select(tables.store.c.number).scalar_subquery()
            connection.execute(tables.proving.update().values(upto=number))
        return False

    monkeypatch.setattr("central.push.genuine", lambda items, *_: [True] * len(items))
    monkeypatch.setattr("central.proving._prove_some", believe_all)
    bob.push(one, replace(other, signature=bytes(64)))
    report = ada.round()
    assert codes(ada) == {"one"}
    assert report.received == 1
    assert isinstance(report.problem, Trouble)
    assert report.problem.code == "send.not_proved"
    assert "1 from your team" in sentence(report.problem)
    assert ada.round().problem is None


def test_what_fits_no_frame_holds_up_nothing_behind_it(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.handing_in.LARGEST_FRAME", 3000)
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    ada.note("long " * 700)
    ada.note("after it")
    report = ada.round()
    assert isinstance(report.problem, Trouble)
    assert (report.problem.code, report.problem.details) == ("send.set_aside", {"count": 1})
    assert [row.status for row in ada.notes] == [SendStatus.WAITING, SendStatus.CONFIRMED]
    assert not report.again
    monkeypatch.undo()
    ada.settle()
    assert ada.standing.everything_is_there
