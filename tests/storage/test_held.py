"""Notes that a consent bars: kept, shown as held, counted nowhere, and leaving by no way that was still open."""

from __future__ import annotations

import functools

import pytest

from fieldkit.app.entries import NewEntry, add_addendum, file_evidence, record_entry
from fieldkit.app.filters import parse
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import EntryFilter, Facet, SendStatus, Term
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.entry import Entry
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import RecordId, RevisionId, new_id
from storage import bars
from storage.rebuilding import differences
from storage.vault import OpenVault, open_vault
from tests.storage.office import Office
from tests.storage.team import Teammate, a_tag, an_id
from tests.storage.waiting import CURSOR, WITNESS, contents, leaving, pull, status
from tests.support.vaults import PASSPHRASE, a_meeting, do, note, tag


def consent(vault: OpenVault, activity: Activity, agreed: Agreed, over: Consent | None = None) -> Consent:
    """A consent about the activity, or its next account."""
    record = over.id if over else RecordId(new_id())
    value = Consent(id=record, assessment=activity.assessment, about=RecordId(activity.id), agreed=agreed)
    do(vault, functools.partial(revise if over else keep, value=value, priority=0))
    return value


def test_withdrawing_consent_holds_every_note_at_once_and_giving_it_again_lets_them_go(
    vault: OpenVault, office: Office
) -> None:
    activity = a_meeting(vault)
    given = consent(vault, activity, Agreed.GIVEN)
    notes = [note(vault, activity, f"said {n}", tag()) for n in range(3)]
    withdrawn = consent(vault, activity, Agreed.WITHDRAWN, given)
    rows = vault.questions.entries(EntryFilter(activity=activity.id))
    assert {(row.status, row.barred) for row in rows} == {(SendStatus.STAYS, Agreed.WITHDRAWN)}
    assert "entry" not in contents(vault)
    assert contents(vault)[:2] == ["consent", "consent"], "what tells of it goes first"
    assert vault.questions.coverage(activity.assessment, "ics") == {}
    late = note(vault, activity, "noted after", tag())
    assert vault.questions.entry(late.id).barred is Agreed.WITHDRAWN
    assert vault.questions.exposure().staying == 4
    assert (vault.questions.send_preview().entries_leaving, vault.questions.send_preview().entries_staying) == (0, 4)
    assert {item.is_barred for item in vault.questions.staying_items()} == {True}
    assert differences(vault._db) == []
    consent(vault, activity, Agreed.GIVEN, withdrawn)
    assert contents(vault).count("entry") == len(notes) + 1
    assert sum(cell.items for cell in vault.questions.coverage(activity.assessment, "ics").values()) == 4
    assert differences(vault._db) == []


def test_screens_are_told_of_every_note_that_a_consent_changes(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    mine = note(vault, activity, "said")
    ann = Teammate("ann")
    pull(vault, ann, *ann.sets_out(), ann.note("one", "said there"))
    value = Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), agreed=Agreed.WITHDRAWN
    )
    _, changes = vault.perform(lambda uow: keep(uow, value))
    assert (set(changes.ids("entry")), set(changes.ids("consent"))) == ({str(mine.id)}, {str(value.id)})
    withdrawn = ann.consent("all", Agreed.REFUSED, about=an_id("activity"))
    told = vault.sync_store.apply_page([withdrawn], [ann.device_key], CURSOR, WITNESS)
    assert told.ids("entry") == {an_id("entry", "one")}


def test_what_was_sent_stays_sent_and_nothing_is_added_to_it_by_sending(vault: OpenVault, office: Office) -> None:
    activity = a_meeting(vault)
    entry = note(vault, activity, "sent", tag())
    office.take_all(vault)
    given = consent(vault, activity, Agreed.REFUSED)
    do(vault, lambda uow: add_addendum(uow, entry.id, "and more of their words", "remembered"))
    do(vault, lambda uow: file_evidence(uow, entry.id, removed=[entry.evidence[0].id]))
    row = vault.questions.entry(entry.id)
    assert (row.barred, row.status) == (Agreed.REFUSED, SendStatus.WAITING)
    assert sorted(contents(vault)) == ["consent", "filing"]
    office.take_all(vault)
    assert vault.questions.exposure().entries == 1, "the words that were added are nowhere else"
    assert vault.sync_store.outgoing(0, 10) == []
    kept = [one.revision for one in vault.sync_store.held(0, 99) if one.revision.envelope.kind == "addendum"]
    assert [revision.content for revision in kept] == [None]
    assert differences(vault._db) == []
    consent(vault, activity, Agreed.GIVEN, given)
    assert "addendum" in contents(vault)


def test_a_note_whose_request_got_no_answer_is_not_sent_again_while_it_is_held(
    vault: OpenVault, office: Office
) -> None:
    activity = a_meeting(vault)
    entry = note(vault, activity, "on its way", tag())
    assert vault.sync_store.mark_offered([RevisionId(entry.id)]) == (RevisionId(entry.id),)
    refused = consent(vault, activity, Agreed.REFUSED)
    assert leaving(vault)[entry.id] is False
    assert status(vault, entry.id) is SendStatus.STAYS
    assert vault.sync_store.mark_offered([RevisionId(entry.id)]) is None
    consent(vault, activity, Agreed.GIVEN, refused)
    assert leaving(vault)[entry.id] is True


def test_words_added_to_a_team_mates_note_wait_while_it_is_held(vault: OpenVault) -> None:
    ann = Teammate("ann")
    said = ann.note("one", "from the team", a_tag("1"))
    pull(vault, ann, *ann.sets_out(), said)
    entry = vault.questions.entries(EntryFilter())[0].entry
    do(vault, lambda uow: add_addendum(uow, entry.id, "mine", "heard too"))
    assert "addendum" in contents(vault)
    pull(vault, ann, ann.consent("group", Agreed.WITHDRAWN, about=entry.activity))
    row = vault.questions.entry(entry.id)
    assert (row.barred, row.status) == (Agreed.WITHDRAWN, SendStatus.FROM_TEAM)
    assert "addendum" not in contents(vault)
    assert {one.entry.id for one in vault.questions.exposed()} == {entry.id}


@pytest.mark.parametrize(("speaker", "barred"), [("p1", Agreed.WITHDRAWN), ("p2", None), (None, None)])
def test_one_person_of_a_group_takes_back_what_they_said_and_nothing_else(
    vault: OpenVault, speaker: str | None, barred: Agreed | None
) -> None:
    activity = a_meeting(vault)
    value = Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), agreed=Agreed.WITHDRAWN,
        person="P1",
    )  # fmt: skip
    new = NewEntry(text="said in the group", speaker=speaker, evidence=(tag(),))
    entry: Entry = do(vault, lambda uow: record_entry(uow, activity, new))
    do(vault, functools.partial(keep, value=value))
    assert vault.questions.entry(entry.id).barred is barred


def test_what_belongs_to_a_held_activity_is_held_however_many_steps_away_and_what_protects_is_not(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = a_meeting(vault)
    consent(vault, activity, Agreed.WITHDRAWN)
    about = note(vault, activity, "said").id
    held = {
        record: bars.of_records(vault._db, [(kind, activity.assessment, record, place)])
        for kind, record, place in (
            ("case", "a", activity.id), ("attachment", "b", about), ("escalation", "c", activity.id),
            ("guide", "d", None), ("attachment", "e", an_id("elsewhere")),
        )
    }  # fmt: skip
    assert held == {"a": {"a": Agreed.WITHDRAWN}, "b": {"b": Agreed.WITHDRAWN}, "c": {}, "d": {}, "e": {}}
    monkeypatch.setattr(bars, "_above", lambda _, tops: {top: activity.id for top in tops if top == "case"})
    steps = bars.of_records(vault._db, [("touchpoint", activity.assessment, "event", "case")])
    assert steps == {"event": Agreed.WITHDRAWN}


def test_held_notes_are_found_by_a_filter_and_their_words(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    consent(vault, activity, Agreed.WITHDRAWN)
    entry = note(vault, activity, "about the ward")
    held = Term(facet=Facet.MARK, values=("held",))
    assert [row.entry.id for row in vault.questions.entries(EntryFilter(terms=(held,)))] == [entry.id]
    assert [hit.row.entry.id for hit in vault.questions.search("ward", EntryFilter())] == [entry.id]
    assert vault.questions.visit_left(activity.visit, None).untagged == 0, "nobody is asked to tag what is held"
    assert parse("is:held")


def test_a_vault_without_refusals_is_never_asked_for_one_when_a_note_is_recorded(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    consent(vault, activity, Agreed.GIVEN)
    note(vault, activity, "the first asks once")
    asked: list[str] = []
    vault._db._raw.set_trace_callback(asked.append)
    note(vault, activity, "the others never", tag())
    vault._db._raw.set_trace_callback(None)
    assert any("INSERT INTO entries" in sql for sql in asked)
    assert [sql for sql in asked if "bars" in sql] == []


def test_a_refused_consent_that_is_rolled_back_bars_nothing_and_one_kept_later_does(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    value = Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), agreed=Agreed.REFUSED
    )

    def broken_off(uow: object) -> None:
        keep(uow, value)  # type: ignore[arg-type]
        raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        vault.perform(broken_off)
    assert vault.questions.entry(note(vault, activity, "one").id).barred is None
    do(vault, functools.partial(keep, value=value))
    assert vault.questions.entry(note(vault, activity, "two").id).barred is Agreed.REFUSED
    assert bars.are_there(vault._db)


def test_what_an_earlier_version_kept_unread_is_read_on_the_first_opening(vault: OpenVault, clock: FixedClock) -> None:
    ann = Teammate("ann")
    pull(vault, ann, *ann.sets_out(), ann.note("one", "said", a_tag("1")))
    pull(vault, ann, ann.consent("all", Agreed.WITHDRAWN, about=an_id("activity")))
    with vault._db.transaction():  # as the version before left it: it knew no consents
        consents = [row[0] for row in vault._db.rows("SELECT n FROM revisions WHERE kind = 'consent'")]
        vault._db.run("DELETE FROM records WHERE kind = 'consent'")
        vault._db.run("DELETE FROM bars")
        vault._db.run("UPDATE entries SET barred = 0")
        vault._db.many("INSERT INTO later (n, why) VALUES (?, 'later')", [(n,) for n in consents])
        vault._db.run("UPDATE facts SET value = '0.0.1 less' WHERE name = 'reads'")
    folder = vault.folder
    vault.close()
    again = open_vault(folder, PASSPHRASE, clock)
    try:
        assert [row.barred for row in again.questions.entries(EntryFilter())] == [Agreed.WITHDRAWN]
        assert again.verify() == []
    finally:
        again.close()


def test_notes_that_an_earlier_version_did_not_follow_to_their_case_are_held_on_the_first_opening(
    vault: OpenVault, clock: FixedClock
) -> None:
    meeting, track = a_meeting(vault), a_meeting(vault, name="Other")
    case = Case(id=RecordId(new_id()), assessment=meeting.assessment, code="C01", activity=track.id)
    do(vault, functools.partial(keep, value=case))
    entry: Entry = do(vault, lambda uow: record_entry(uow, meeting, NewEntry(text="said there", about=case.id)))
    value = Consent(
        id=RecordId(new_id()), assessment=meeting.assessment, about=RecordId(track.id), agreed=Agreed.WITHDRAWN
    )
    do(vault, functools.partial(keep, value=value))
    assert vault.questions.entry(entry.id).barred is Agreed.WITHDRAWN
    with vault._db.transaction():  # as the version before left it
        vault._db.run("UPDATE entries SET barred = 0")
        vault._db.run("UPDATE sieve SET marks = marks & ~256")
        vault._db.run("UPDATE facts SET value = replace(value, ' bars 2', '') WHERE name = 'reads'")
    folder = vault.folder
    vault.close()
    again = open_vault(folder, PASSPHRASE, clock)
    try:
        assert again.questions.entry(entry.id).barred is Agreed.WITHDRAWN
        assert again.verify() == []
    finally:
        again.close()
