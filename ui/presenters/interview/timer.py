"""How long the interview has gone on: ``00:18``, breaks left out."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.domain.interview import InterviewSession
from fieldkit.kernel.clock import Clock
from ui.presenters.interview.words import spoken_time
from ui.presenters.presenter import Presenter
from ui.presenters.timing import Countdown, Later


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeState:
    """``text`` is shown, ``words`` are the name; both empty before it has started."""

    text: str = ""
    words: str = ""


class InterviewTimer(Presenter[TimeState]):
    """Looks at the clock when the next minute is full."""

    def __init__(self, clock: Clock, later: Later) -> None:
        super().__init__(TimeState())
        self._clock = clock
        self._session: InterviewSession | None = None
        self._next = Countdown(later, self._tick)

    def watch(self, session: InterviewSession | None) -> None:
        """The session changed."""
        self._session = session
        self._tick()

    def close(self) -> None:
        """Count no more."""
        self._next.drop()

    def _tick(self) -> None:
        self._next.drop()
        session = self._session
        if session is None or session.started_at is None:
            self._show(TimeState())
            return
        seconds = int(session.lasted(self._clock.now()).total_seconds())
        hours, minutes = divmod(seconds // 60, 60)
        self._show(TimeState(text=f"{hours:02}:{minutes:02}", words=spoken_time(seconds // 60)))
        if session.ended_at is None and not session.is_paused:
            self._next.start(60.0 - seconds % 60)
