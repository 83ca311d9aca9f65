"""Working ahead: while the database flushes one group, the next is unpacked and checked on another thread."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

_DEPTH = 2
"""Items made ahead: two groups are about 2 MB; more would only wait in memory."""

_PATIENCE = 0.05
"""Seconds between two looks whether anybody still wants the next item."""


class Ahead(Generic[T]):
    """Iterates ``source`` on a thread of its own. ``close`` ends the thread, whether or not all was taken."""

    def __init__(self, source: Iterator[T]) -> None:
        self._source = source
        self._line: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(_DEPTH)
        self._unwanted = threading.Event()
        self._thread = threading.Thread(target=self._run, name="central ahead", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        while True:
            item, fault = self._line.get()
            if fault is not None:
                raise fault
            if item is None:
                return
            yield item

    def close(self) -> None:
        """End the thread and wait until it has ended."""
        self._unwanted.set()
        self._thread.join()

    def _run(self) -> None:
        fault: BaseException | None = None
        try:
            for item in self._source:
                if not self._offer(item, None):
                    return
        except BaseException as error:  # told to whoever takes the next item, on their thread
            fault = error
        self._offer(None, fault)

    def _offer(self, item: T | None, fault: BaseException | None) -> bool:
        while not self._unwanted.is_set():
            try:
                self._line.put((item, fault), timeout=_PATIENCE)
            except queue.Full:
                continue
            return True
        return False
