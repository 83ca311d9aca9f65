"""Plays the pinned schedule of a seeded bug, with the bug in the code or without, and says what caught it."""

from __future__ import annotations

from tests.faults.real.play import play, small_parts
from tests.faults.real.start import Start
from tests.mutants.bugs import planted
from tests.mutants.schedules import SCHEDULES


def caught_by(start: Start, schedule: str, bug: str) -> str:
    """The sentence of the promise that was broken; empty where none was. ``bug`` empty: the code as it is."""
    with small_parts(), planted(bug):
        try:
            play(start, SCHEDULES[schedule])
        except AssertionError as error:
            return str(error).splitlines()[0]
    return ""
