"""Time for presenters: call something later. The desktop uses a Qt timer, tests move a clock by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Cancel = Callable[[], None]


class Later(Protocol):
    """Calls ``action`` once, after ``seconds``, on the thread of the screens; returns what calls it off."""

    def __call__(self, seconds: float, action: Callable[[], None]) -> Cancel: ...


class Countdown:
    """One pending call that can be put off, brought forward or dropped."""

    def __init__(self, later: Later, action: Callable[[], None]) -> None:
        self._later = later
        self._action = action
        self._cancel: Cancel | None = None

    @property
    def is_pending(self) -> bool:
        """Whether the action is still to be called."""
        return self._cancel is not None

    def start(self, seconds: float) -> None:
        """Call the action in ``seconds`` from now, instead of whenever it was to be called before."""
        self.drop()
        self._cancel = self._later(seconds, self._fire)

    def drop(self) -> None:
        """Do not call it."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def now(self) -> None:
        """Call it at once, if it was pending."""
        if self._cancel is not None:
            self.drop()
            self._action()

    def _fire(self) -> None:
        self._cancel = None
        self._action()
