"""What leaves a vault and what stays: its own tags and its own memory of what it sent decide, nobody else's word."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

from fieldkit.app.entries import add_addendum, file_evidence, restore_entry, withdraw_entry
from fieldkit.app.rows import EntryFilter, SendStatus
from fieldkit.domain.entry import Entry, Filing
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, RevisionId
from storage.rebuilding import differences
from storage.vault import OpenVault, open_vault
from tests.storage.office import Office, send
from tests.storage.team import Teammate, a_tag, an_id
from tests.storage.waiting import CURSOR, WITNESS, contents, leaving, pull, status
from tests.support.vaults import PASSPHRASE, a_meeting, do, new_vault, note, tag


def test_an_untagged_note_leaves_only_its_envelope(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    tagged, untagged = note(vault, activity, "tagged", tag()), note(vault, activity, "private words")
    sent = office.take_all(vault)
    by_record = {str(item.revision.envelope.record): item.revision for item in sent}
    assert by_record[tagged.id].content is not None
    assert by_record[untagged.id].content is None
    assert status(vault, tagged.id) is SendStatus.CONFIRMED
    assert status(vault, untagged.id) is SendStatus.STAYS
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
    assert status(vault, entry.id) is SendStatus.WAITING
    office.take_all(vault)
    assert status(vault, entry.id) is SendStatus.CONFIRMED
    assert differences(vault._db) == []


def test_withdrawing_before_sending_keeps_the_words_here(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "meant otherwise", tag())
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "wrong person"))
    assert "entry" not in contents(vault)
    assert "withdrawal" not in contents(vault)
    do(vault, lambda uow: restore_entry(uow, entry.id))
    assert {"entry", "withdrawal"} <= set(contents(vault))


def test_a_withdrawal_follows_a_note_whose_receipt_was_lost(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "handed out", tag())
    send(vault)  # and the reply never came
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "twice"))
    assert {"entry", "withdrawal"} <= set(contents(vault))


def test_listing_what_waits_or_is_held_sends_nothing(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    withdrawn, untagged = note(vault, activity, "regretted", tag()), note(vault, activity, "untagged again", tag())
    vault.sync_store.outgoing(0, 100)
    vault.sync_store.held(0, 100)
    do(vault, lambda uow: withdraw_entry(uow, withdrawn.id, "should not have been written"))
    do(vault, lambda uow: file_evidence(uow, untagged.id, removed=[untagged.evidence[0].id]))
    assert "entry" not in contents(vault)
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
    assert contents(vault).count("entry") == 2
    vault.sync_store.unmark_offered([two])
    assert contents(vault).count("entry") == 1
    assert (status(vault, first.id), status(vault, second.id)) == (SendStatus.WAITING, SendStatus.STAYS)
    assert differences(vault._db) == []


def test_what_was_withdrawn_while_the_request_was_made_is_not_marked(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    kept, entry = note(vault, activity, "kept", tag()), note(vault, activity, "withdrawn just now", tag())
    leaving = [item.revision.envelope.id for item in vault.sync_store.outgoing(0, 100) if item.revision.content]
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "twice"))
    assert vault.sync_store.mark_offered(leaving) is None
    do(vault, lambda uow: withdraw_entry(uow, kept.id, "twice"))
    assert "entry" not in contents(vault)


def test_a_receipt_for_the_content_of_a_note_that_never_was_to_leave_makes_nothing_leave(
    vault: OpenVault, office: Office
) -> None:
    entry = note(vault, a_meeting(vault), "private words")
    do(vault, lambda uow: add_addendum(uow, entry.id, "more private words", "asked"))
    sent = office.take_all(vault)
    (sealed,) = [item.revision for item in sent if item.revision.envelope.kind == "entry"]
    assert sealed.content is None
    vault.sync_store.keep_receipts([office.receive([sealed], has_content=True)])
    assert status(vault, entry.id) is SendStatus.STAYS
    assert {"entry", "addendum"}.isdisjoint(contents(vault))
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
    pull(vault, stranger, forged)
    assert len(vault.questions.entry(entry.id).evidence) == 1, "it shows as any team-mate's tag does"
    assert status(vault, entry.id) is SendStatus.STAYS
    assert contents(vault) == []
    vault.rebuild()
    assert contents(vault) == []


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
    assert status(image, entry.id) is SendStatus.WAITING
    image.close()


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
    assert later.id in leaving(vault)
    vault.rebuild()
    assert later.id in leaving(vault)
    assert not vault.questions.standing().everything_is_there


def test_nobody_elses_tag_makes_an_unsent_note_leave(vault: OpenVault, office: Office) -> None:
    entry = note(vault, a_meeting(vault), "private words")
    mate = Teammate("ann")
    filing = mate.files("x", a_tag("1"))
    body = filing.body() | {"entry": entry.id, "assessment": entry.assessment}
    forged = mate.say(
        an_id("forged"), Filing.from_content(an_id("forged"), body), assessment=AssessmentId(entry.assessment)
    )
    pull(vault, mate, forged)
    assert leaving(vault)[vault._db.rows("SELECT id FROM revisions WHERE record = ?", (entry.id,))[0][0]] is False
    assert status(vault, entry.id) is SendStatus.STAYS


def test_what_is_added_to_a_team_mates_note_leaves(vault: OpenVault, office: Office) -> None:
    mate = Teammate("ann")
    pull(vault, mate, *mate.sets_out(), mate.note("one", "theirs", a_tag("1")))
    do(vault, lambda uow: add_addendum(uow, EntryId(an_id("entry", "one")), "ours", "asked"))
    assert "addendum" in contents(vault)
    (row,) = vault.questions.entries(EntryFilter())
    assert (row.status, row.author_name, row.is_mine) == (SendStatus.FROM_TEAM, "ann", False)


def test_a_content_found_at_the_office_takes_its_withdrawal_along(vault: OpenVault, office: Office) -> None:
    # As after a restored backup: that the note was handed out is forgotten here, and only the receipt tells.
    entry = note(vault, a_meeting(vault), "handed out and forgotten", tag())
    (revision,) = [one for one in vault.questions.revisions() if str(one.envelope.record) == entry.id]
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "twice"))
    assert "withdrawal" not in contents(vault)
    vault.sync_store.keep_receipts([office.receive([revision])])
    assert "withdrawal" in contents(vault)
    assert differences(vault._db) == []
