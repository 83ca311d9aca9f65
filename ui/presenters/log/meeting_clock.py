"""How long the meeting has been going on: ``00:42``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldkit.domain.assessment import Activity
from fieldkit.kernel.clock import Clock
from ui.presenters.activity_clock import span_of
from ui.presenters.log.log_rows import LogRows
from ui.presenters.presenter import Presenter
from ui.presenters.timing import Countdown, Later
from ui.presenters.wording import ui

LONGEST = timedelta(hours=14)
"""What began longer ago is over: a log opened in the evening to write something up shows no clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """``text`` is shown, ``words`` are read; both empty before it has begun."""

    text: str = ""
    words: str = ""


class MeetingClock(Presenter[ClockState]):
    """Counts from the planned start once that has come, else from the first note of the day."""

    def __init__(self, clock: Clock, later: Later, activity: Activity, rows: LogRows) -> None:
        super().__init__(ClockState())
        self._clock = clock
        self._activity = activity
        self._rows = rows
        self._next = Countdown(later, self.tick)

    def tick(self) -> None:
        """Show the time now, and again when the next minute is full."""
        now = self._clock.now()
        begun = self._begun(now)
        if begun is None:
            self._show(ClockState())
            self._next.start(60.0)
            return
        seconds = int((now - begun).total_seconds())
        hours, minutes = divmod(seconds // 60, 60)
        parts = (ui.count(hours, "hour") if hours else "", ui.count(minutes, "minute"))
        spoken = " ".join(part for part in parts if part)
        self._show(ClockState(text=f"{hours:02}:{minutes:02}", words=f"{spoken} since {ui.clock(begun)}"))
        self._next.start(60.0 - seconds % 60)

    def close(self) -> None:
        """Count no more."""
        self._next.drop()

    def _begun(self, now: datetime) -> datetime | None:
        planned = span_of(self._activity, now).starts
        if planned is not None and timedelta(0) <= now - planned < LONGEST:
            return planned
        today = now.astimezone().date()
        noticed = (row.entry.noticed_at for row in self._rows.rows)
        return next((moment for moment in noticed if moment.astimezone().date() == today), None)
