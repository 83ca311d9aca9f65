"""Guard: a test that leaves a thread running fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_GRACE_SECONDS = 2.0
# AnyIO keeps its pool until the event loop is collected; execnet's threads belong to pytest-xdist.
_LIBRARY_THREADS = ("AnyIO worker thread", "asyncio_", "execnet", "Dummy-", "pydevd")


def left_running(before: set[threading.Thread]) -> list[str]:
    """Names of the threads born since ``before`` that still run."""
    return sorted(
        thread.name
        for thread in set(threading.enumerate()) - before
        if thread.is_alive() and not thread.name.startswith(_LIBRARY_THREADS)
    )


@contextmanager
def no_thread_left(grace: float = _GRACE_SECONDS) -> Iterator[None]:
    """Fail on leaving when a new thread outlives the test by more than ``grace`` seconds."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + grace
    while (left := left_running(before)) and time.monotonic() < end:
        time.sleep(0.01)
    assert not left, f"threads left running: {', '.join(left)}"
