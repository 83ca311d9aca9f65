"""The capture line: the first key stamps, Enter saves, nothing typed is ever lost or changed behind one's back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from fieldkit.capture.captured import Read
from fieldkit.capture.names import NameBook
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, Trouble
from tests.presenters.room import Room, failing, type_line
from ui.presenters.log.capture_line import CaptureLine


def test_the_time_of_a_note_is_its_first_key_however_late_enter_comes(room: Room) -> None:
    log = room.open_log()
    began = room.clock.now()
    type_line(log, "W")
    room.later.pass_seconds(30)
    type_line(log, "ho owns the plan?")
    log.save()
    (row,) = room.rows()
    assert row.entry.noticed_at == began
    assert row.entry.entered_at == began + timedelta(seconds=30)
    assert not row.entry.written_up_later


def test_an_emptied_line_forgets_its_time(room: Room) -> None:
    log = room.open_log()
    type_line(log, "x")
    log.line.typed("", 0)
    assert log.line.state.noticed_at is None
    room.later.pass_seconds(5)
    began = room.clock.now()
    type_line(log, "Second thought")
    assert log.line.state.noticed_at == began


def test_words_code_enter_is_enough_for_a_tagged_note(room: Room) -> None:
    log = room.open_log()
    type_line(log, "ch: who owns the plan? #lc-")
    assert log.line.state.suggestions
    assert not log.line.accept_or_save()
    log.save()
    (row,) = room.rows()
    assert (row.entry.speaker, row.entry.text) == ("ch", "who owns the plan?")
    assert [(item.statement, item.bearing.value) for item in row.evidence] == [("learning-culture", "shortfall")]


def test_enter_completes_a_code_that_was_not_typed_in_full(room: Room) -> None:
    log = room.open_log()
    type_line(log, "No audit #lear")
    assert log.line.accept_or_save()
    assert log.line.state.text == "No audit #lc"
    assert room.rows() == []


def test_a_line_that_is_nothing_but_a_persons_code_becomes_their_line(room: Room) -> None:
    log = room.open_log()
    type_line(log, "ch")
    assert log.line.accept_or_save()
    assert (log.line.state.text, log.line.state.caret) == ("ch: ", 4)


def test_a_first_word_that_begins_like_a_role_is_still_saved_as_a_word(room: Room) -> None:
    log = room.open_log()
    type_line(log, "chai")
    assert log.line.state.suggestions
    assert not log.line.accept_or_save()


def test_a_sign_alone_lists_what_was_used_last_and_enter_saves_it_as_it_is(room: Room) -> None:
    log = room.open_log()
    type_line(log, "first #sg")
    log.save()
    type_line(log, "room #")
    assert [one.choice.code for one in log.line.state.suggestions.candidates] == ["sg"]
    assert not log.line.accept_or_save()
    assert log.line.accept()
    assert log.line.state.text == "room #sg"


def test_space_accepts_letters_and_leaves_numbers_in_prose_alone(room: Room) -> None:
    log = room.open_log()
    type_line(log, "seen #lc")
    assert log.line.accept_exact()
    assert log.line.state.text == "seen #lc "
    log.line.typed("", 0)
    type_line(log, "room #12")
    assert not log.line.accept_exact()


def test_esc_leaves_the_word_as_text_and_the_list_stays_away(room: Room) -> None:
    log = room.open_log()
    type_line(log, "the #lc")
    assert log.line.dismiss()
    log.save()
    (row,) = room.rows()
    assert row.entry.text == "the #lc"
    assert row.evidence == ()


def test_the_arrows_choose_and_wrap_round(room: Room) -> None:
    log = room.open_log()
    type_line(log, "#l")
    count = len(log.line.state.suggestions.candidates)
    log.line.choose(-1)
    assert log.line.state.chosen == count - 1
    log.line.choose(1)
    assert log.line.state.chosen == 0


def test_what_was_understood_is_marked(room: Room) -> None:
    log = room.open_log()
    type_line(log, "ch: late again #lc @pr")
    assert [mark.read for mark in log.line.state.marks] == [Read.SPEAKER, Read.TAG, Read.CATEGORY]


def test_choosing_a_person_puts_their_code_in_front_and_only_once(room: Room) -> None:
    log = room.open_log()
    type_line(log, "late again")
    log.line.set_speaker("ch")
    log.line.set_speaker("ch")
    assert log.line.state.text == "ch: late again"


def test_a_draft_is_on_disk_four_tenths_after_the_last_key(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Half a sen")
    assert room.vault.questions.drafts() == []
    room.later.pass_seconds(0.4)
    (draft,) = room.vault.questions.drafts()
    assert draft.text == "Half a sen"


def test_a_draft_is_on_disk_every_second_while_keys_keep_coming(room: Room) -> None:
    log = room.open_log()
    for letter in "typing without a pause for more than a second":
        type_line(log, letter)
        room.later.pass_seconds(0.1)
    (draft,) = room.vault.questions.drafts()
    assert len(log.line.state.text) - len(draft.text) <= 10


def test_after_a_crash_the_words_are_there_without_a_question(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Half a #lc sen")
    room.later.pass_seconds(0.5)
    stamp = log.line.state.noticed_at
    room.crash_and_reopen()
    again = room.open_log()
    assert again.line.state.text == "Half a #lc sen"
    assert again.line.state.noticed_at == stamp
    assert again.state.recovered == "Recovered what you were typing at 09:00"


def test_going_away_and_coming_back_is_no_recovery(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Half a sen")
    log.close()
    again = room.open_log()
    assert again.line.state.text == "Half a sen"
    assert again.state.recovered == ""


def test_a_note_that_could_not_be_saved_stays_on_the_screen_and_is_saved_later(room: Room) -> None:
    log = room.open_log()
    type_line(log, "The disk is full now")
    mend = failing(room.vault, Trouble("disk.full"))
    log.save()
    assert log.line.state.text == ""
    assert [note.line.text for note in log.hand_over.waiting.stuck] == ["The disk is full now"]
    assert log.state.fault.startswith("Not saved. This laptop is full. Your text is still on screen")
    assert room.said[-1].startswith("! Not saved")
    mend()
    log.save_again()
    assert log.hand_over.waiting.notes == ()
    assert log.state.fault == ""
    assert [row.entry.text for row in room.rows()] == ["The disk is full now"]


def test_an_unsaved_note_is_tried_again_by_itself_and_outlives_a_crash(room: Room) -> None:
    log = room.open_log()
    type_line(log, "First, not saved")
    room.later.pass_seconds(0.5)
    mend = failing(room.vault, Trouble("disk.full"))
    log.save()
    mend()
    type_line(log, "Second, half typ")
    room.later.pass_seconds(0.5)
    room.crash_and_reopen()
    again = room.open_log()
    assert [row.entry.text for row in room.rows()] == ["First, not saved"]
    assert again.line.state.text == "Second, half typ"


def test_a_waiting_note_is_offered_again_after_five_seconds(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Slow disk")
    mend = failing(room.vault, Trouble("disk.full"))
    log.save()
    mend()
    room.later.pass_seconds(5)
    assert [row.entry.text for row in room.rows()] == ["Slow disk"]


def test_a_note_the_vault_refuses_can_be_taken_back_and_changed(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Too long")
    mend = failing(room.vault, Mistake("entry.too_long", field="text", longest="5"))
    log.save()
    mend()
    (stuck,) = log.hand_over.waiting.stuck
    log.edit_stuck(stuck.place)
    assert log.line.state.text == "Too long"
    log.save()
    assert [row.entry.text for row in room.rows()] == ["Too long"]
    assert room.vault.questions.drafts() == []


def test_a_clock_that_goes_back_while_typing_never_stops_a_save(room: Room) -> None:
    log = room.open_log()
    type_line(log, "The clock ")
    room.clock.jump(-3600)
    type_line(log, "moved")
    log.save()
    (row,) = room.rows()
    assert row.entry.noticed_at == row.entry.entered_at
    assert [remark.text for remark in log.state.remarks] == [
        "The laptop clock moved back 1 hour. Notes keep the order you typed them"
    ]
    type_line(log, "Said once")
    log.save()
    assert log.state.remarks == ()


def test_the_time_can_be_said_when_it_is_written_up_later(room: Room) -> None:
    log = room.open_log()
    type_line(log, "From the corridor")
    log.set_time("8.15")
    log.save()
    (row,) = room.rows()
    assert row.entry.written_up_later
    with pytest.raises(Mistake):
        log.set_time("23:00")
    with pytest.raises(Mistake):
        log.set_time("a quarter past")


def test_a_name_is_seen_once_it_is_finished_and_one_key_puts_the_code_there() -> None:
    clock, book = FixedClock(datetime(2026, 11, 12, 9, 30, tzinfo=UTC)), NameBook.of({"p1": "Amara Okafor"})
    line = CaptureLine(Vocabulary(frameworks=()), clock, lambda: None, names=lambda: book)
    text = "Then Mrs Okafor met Jo Bloggs"
    line.typed(text, len(text))
    assert [one.code for one in line.state.names] == ["p1"]  # the last one is still being typed
    line.typed(f"{text} there", len(text) + 6)
    assert line.replace_name() == "[name]"
    assert line.state.text == "Then Mrs Okafor met [name] there"
    assert line.replace_name() == "P1"
    assert line.state.text == "Then P1 met [name] there"
    assert line.state.caret == len(line.state.text)
    assert line.replace_name() == ""
