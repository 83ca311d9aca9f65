"""Written on paper (Alt+W): what is typed now was written by hand earlier, so each note is asked when it was noticed.

A note that is asked for its time waits in its line; nothing of it is lost while it waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from fieldkit.app.noting import ON_PAPER
from ui.presenters.log.capture_line import CaptureLine
from ui.presenters.log.event_time import time_on
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session

_BEGINNING = 18
"""Characters of a note that tell it from another."""
ASKED = "When was it noticed? Type the time, then Enter"


def paper_of(origin: str) -> str:
    """That a note was written on paper, of all that its origin says."""
    return ON_PAPER if origin.startswith(ON_PAPER) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperState:
    """``asked`` grows whenever the time of a note is asked for; ``known`` is what it is so far."""

    is_on: bool = False
    asked: int = 0
    is_asking: bool = False
    known: datetime | None = None
    of: str = ""
    """How the note begins, where two may wait at once."""


class OnPaper(Presenter[PaperState]):
    """One for a page that is noted on. ``day`` is the activity's: paper is often typed up the day after."""

    def __init__(self, session: Session, day: date | None) -> None:
        super().__init__(PaperState())
        self._session = session
        self._day = day
        self._line: CaptureLine | None = None
        self._then: Callable[[], object] = lambda: None
        self._timed: dict[CaptureLine, datetime] = {}

    @property
    def origin(self) -> str:
        """What a note that is saved now says of where it was written."""
        return ON_PAPER if self.state.is_on else ""

    def turn(self) -> None:
        """Alt+W: what is typed from now on was written on paper, or is noted here again."""
        is_on = not self.state.is_on
        self._timed.clear()
        self._show(replace(self.state, is_on=is_on, is_asking=False))
        self._session.say(
            "Written on paper: each note is asked for its time" if is_on else "Notes are taken here again"
        )

    def waits(self, lines: Iterable[CaptureLine], then: Callable[[], object], *, also_blank: bool = False) -> bool:
        """Whether one of these has to be given its time first; it is asked for, and ``then`` goes on with it.

        A blank line is no note and waits for nothing, unless what it belongs to is saved ``also_blank``.
        """
        if not self.state.is_on:
            return False
        line = next(
            (one for one in lines if (also_blank or not one.state.captured.is_blank) and not self._knows(one)), None
        )
        if line is None:
            return False
        self.ask(line, then)
        self._session.say(ASKED)
        return True

    def ask(self, line: CaptureLine, then: Callable[[], object] = lambda: None) -> None:
        """Ask when what stands in ``line`` was noticed (Alt+T too)."""
        self._line, self._then = line, then
        words, known = " ".join(line.state.captured.text.split()), line.state.noticed_at
        of = words if len(words) <= _BEGINNING else f"{words[:_BEGINNING].rstrip()}…"
        self._show(replace(self.state, asked=self.state.asked + 1, is_asking=True, known=known, of=of))

    def answer(self, text: str) -> None:
        """The time was typed: it is the note's, and what waited for it goes on.

        Raises ``Mistake('activity.time')`` or ``Mistake('entry.noticed_in_future')``; the note then waits on.
        """
        line, then = self._line, self._then
        if line is None:
            return
        self.set_time(line, text)
        self.leave()
        then()

    def leave(self) -> None:
        """The time is not told now; what was typed stays where it is."""
        self._line, self._then = None, lambda: None
        self._show(replace(self.state, is_asking=False))

    def set_time(self, line: CaptureLine, text: str) -> None:
        """Say when what stands in ``line`` was noticed: ``10:05`` today, on paper on the day of the activity.

        Raises ``Mistake('activity.time')`` or ``Mistake('entry.noticed_in_future')``.
        """
        at = time_on(text, self._day if self.state.is_on else None, self._session.clock.now())
        line.set_noticed(at)
        self._timed[line] = at

    def _knows(self, line: CaptureLine) -> bool:
        """Whether somebody said when what stands there was noticed, and nothing else was typed in its place since."""
        at = line.state.noticed_at
        return at is not None and self._timed.get(line) == at
