"""The vault as the sync engine sees it: what leaves, what stays, what counts as confirmed, what is set aside."""

from __future__ import annotations

import dataclasses
import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.app.entries import add_addendum, file_evidence, restore_entry, withdraw_entry
from fieldkit.app.rows import EntryFilter, SendStatus
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Entry, Filing
from fieldkit.domain.receipt import Cursor, Outcome, Signed, Witness
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId, DeviceId, EntryId, RecordId, RevisionId
from fieldkit.kernel.signing import SigningKey, new_box_keys
from storage.rebuilding import differences
from storage.vault import OpenVault, open_vault, recover_vault_by_office
from tests.storage.office import Office, send
from tests.storage.team import ASSESSMENT, Teammate, a_tag, an_id
from tests.support.vaults import PASSPHRASE, a_meeting, do, new_vault, note, tag

CURSOR = Cursor(assessment=ASSESSMENT, epoch="epoch-1", seq=10)
WITNESS = Witness(epoch="epoch-1", seq=10, chain="c" * 64)


@pytest.fixture
def office(vault: OpenVault) -> Office:
    """An office this vault is enrolled with."""
    office = Office()
    office.enrol(vault)
    vault.sync_store.meet_epoch(office.epoch)
    vault.sync_store.offered_all()
    return office


def _leaving(vault: OpenVault) -> dict[str, bool]:
    """What waits: revision id -> whether its content goes along."""
    return {item.revision.envelope.id: item.revision.content is not None for item in vault.sync_store.outgoing(0, 999)}


def _contents(vault: OpenVault) -> list[str]:
    return [
        item.revision.envelope.kind for item in vault.sync_store.outgoing(0, 999) if item.revision.content is not None
    ]


def _status(vault: OpenVault, entry: EntryId) -> SendStatus:
    return vault.questions.entry(entry).status


def _pull(vault: OpenVault, mate: Teammate, *revisions: Revision) -> None:
    vault.sync_store.apply_page(revisions, [mate.device_key], CURSOR, WITNESS)


def test_an_untagged_note_leaves_only_its_envelope(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    tagged, untagged = note(vault, activity, "tagged", tag()), note(vault, activity, "private words")
    sent = office.take_all(vault)
    by_record = {str(item.revision.envelope.record): item.revision for item in sent}
    assert by_record[tagged.id].content is not None
    assert by_record[untagged.id].content is None
    assert _status(vault, tagged.id) is SendStatus.CONFIRMED
    assert _status(vault, untagged.id) is SendStatus.STAYS
    assert vault.sync_store.outgoing(0, 10) == []


def test_no_custody_ever_leaves_with_its_words(vault: OpenVault, office: Office) -> None:
    sent = office.take_all(vault)
    assert [item.revision.content for item in sent if item.revision.envelope.kind == "custody"] == [None, None]


def test_a_note_tagged_after_it_was_sent_discloses_its_content(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "tagged later")
    office.take_all(vault)
    do(vault, lambda uow: file_evidence(uow, entry.id, added=[tag()]))
    waiting = vault.sync_store.outgoing(0, 10)
    assert [(item.revision.envelope.kind, item.disclosure) for item in waiting] == [("entry", True), ("filing", False)]
    assert _status(vault, entry.id) is SendStatus.WAITING
    office.take_all(vault)
    assert _status(vault, entry.id) is SendStatus.CONFIRMED
    assert differences(vault._db) == []


def test_withdrawing_before_sending_keeps_the_words_here(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "meant otherwise", tag())
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "wrong person"))
    assert "entry" not in _contents(vault)
    assert "withdrawal" not in _contents(vault)
    do(vault, lambda uow: restore_entry(uow, entry.id))
    assert {"entry", "withdrawal"} <= set(_contents(vault))


def test_a_withdrawal_follows_a_note_whose_receipt_was_lost(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "handed out", tag())
    send(vault)  # and the reply never came
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "twice"))
    assert {"entry", "withdrawal"} <= set(_contents(vault))


def test_listing_what_waits_or_is_held_sends_nothing(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    withdrawn, untagged = note(vault, activity, "regretted", tag()), note(vault, activity, "untagged again", tag())
    vault.sync_store.outgoing(0, 100)
    vault.sync_store.held(0, 100)
    do(vault, lambda uow: withdraw_entry(uow, withdrawn.id, "should not have been written"))
    do(vault, lambda uow: file_evidence(uow, untagged.id, removed=[untagged.evidence[0].id]))
    assert "entry" not in _contents(vault)
    held = [item.revision for item in vault.sync_store.held(0, 100) if item.revision.envelope.kind == "entry"]
    assert [revision.content for revision in held] == [None, None]


def test_a_request_that_was_refused_whole_has_sent_nothing(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    first, second = note(vault, activity, "went before", tag()), note(vault, activity, "refused", tag())
    one, two = RevisionId(first.id), RevisionId(second.id)
    assert vault.sync_store.mark_offered([one]) == (one,)
    assert vault.sync_store.mark_offered([one, two]) == (two,), (
        "what went in an earlier request is not taken back with a later one"
    )
    for entry in (first, second):
        do(vault, functools.partial(withdraw_entry, entry=entry.id, reason="twice"))
    assert _contents(vault).count("entry") == 2
    vault.sync_store.unmark_offered([two])
    assert _contents(vault).count("entry") == 1
    assert (_status(vault, first.id), _status(vault, second.id)) == (SendStatus.WAITING, SendStatus.STAYS)
    assert differences(vault._db) == []


def test_what_was_withdrawn_while_the_request_was_made_is_not_marked(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    kept, entry = note(vault, activity, "kept", tag()), note(vault, activity, "withdrawn just now", tag())
    leaving = [item.revision.envelope.id for item in vault.sync_store.outgoing(0, 100) if item.revision.content]
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "twice"))
    assert vault.sync_store.mark_offered(leaving) is None
    do(vault, lambda uow: withdraw_entry(uow, kept.id, "twice"))
    assert "entry" not in _contents(vault)


def test_a_receipt_for_the_content_of_a_note_that_never_was_to_leave_makes_nothing_leave(
    vault: OpenVault, office: Office
) -> None:
    entry = note(vault, a_meeting(vault), "private words")
    do(vault, lambda uow: add_addendum(uow, entry.id, "more private words", "asked"))
    sent = office.take_all(vault)
    (sealed,) = [item.revision for item in sent if item.revision.envelope.kind == "entry"]
    assert sealed.content is None
    vault.sync_store.keep_receipts([office.receive([sealed], has_content=True)])
    assert _status(vault, entry.id) is SendStatus.STAYS
    assert {"entry", "addendum"}.isdisjoint(_contents(vault))
    held = [item.revision.content or b"" for item in vault.sync_store.held(0, 100)]
    assert not any(b"private words" in content for content in held)
    assert differences(vault._db) == []


def test_a_strange_device_under_our_own_name_makes_no_note_leave(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "private words")
    office.take_all(vault)
    me = vault.sync_store.state().identity
    stranger = Teammate("stranger")
    stranger.author = me.author
    filing = Filing(id=RecordId(an_id("f")), assessment=entry.assessment, entry=entry.id, added=(tag(),))
    forged = stranger.say(an_id("f"), filing, assessment=entry.assessment)
    _pull(vault, stranger, forged)
    assert len(vault.questions.entry(entry.id).evidence) == 1, "it shows as any team-mate's tag does"
    assert _status(vault, entry.id) is SendStatus.STAYS
    assert _contents(vault) == []
    vault.rebuild()
    assert _contents(vault) == []


def test_what_this_vault_filed_before_it_was_restored_makes_its_note_leave(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    office = Office()
    office.enrol(vault)
    entry = note(vault, a_meeting(vault), "tagged after the image")
    vault.close()
    shutil.copytree(tmp_path / "vault", tmp_path / "image")
    vault = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    do(vault, lambda uow: file_evidence(uow, entry.id, added=[tag()]))
    (filing,) = [one for one in vault.questions.revisions() if one.envelope.kind == "filing"]
    vault.close()
    image = open_vault(tmp_path / "image", PASSPHRASE, clock)
    image.sync_store.apply_page([filing], [], CURSOR, WITNESS)
    assert _status(image, entry.id) is SendStatus.WAITING
    image.close()


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
    assert entry.id in _leaving(vault)
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
    assert _status(vault, entry.id) is SendStatus.CONFIRMED
    assert {item.status for item in vault.questions.send_items()} == {SendStatus.CONFIRMED}


def test_the_order_in_which_sheets_arrive_does_not_matter_within_an_epoch(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "kept apart", tag())
    waiting = [item.revision for item in send(vault)]
    apart = office.receive(waiting, outcome=Outcome.QUARANTINED, code="not_member")
    let_in = office.receive(waiting)
    vault.sync_store.keep_receipts([let_in, apart])
    assert vault.questions.standing().quarantined == 0
    assert _status(vault, entry.id) is SendStatus.CONFIRMED


def test_of_two_epochs_the_present_one_has_the_last_word(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "let in, then apart", tag())
    waiting = [item.revision for item in send(vault)]
    vault.sync_store.keep_receipts([office.receive(waiting) for _ in range(3)])
    restored = Office(epoch="epoch-2")
    vault.sync_store.meet_epoch("epoch-2")
    vault.sync_store.keep_receipts([restored.receive(waiting, outcome=Outcome.QUARANTINED, code="not_member")])
    vault.sync_store.offered_all()
    assert _status(vault, entry.id) is SendStatus.QUARANTINED
    assert vault.questions.standing().quarantined == len(waiting)


def test_a_note_of_our_own_that_this_version_cannot_read_is_handed_in_all_the_same(
    vault: OpenVault, office: Office
) -> None:
    class LaterEntry(Entry):
        SHAPE = Entry.SHAPE + 1

    activity = a_meeting(vault)
    plain = note(vault, activity, "made with a later version")
    office.take_all(vault)
    later = LaterEntry.from_content(an_id("later"), plain.to_content())
    do(vault, lambda uow: uow.append(later.id, later, assessment=activity.assessment))
    assert later.id in _leaving(vault)
    vault.rebuild()
    assert later.id in _leaving(vault)
    assert not vault.questions.standing().everything_is_there


def test_nobody_elses_tag_makes_an_unsent_note_leave(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "private words")
    mate = Teammate("ann")
    filing = mate.files("x", a_tag("1"))
    body = filing.body() | {"entry": entry.id, "assessment": entry.assessment}
    forged = mate.say(
        an_id("forged"), Filing.from_content(an_id("forged"), body), assessment=AssessmentId(entry.assessment)
    )
    _pull(vault, mate, forged)
    assert _leaving(vault)[vault._db.rows("SELECT id FROM revisions WHERE record = ?", (entry.id,))[0][0]] is False
    assert _status(vault, entry.id) is SendStatus.STAYS


def test_what_is_added_to_a_team_mates_note_leaves(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    _pull(vault, mate, *mate.sets_out(), mate.note("one", "theirs", a_tag("1")))
    do(vault, lambda uow: add_addendum(uow, EntryId(an_id("entry", "one")), "ours", "asked"))
    assert "addendum" in _contents(vault)
    (row,) = vault.questions.entries(EntryFilter())
    assert (row.status, row.author_name, row.is_mine) == (SendStatus.FROM_TEAM, "ann", False)


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
    assert _status(vault, first.id) is SendStatus.CONFIRMED
    assert _status(vault, second.id) is SendStatus.WAITING
    altered = Signed(data=good.data.replace(b'"accepted"', b'"erased"  '), signature=good.signature)
    with pytest.raises(Refusal, match=r"receipt\.signature"):
        vault.sync_store.keep_receipts([altered])


def test_a_receipt_for_other_bytes_confirms_nothing(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "mine", tag())
    (item,) = [i for i in vault.sync_store.outgoing(0, 99) if str(i.revision.envelope.record) == entry.id]
    vault.sync_store.keep_receipts([office.receive([dataclasses.replace(item.revision, hash="f" * 64)])])
    assert _status(vault, entry.id) is SendStatus.WAITING
    assert item.revision.envelope.id in _leaving(vault)


@pytest.mark.parametrize("outcome", [Outcome.QUARANTINED, Outcome.COLLISION])
def test_a_note_the_office_keeps_apart_says_so(vault: OpenVault, office: Office, outcome: Outcome) -> None:
    entry = note(vault, a_meeting(vault), "kept apart", tag())
    waiting = [item.revision for item in vault.sync_store.outgoing(0, 100)]
    vault.sync_store.keep_receipts([office.receive(waiting, outcome=outcome, code="not_member")])
    assert _status(vault, entry.id) is SendStatus.QUARANTINED
    assert vault.questions.standing().quarantined == len(waiting)
    assert {(item.status, item.code) for item in vault.questions.send_items()} == {
        (SendStatus.QUARANTINED, "not_member")
    }


def test_a_corrupt_line_is_no_receipt(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "damaged on the way", tag())
    waiting = [item.revision for item in vault.sync_store.outgoing(0, 100)]
    vault.sync_store.keep_receipts([office.receive(waiting, outcome=Outcome.CORRUPT)])
    assert _status(vault, entry.id) is SendStatus.WAITING
    assert len(_leaving(vault)) == len(waiting)


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
    assert _status(vault, entry.id) is SendStatus.WAITING
    assert vault.sync_store.state().unreceipted == before
    assert differences(vault._db) == []
    held = {str(item.revision.envelope.record): item.revision for item in vault.sync_store.held(0, 1000)}
    assert len(held) == before
    assert held[entry.id].content is not None
    assert held[untagged.id].content is None
    vault.sync_store.keep_receipts([restored.receive([held[entry.id]])])
    assert _status(vault, entry.id) is SendStatus.CONFIRMED
    vault.sync_store.offered_all()
    assert vault.sync_store.state().unreceipted == 0
    assert not vault.sync_store.state().reoffer
    assert differences(vault._db) == []


def test_a_sheet_of_another_epoch_counts_again_only_when_all_was_offered(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "there before", tag())
    sheet = office.receive([item.revision for item in vault.sync_store.outgoing(0, 100)])
    vault.sync_store.meet_epoch("epoch-2")
    vault.sync_store.keep_receipts([sheet])
    assert _status(vault, entry.id) is SendStatus.WAITING
    assert differences(vault._db) == []
    vault.sync_store.offered_all()
    assert _status(vault, entry.id) is SendStatus.CONFIRMED


def test_meeting_an_epoch_again_believes_its_receipts(vault: OpenVault, office: Office) -> None:
    note(vault, a_meeting(vault), "there", tag())
    office.take_all(vault)
    vault.sync_store.meet_epoch("epoch-2")
    vault.sync_store.meet_epoch("epoch-1")
    assert differences(vault._db) == []


def test_a_content_found_at_the_office_takes_its_withdrawal_along(vault: OpenVault, office: Office) -> None:
    # As after a restored backup: that the note was handed out is forgotten here, and only the receipt tells.
    entry = note(vault, a_meeting(vault), "handed out and forgotten", tag())
    (revision,) = [one for one in vault.questions.revisions() if str(one.envelope.record) == entry.id]
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "twice"))
    assert "withdrawal" not in _contents(vault)
    vault.sync_store.keep_receipts([office.receive([revision])])
    assert "withdrawal" in _contents(vault)
    assert differences(vault._db) == []


def test_cursors_and_witnesses_of_an_old_epoch_are_forgotten(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    _pull(vault, mate, *mate.sets_out())
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
    _pull(vault, mate, good, swapped, broken, unknown, impostor, shifted, after)
    _pull(vault, mate, broken)
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


def test_a_key_that_changes_is_never_believed(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    _pull(vault, mate, mate.note("one", "real", a_tag("1")))
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
    _pull(vault, mate, real)
    _pull(vault, mate, again)
    assert vault._db.rows("SELECT code FROM set_aside") == [("revision.collision",)]
    assert [row.entry.text for row in vault.questions.entries(EntryFilter())] == ["real"]


def test_a_content_that_came_later_is_filled_in_and_never_replaced(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    revision = mate.note("one", "disclosed", a_tag("1"))
    _pull(vault, mate, revision.sealed())
    assert vault.questions.entries(EntryFilter()) == []
    _pull(vault, mate, dataclasses.replace(revision, content=b'{"text":"other"}'))
    assert vault._db.rows("SELECT code FROM set_aside") == [("revision.digest",)]
    changes = vault.sync_store.apply_page([revision], [mate.device_key], CURSOR, WITNESS)
    assert changes.ids("entry") == {revision.envelope.record}
    assert [row.entry.text for row in vault.questions.entries(EntryFilter())] == ["disclosed"]
    _pull(vault, mate, revision.sealed(), revision)
    assert vault.verify() == []


def test_a_new_incarnation_goes_on_and_loses_nothing(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    note(vault, activity, "by the old device", tag())
    before = _leaving(vault)
    device, key = DeviceId(an_id("second")), SigningKey.generate()
    vault.sync_store.start_incarnation(device, key)
    note(vault, activity, "by the new device", tag())
    state = vault.sync_store.state()
    assert (state.identity.device, state.head.device, state.head.seq) == (device, device, 2)
    assert before.items() <= _leaving(vault).items()
    assert vault.verify() == []


def test_the_first_office_is_pinned_and_its_recovery_key_opens_the_vault(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder, clock)
    private, public = new_box_keys()
    Office().enrol(vault, recovery_key=public)
    with pytest.raises(Refusal, match=r"vault\.enrolled_elsewhere"):
        Office(key=SigningKey.generate()).enrol(vault)
    note(vault, a_meeting(vault), "kept")
    vault.close()
    recovered = recover_vault_by_office(folder, private, "a new passphrase for it", clock)
    assert [row.entry.text for row in recovered.questions.entries(EntryFilter())] == ["kept"]
    recovered.close()


def test_a_vault_on_its_own_has_nothing_to_say_to_an_office(vault: OpenVault) -> None:
    with pytest.raises(Refusal, match=r"send\.not_enrolled"):
        vault.sync_store.state()


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
