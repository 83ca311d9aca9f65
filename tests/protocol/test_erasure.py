"""Erasure by law, from the office's order to the last laptop: the words are gone everywhere, the chain still holds."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from central import admin, audit, tables
from central.erasing import erase_record
from fieldkit.app.entries import add_addendum
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.backups import StoreBackups
from tests.support.laptop import Laptop

WHY, WHO = "request of 12 November", "D. Officer"
SECRET = "Zanzibarquartz said so"


def words_in(laptop: Laptop, word: str) -> list[str]:
    """The tables of a vault in which a word still stands, the pages of its search index among them."""
    db = laptop.vault._db
    found = []
    for (table,) in db.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"):
        columns = [row[1] for row in db.rows(f"PRAGMA table_info('{table}')")]
        looked = " OR ".join(f'instr(lower(CAST("{name}" AS TEXT)), ?) > 0' for name in columns)
        looked += " OR " + " OR ".join(f'instr(hex("{name}"), hex(?)) > 0' for name in columns)
        if db.one(f'SELECT 1 FROM "{table}" WHERE {looked} LIMIT 1', [word.lower()] * 2 * len(columns)):
            found.append(table)
    return found


def test_an_erased_note_is_gone_from_every_laptop_and_every_chain_still_holds(office: Office, team: Team) -> None:
    """Invariant 17: payload, salt and search words are destroyed; stub, reason and signatures stay."""
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("Stays")
    note = ada.note(SECRET)
    ada.vault.perform(lambda uow: add_addendum(uow, note.id, "and zanzibarquartz said more", "remembered"))
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert words_in(bob, "zanzibarquartz")
    trial = erase_record(office.settings, note.id, WHY, WHO, is_trial=True, clock=office.clock)
    assert (trial.contents, len(trial.targets)) == (2, 2)
    assert erase_record(office.settings, note.id, WHY, WHO, clock=office.clock).contents == 2
    for laptop in (ada, bob):
        laptop.settle()
        assert laptop.texts == ["Stays"]
        assert words_in(laptop, "zanzibarquartz") == []
        assert laptop.vault.verify() == []
        assert laptop.standing.everything_is_there
        row, _ = laptop.vault.sync_store.erasures.rows()
        assert (row.reason, row.state, row.kind) == (WHY, "done", "entry")
    line = [one for one in audit.listed(office.settings) if one.act == "content.erased"][-1]
    assert (line.actor, line.details["reason"], line.details["contents"]) == (WHO, WHY, 2)
    assert audit.checked(office.settings)[1] is None


def test_a_store_set_back_to_before_an_erasure_hears_of_it_from_any_laptop(
    office: Office, team: Team, backups: StoreBackups
) -> None:
    """Invariant 17, through a backup of the store that nothing else gives away: no note came after it."""
    ada = team("Ada Lovelace")
    ada.open_meeting()
    note = ada.note(SECRET)
    ada.settle()
    backup = backups.make()
    erase_record(office.settings, note.id, WHY, WHO, clock=office.clock)
    ada.settle()
    assert ada.texts == []
    backups.go_back_to(backup)
    assert _contents(office, note.id) == 1
    other = ada.meeting()
    other_note = ada.note("Written later", activity=other)
    ada.settle()
    assert _contents(office, note.id) == 0
    assert _contents(office, other_note.id) == 1
    erase_record(office.settings, other_note.id, WHY, WHO, clock=office.clock)
    ada.settle()
    assert ada.texts == []
    assert ada.vault.verify() == []


def test_what_has_no_receipt_is_not_erased_before_the_office_knows_of_it(office: Office, team: Team) -> None:
    """Invariant 14: the order waits for the receipt; then it is obeyed."""
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.settle()
    note = ada.note(SECRET)
    admin.erase(office.settings, note.id, WHY, office.clock)
    assert ada.texts == [SECRET]
    ada.settle()
    ada.settle()
    assert ada.texts == []
    assert ada.standing.everything_is_there
    assert ada.vault.verify() == []


def test_many_at_once_wait_for_a_persons_word(office: Office, team: Team) -> None:
    """Invariant 19: nothing goes, everything else is sent, and one word of a person is enough."""
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.note_many(55)
    ada.settle()
    for row in ada.notes:
        admin.erase(office.settings, row.entry.id, WHY, office.clock)
    report = ada.round()
    assert report.problem is not None
    assert (report.problem.code, report.problem.details["count"]) == ("send.erasures_wait", 55)
    assert len(ada.texts) == 55
    ada.call(lambda store: store.erasures.obey(is_allowed=True))
    assert ada.texts == []
    assert ada.round().problem is None
    assert ada.vault.verify() == []


def test_a_vault_put_back_from_a_backup_obeys_again(office: Office, team: Team, tmp_path: Path) -> None:
    """Invariant 17, through an image of the laptop."""
    ada = team("Ada Lovelace")
    ada.open_meeting()
    note = ada.note(SECRET)
    ada.settle()
    image = ada.image(tmp_path / "image")
    admin.erase(office.settings, note.id, WHY, office.clock)
    ada.settle()
    ada.go_back_to(image)
    assert ada.texts == [SECRET]
    ada.settle()
    assert ada.texts == []
    assert words_in(ada, "zanzibarquartz") == []


def _contents(office: Office, revision: str) -> int:
    log = tables.log.c
    with office.running.core.database.read() as connection:
        held = sa.select(sa.func.count()).where(log.revision == revision, log.content.is_not(None))
        return int(connection.execute(held).scalar_one())
