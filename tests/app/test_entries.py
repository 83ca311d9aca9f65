"""Notes: the first account stays; everything later stands beside it."""

from __future__ import annotations

import dataclasses
import functools
import re
from datetime import timedelta

import pytest

from fieldkit.app.assessments import revise_activity
from fieldkit.app.drafts import keep_draft
from fieldkit.app.entries import (
    NewEntry,
    add_addendum,
    file_evidence,
    record_entry,
    restore_entry,
    take_back_filing,
    withdraw_entry,
)
from fieldkit.app.rows import Draft, EntryFilter
from fieldkit.domain.assessment import Activity
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from storage.vault import OpenVault
from sync.translate import wire_revision
from sync.wire.frames import FrameWriter, compress, read_frames

TAG = EvidenceItem.new("ics", "learning-culture", "observation")


def test_a_note_keeps_when_it_was_noticed_and_when_it_was_entered(
    vault: OpenVault, board: Activity, clock: FixedClock
) -> None:
    noticed = clock.now()
    clock.advance(16 * 60)
    new = NewEntry(text="No date for the audit", noticed_at=noticed)
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, new))
    row = vault.questions.entry(entry.id)
    assert row.entry.noticed_at == noticed
    assert row.entry.entered_at == clock.now()
    assert row.entry.written_up_later


def test_fifteen_minutes_exactly_is_not_written_up_later(vault: OpenVault, board: Activity, clock: FixedClock) -> None:
    noticed = clock.now()
    clock.advance(15 * 60)
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="On time", noticed_at=noticed)))
    assert not entry.written_up_later


@pytest.mark.parametrize(
    ("new", "code"),
    [(NewEntry(text="  "), "entry.empty"), (NewEntry(text="x" * 1_000_001), "entry.too_long")],
)
def test_a_note_without_words_or_beyond_reason_is_a_mistake(
    vault: OpenVault, board: Activity, new: NewEntry, code: str
) -> None:
    with pytest.raises(Mistake) as caught:
        vault.perform(lambda uow: record_entry(uow, board, new))
    assert caught.value.code == code


def test_a_typed_time_in_the_future_is_a_mistake(vault: OpenVault, board: Activity, clock: FixedClock) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    new = NewEntry(text="Later", noticed_at=tomorrow, noticed_by_hand=True)
    with pytest.raises(Mistake, match=r"entry\.noticed_in_future"):
        vault.perform(lambda uow: record_entry(uow, board, new))


def test_a_clock_that_is_put_back_between_the_first_key_and_enter_refuses_no_note(
    vault: OpenVault, board: Activity, clock: FixedClock
) -> None:
    first_key = clock.now()
    clock.jump(-3)
    new = NewEntry(text="Typed while the time was corrected", noticed_at=first_key)
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, new))
    assert entry.noticed_at == entry.entered_at == clock.now()


def test_what_is_added_to_a_note_has_the_same_limit_as_the_note(vault: OpenVault, board: Activity) -> None:
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="Short")))
    for text, reason in (("x" * 1_000_001, "pasted"), ("x", "y" * 1_000_000)):
        with pytest.raises(Mistake, match=r"entry\.too_long"):
            vault.perform(functools.partial(add_addendum, entry=entry.id, text=text, reason=reason))
    for use in (withdraw_entry, restore_entry):
        with pytest.raises(Mistake, match=r"entry\.too_long"):
            vault.perform(functools.partial(use, entry=entry.id, reason="y" * 1_000_001))


@pytest.mark.parametrize("character", ["\N{GRINNING FACE}", "\x01", '"', "\0"])
def test_the_longest_text_of_the_costliest_character_fits_a_frame(
    vault: OpenVault, board: Activity, character: str
) -> None:
    words = character * 999_990 + "end"
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text=words)))
    vault.perform(lambda uow: add_addendum(uow, entry.id, words, "pasted"))
    assert vault.questions.entry(entry.id).entry.text == words
    for revision in vault.questions.revisions():
        payload = FrameWriter().revision(wire_revision(revision), revision.hash)
        assert list(read_frames(compress([payload])))


def test_no_record_is_made_that_no_frame_could_carry(vault: OpenVault, board: Activity) -> None:
    with pytest.raises(Mistake, match=r"revision\.too_large"):
        vault.perform(lambda uow: revise_activity(uow, dataclasses.replace(board, title="x" * 9_000_000)))


@pytest.mark.parametrize("text", ["a\ud800b", "\udc00", "end\ud83d"])
def test_half_a_character_is_kept_as_a_sign_for_one(vault: OpenVault, board: Activity, text: str) -> None:
    shown = re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text=text, speaker=text)))
    vault.perform(lambda uow: add_addendum(uow, entry.id, text, text))
    vault.perform(lambda uow: withdraw_entry(uow, entry.id, text))
    vault.perform(lambda uow: restore_entry(uow, entry.id, text))
    vault.perform(lambda uow: revise_activity(uow, dataclasses.replace(board, title=text)))
    draft = Draft(place="here", text=text, caret=1, noticed_at=None, kept_at=vault.questions.info().created_at)
    vault.perform(lambda uow: keep_draft(uow, draft))
    row = vault.questions.entry(entry.id)
    assert (row.entry.text, row.entry.speaker, row.addenda[0].text, row.addenda[0].reason) == (shown,) * 4
    kept = vault.questions.draft("here")
    assert kept is not None
    assert kept.text == shown
    assert len(vault.questions.search(text, EntryFilter())) == (1 if text[0].isalpha() else 0)
    assert vault.verify() == []


@pytest.mark.parametrize("text", ["nul\0second word", "\u202ebidi", "\ufeffbom", "\x01\x02control"])
def test_odd_characters_are_kept_as_they_are(vault: OpenVault, board: Activity, text: str) -> None:
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text=text)))
    assert vault.questions.entry(entry.id).entry.text == text
    assert vault.verify() == []


def test_a_mark_needs_no_words(vault: OpenVault, board: Activity) -> None:
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="", is_mark=True)))
    assert vault.questions.entry(entry.id).entry.is_mark


def test_enter_drops_the_draft_in_the_same_breath(vault: OpenVault, board: Activity, clock: FixedClock) -> None:
    draft = Draft(place="here", text="No da", caret=5, noticed_at=clock.now(), kept_at=clock.now())
    vault.perform(lambda uow: uow.keep_draft(draft))
    assert vault.questions.draft("here") == draft
    vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="No date"), draft="here"))
    assert vault.questions.draft("here") is None


def test_an_addendum_leaves_the_first_account_as_it_was(vault: OpenVault, board: Activity) -> None:
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="Ward 4 has no cover")))
    vault.perform(lambda uow: add_addendum(uow, entry.id, "It was ward 5", "I misheard"))
    row = vault.questions.entry(entry.id)
    assert row.entry.text == "Ward 4 has no cover"
    assert [(added.text, added.reason) for added in row.addenda] == [("It was ward 5", "I misheard")]


def test_an_addendum_and_a_withdrawal_need_a_reason(vault: OpenVault, board: Activity) -> None:
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="Words")))
    with pytest.raises(Mistake, match=r"addendum\.no_reason"):
        vault.perform(lambda uow: add_addendum(uow, entry.id, "More", " "))
    with pytest.raises(Mistake, match=r"withdrawal\.no_reason"):
        vault.perform(lambda uow: withdraw_entry(uow, entry.id, ""))


def test_a_withdrawal_can_be_taken_back_and_made_again(vault: OpenVault, board: Activity) -> None:
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="Words")))
    for _ in range(2):
        vault.perform(lambda uow: withdraw_entry(uow, entry.id, "Not ours"))
        assert vault.questions.entry(entry.id).withdrawal is not None
        with pytest.raises(Mistake, match=r"entry\.withdrawn"):
            vault.perform(lambda uow: withdraw_entry(uow, entry.id, "Again"))
        vault.perform(lambda uow: restore_entry(uow, entry.id))
        assert vault.questions.entry(entry.id).withdrawal is None
    assert vault.verify() == []


def test_the_same_tag_is_not_put_on_twice(vault: OpenVault, board: Activity) -> None:
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="Words", evidence=(TAG,))))
    same = EvidenceItem.new(TAG.pack, TAG.statement, TAG.category)
    assert vault.perform(lambda uow: file_evidence(uow, entry.id, [same]))[0] is None


def test_taking_back_a_filing_restores_the_tags_there_were(vault: OpenVault, board: Activity) -> None:
    entry, _ = vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="Words", evidence=(TAG,))))
    other = EvidenceItem.new("ics", "safeguarding", "processes", Bearing.SHORTFALL, strong=True)
    filing, _ = vault.perform(lambda uow: file_evidence(uow, entry.id, [other], [TAG.id]))
    assert [item.statement for item in vault.questions.entry(entry.id).evidence] == ["safeguarding"]
    assert filing is not None
    vault.perform(lambda uow: take_back_filing(uow, filing))
    assert [item.statement for item in vault.questions.entry(entry.id).evidence] == ["learning-culture"]


def test_an_error_leaves_nothing_behind(vault: OpenVault, board: Activity) -> None:
    before = vault.questions.info().revisions

    def half(uow: object) -> None:
        record_entry(uow, board, NewEntry(text="Half done"))  # type: ignore[arg-type]
        raise Mistake("entry.empty")

    with pytest.raises(Mistake):
        vault.perform(half)
    assert vault.questions.info().revisions == before
    assert vault.questions.entries(EntryFilter(activity=board.id)) == []
