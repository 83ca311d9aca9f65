"""Untagged words never leave the laptop; tagged later they are disclosed, byte for byte, and proved."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from fieldkit.app.entries import add_addendum, restore_entry, withdraw_entry
from fieldkit.app.rows import SendStatus
from fieldkit.domain.revision import digest_holds
from sync.wire.frames import read_frames
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.fault_proxy import FaultProxy
from tests.support.laptop import Laptop

SECRET = "heron marmalade seventeen"


def everything_the_office_has(office: Office) -> bytes:
    """Every byte of the store's database: its files, and each table's rows."""
    found = [path.read_bytes() for path in Path(office.settings.folder).rglob("*") if path.is_file()]
    engine = sa.create_engine(office.settings.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        for table in sa.inspect(engine).get_table_names():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
                found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(found)


def everything_on_the_wire(network: FaultProxy) -> bytes:
    """Every request and reply, and the frames in them unpacked."""
    found: list[bytes] = []
    for exchange in network.exchanges:
        found += [exchange.request, exchange.reply]
        if exchange.path == "/v1/push":
            found += [payload for _, payload in read_frames([exchange.request_body])]
    return b"\n".join(found)


def test_untagged_words_are_nowhere_at_the_office_and_nowhere_on_the_wire(
    team: Team, network: FaultProxy, office: Office
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.note("The board agreed the plan in public")
    kept = ada.note(SECRET, tagged=False)
    ada.vault.perform(lambda uow: add_addendum(uow, kept.id, f"{SECRET} addendum", f"{SECRET} reason"))
    ada.settle()
    for seen in (everything_the_office_has(office), everything_on_the_wire(network)):
        assert b"heron" not in seen
        assert b"The board agreed the plan" in seen
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert all(revision.content is None or b"heron" not in revision.content for revision in bob.log.values())
    assert str(kept.id) in {str(revision.envelope.record) for revision in bob.log.values()}
    assert ada.standing.everything_is_there


def test_a_note_that_is_tagged_later_is_disclosed_byte_for_byte(
    team: Team, network: FaultProxy, office: Office
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    entry = ada.note(SECRET, tagged=False)
    ada.vault.perform(lambda uow: add_addendum(uow, entry.id, "and eighteen", "heard better"))
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    assert bob.texts == []
    ada.tag(entry)
    network.exchanges.clear()
    assert ada.round().turns == 2
    assert ada.standing.everything_is_there
    bob.settle()
    (row,) = bob.notes
    assert (row.entry.text, [a.text for a in row.addenda], row.author_name) == (
        SECRET,
        ["and eighteen"],
        "Ada Lovelace",
    )
    mine, theirs = ada.log, bob.log
    for revision in mine.values():
        if str(revision.envelope.record) == str(entry.id) or revision.envelope.kind in {"addendum", "filing"}:
            copy = theirs[revision.envelope.id]
            assert (copy.envelope_bytes, copy.signature) == (revision.envelope_bytes, revision.signature)
            assert (copy.content, copy.salt) == (revision.content, revision.salt)
            assert digest_holds(copy)
    assert bob.vault.verify() == []


def test_a_note_withdrawn_before_it_was_ever_sent_stays_and_its_withdrawal_too(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    entry = ada.note(SECRET)
    ada.vault.perform(lambda uow: withdraw_entry(uow, entry.id, f"{SECRET} was a mistake"))
    ada.settle()
    assert b"heron" not in everything_the_office_has(office)
    assert ada.standing.everything_is_there
    ada.vault.perform(lambda uow: restore_entry(uow, entry.id))
    ada.settle()
    assert SECRET.encode() in everything_the_office_has(office)


def test_a_note_that_was_sent_stays_sent_and_its_withdrawal_follows_it(team: Team) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    entry = ada.note("Said in public")
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    ada.vault.perform(lambda uow: withdraw_entry(uow, entry.id, "Wrong meeting"))
    ada.settle()
    bob.settle()
    (row,) = bob.notes
    assert row.withdrawal is not None
    assert row.withdrawal.reason == "Wrong meeting"


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_a_laptop_that_is_not_on_the_team_gets_nothing_of_it(team: Team) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    ada.note("For the team")
    ada.settle()
    eve: Laptop = team("Eve Evans")
    eve.settle()
    assert eve.texts == []
    assert eve.vault.questions.assessments() == []


def test_a_note_shows_as_confirmed_only_with_its_own_receipt(team: Team) -> None:
    ada = team("Ada Lovelace")
    ada.open_meeting()
    shared, kept = ada.note("Shared"), ada.note("Kept", tagged=False)
    status = ada.vault.questions.entry
    assert (status(shared.id).status, status(kept.id).status) == (SendStatus.WAITING, SendStatus.STAYS)
    ada.settle()
    assert (status(shared.id).status, status(kept.id).status) == (SendStatus.CONFIRMED, SendStatus.STAYS)
    ada.tag(kept)
    assert status(kept.id).status is SendStatus.WAITING
