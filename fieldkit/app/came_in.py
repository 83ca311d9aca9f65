"""What the team has handed in that came to this laptop since its person looked last.

Counted from the vault's own log, so that it is true however it came: by the line, on a stick or over a cable. "Looked"
is when the page Send was left; it is a setting of this laptop and no part of the record.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from fieldkit.app.news import CameIn
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.kernel.clock import from_stamp, to_stamp

LOOKED = "came_in/looked"
"""The vault setting: the number of arrival up to which it was seen, and when."""


def came_in(questions: Questions) -> CameIn:
    """What came since the last look."""
    after, since = _looked(questions)
    return replace(questions.came_in(after), since=since)


def look(uow: UnitOfWork, seen: CameIn) -> None:
    """It was seen, up to the newest of it; nothing is written where nothing new was."""
    if seen.newest > _looked(uow.questions)[0]:
        uow.set_setting(LOOKED, f"{seen.newest} {to_stamp(uow.clock.now())}")


def _looked(questions: Questions) -> tuple[int, datetime | None]:
    number, _, at = (questions.setting(LOOKED) or "").partition(" ")
    return (int(number), from_stamp(at)) if number.isdecimal() and at else (0, None)
