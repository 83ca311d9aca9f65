"""Auto-lock: after a while without a key or a movement the vault is locked, with a minute's warning (ux S2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.kernel.clock import Clock
from ui.presenters.presenter import Presenter
from ui.presenters.timing import Countdown, Later

DEFAULT_MINUTES = 15
LOG_MINUTES = 30
"""While a live log is open: assessors sit and listen."""
WARNING_SECONDS = 60
_TOLD_AT = (45, 30, 20, 10, 5)
"""Seconds left at which the words on the screen change; only the first warning is spoken, or nothing else would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockAfter:
    """Minutes without a key until the vault locks: as a rule, and while a live log is open."""

    usual: int = DEFAULT_MINUTES
    in_log: int = LOG_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleState:
    """Whether the warning is up."""

    warning: str = ""


class IdleLock(Presenter[IdleState]):
    """Counts from the last activity. ``lock`` is called once, ``WARNING_SECONDS`` after the warning."""

    def __init__(self, clock: Clock, later: Later, lock: Callable[[], None], say: Callable[[str, bool], None]) -> None:
        super().__init__(IdleState())
        self._clock = clock
        self._lock = lock
        self._last = clock.monotonic_ms()
        self._say = say
        self._minutes = DEFAULT_MINUTES
        self._left = 0
        self._warn = Countdown(later, self._warning)
        self._end = Countdown(later, self._ended)

    def allow(self, minutes: int) -> None:
        """Lock after this many minutes without activity, from now on."""
        self._minutes = minutes
        self._warn.drop()
        self.active()

    def active(self) -> None:
        """A key was pressed or the pointer moved; there is no limit to how often this puts the lock off.

        Called for every one of them, so it only takes the time; the countdown looks at it when it ends.
        """
        self._last = self._clock.monotonic_ms()
        if self.state.warning or not self._warn.is_pending:
            self._end.drop()
            self._warn.start(self._until_warning)
            self._show(IdleState())

    @property
    def quiet_seconds(self) -> float:
        """Seconds since the last activity."""
        return (self._clock.monotonic_ms() - self._last) / 1000

    @property
    def _until_warning(self) -> float:
        return self._minutes * 60 - WARNING_SECONDS

    def close(self) -> None:
        """Count no more."""
        self._warn.drop()
        self._end.drop()

    def _warning(self) -> None:
        left = self._until_warning - self.quiet_seconds
        if left > 0:
            self._warn.start(left)
            return
        self._left = WARNING_SECONDS
        self._show(IdleState(warning=_words(self._left)))
        self._say(_words(self._left), True)
        self._count_down()

    def _count_down(self) -> None:
        following = next((left for left in _TOLD_AT if left < self._left), 0)
        self._end.start(self._left - following)
        self._left = following

    def _ended(self) -> None:
        if self._left:
            self._show(IdleState(warning=_words(self._left)))
            self._count_down()
            return
        self._show(IdleState())
        self._lock()


def _words(seconds: int) -> str:
    return f"FieldKit will lock in {seconds} seconds. Press any key to stay unlocked"
