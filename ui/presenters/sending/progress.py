"""What is being sent just now: counts, words, the time left, and what is said aloud (start, half and end, no more)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from fieldkit.kernel.clock import Clock
from ui.presenters.files.words import size_of
from ui.presenters.sending.words import ASLEEP
from ui.presenters.services import Connection, OfficeState
from ui.presenters.timing import Countdown, Later
from ui.presenters.wording import ui

BAR_AFTER = 10.0
"""Seconds after which words alone are too little: a bar with a count and `Stop` (ux 2.0.7)."""
_LEAST_ITEMS = 3
"""Confirmed items from which the time left is worth a word."""
_CALM = 0.2
"""The share by which an estimate has to differ from the one that is shown."""
_TICK = 5.0
_SLEPT = timedelta(seconds=60)
"""A timer of five seconds that took a minute of wall time longer: the laptop was asleep between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressState:
    """``words`` are empty when nothing is being sent; ``notice`` tells of a pause."""

    done: int = 0
    total: int = 0
    words: str = ""
    time_left: str = ""
    shows_bar: bool = False
    notice: str = ""


NOTHING_GOES = ProgressState()


class Progress:
    """Follows the office. ``changed`` is called with a new state, ``woke`` after the laptop slept while sending."""

    def __init__(
        self, clock: Clock, later: Later, changed: Callable[[], None], woke: Callable[[], None],
        announce: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.state = ProgressState()
        self._clock = clock
        self._changed = changed
        self._woke = woke
        self._announce = announce
        self._began: datetime | None = None
        self._ticked: datetime = clock.now()
        self._half_said = False
        self._shows_bar = False
        self._notice = ""
        self._calm = Calm()
        self._bar = Countdown(later, self._show_bar)
        self._tick = Countdown(later, self._look_at_the_time)

    def follow(self, office: OfficeState) -> None:
        """The office stands differently."""
        if office.connection is Connection.SENDING and office.file_size:
            self._carry(office)
        elif office.connection is Connection.SENDING and office.total:
            self._go_on(office)
        else:
            self._end(office)

    def close(self) -> None:
        """Stop."""
        self._bar.drop()
        self._tick.drop()

    def _go_on(self, office: OfficeState) -> None:
        now = self._clock.now()
        if self._began is None:
            self._began = self._ticked = now
            self._half_said = self._shows_bar = False
            self._notice = ""
            self._bar.start(BAR_AFTER)
            self._tick.start(_TICK)
            self._announce(f"Sending {ui.count(office.total, 'item')}")
        if not self._half_said and office.sent * 2 >= office.total and office.sent < office.total:
            self._half_said = True
            self._announce(f"{office.sent:,} of {office.total:,} sent")
        self._show(
            ProgressState(
                done=office.sent, total=office.total, shows_bar=self._shows_bar, notice=self._notice,
                words=f"{office.sent:,} of {office.total:,} sent and confirmed",
                time_left=self._calm.words(office.seconds_left if office.sent >= _LEAST_ITEMS else None),
            )
        )  # fmt: skip

    def _carry(self, office: OfficeState) -> None:
        """A file goes or comes, after the words of its round. The bar counts in thousands of bytes of all of them."""
        now = self._clock.now()
        if self._began is None:
            self._began = self._ticked = now
            self._half_said, self._shows_bar, self._notice = True, False, ""
            self._bar.start(BAR_AFTER)
            self._tick.start(_TICK)
        self._show(
            ProgressState(
                done=office.bytes_done // 1000, total=max(1, office.bytes_total // 1000), shows_bar=self._shows_bar,
                notice=self._notice, words=file_words(office), time_left=self._calm.words(office.seconds_left),
            )
        )  # fmt: skip

    def _end(self, office: OfficeState) -> None:
        self._began = None
        self._calm = Calm()
        self.close()
        if office.connection is Connection.CONNECTED:
            self._notice = ""
        self._show(ProgressState(notice=self._notice))

    def _show_bar(self) -> None:
        self._shows_bar = True
        self._again()

    def _look_at_the_time(self) -> None:
        now = self._clock.now()
        slept = now - self._ticked > timedelta(seconds=_TICK) + _SLEPT
        self._ticked = now
        self._tick.start(_TICK)
        if slept:
            self._notice = ASLEEP
            self._again()
            self._woke()

    def _again(self) -> None:
        self._show(replace(self.state, shows_bar=self._shows_bar, notice=self._notice))

    def _show(self, state: ProgressState) -> None:
        if state != self.state:
            self.state = state
            self._changed()


def file_words(office: OfficeState) -> str:
    """``File 2 of 5, Ex 3, is going: 12 MB of 46 MB``; the bytes are those of all of them."""
    which = f"File {office.file_number:,} of {office.files_total:,}, {office.file}" if office.files_total > 1 else (
        f"File {office.file}"
    )  # fmt: skip
    moves = "is coming" if office.is_coming else "is going"
    return f"{which}, {moves}: {size_of(office.bytes_done)} of {size_of(office.bytes_total)}"


class Calm:
    """The time left in words that do not jump: another figure is shown once it is clearly another."""

    def __init__(self) -> None:
        self._shown = 0.0

    def words(self, left: float | None) -> str:
        """``About 1 minute left``; nothing while nobody can know."""
        if left is None or left <= 0:
            return ""
        is_near = self._shown and 1 - _CALM < left / self._shown < 1 + _CALM
        if not is_near:
            self._shown = left
        return time_left(self._shown)


def time_left(seconds: float) -> str:
    """``About 20 seconds left``, ``About 3 hours left``: never finer than anybody can know."""
    if seconds < 55:
        return f"About {-int(-seconds // 10) * 10} seconds left"
    if seconds < 55 * 60:
        return f"About {ui.count(max(1, round(seconds / 60)), 'minute')} left"
    if seconds < 24 * 3600:
        return f"About {ui.count(max(1, round(seconds / 3600)), 'hour')} left"
    return "More than a day left"
