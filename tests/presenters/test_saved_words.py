"""What is said of a saved note is the person's choice."""

from __future__ import annotations

import pytest

from tests.presenters.room import Room, type_line


@pytest.mark.parametrize(
    ("how", "words"),
    [("off", []), ("short", ["Saved"]), ("full", ["Saved 09:00, Learning culture, Observation"])],
)
def test_a_saved_note_is_told_as_the_person_chose(room: Room, how: str, words: list[str]) -> None:
    room.session.preferences.put(saved_words=how)
    log = room.open_log()
    room.said.clear()
    type_line(log, "Nobody owns the plan #lc")
    log.save()
    assert [text for text in room.said if text] == words
    log.close()
