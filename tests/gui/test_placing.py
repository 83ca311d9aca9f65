"""The window fits its screen with its frame, comes back where it was, and is never out of reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from ui.shell.placing import FRAME, USUAL, Place, place_for

_LAPTOPS = {
    "1366x768": QRect(0, 0, 1366, 720),
    "1920x1080 at 150 %": QRect(0, 0, 1280, 672),
    "1366x768 at 125 %": QRect(0, 0, 1092, 566),
}


@pytest.mark.parametrize("room", _LAPTOPS.values(), ids=_LAPTOPS.keys())
def test_a_small_screen_is_filled(room: QRect) -> None:
    place = place_for([room])
    assert place.is_full
    assert room.contains(place.rect.marginsAdded(FRAME))


def test_on_a_large_screen_the_window_stands_in_the_middle() -> None:
    room = QRect(0, 0, 2560, 1392)
    place = place_for([room])
    assert not place.is_full
    assert place.rect.size() == USUAL
    assert room.contains(place.rect.marginsAdded(FRAME))


def test_the_window_comes_back_where_it_was_and_full_when_it_was() -> None:
    room = QRect(0, 0, 1920, 1040)
    for place in (Place(rect=QRect(100, 80, 1200, 700)), Place(rect=QRect(100, 80, 1200, 700), is_full=True)):
        assert place_for([room], place.kept()) == place


def test_a_screen_that_is_gone_is_not_waited_for() -> None:
    room, second = QRect(0, 0, 1920, 1040), QRect(1920, 0, 1920, 1040)
    kept = Place(rect=QRect(2400, 100, 1200, 700))
    assert place_for([room, second], kept.kept()) == kept
    assert place_for([room], kept.kept()) == place_for([room])


@given(st.integers(-5000, 8000), st.integers(-5000, 8000), st.integers(1, 6000), st.integers(1, 6000))
def test_wherever_it_was_it_opens_inside_a_screen(left: int, top: int, width: int, height: int) -> None:
    rooms = [QRect(0, 0, 1366, 720), QRect(1366, -200, 1920, 1040)]
    place = place_for(rooms, f"{left} {top} {width} {height}")
    assert any(room.contains(place.rect.marginsAdded(FRAME)) for room in rooms)


@pytest.mark.parametrize("kept", ["", "here", "1 2 3", "a b c d"])
def test_a_place_that_cannot_be_read_is_none(kept: str) -> None:
    room = QRect(0, 0, 1920, 1040)
    assert place_for([room], kept) == place_for([room])
