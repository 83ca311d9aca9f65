"""Notes that were written on paper: each is asked for its time, and says that it was typed up later."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from fieldkit.domain.assessment import ActivityKind
from fieldkit.kernel.errors import Mistake
from tests.presenters.interviews import asking, drop_in_of, notes_of, planned, type_into
from tests.presenters.room import Room, type_line
from ui.presenters.log.event_time import time_on


def test_each_note_waits_for_its_time_and_says_where_it_was_written(room: Room) -> None:
    log = room.open_log()
    log.paper.turn()
    type_line(log, "Nobody answered the bell #lc")
    log.save()
    assert room.rows() == []
    assert log.state.time_asked == 1
    assert log.line.state.text == "Nobody answered the bell #lc"
    log.set_time("00:01")
    log.save()
    (row,) = room.rows()
    assert row.entry.origin == "Written on paper"
    assert row.entry.noticed_at.astimezone().strftime("%H:%M") == "00:01"
    assert row.entry.written_up_later
    assert log.reader.words(row).later.startswith("Written on paper · Written up later")
    type_line(log, "second")
    log.save()
    assert log.state.time_asked == 2
    log.paper.turn()
    log.save()
    assert sorted(row.entry.origin for row in room.rows()) == ["", "Written on paper"]


def test_the_day_after_the_time_is_of_the_day_of_the_activity() -> None:
    now = datetime(2026, 11, 22, 9, 0).astimezone()
    assert time_on("16:30", date(2026, 11, 20), now).astimezone().strftime("%d %H:%M") == "20 16:30"
    assert time_on("08:30", None, now).astimezone().strftime("%d %H:%M") == "22 08:30"
    assert time_on("08:30", date(2026, 11, 30), now).astimezone().strftime("%d %H:%M") == "22 08:30"
    with pytest.raises(Mistake):
        time_on("16:30", date(2026, 11, 22), now)
    with pytest.raises(Mistake):
        time_on("25:00", date(1899, 1, 1), now)


def test_a_conversation_on_paper_is_asked_for_its_minutes_and_its_time(room: Room) -> None:
    page = drop_in_of(room, planned(room, ActivityKind.DROP_IN, "Staff restaurant"))
    page.paper.turn()
    page.type_who("2s")
    assert page.state.clock == ""
    type_into(page.box.line, "Nobody answers the bell #st-")
    assert not page.finish()
    assert "2s10" in page.state.mistake
    page.type_who("2s4")
    assert not page.finish()
    assert page.paper.state.is_asking
    with pytest.raises(Mistake):
        page.paper.answer("25:61")
    assert page.paper.state.is_asking
    page.paper.answer("00:01")
    room.later.pass_seconds(1)
    (one,) = page.facts.found.counted
    (note,) = notes_of(room, page.activity)
    assert (one.minutes, one.at.astimezone().strftime("%H:%M")) == (4, "00:01")
    assert (note.entry.origin, note.entry.noticed_at) == ("Written on paper", one.at)
    assert note.entry.written_up_later
    page.type_who("p5")
    assert not page.finish()  # the time of the last one is not that of the next, words or none
    page.paper.answer("00:02")
    room.later.pass_seconds(1)
    assert [each.at.astimezone().strftime("%H:%M") for each in page.facts.found.counted] == ["00:01", "00:02"]
    page.close()


def test_answers_and_free_notes_of_an_interview_on_paper_are_asked_for_a_time_each(room: Room) -> None:
    page = asking(room)
    asked = page.asking
    asked.paper.turn()
    type_into(asked.answer.line, "We hand over at the bedside")
    type_into(asked.free.line, "Smiled")
    page.save_and_next()
    assert page.state.current is not None
    assert (page.state.current.number, notes_of(room, page.activity)) == (1, [])
    assert asked.paper.state.of == "Smiled"
    asked.paper.answer("00:01")
    assert asked.paper.state.is_asking
    asked.paper.answer("00:02")
    assert page.state.current.number == 2
    room.later.pass_seconds(1)
    found = [
        (row.entry.text, row.entry.noticed_at.astimezone().strftime("%H:%M"), row.entry.origin, row.entry.agenda_item)
        for row in notes_of(room, page.activity)
    ]
    assert found == [
        ("Smiled", "00:01", "Written on paper", None),
        ("We hand over at the bedside", "00:02", "Written on paper", "q1"),
    ]
    type_into(asked.answer.line, "Left as it is")
    page.save()
    asked.paper.leave()
    assert asked.answer.line.state.text == "Left as it is"
    asked.paper.turn()
    page.save()
    room.later.pass_seconds(1)
    assert [row.entry.origin for row in notes_of(room, page.activity)][-1] == ""
    page.close()
