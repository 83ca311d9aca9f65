"""The visit: a programme that changes all day, the clock in words, captures through filters, what is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from fieldkit.app.assessments import plan_activity, plan_visit
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.people import add_person
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import ActivityKind
from tests.presenters.room import Room, type_line
from ui.presenters.activity_clock import Stage
from ui.presenters.forms import Form
from ui.presenters.log.log_rows import ENOUGH, PAGE
from ui.presenters.visit.agenda import LineKind
from ui.presenters.visit.captures import Choice, Only
from ui.presenters.visit.day import VisitDay
from ui.presenters.visit.facts import read_visit
from ui.presenters.visit.form import ActivityForm, ItemForm, Plan, plan_of
from ui.presenters.visit.leave import Task
from ui.presenters.visit.paste import ADD_WITH_HEADINGS, PasteProgramme


@pytest.fixture
def day(room: Room) -> Iterator[VisitDay]:
    made = VisitDay(room.session, read_visit(room.session, room.vault.questions, room.activity.visit))
    made.start()
    yield made
    made.close()


def _note(room: Room, *lines: str) -> None:
    log = room.open_log()
    for line in lines:
        type_line(log, line)
        log.save()
    log.close()
    room.later.pass_seconds(2)


def _enter(form: Form, **values: str) -> None:
    for name, text in values.items():
        if name in form.values:
            form.put(name, text)
    form.submit()


def _save(form: ActivityForm, plan: Plan) -> None:
    _enter(form, **plan.values)


def _add(day: VisitDay, title: str, **fields: str) -> None:
    day.add()
    form = day.state.panel
    assert isinstance(form, ActivityForm)
    plan = {"starts": "", "on": "12 November 2026", **fields}
    kind = ActivityKind.INTERVIEW
    _save(form, Plan(kind=kind, title=title, **plan))  # type: ignore[arg-type]


def _heads(day: VisitDay) -> list[str]:
    return [line.title for line in day.state.lines if line.kind is LineKind.ACTIVITY]


def _choose(day: VisitDay, title: str) -> None:
    day.choose(next(line.key for line in day.state.lines if line.title == title))


def test_counts_beside_items_equal_the_captures_under_them(room: Room, day: VisitDay) -> None:
    _note(room, "One", "Two")
    assert [(line.title, line.notes) for line in day.state.lines] == [
        ("ICB board", 2), ("Welcome", 0), ("Quality report", 2), ("Winter plan", 0),
    ]  # fmt: skip
    for choice in day.state.choices[len(Only) :]:
        day.show_only(choice)
        line = next(line for line in day.state.lines if choice.words.endswith(line.title))
        assert len(day.captures.rows) == line.notes
    assert day.state.lines[2].sentence == "09:00, Quality report, 2 notes"


def test_an_unplanned_activity_needs_a_name_only_and_starts_now(room: Room, day: VisitDay) -> None:
    day.add()
    form = day.state.panel
    assert isinstance(form, ActivityForm)
    assert (form.plan.on, form.plan.starts) == ("12 November 2026", "09:00")
    _save(form, Plan(title="", starts="09:30"))
    assert [error.text for error in form.state.errors] == ["Enter a name for this activity"]
    _save(form, Plan(title="Corridor talk", on=form.plan.on, starts=form.plan.starts))
    assert day.state.panel is None
    line = day.line
    assert line is not None
    assert (line.title, line.time) == ("Corridor talk", "09:00")
    assert line.standing is not None
    assert line.standing.words == "In progress since 09:00"
    assert room.said[-1] == "Corridor talk added"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"starts": "quarter past"}, "starts", "Start time must be like 09:30"),
        ({"starts": "09:30", "ends": "noon"}, "ends", "End time must be like 09:30"),
        ({"starts": "09:30", "ends": "09:00"}, "ends", "End time must be after 09:30"),
        ({"on": "30 February 2026"}, "on", "Date must be a real date"),
        ({"on": "12 November"}, "on", "Date must include a year"),
    ],
)
def test_mistakes_stand_at_their_field(day: VisitDay, fields: dict[str, str], field: str, words: str) -> None:
    _add(day, "Matron", **fields)
    form = day.state.panel
    assert isinstance(form, ActivityForm)
    assert [(error.field, error.text) for error in form.state.errors] == [(field, words)]
    assert _heads(day) == ["ICB board"]


@pytest.mark.parametrize(
    ("title", "kind", "made"),
    [
        ("Interview: matron", ActivityKind.OBSERVATION, ActivityKind.INTERVIEW),
        ("Case C01", ActivityKind.OBSERVATION, ActivityKind.CASE_TRACK),
        ("ICB board", ActivityKind.OBSERVATION, ActivityKind.OBSERVATION),
        ("Interview room tour", ActivityKind.DROP_IN, ActivityKind.DROP_IN),
    ],
)
def test_a_name_says_what_it_is_unless_somebody_did(
    room: Room, day: VisitDay, title: str, kind: ActivityKind, made: ActivityKind
) -> None:
    day.add()
    form = day.state.panel
    assert isinstance(form, ActivityForm)
    _save(form, Plan(kind=kind, title=title, starts="09:30"))
    assert day.line is not None
    assert day.line.activity is not None
    assert day.line.activity.kind is made


def test_an_activity_is_added_with_its_agenda(day: VisitDay) -> None:
    _add(day, "Matron", agenda="9.45 Handover\nStaffing")
    assert [(line.title, line.time) for line in day.state.lines][-3:] == [
        ("Matron", "09:45"), ("Handover", "09:45"), ("Staffing", ""),
    ]  # fmt: skip


def test_everything_about_an_activity_can_be_changed_and_taken_back(room: Room, day: VisitDay) -> None:
    _choose(day, "ICB board")
    day.change()
    form = day.state.panel
    assert isinstance(form, ActivityForm)
    _save(
        form,
        Plan(
            kind=ActivityKind.DROP_IN, title="Drop-in", on="13 November 2026", starts="10:00", ends="11:00",
            place="Canteen", organisation="Trust", visit=room.activity.visit,
        )
    )  # fmt: skip
    changed = room.vault.questions.activity(room.activity.id)
    assert plan_of(changed) == Plan(
        kind=ActivityKind.DROP_IN, title="Drop-in", on="13 November 2026", starts="10:00", ends="11:00",
        place="Canteen", organisation="Trust", visit=room.activity.visit,
    )  # fmt: skip
    assert changed.items == room.activity.items
    room.session.undo.undo()
    assert room.vault.questions.activity(room.activity.id) == room.activity
    room.session.undo.redo()
    assert room.vault.questions.activity(room.activity.id) == changed
    assert len([one for one in room.vault.questions.revisions() if str(one.envelope.record) == room.activity.id]) == 4


def test_undoing_a_change_leaves_what_a_team_mate_changed_since(room: Room, day: VisitDay) -> None:
    _choose(day, "ICB board")
    day.change()
    assert isinstance(day.state.panel, ActivityForm)
    _enter(day.state.panel, starts="10:00")
    day.change()
    assert isinstance(day.state.panel, ActivityForm)
    _enter(day.state.panel, place="Room 4")
    room.session.undo.undo()
    room.session.undo.undo()
    room.session.undo.redo()
    now = room.vault.questions.activity(room.activity.id)
    assert (now.starts, now.place) == ("10:00", "")


def test_a_cancelled_activity_keeps_its_notes_and_comes_back(room: Room, day: VisitDay) -> None:
    _note(room, "One")
    _choose(day, "ICB board")
    day.call_off()
    line = day.line
    assert line is not None
    assert (line.is_cancelled, line.state, line.notes) == (True, "Cancelled", 1)
    assert "cancelled" in line.sentence
    assert [row.entry.text for row in day.captures.rows] == ["One"]
    room.session.undo.undo()
    assert day.line is not None
    assert not day.line.is_cancelled
    day.call_off()
    day.call_off()
    assert not day.line.is_cancelled


def test_alt_up_and_down_move_equals_and_items(room: Room, day: VisitDay) -> None:
    for title in ("One", "Two", "Three"):
        _add(day, title)
    assert _heads(day) == ["ICB board", "One", "Two", "Three"]
    day.move(-1)
    assert _heads(day) == ["ICB board", "One", "Three", "Two"]
    room.session.undo.undo()
    assert _heads(day) == ["ICB board", "One", "Two", "Three"]
    _choose(day, "One")
    day.move(-1)
    assert day.state.fault.startswith("The agenda is in order of time")
    _choose(day, "Winter plan")
    day.move(-1)
    assert [line.title for line in day.state.lines][1:4] == ["Welcome", "Winter plan", "Quality report"]
    assert day.line is not None
    assert day.line.title == "Winter plan"


def test_items_are_renamed_added_and_taken_off_with_their_notes_kept(room: Room, day: VisitDay) -> None:
    _note(room, "One")
    _choose(day, "Quality report")
    day.change()
    form = day.state.panel
    assert isinstance(form, ItemForm)
    _enter(form, title="", time="")
    assert [error.text for error in form.state.errors] == ["Enter a name for this agenda item"]
    _enter(form, title="Quality and safety", time="9.05")
    assert [(line.title, line.time) for line in day.state.lines][2] == ("Quality and safety", "09:05")
    _choose(day, "ICB board")
    day.add_items()
    more = day.state.panel
    assert isinstance(more, ItemForm)
    _enter(more, title="11:00 Money\nQuestions")
    assert [line.title for line in day.state.lines][-2:] == ["Money", "Questions"]
    _choose(day, "Quality and safety")
    day.call_off()
    assert (day.state.lines[-1].kind, day.state.lines[-1].notes) == (LineKind.NO_ITEM, 1)
    _choose(day, "No item")
    day.show_notes_of_line()
    assert [row.entry.text for row in day.captures.rows] == ["One"]
    room.session.undo.undo()
    assert LineKind.NO_ITEM not in [line.kind for line in day.state.lines]


def test_an_activity_with_notes_does_not_go_to_another_visit(room: Room) -> None:
    other = room.vault.perform(lambda uow: plan_visit(uow, room.activity.assessment, "Visit 2"))[0]
    day = VisitDay(room.session, read_visit(room.session, room.vault.questions, room.activity.visit))
    day.start()
    _note(room, "One")
    _choose(day, "ICB board")
    day.change()
    form = day.state.panel
    assert isinstance(form, ActivityForm)
    assert [visit.name for visit in form.visits] == ["Visit 1", "Visit 2"]
    _save(form, Plan(title="ICB board", on="12 November 2026", starts="08:30", visit=other.id))
    assert form.state.errors[0].field == "visit"
    _add(day, "Matron")
    day.change()
    form = day.state.panel
    assert isinstance(form, ActivityForm)
    _save(form, Plan(title="Matron", on="12 November 2026", visit=other.id))
    assert _heads(day) == ["ICB board"]
    assert [row.activity.title for row in room.vault.questions.activities(other.id)] == ["Matron"]
    day.close()


def test_a_programme_is_pasted_and_lines_without_a_time_pointed_out_once(room: Room, day: VisitDay) -> None:
    day.paste()
    form = day.state.panel
    assert isinstance(form, PasteProgramme)
    form.save(" \n")
    assert form.state.errors[0].text == "Enter at least one line, like 09:30 ICB board"
    text = "13:00 Interview: matron\n14:00 Case C01\n\nWalk round\n13 November 2026\n09:00 Drop-in"
    form.save(text)
    assert [error.text for error in form.state.errors] == ["Line 4 has no time. Add one, or leave it as a heading"]
    assert form.state.action == ADD_WITH_HEADINGS
    assert _heads(day) == ["ICB board"]
    form.save(text)
    assert day.state.panel is None
    assert _heads(day) == ["ICB board", "Interview: matron", "Case C01", "Drop-in"]
    assert [line.title for line in day.state.lines if line.kind is LineKind.DAY] == [
        "Thursday 12 November 2026, today", "Friday 13 November 2026",
    ]  # fmt: skip
    room.session.undo.undo()
    assert [line.title for line in day.state.lines if line.is_cancelled and line.kind is LineKind.ACTIVITY] == [
        "Interview: matron", "Case C01", "Drop-in",
    ]  # fmt: skip


def test_a_programme_that_was_typed_and_not_added_is_there_the_next_time(room: Room, day: VisitDay) -> None:
    def opened() -> PasteProgramme:
        day.paste()
        assert isinstance(day.state.panel, PasteProgramme)
        return day.state.panel

    opened().put("13:00 Interview: matron")
    room.later.pass_seconds(1)  # the laptop goes off here
    assert opened().state.text == "13:00 Interview: matron"
    form = opened()
    form.put("13:00 Interview: matron\n14:00 Case C01")
    form.close()
    assert day.state.panel is None
    form = opened()
    assert form.state.text.endswith("Case C01")
    form.save(form.state.text)
    assert _heads(day) == ["ICB board", "Interview: matron", "Case C01"]
    room.later.pass_seconds(2)
    assert opened().state.text == "", "what was added is no draft any more"
    assert room.vault.questions.drafts() == []


def test_streams_at_the_same_time_are_told(day: VisitDay) -> None:
    _add(day, "Matron", starts="11:00", ends="11:45")
    _add(day, "Finance", starts="11:30")
    _add(day, "Later", starts="13:00")
    lines = {line.title: line for line in day.state.lines}
    assert lines["Matron"].beside == ("Finance",)
    assert lines["Finance"].state == "Planned, 2 at once"
    assert "at the same time as Matron" in lines["Finance"].sentence
    assert lines["Later"].beside == ()


def test_what_is_on_and_what_is_next_follow_the_clock(room: Room, day: VisitDay) -> None:
    _add(day, "Matron", starts="10:00", ends="10:45")
    assert day.state.now == "Now: ICB board, in progress since 08:30. Next: Matron at 10:00, starts in 60 minutes"
    assert day.state.current == room.activity.id
    room.later.pass_seconds(timedelta(minutes=61).total_seconds())
    assert day.state.now.startswith("Now: ICB board, in progress since 08:30; Matron, in progress since 10:00")
    assert day.line is not None
    assert [line.standing.stage for line in day.state.lines if line.standing] == [Stage.ON, Stage.ON]


def test_filters_take_what_they_say(room: Room, day: VisitDay) -> None:
    _note(room, "Tagged #lc", "? Ask for the data", "! No doctor at night", "Plain")
    taken = {}
    for only in Only:
        day.show_kind(only)
        taken[only] = [row.entry.text for row in day.captures.rows]
    assert taken == {
        Only.ALL: ["Tagged", "Ask for the data", "No doctor at night", "Plain"],
        Only.UNTAGGED: ["Ask for the data", "No doctor at night", "Plain"], Only.FOLLOW_UPS: ["Ask for the data"],
        Only.RISKS: ["No doctor at night"], Only.MARKS: [],
        Only.MINE: ["Tagged", "Ask for the data", "No doctor at night", "Plain"],
    }  # fmt: skip


def test_a_filter_follows_new_notes_and_tags(room: Room, day: VisitDay) -> None:
    day.show_kind(Only.UNTAGGED)
    _note(room, "One", "Two #lc", "Three")
    assert [row.entry.text for row in day.captures.rows] == ["One", "Three"]
    log = room.open_log()
    type_line(log, "#lc")
    log.save()
    room.later.pass_seconds(1)
    assert [row.entry.text for row in day.captures.rows] == ["One"]
    log.close()


def test_of_a_long_visit_only_the_newest_are_read_and_all_are_counted(room: Room, day: VisitDay) -> None:
    count = ENOUGH + PAGE + 5

    def many(uow: UnitOfWork) -> None:
        for n in range(count):
            item = room.activity.items[n % 2].id if n % 3 else None
            record_entry(uow, room.activity, NewEntry(text=f"Note {n}", agenda_item=item))

    room.session.workspace.perform(many)
    room.later.pass_seconds(3)
    assert (len(day.captures.rows), day.captures.older_count) == (ENOUGH, PAGE + 5)
    assert next((row.status, row.is_done) for row in day.leave.state.tasks if row.task is Task.UNTAGGED) == (
        f"{count:,} left",
        False,
    )
    for choice in day.state.choices[len(Only) :]:
        day.show_only(choice)
        room.later.pass_seconds(1)
        line = next(line for line in day.state.lines if choice.words.endswith(line.title))
        assert len(day.captures.rows) + day.captures.older_count == line.notes
    day.show_kind(Only.ALL)
    room.later.pass_seconds(1)
    day.captures.older()
    day.captures.older()
    assert (len(day.captures.rows), day.captures.has_older) == (count, False)


def test_a_filter_on_an_item_outlives_its_name(room: Room, day: VisitDay) -> None:
    _note(room, "One")
    _choose(day, "Quality report")
    day.show_notes_of_line()
    assert day.state.choice.words == "ICB board: Quality report"
    day.change()
    form = day.state.panel
    assert isinstance(form, ItemForm)
    _enter(form, title="Quality", time="")
    assert day.state.choice.words == "ICB board: Quality"
    assert len(day.captures.rows) == 1
    day.call_off()
    assert day.state.choice == Choice(words="All")


def test_a_note_of_another_day_says_which(room: Room, day: VisitDay) -> None:
    _note(room, "Today")
    before = room.clock.now() - timedelta(days=1)
    room.vault.perform(lambda uow: record_entry(uow, room.activity, NewEntry(text="Yesterday", noticed_at=before)))
    rows = room.rows()
    words = {row.entry.text: day.reader.words(row) for row in rows}
    assert words["Today"].kind == ""
    assert words["Yesterday"].kind == "11 November 2026"
    assert words["Yesterday"].sentence.startswith("11 November 2026, ")


def test_people_met_since_are_named(room: Room, day: VisitDay) -> None:
    room.session.workspace.perform(lambda uow: add_person(uow, day.visit, "zz", "Director of sleep"))
    _note(room, "zz: Said so")
    (row,) = room.rows()
    assert "Director of sleep" in day.reader.words(row).sentence


def test_a_plan_that_cannot_be_kept_is_said(room: Room, day: VisitDay) -> None:
    other = room.vault.perform(
        lambda uow: plan_activity(uow, day.visit, ActivityKind.INTERVIEW, "Gone", starts="10:00")
    )[0]
    assert day.activity(room.activity.id).title == "ICB board"
    day.plans.move(other, 1)
    assert day.state.fault.startswith("The agenda is in order of time")
    assert room.said[-1].startswith("! ")
    day.dismiss_fault()
    assert day.state.fault == ""


def test_a_team_mates_note_shows_their_initials(room: Room, day: VisitDay) -> None:
    _note(room, "Mine")
    (row,) = room.rows()
    theirs = replace(row, is_mine=False, author_name="Ben Adviser", author_initials="BA")
    assert day.reader.words(row).author == ""
    assert day.reader.words(theirs).author == "BA"
    assert "Ben Adviser" in day.reader.words(theirs).sentence
