"""Notes that were written on paper: each is asked for its time, and says that it was typed up later."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from fieldkit.kernel.errors import Mistake
from tests.presenters.room import Room, type_line
from ui.presenters.log.event_time import time_on


def test_each_note_waits_for_its_time_and_says_where_it_was_written(room: Room) -> None:
    log = room.open_log()
    log.turn_paper()
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
    log.turn_paper()
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
