"""The live log: marks, agenda items, pins, remarks, and undo for everything that is done to a note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, Term
from fieldkit.domain.entry import Risk
from fieldkit.domain.evidence import Bearing
from fieldkit.kernel.errors import Trouble
from tests.presenters.room import Room, failing, type_line
from ui.presenters.log.amend import AddWords, Withdraw
from ui.presenters.log.live_log import LiveLog
from ui.presenters.log.meeting_clock import ClockState, MeetingClock
from ui.presenters.log.panels import AddPerson, EditPerson, Panels
from ui.presenters.log.remarks import Remedy
from ui.presenters.log.tag_picker import TagPicker
from ui.presenters.wording import ui


def _note(log: LiveLog, line: str) -> None:
    type_line(log, line)
    log.save()


def _panels(room: Room, log: LiveLog) -> Panels:
    return Panels(
        room.session, log.facts.visit, log.facts.frameworks, log.actions, lambda _: log.facts.activity, log.troubled
    )


def test_a_mark_leaves_the_line_alone(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Half a sen")
    log.mark()
    (row,) = room.rows()
    assert row.entry.is_mark
    assert row.entry.text == ""
    assert log.line.state.text == "Half a sen"
    assert "Moment marked 09:00" in room.said


def test_notes_belong_to_the_agenda_item_of_the_moment_which_is_remembered(room: Room) -> None:
    log = room.open_log()
    assert log.state.item_title == "Quality report"
    _note(log, "First")
    log.move_item(1)
    _note(log, "Second")
    log.move_item(1)
    assert room.said[-2:] == ["Item 3 of 3, Winter plan", "Saved"]
    first, second = (row.entry.agenda_item for row in room.rows())
    assert first != second
    room.crash_and_reopen()
    assert room.open_log().state.item_title == "Winter plan"


def test_pinned_tags_are_added_to_new_notes_until_cleared(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Pin this #lc")
    log.pin()
    log.save()
    _note(log, "Pinned too")
    _note(log, "With its own #sg")
    log.clear_pins()
    _note(log, "Bare")
    tags = [[item.statement for item in row.evidence] for row in room.rows()]
    assert tags == [["learning-culture"], ["learning-culture"], ["safeguarding", "learning-culture"], []]


def test_pins_are_kept_in_the_vault(room: Room) -> None:
    log = room.open_log()
    type_line(log, "x #lc")
    log.pin()
    room.crash_and_reopen()
    assert room.open_log().state.pins == ("Q2 Learning culture",)


def test_tags_without_words_go_to_the_note_above(room: Room) -> None:
    log = room.open_log()
    _note(log, "Nobody knew")
    _note(log, "#lc-")
    (row,) = room.rows()
    assert [(item.statement, item.bearing) for item in row.evidence] == [("learning-culture", Bearing.SHORTFALL)]
    assert room.session.undo.state.message == "Tag added to the note of 09:00"


def test_alt_and_a_number_puts_a_category_on_and_takes_it_off(room: Room) -> None:
    log = room.open_log()
    type_line(log, "Seen #lc")
    log.toggle_category(5)
    assert log.line.state.text == "Seen #lc @pr"
    assert log.line.state.caret == len("Seen #lc")
    assert log.state.category == "Processes"
    log.toggle_category(6)
    assert log.line.state.text == "Seen #lc @ou"
    log.toggle_category(6)
    assert log.line.state.text == "Seen #lc"


def test_remarks_are_quiet_and_come_one_after_another(room: Room) -> None:
    log = room.open_log()
    _note(log, "! xy: ring 943 476 5919 about #lx")
    texts = [remark.text for remark in log.state.remarks]
    assert "looks like an NHS number" in texts[0], "what must not be in a note comes first"
    remedies = [remark.remedy for remark in log.state.remarks]
    assert remedies[:3] == [Remedy.WITHDRAW, Remedy.ADD_PERSON, Remedy.CHOOSE_TAG]
    assert texts[-1] == "Marked as a possible risk. No one has been told by this app"
    assert room.rows()[0].entry.risk is Risk.POSSIBLE
    log.dismiss_remark()
    assert [remark.text for remark in log.state.remarks] == texts[1:]
    _note(log, "All clear")
    assert log.state.remarks == ()


def test_undo_of_a_note_withdraws_it_and_redo_brings_it_back(room: Room) -> None:
    log = room.open_log()
    _note(log, "Said too much")
    assert not room.session.undo.state.offers_undo
    room.session.undo.undo()
    (row,) = room.rows()
    assert row.withdrawal is not None
    assert row.entry.text == "Said too much"
    room.session.undo.redo()
    assert room.rows()[0].withdrawal is None


def test_withdrawing_needs_a_reason_and_can_be_undone(room: Room) -> None:
    log = room.open_log()
    _note(log, "Names a person")
    panels = _panels(room, log)
    panels.withdraw(log.rows.rows[0])
    panel = panels.state.panel
    assert isinstance(panel, Withdraw)
    panel.give_reason(" ")
    panel.save()
    assert [error.text for error in panel.state.errors] == ["Enter a reason for withdrawing this note"]
    panel.give_reason("Names a person")
    panel.save()
    assert panels.state.panel is None
    assert room.rows()[0].withdrawal is not None
    assert room.session.undo.state.offers_undo
    room.session.undo.undo()
    assert room.rows()[0].withdrawal is None


def test_a_withdrawn_note_is_brought_back_by_the_same_key(room: Room) -> None:
    log = room.open_log()
    _note(log, "Too soon")
    log.actions.withdraw(room.rows()[0].entry.id, "Typed by mistake", lambda: None, log.troubled)
    _panels(room, log).withdraw(log.rows.rows[0])
    assert room.rows()[0].withdrawal is None


def test_correcting_adds_words_and_leaves_the_first_account(room: Room) -> None:
    log = room.open_log()
    _note(log, "Fourteen beds")
    panels = _panels(room, log)
    panels.add_words(log.rows.rows[0])
    panel = panels.state.panel
    assert isinstance(panel, AddWords)
    panel.typed("Forty beds", "")
    panel.save()
    assert [error.field for error in panel.state.errors] == ["reason"]
    panel.typed("Forty beds", "Misheard")
    panel.save()
    assert panels.state.panel is None
    (row,) = log.rows.rows
    assert row.entry.text == "Fourteen beds"
    assert [one.text for one in row.addenda] == ["Forty beds"]


def test_a_correction_begun_and_left_is_there_when_one_comes_back(room: Room) -> None:
    log = room.open_log()
    _note(log, "Fourteen beds")
    panels = _panels(room, log)
    panels.add_words(log.rows.rows[0])
    panel = panels.state.panel
    assert isinstance(panel, AddWords)
    panel.typed("Forty", "Mis")
    panels.close()
    panels.add_words(log.rows.rows[0])
    again = panels.state.panel
    assert isinstance(again, AddWords)
    assert (again.state.text, again.state.reason) == ("Forty", "Mis")


def _picker(room: Room, log: LiveLog, rows: list[EntryRow] | None = None) -> TagPicker:
    panels = _panels(room, log)
    panels.tag(log.rows.rows if rows is None else rows)
    assert isinstance(panels.state.panel, TagPicker)
    return panels.state.panel


def _tags(room: Room) -> list[list[str]]:
    return [sorted(item.statement for item in row.evidence) for row in room.rows()]


def test_a_fragment_and_enter_tag_all_notes_and_one_undo_takes_it_back(room: Room) -> None:
    log = room.open_log()
    for line in ("One", "Two #lc @pr", "Three"):
        _note(log, line)
    picker = _picker(room, log)
    picker.filtered("lc")
    assert [(option.code, option.words) for option in picker.state.options] == [("lc", "1 of 3 notes")]
    assert picker.state.options[0].will_be is None
    picker.bear(Bearing.STRENGTH)
    picker.save()
    assert _tags(room) == [["learning-culture"]] * 3
    assert [row.evidence[0].bearing.value for row in room.rows()] == ["strength", "neutral", "strength"]
    assert room.session.undo.state.message == "2 notes tagged Learning culture"
    room.session.undo.undo()
    assert _tags(room) == [[], ["learning-culture"], []]
    room.session.undo.redo()
    assert _tags(room) == [["learning-culture"]] * 3


def test_several_statements_are_put_on_and_taken_off_together(room: Room) -> None:
    log = room.open_log()
    _note(log, "One #lc")
    _note(log, "Two #lc #sg")
    picker = _picker(room, log)
    picker.filtered("lc")
    picker.toggle()
    assert (picker.state.options[0].will_be, picker.state.options[0].words) == (False, "to be taken off")
    picker.filtered("staffing")
    picker.toggle()
    assert picker.state.options[0].sentence == "Safe and effective staffing, st, ticked, to be added"
    picker.filtered("sg")
    for wanted in (True, False):
        picker.toggle()
        assert picker.state.options[0].will_be is wanted
    picker.toggle()
    picker.save()
    staffing = "safe-staffing"
    assert _tags(room) == [[staffing, "safeguarding"], [staffing, "safeguarding"]]
    room.session.undo.undo()
    assert _tags(room) == [["learning-culture"], ["learning-culture", "safeguarding"]]


def test_ticking_twice_is_as_it_was_and_enter_then_changes_nothing(room: Room) -> None:
    log = room.open_log()
    _note(log, "One #lc")
    before = room.session.undo.state.done
    picker = _picker(room, log)
    picker.filtered("lc")
    picker.toggle()
    picker.toggle()
    assert picker.state.options[0].wanted is None
    picker.filtered("")
    picker.save()
    assert (_tags(room), room.session.undo.state.done) == ([["learning-culture"]], before)


def test_what_was_used_last_stands_first_in_the_picker(room: Room) -> None:
    log = room.open_log()
    _note(log, "One #sg")
    _note(log, "Two #li")
    picker = _picker(room, log)
    assert [option.code for option in picker.state.options[:3]] == ["li", "sg", "hl"]
    assert picker.state.recent == "L6 Learning, improvement and innovation · Q6 Safeguarding"


def test_twelve_hundred_notes_are_tagged_in_one_deed_that_is_told_of_and_undone_at_once(room: Room) -> None:
    log = room.open_log()

    def many(uow: UnitOfWork) -> None:
        for number in range(1200):
            record_entry(uow, room.activity, NewEntry(text=f"Note {number}"))

    room.vault.perform(many)
    rows = room.vault.questions.entries(EntryFilter(limit=2000))
    picker = _picker(room, log, rows)
    picker.filtered("lc")
    picker.save()
    assert "Tagging 1,200 notes" in room.said
    assert room.session.undo.state.message == "1,200 notes tagged Learning culture"
    untagged = EntryFilter(terms=(Term(facet=Facet.MARK, values=("untagged",)),))
    assert room.vault.questions.tally(untagged).count == 0
    room.session.undo.undo()
    assert room.vault.questions.tally(untagged).count == 1200


def test_a_person_added_is_a_speaker_at_once(room: Room) -> None:
    log = room.open_log()
    type_line(log, "dn: no audit")
    assert log.line.state.captured.speaker is None
    panels = _panels(room, log)
    panels.add_person("dn")
    panel = panels.state.panel
    assert isinstance(panel, AddPerson)
    assert (panel.values["code"], panel.begins_at) == ("dn", "role")
    panel.submit()
    assert [error.field for error in panel.state.errors] == ["role"]
    panel.put("role", "Director of nursing")
    panel.put("organisation", "Acute trust")
    panel.submit()
    assert panels.state.panel is None
    assert log.line.state.captured.speaker == "dn"


def test_a_row_is_told_as_one_sentence(room: Room) -> None:
    log = room.open_log()
    _note(log, 'ch: "nobody rang me" #lc-- @pe')
    words = log.reader.words(log.rows.rows[0])
    assert words.sentence == (
        "09:00. Chair: nobody rang me. Exact words. Learning culture, serious shortfall. "
        "People's experience of health and care services. Saved on this laptop."
    )
    assert words.tags[0].chip == "Q2 lc−−"


def test_counting_words_are_right() -> None:
    assert (ui.count(1, "note"), ui.count(2, "note"), ui.count(1200, "note")) == ("1 note", "2 notes", "1,200 notes")


def test_a_category_for_chosen_notes_moves_their_tags_in_one_deed(room: Room) -> None:
    log = room.open_log()
    for line in ("One #lc", "Two #sg @pr", "Three"):
        _note(log, line)
    log.categorise(log.rows.rows, 6)
    assert [[item.category for item in row.evidence] for row in room.rows()] == [["outcomes"], ["outcomes"], []]
    assert room.session.undo.state.message == "2 notes filed under Outcomes"
    room.session.undo.undo()
    assert [[item.category for item in row.evidence] for row in room.rows()] == [["observation"], ["processes"], []]


def test_a_persons_role_can_be_changed_and_their_code_stays(room: Room) -> None:
    log = room.open_log()
    panels = _panels(room, log)
    panels.edit_person(log.state.people[0])
    panel = panels.state.panel
    assert isinstance(panel, EditPerson)
    panel.put("role", " ")
    panel.submit()
    assert [error.field for error in panel.state.errors] == ["role"]
    panel.put("role", "Acting chair")
    panel.put("organisation", "ICB")
    panel.submit()
    assert panels.state.panel is None
    assert [(one.code, one.role, one.organisation) for one in log.state.people] == [("ch", "Acting chair", "ICB")]


def test_whoever_speaks_and_is_not_on_the_list_can_be_added_from_the_line(room: Room) -> None:
    log = room.open_log()
    assert log.stranger == ""
    type_line(log, "xy: we were not asked")
    assert log.stranger == "xy"
    log.save()
    assert [remark.button for remark in log.state.remarks] == ["Add ‘xy’ as a person"]


def test_the_clock_of_the_meeting_counts_from_the_plan_and_else_from_the_first_note(room: Room) -> None:
    log = room.open_log()
    assert log.meeting.state == ClockState(text="00:30", words="30 minutes since 08:30")
    room.later.pass_seconds(60 * 61)
    assert log.meeting.state == ClockState(text="01:31", words="1 hour 31 minutes since 08:30")
    unplanned = MeetingClock(room.clock, room.later, replace(log.facts.activity, starts=""), log.rows)
    unplanned.tick()
    assert unplanned.state == ClockState()
    _note(log, "First")
    room.later.pass_seconds(120)
    unplanned.tick()
    assert unplanned.state == ClockState(text="00:02", words="2 minutes since 10:01")


def test_a_note_of_another_day_tells_its_day(room: Room) -> None:
    log = room.open_log()
    _note(log, "Yesterday")
    log.close()
    room.clock.advance(24 * 3600)
    again = room.open_log()
    _note(again, "Today")
    days = [again.reader.words(row).day for row in again.rows.rows]
    assert days == [ui.short_day(again.rows.rows[0].entry), ""]
    assert again.reader.words(again.rows.rows[0]).sentence.startswith(f"{days[0]} 09:00. Yesterday")


def test_follow_ups_and_marks_of_the_whole_log_are_listed_newest_first(room: Room) -> None:
    log = room.open_log()
    _note(log, "? first")
    log.mark()
    _note(log, "? second")
    _note(log, "plain")
    assert [row.entry.text for row in log.flagged.state.follow_ups] == ["second", "first"]
    assert len(log.flagged.state.marks) == 1
    room.session.undo.undo()
    room.session.undo.undo()
    assert [row.entry.text for row in log.flagged.state.follow_ups] == ["first"]
    again = room.open_log()
    assert [row.entry.text for row in again.flagged.state.follow_ups] == ["first"]


def test_what_the_disk_does_not_take_can_be_kept_in_another_place(room: Room, tmp_path: Path) -> None:
    log = room.open_log()
    mend = failing(room.vault, Trouble("vault.read_only", folder="/vault"))
    _note(log, "Nobody owns the plan")
    assert log.state.fault.endswith("Select Save a copy to keep it in another place")
    assert "is not letting FieldKit write to the vault. Your text is still on screen" in log.state.fault
    type_line(log, "Half a sen")
    copy = tmp_path / "copy.txt"
    log.save_copy(copy)
    lines = copy.read_text(encoding="utf-8").splitlines()
    assert [line.split("  ", 1)[1] for line in lines[2:]] == ["Nobody owns the plan", "Half a sen"]
    assert room.said[-1].startswith(f"2 notes copied to {copy}. The copy is not encrypted")
    log.save_copy(tmp_path)
    assert room.said[-1].startswith("! ")
    mend()
    failing(room.vault, Trouble("vault.disk_full", folder="/vault"))
    log.save_again()
    assert log.state.fault == (
        "Not saved. This laptop is full. Your text is still on screen. Free some space, then press Ctrl+S"
    )


def test_a_remark_stands_on_the_row_until_it_is_dismissed(room: Room) -> None:
    log = room.open_log()
    _note(log, "xy: about #lx")
    (row,) = log.rows.rows
    assert log.reader.words(row).remark == (
        "Person not recognised: xy. It was kept as a word. Tag not recognised: #lx. It was kept as a word"
    )
    log.dismiss_remark()
    assert log.reader.words(row).remark == "Tag not recognised: #lx. It was kept as a word"
    assert "Tag not recognised: #lx" in log.reader.words(row).sentence
    _note(log, "Next")
    assert log.reader.words(row).remark
    log.dismiss_remark()
