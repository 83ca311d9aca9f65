"""What the office has may leave a laptop by policy; nothing else may, ever (invariant 14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from central import admin_devices
from central.policy import set_policy
from fieldkit.app import laptop as word
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.entries import add_addendum, withdraw_entry
from fieldkit.app.replanning import archive_visit
from fieldkit.app.wipe import check_wipe, erased_facts, statement
from fieldkit.domain.receipt import Signed
from fieldkit.domain.wiped import Wiped, sign_wiped
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RecordId
from fieldkit.kernel.signing import SigningKey
from sync.http import CentralStore
from sync.laptop import tell_wiped
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.laptop import Laptop

DAY = 86_400.0
WORDS = "Waits fell again in Moor"
THEIRS, ADDED = "Staff say the rota is full", "The figure is for October"
MINE_TO_THEIRS, LATE = "The rota hangs in the office", "It was corrected in December"


@pytest.fixture
def ada(team: Team, office: Office, clock: FixedClock) -> Laptop:
    """A laptop with a closed visit: one note at the office, one that never left."""
    set_policy(office.settings, {"keep_days": 7}, clock)
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note(WORDS)
    ada.note("Never tagged", tagged=False)
    ada.settle()
    ada.vault.perform(lambda uow: archive_visit(uow, meeting.visit))
    return ada


def rows(ada: Laptop) -> list[tuple[int, int, bool, str]]:
    return [(row.notes, row.staying, row.is_due, row.why_not) for row in ada.vault.sync_store.laptop.purge_rows()]


def in_file(ada: Laptop, words: str) -> bool:
    return any(words.encode() in (one.content or b"") for one in ada.log.values())


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_nothing_goes_before_its_day_and_a_dry_run_says_when(ada: Laptop, clock: FixedClock) -> None:
    assert rows(ada) == [(1, 1, False, "")]
    clock.advance(6 * DAY)
    ada.settle()
    assert WORDS in ada.texts
    assert next(row.due_at for row in ada.vault.sync_store.laptop.purge_rows()) is not None


def test_after_its_days_only_what_the_office_signed_for_goes_and_the_vault_verifies(
    ada: Laptop, clock: FixedClock
) -> None:
    """Invariant 14: the note that never left stays with its words; the other keeps its envelope."""
    before = len(ada.log)
    clock.advance(8 * DAY)
    ada.settle()
    ada.settle()
    assert ada.texts == ["Never tagged"]
    assert not in_file(ada, WORDS)
    assert in_file(ada, "Never tagged")
    assert len(ada.log) >= before
    assert ada.vault.verify() == []
    assert ada.standing.everything_is_there
    ada.vault.rebuild()
    assert ada.vault.verify() == []


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_what_has_no_receipt_keeps_everything_here(ada: Laptop, clock: FixedClock, office: Office) -> None:
    """Invariant 14: while anything is unsent, nothing at all is removed, whatever day it is."""
    office.running.stop()
    ada.note("Not sent yet")
    clock.advance(400 * DAY)
    assert rows(ada)[0][2:] == (False, "purge.not_all_there")
    ada.vault.sync_store.laptop.purge()
    assert ada.texts == ["Never tagged", "Not sent yet", WORDS]


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_the_laptops_own_clock_removes_nothing_early(
    ada: Laptop, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant 15: the days are counted between two times that the store signed."""
    ahead = FixedClock(clock.now() + timedelta(days=400))
    monkeypatch.setattr(ada.vault.sync_store.laptop, "_now", ahead.now)  # the laptop's clock alone
    ada.vault.sync_store.laptop.purge()
    assert WORDS in ada.texts


def test_what_went_can_be_read_from_the_office_again(ada: Laptop, clock: FixedClock) -> None:
    clock.advance(8 * DAY)
    ada.settle()
    ada.settle()
    assert WORDS not in ada.texts
    visit = ada.vault.questions.assessments()[0].visits[0]
    ada.vault.sync_store.laptop.ask_again(visit.id, visit.assessment)
    ada.settle()
    assert ada.texts == ["Never tagged", WORDS]
    ada.settle()
    assert WORDS in ada.texts
    assert ada.vault.verify() == []


@pytest.fixture
def pair(team: Team, office: Office, clock: FixedClock) -> tuple[Laptop, Laptop]:
    """Two on one team: each wrote in the visit, one added to the other's note and attached a file; it is closed."""
    set_policy(office.settings, {"keep_days": 7}, clock)
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    first = ada.note(WORDS)
    ada.settle()
    ben = team("Ben Mate", meeting.assessment)
    ben.settle()
    ben.note(THEIRS)
    ben.note("Never tagged by Ben", tagged=False)
    ben.vault.perform(lambda uow: add_addendum(uow, first.id, ADDED, "asked afterwards"))
    attach_file(ben)
    ben.settle()
    ada.settle()
    ada.vault.perform(lambda uow: archive_visit(uow, meeting.visit))
    ada.settle()
    return ada, ben


def test_the_teams_notes_and_files_leave_too_once_the_office_says_it_has_them(
    pair: tuple[Laptop, Laptop], clock: FixedClock
) -> None:
    ada, _ = pair
    (row,) = ada.vault.sync_store.laptop.purge_rows()
    assert (row.team, row.team_files, row.is_team_due) == (2, 1, False)
    assert files_here(ada) == 1
    clock.advance(6 * DAY)
    ada.settle()
    assert THEIRS in ada.texts, "its days are not over"
    clock.advance(2 * DAY)
    ada.vault.sync_store.laptop.purge()
    assert THEIRS in ada.texts, "nobody was asked whether the office has it"
    before = set(ada.log)
    ada.settle()
    assert ada.texts == []
    assert not any(in_file(ada, words) for words in (WORDS, THEIRS, ADDED))
    assert files_here(ada) == 0
    assert before <= set(ada.log), "every envelope stays"
    assert ada.vault.verify() == []
    ada.vault.rebuild()
    assert ada.vault.verify() == []
    ada.settle()
    assert files_here(ada) == 0, "and does not come back by itself"
    visit = ada.vault.questions.assessments()[0].visits[0]
    ada.vault.sync_store.laptop.ask_again(visit.id, visit.assessment)
    ada.settle()
    ada.settle()
    assert ada.texts == [THEIRS, WORDS]
    assert files_here(ada) == 1
    clock.advance(8 * DAY)
    ada.settle()
    ada.settle()
    assert ada.texts == []


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_a_team_mates_note_that_came_by_a_stick_stays_until_the_office_has_it(
    pair: tuple[Laptop, Laptop], clock: FixedClock
) -> None:
    """Invariant 14: the only copy besides its writer's is not removed for a policy."""
    ada, ben = pair
    ben.note("By stick alone")
    item = next(row.entry.id for row in ben.notes if row.entry.text == "By stick alone")
    clock.advance(8 * DAY)
    asked: list[list[str]] = []
    real = ada.vault.sync_store.laptop.purge_asks
    ada.vault.sync_store.take_in([ben.log[item]], [])  # type: ignore[attr-defined]

    def noted() -> list[str]:
        asked.append(real())
        return asked[-1]

    ada.vault.sync_store.laptop.purge_asks = noted  # type: ignore[method-assign]
    ada.settle()
    clock.advance(8 * DAY)
    ada.settle()
    assert any(item in some for some in asked), "it was due, and the office was asked"
    assert ada.texts == ["By stick alone"]
    ben.settle()
    ada.settle()
    clock.advance(8 * DAY)
    ada.settle()
    ada.settle()
    assert ada.texts == []


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_an_addition_goes_though_its_note_is_a_team_mates_or_went_before_it_came(
    pair: tuple[Laptop, Laptop], clock: FixedClock
) -> None:
    """Without the words that it was added to nobody could read it here, yet it would lie in the vault for ever."""
    ada, ben = pair
    notes = {row.entry.text: row.entry.id for row in ben.notes}
    ada.vault.perform(lambda uow: add_addendum(uow, notes[THEIRS], MINE_TO_THEIRS, "asked"))
    ada.settle()
    clock.advance(8 * DAY)
    ada.settle()
    ada.settle()
    assert ada.texts == []
    assert not in_file(ada, MINE_TO_THEIRS)
    ben.vault.perform(lambda uow: add_addendum(uow, notes[WORDS], LATE, "asked much later"))
    ben.settle()
    ada.settle()
    assert in_file(ada, LATE)
    (row,) = ada.vault.sync_store.laptop.purge_rows()
    assert (row.notes, row.team, row.is_team_due) == (0, 1, False)
    clock.advance(8 * DAY)
    ada.settle()
    assert not any(in_file(ada, words) for words in (WORDS, THEIRS, ADDED, MINE_TO_THEIRS, LATE))
    assert ada.vault.sync_store.laptop.purge_rows() == []
    assert ada.vault.verify() == []
    visit = ada.vault.questions.assessments()[0].visits[0]
    ada.vault.sync_store.laptop.ask_again(visit.id, visit.assessment)
    ada.settle()
    ada.settle()
    added = {row.entry.text: [one.text for one in row.addenda] for row in ada.notes}
    assert added == {THEIRS: [MINE_TO_THEIRS], WORDS: [ADDED, LATE]}
    assert ada.vault.verify() == []


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_what_somebody_still_has_to_decide_about_stays(pair: tuple[Laptop, Laptop], clock: FixedClock) -> None:
    ada, ben = pair
    notes = {row.entry.text: row.entry.id for row in ben.notes}
    for writer, other, note in ((ben, ada, notes[THEIRS]), (ada, ben, notes[WORDS])):
        writer.vault.perform(lambda uow, note=note: withdraw_entry(uow, note, "said twice"))  # type: ignore[misc]
        other.vault.perform(lambda uow, note=note: add_addendum(uow, note, "She named the day", "asked"))  # type: ignore[misc]
    for one in (ben, ada, ben, ada):
        one.settle()
    clock.advance(8 * DAY)
    ada.settle()
    clock.advance(8 * DAY)
    ada.settle()
    assert ada.texts == [THEIRS, WORDS]
    assert in_file(ada, "She named the day")


def attach_file(laptop: Laptop) -> None:
    """A small file in the visit, with its record."""
    taken, meeting = take_bytes(laptop.vault.files, b"a plan of the ward", "plan.txt"), laptop.meeting()
    said = Said(
        assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), purpose="the plan", name="Plan"
    )
    laptop.vault.perform(lambda uow: attach(uow, taken, said))


def files_here(laptop: Laptop) -> int:
    return sum(laptop.vault.files.has(row.row.value.sha256) for row in laptop.vault.questions.files())


def signed_statement(ada: Laptop, key: SigningKey | None = None, **changed: Any) -> tuple[Wiped, Signed]:
    identity = ada.vault.perform(lambda uow: uow.identity)[0]
    facts = erased_facts(ada.vault.questions, lambda numbers: tuple(map(str, numbers)), ada.clock.now())
    made = replace(statement(ada.vault.questions, identity, facts), **changed)
    return made, sign_wiped(made, key or identity.key)


def test_a_statement_of_an_erased_vault_holds_only_where_every_chain_ends_as_at_the_office(
    team: Team, office: Office, clock: FixedClock
) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.note(WORDS)
    ada.settle()
    device = ada.call(lambda store: store.state()).identity.device
    admin_devices.ask_to_erase(office.settings, device, by="O. Office", reason="The visit is over", clock=clock)
    ada.settle()
    asked = word.erase_asked(ada.vault.questions)
    assert asked is not None
    assert (asked.by, asked.reason) == ("O. Office", "The visit is over")
    check_wipe(ada.vault.questions, ada.vault.files.tapes)
    identity = ada.vault.perform(lambda uow: uow.identity)[0]
    made, signed = signed_statement(ada)
    url = office.running.url
    shorter = tuple(replace(one, high=one.high - 1) for one in made.chains)
    for wrong in (signed_statement(ada, SigningKey.generate())[1], signed_statement(ada, chains=shorter)[1]):
        with pytest.raises(Refusal, match=r"central\.wiped"):
            tell_wiped(url, wrong, identity, CentralStore)
    tell_wiped(url, signed, identity, CentralStore)
    tell_wiped(url, signed, identity, CentralStore)
    (row,) = admin_devices.laptops(office.settings, clock)
    assert (bool(row.wiped_at), row.erase_asked) == (True, "")


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_a_wish_to_erase_waits_until_everything_is_handed_in(team: Team, office: Office, clock: FixedClock) -> None:
    """Invariant 14: asked or not, nothing un-receipted is ever erased."""
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    device = ada.call(lambda store: store.state()).identity.device
    admin_devices.ask_to_erase(office.settings, device, reason="Lost property", clock=clock)
    ada.settle()
    ada.note("Only here")
    with pytest.raises(Refusal, match=r"wipe\.unsent"):
        check_wipe(ada.vault.questions, ada.vault.files.tapes)
    ada.settle()
    check_wipe(ada.vault.questions, ada.vault.files.tapes)
    assert admin_devices.take_back_erase(office.settings, device, clock=clock)
    ada.settle()
    assert word.erase_asked(ada.vault.questions) is None
