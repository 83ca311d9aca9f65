"""Notices that the laptop's clock was put back while somebody wrote: times then need a word of explanation."""

from __future__ import annotations

from datetime import timedelta

from fieldkit.kernel.clock import Clock
from ui.presenters.wording import ui

_LEAST = timedelta(minutes=1)


class ClockWatch:
    """Compares wall time with the time since the machine was started, which nobody can move."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset = self._now()

    def remark(self) -> str:
        """What to say if the clock went back by a minute or more since last asked; else empty.

        A jump forward says nothing: a laptop that slept looks the same.
        """
        offset = self._now()
        back, self._offset = self._offset - offset, offset
        if back < _LEAST:
            return ""
        hours, minutes = divmod(round(back / timedelta(minutes=1)), 60)
        parts = (ui.count(hours, "hour") if hours else "", ui.count(minutes, "minute") if minutes else "")
        much = " ".join(part for part in parts if part)
        return f"The laptop clock moved back {much}. Notes keep the order you typed them"

    def _now(self) -> timedelta:
        wall = self._clock.now()
        return timedelta(seconds=wall.timestamp()) - timedelta(milliseconds=self._clock.monotonic_ms())
