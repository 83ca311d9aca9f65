"""What every presenter is: one frozen state, one topic that tells of a new one, and verbs.

Presenters know no Qt, so that a screen's behaviour is tested without a screen in a few milliseconds.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from fieldkit.kernel.topic import Topic

S = TypeVar("S")


class Presenter(Generic[S]):
    """Holds ``state`` and tells ``changed`` when it became another one. The view renders what it is told."""

    def __init__(self, state: S) -> None:
        self._state = state
        self.changed: Topic[S] = Topic()

    @property
    def state(self) -> S:
        """What the screen shows now."""
        return self._state

    def _show(self, state: S) -> None:
        """Make ``state`` the current one; nothing is told when nothing changed."""
        if state != self._state:
            self._state = state
            self.changed.tell(state)


class Listening:
    """Collects the functions that leave topics, so that a closed screen hears nothing more."""

    def __init__(self) -> None:
        self._leave: list[Any] = []

    def add(self, leave: Any) -> None:
        """Remember how to leave one topic."""
        self._leave.append(leave)

    def close(self) -> None:
        """Leave them all; a second call does nothing."""
        while self._leave:
            self._leave.pop()()
