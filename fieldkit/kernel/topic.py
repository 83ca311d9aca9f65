"""The one observer in the house: a list of listeners told of each value in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Topic(Generic[T]):
    """Listeners are called in the order they joined, on the thread that tells.

    A listener may leave while being told; the others are still told.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Join; the returned function leaves (calling it twice does no harm)."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def tell(self, value: T) -> None:
        """Call every listener with ``value``."""
        for listener in tuple(self._listeners):
            listener(value)
