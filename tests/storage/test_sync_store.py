"""The vault as the sync engine sees it: what leaves, what stays, what counts as confirmed, what is set aside."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.app.entries import add_addendum, file_evidence, restore_entry, withdraw_entry
from fieldkit.app.rows import EntryFilter, SendStatus
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Entry
from fieldkit.domain.receipt import Outcome, Signed, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import DeviceId, EntryId
from fieldkit.kernel.signing import SigningKey
from storage.rebuilding import differences
from storage.vault import OpenVault
from tests.storage.office import Office, send
from tests.storage.team import Teammate, a_tag, an_id
from tests.storage.waiting import CURSOR, WITNESS, leaving, pull, status
from tests.support.vaults import a_meeting, do, new_vault, note, tag


def test_what_the_office_has_erased_is_sent_to_it_no_more(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "to be erased", tag())
    waiting = send(vault)
    contents = [item.revision for item in waiting if item.revision.envelope.kind == "entry"]
    others = [item.revision for item in waiting if item.revision.envelope.kind != "entry"]
    vault.sync_store.keep_receipts(
        [office.receive(others), office.receive(contents, outcome=Outcome.ERASED, has_content=False)]
    )
    assert vault.sync_store.outgoing(0, 100) == []
    assert vault.questions.standing().contents_missing == 0
    assert differences(vault._db) == []
    vault.sync_store.meet_epoch("epoch-2")
    assert entry.id in leaving(vault)
    assert differences(vault._db) == []
    vault.sync_store.offered_all()
    assert vault.sync_store.outgoing(0, 100) == []
    assert differences(vault._db) == []


def test_released_work_is_apart_no_more_whatever_the_clocks_say(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "kept apart", tag())
    waiting = [item.revision for item in send(vault)]
    apart = office.receive(waiting, outcome=Outcome.QUARANTINED, code="not_member", minute=30)
    let_in = office.receive(waiting, minute=10)
    for sheets in ([apart], [let_in]):
        vault.sync_store.keep_receipts(sheets)
    assert vault.questions.standing().quarantined == 0
    assert status(vault, entry.id) is SendStatus.CONFIRMED
    assert {item.status for item in vault.questions.send_items()} == {SendStatus.CONFIRMED}


def test_the_order_in_which_sheets_arrive_does_not_matter_within_an_epoch(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "kept apart", tag())
    waiting = [item.revision for item in send(vault)]
    apart = office.receive(waiting, outcome=Outcome.QUARANTINED, code="not_member")
    let_in = office.receive(waiting)
    vault.sync_store.keep_receipts([let_in, apart])
    assert vault.questions.standing().quarantined == 0
    assert status(vault, entry.id) is SendStatus.CONFIRMED


def test_of_two_epochs_the_present_one_has_the_last_word(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "let in, then apart", tag())
    waiting = [item.revision for item in send(vault)]
    vault.sync_store.keep_receipts([office.receive(waiting) for _ in range(3)])
    restored = Office(epoch="epoch-2")
    vault.sync_store.meet_epoch("epoch-2")
    vault.sync_store.keep_receipts([restored.receive(waiting, outcome=Outcome.QUARANTINED, code="not_member")])
    vault.sync_store.offered_all()
    assert status(vault, entry.id) is SendStatus.QUARANTINED
    assert vault.questions.standing().quarantined == len(waiting)


def test_urgent_revisions_come_first_and_pages_go_on_where_they_stopped(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    for n in range(5):
        note(vault, activity, f"note {n}", tag())
    heads = vault.questions.heads(activity.id)
    urgent = do(
        vault,
        lambda uow: uow.append(activity.id, activity, assessment=activity.assessment, parents=heads, priority=0),
    )
    everything = vault.sync_store.outgoing(0, 100)
    assert everything[0].revision.envelope.id == urgent.envelope.id
    paged, after = [], 0
    while page := vault.sync_store.outgoing(after, 3):
        paged += page
        after = page[-1].n
    assert paged == everything


def test_a_forged_sheet_confirms_nothing_and_those_before_it_are_kept(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    first, second = note(vault, activity, "first", tag()), note(vault, activity, "second", tag())
    waiting = {str(item.revision.envelope.record): item.revision for item in vault.sync_store.outgoing(0, 100)}
    good = office.receive([waiting[first.id]])
    forged = Office(key=SigningKey.generate()).receive([waiting[second.id]])
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        vault.sync_store.keep_receipts([good, forged])
    assert status(vault, first.id) is SendStatus.CONFIRMED
    assert status(vault, second.id) is SendStatus.WAITING
    altered = Signed(data=good.data.replace(b'"accepted"', b'"erased"  '), signature=good.signature)
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        vault.sync_store.keep_receipts([altered])


def test_a_receipt_for_other_bytes_confirms_nothing(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "mine", tag())
    (item,) = [i for i in vault.sync_store.outgoing(0, 99) if str(i.revision.envelope.record) == entry.id]
    vault.sync_store.keep_receipts([office.receive([dataclasses.replace(item.revision, hash="f" * 64)])])
    assert status(vault, entry.id) is SendStatus.WAITING
    assert item.revision.envelope.id in leaving(vault)


@pytest.mark.parametrize("outcome", [Outcome.QUARANTINED, Outcome.COLLISION])
def test_a_note_the_office_keeps_apart_says_so(vault: OpenVault, office: Office, outcome: Outcome) -> None:
    entry = note(vault, a_meeting(vault), "kept apart", tag())
    waiting = [item.revision for item in vault.sync_store.outgoing(0, 100)]
    vault.sync_store.keep_receipts([office.receive(waiting, outcome=outcome, code="not_member")])
    assert status(vault, entry.id) is SendStatus.QUARANTINED
    assert vault.questions.standing().quarantined == len(waiting)
    assert {(item.status, item.code) for item in vault.questions.send_items()} == {
        (SendStatus.QUARANTINED, "not_member")
    }


def test_a_corrupt_line_is_no_receipt(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "damaged on the way", tag())
    waiting = [item.revision for item in vault.sync_store.outgoing(0, 100)]
    vault.sync_store.keep_receipts([office.receive(waiting, outcome=Outcome.CORRUPT)])
    assert status(vault, entry.id) is SendStatus.WAITING
    assert len(leaving(vault)) == len(waiting)


def test_everything_is_there_only_with_receipts_and_an_agreeing_certificate(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    note(vault, activity, "tagged", tag())
    note(vault, activity, "untagged")
    assert not vault.questions.standing().everything_is_there
    sent = office.take_all(vault)
    assert not vault.questions.standing().everything_is_there, "no certificate yet"
    head = vault.sync_store.state().head
    contents = sum(item.revision.content is not None for item in sent)
    vault.sync_store.keep_certificate(office.certificate(dataclasses.replace(head, seq=head.seq - 1), contents))
    assert not vault.questions.standing().everything_is_there, "the store's chain is shorter"
    vault.sync_store.keep_certificate(office.certificate(head, contents - 1))
    assert not vault.questions.standing().everything_is_there, "a content is missing there"
    vault.sync_store.keep_certificate(office.certificate(head, contents))
    assert vault.questions.standing().everything_is_there
    note(vault, activity, "one more")
    assert not vault.questions.standing().everything_is_there


def test_a_certificate_from_elsewhere_is_refused(vault: OpenVault, office: Office) -> None:
    head = vault.sync_store.state().head
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        vault.sync_store.keep_certificate(Office(key=SigningKey.generate()).certificate(head, 0))
    other = dataclasses.replace(head, device=DeviceId(an_id("other")))
    with pytest.raises(Refusal, match=r"receipt\.other_device"):
        vault.sync_store.keep_certificate(office.certificate(other, 0))


def test_after_a_new_epoch_nothing_counts_as_confirmed_until_all_was_offered(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    entry, untagged = note(vault, activity, "there before", tag()), note(vault, activity, "stays")
    before = len(office.take_all(vault))
    restored = Office(epoch="epoch-2")
    vault.sync_store.meet_epoch("epoch-2")
    assert vault.sync_store.state().reoffer
    assert status(vault, entry.id) is SendStatus.WAITING
    assert vault.sync_store.state().unreceipted == before
    assert differences(vault._db) == []
    held = {str(item.revision.envelope.record): item.revision for item in vault.sync_store.held(0, 1000)}
    assert len(held) == before
    assert held[entry.id].content is not None
    assert held[untagged.id].content is None
    vault.sync_store.keep_receipts([restored.receive([held[entry.id]])])
    assert status(vault, entry.id) is SendStatus.CONFIRMED
    vault.sync_store.offered_all()
    assert vault.sync_store.state().unreceipted == 0
    assert not vault.sync_store.state().reoffer
    assert differences(vault._db) == []


def test_a_sheet_of_another_epoch_counts_again_only_when_all_was_offered(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "there before", tag())
    sheet = office.receive([item.revision for item in vault.sync_store.outgoing(0, 100)])
    vault.sync_store.meet_epoch("epoch-2")
    vault.sync_store.keep_receipts([sheet])
    assert status(vault, entry.id) is SendStatus.WAITING
    assert differences(vault._db) == []
    vault.sync_store.offered_all()
    assert status(vault, entry.id) is SendStatus.CONFIRMED


def test_meeting_an_epoch_again_believes_its_receipts(vault: OpenVault, office: Office) -> None:
    note(vault, a_meeting(vault), "there", tag())
    office.take_all(vault)
    vault.sync_store.meet_epoch("epoch-2")
    vault.sync_store.meet_epoch("epoch-1")
    assert differences(vault._db) == []


def test_cursors_and_witnesses_of_an_old_epoch_are_forgotten(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    pull(vault, mate, *mate.sets_out())
    state = vault.sync_store.state()
    assert (state.cursors, WITNESS in state.witnesses) == ((CURSOR,), True)
    vault.sync_store.apply_page((), (), dataclasses.replace(CURSOR, seq=5), WITNESS)
    assert vault.sync_store.state().cursors == (CURSOR,), "a cursor never goes back within an epoch"
    newest = Witness(epoch="epoch-1", seq=99, chain="d" * 64)
    vault.sync_store.confirm_witnesses("epoch-1", newest)
    assert vault.sync_store.state().witnesses == (newest,)
    vault.sync_store.meet_epoch("epoch-2")
    state = vault.sync_store.state()
    assert (state.cursors, state.witnesses) == ((), ())


def test_bad_revisions_are_set_aside_with_their_bytes_and_block_nothing(vault: OpenVault, office: Office) -> None:
    mate, stranger = Teammate("ann"), Teammate("stranger")
    good = mate.note("good", "fine", a_tag("1"))
    swapped = dataclasses.replace(mate.note("swapped", "as signed", a_tag("2")), content=b'{"text":"swapped"}')
    broken = dataclasses.replace(mate.note("broken", "x", a_tag("3")), signature=bytes(64))
    unknown = stranger.note("unknown", "x", a_tag("4"))
    impostor = mate.say(an_id("i"), _entry_of(good), author=stranger.author)
    longer = mate.note("longer", "x", a_tag("5"))
    assert longer.salt is not None
    assert longer.content is not None
    shifted = dataclasses.replace(longer, salt=longer.salt + longer.content[:1], content=longer.content[1:])
    after = mate.note("after", "also fine", a_tag("6"))
    pull(vault, mate, good, swapped, broken, unknown, impostor, shifted, after)
    pull(vault, mate, broken)
    kept = {row.entry.text for row in vault.questions.entries(EntryFilter())}
    assert kept == {"fine", "also fine"}
    aside = vault._db.rows("SELECT revision, code, content FROM set_aside ORDER BY row")
    assert aside == [
        (swapped.envelope.id, "revision.digest", swapped.content),
        (shifted.envelope.id, "revision.digest", shifted.content),
        (broken.envelope.id, "revision.signature", broken.content),
        (unknown.envelope.id, "revision.unknown_device", unknown.content),
        (impostor.envelope.id, "revision.signature", impostor.content),
    ]
    assert vault.verify() == []


def test_a_page_kept_in_parts_is_told_of_whole_and_moves_the_cursor_only_at_its_end(
    vault: OpenVault, office: Office
) -> None:
    mate = Teammate("ann")
    page = [mate.note(f"note {n}", f"words {n}", a_tag(str(n))) for n in range(5)]
    vault.sync_store.apply_part(page[:2], [mate.device_key])
    vault.sync_store.apply_part([page[2], dataclasses.replace(page[3], signature=bytes(64))], [mate.device_key])
    assert vault.sync_store.state().cursors == ()
    told = vault.sync_store.apply_page(page[3:], [mate.device_key], CURSOR, WITNESS)
    assert told.ids("entry") == {revision.envelope.record for revision in page}
    assert told.ids("set_aside") == {page[3].envelope.id}
    assert vault.sync_store.state().cursors == (CURSOR,)
    assert vault.sync_store.apply_page(page, [mate.device_key], CURSOR, WITNESS).is_empty, "told once"
    assert len(vault.questions.entries(EntryFilter())) == 5
    assert vault.verify() == []


def test_a_key_that_changes_is_never_believed(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    pull(vault, mate, mate.note("one", "real", a_tag("1")))
    false_key = SigningKey.generate()
    forged = dataclasses.replace(mate.note("two", "forged", a_tag("2")), signature=bytes(64))
    vouched = dataclasses.replace(mate.device_key, public=false_key.public)
    vault.sync_store.apply_page([forged], [vouched], CURSOR, WITNESS)
    assert vault._db.rows("SELECT code FROM set_aside") == [("device.key_changed",)]


def test_the_same_id_with_other_bytes_is_kept_apart(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    real = mate.note("one", "real", a_tag("1"))
    again = Teammate("ann").note("one", "another history", a_tag("1"))
    assert real.envelope.id == again.envelope.id
    pull(vault, mate, real)
    pull(vault, mate, again)
    assert vault._db.rows("SELECT code FROM set_aside") == [("revision.collision",)]
    assert [row.entry.text for row in vault.questions.entries(EntryFilter())] == ["real"]


def test_a_content_that_came_later_is_filled_in_and_never_replaced(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    revision = mate.note("one", "disclosed", a_tag("1"))
    pull(vault, mate, revision.sealed())
    assert vault.questions.entries(EntryFilter()) == []
    pull(vault, mate, dataclasses.replace(revision, content=b'{"text":"other"}'))
    assert vault._db.rows("SELECT code FROM set_aside") == [("revision.digest",)]
    changes = vault.sync_store.apply_page([revision], [mate.device_key], CURSOR, WITNESS)
    assert changes.ids("entry") == {revision.envelope.record}
    assert [row.entry.text for row in vault.questions.entries(EntryFilter())] == ["disclosed"]
    pull(vault, mate, revision.sealed(), revision)
    assert vault.verify() == []


def test_a_new_incarnation_goes_on_and_loses_nothing(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    note(vault, activity, "by the old device", tag())
    before = leaving(vault)
    device, key = DeviceId(an_id("second")), SigningKey.generate()
    vault.sync_store.start_incarnation(device, key)
    note(vault, activity, "by the new device", tag())
    state = vault.sync_store.state()
    assert (state.identity.device, state.head.device, state.head.seq) == (device, device, 2)
    assert before.items() <= leaving(vault).items()
    assert vault.verify() == []


@settings(max_examples=40)
@given(data=st.data())
def test_outbox_and_standing_equal_a_rebuild_whatever_happens(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, clock: FixedClock
) -> None:
    vault = new_vault(tmp_path_factory.mktemp("any") / "vault", clock)
    office = Office()
    office.enrol(vault)
    activity = a_meeting(vault)
    steps = data.draw(st.lists(st.sampled_from(sorted(_STEPS)), min_size=3, max_size=14))
    try:
        for step in steps:
            entries = [row.entry.id for row in vault.questions.entries(EntryFilter())]
            if entries or step in {"tagged", "untagged", "take", "epoch", "offered", "lose", "refused"}:
                entry = data.draw(st.sampled_from(entries)) if entries else EntryId("")
                _STEPS[step](vault, office, activity, entry)
        assert differences(vault._db) == [], steps
        preview = vault.questions.send_preview()
        waiting = vault.sync_store.outgoing(0, 1000)
        contents = [item.revision.envelope.kind for item in waiting if item.revision.content is not None]
        assert preview.entries_leaving == contents.count("entry")
        assert preview.other_leaving == len(contents) - preview.entries_leaving
        for row in vault.questions.entries(EntryFilter()):
            mine = [item for item in waiting if str(item.revision.envelope.record) == row.entry.id]
            assert row.status is not SendStatus.CONFIRMED or not mine
    finally:
        vault._db.close()


def _withdraw(vault: OpenVault, entry: EntryId) -> None:
    if vault.questions.entry(entry).withdrawal is None:
        do(vault, lambda uow: withdraw_entry(uow, entry, "twice"))
    else:
        do(vault, lambda uow: restore_entry(uow, entry))


def _refile(vault: OpenVault, entry: EntryId) -> None:
    row = vault.questions.entry(entry)
    if row.withdrawal is None:
        removed = [item.id for item in row.evidence]
        do(vault, lambda uow: file_evidence(uow, entry, added=[] if removed else [tag()], removed=removed))


def _refused(vault: OpenVault) -> None:
    contents = [item.revision.envelope.id for item in vault.sync_store.outgoing(0, 100) if item.revision.content]
    marked = vault.sync_store.mark_offered(contents)
    assert marked is not None
    vault.sync_store.unmark_offered(marked)


def _erase(vault: OpenVault, office: Office) -> None:
    if waiting := send(vault):
        erased = office.receive([waiting[-1].revision], outcome=Outcome.ERASED, has_content=False)
        vault.sync_store.keep_receipts([erased])


def _new_epoch(vault: OpenVault, office: Office) -> None:
    office.epoch += "x"
    vault.sync_store.meet_epoch(office.epoch)


_STEPS: dict[str, Callable[[OpenVault, Office, Activity, EntryId], object]] = {
    "tagged": lambda vault, office, activity, entry: note(vault, activity, "tagged", tag()),
    "untagged": lambda vault, office, activity, entry: note(vault, activity, "untagged"),
    "add": lambda vault, office, activity, entry: do(vault, lambda uow: add_addendum(uow, entry, "more", "asked")),
    "refile": lambda vault, office, activity, entry: _refile(vault, entry),
    "withdraw": lambda vault, office, activity, entry: _withdraw(vault, entry),
    "take": lambda vault, office, activity, entry: office.take_all(vault),
    "lose": lambda vault, office, activity, entry: send(vault),
    "refused": lambda vault, office, activity, entry: _refused(vault),
    "erase": lambda vault, office, activity, entry: _erase(vault, office),
    "epoch": lambda vault, office, activity, entry: _new_epoch(vault, office),
    "offered": lambda vault, office, activity, entry: vault.sync_store.offered_all(),
}


def _entry_of(revision: Revision) -> Entry:
    return Entry.from_content(revision.envelope.record, revision.body())
