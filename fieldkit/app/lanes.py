"""Lanes: one executor per purpose, and one way home to the screen's thread.

``store`` has one thread because it owns the vault's one connection: every write and every short read. ``work``
has two, for what is long and needs no connection (reports, hashing, key stretching). ``files`` has one, for copying
attachments in and drawing them: minutes for a large one. Nothing else in the program starts threads but the sync
worker, and a recording of sound that runs (``tape_recorder``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from fieldkit.app.giving_way import GivingWay

if TYPE_CHECKING:  # 3 ms that the first screen does not need: nothing is submitted before it is painted
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Deliver = Callable[[Callable[[], None]], None]
"""Runs a callable on the screen's thread, soon. Tests pass ``lambda call: call()``."""


class Lane(Protocol):
    """Runs calls one after another or a few at once, off the caller's thread."""

    def submit(self, call: Callable[[], T]) -> Future[T]: ...
    def stop(self) -> None:
        """Finish what was submitted, then end. Later calls of ``submit`` raise ``RuntimeError``."""


class ThreadLane:
    """A lane on a named thread pool."""

    def __init__(self, name: str, threads: int = 1) -> None:
        self._name = name
        self._threads = threads
        self._pool: ThreadPoolExecutor | None = None
        self._is_over = False
        self._making = threading.Lock()

    def submit(self, call: Callable[[], T]) -> Future[T]:
        return (self._pool or self._made()).submit(call)

    def stop(self) -> None:
        with self._making:
            self._is_over = True
        if self._pool is not None:
            self._pool.shutdown(wait=True)

    def _made(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        with self._making:
            if self._is_over:
                raise RuntimeError(f"lane {self._name} has ended")
            if self._pool is None:
                self._pool = ThreadPoolExecutor(max_workers=self._threads, thread_name_prefix=f"fieldkit-{self._name}")
            return self._pool


class InlineLane:
    """A lane that runs each call at once on the caller's thread: commands and tests."""

    def submit(self, call: Callable[[], T]) -> Future[T]:
        from concurrent.futures import Future

        future: Future[T] = Future()
        try:
            future.set_result(call())
        except BaseException as error:  # the future carries whatever happened, as an executor's does
            future.set_exception(error)
        return future

    def stop(self) -> None:
        """Nothing to end."""


class Lanes:
    """The lanes of one program, and the way home."""

    def __init__(
        self, store: Lane, work: Lane, deliver: Deliver, files: Lane | None = None, way: GivingWay | None = None
    ) -> None:
        self.store = store
        self.work = work
        self.files = files or work
        self.deliver = deliver
        self.way = way or GivingWay()
        """How work behind the screen lets keys pass."""

    @classmethod
    def threads(cls, deliver: Deliver, way: GivingWay | None = None) -> Lanes:
        """The lanes of the desktop app."""
        return cls(ThreadLane("store"), ThreadLane("work", threads=2), deliver, ThreadLane("files"), way)

    @classmethod
    def inline(cls) -> Lanes:
        """Everything at once on this thread."""
        return cls(InlineLane(), InlineLane(), lambda call: call())

    def stop(self) -> None:
        """Drain and end the lanes."""
        self.store.stop()
        self.work.stop()
        self.files.stop()


class _Errand(Generic[T]):
    """A call and what follows it; what it holds is let go on the screen's thread, whichever thread ends last.

    Calls and their ends often hold a page. Where the page was closed meanwhile, the lane would hold the last of it, and
    would take views apart while Qt works on them elsewhere.
    """

    __slots__ = ("_call", "_done", "_failed")

    def __init__(
        self, call: Callable[[], T], done: Callable[[T], None] | None, failed: Callable[[Exception], None] | None
    ) -> None:
        self._call: Callable[[], T] | None = call
        self._done = done
        self._failed = failed

    def go(self) -> T:
        """On the lane."""
        assert self._call is not None, "an errand is run once"
        return self._call()

    def come_home(self, finished: Future[T]) -> None:
        """On the screen's thread."""
        done, failed = self._done, self._failed
        self._call = self._done = self._failed = None
        error = finished.exception()
        if error is None:
            if done is not None:
                done(finished.result())
        elif failed is not None and isinstance(error, Exception):
            failed(error)
        else:
            raise error


def run(
    lane: Lane,
    deliver: Deliver,
    call: Callable[[], T],
    done: Callable[[T], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> Future[T]:
    """Run ``call`` on ``lane`` and bring its outcome home: ``done(result)`` or ``failed(error)``.

    Without ``failed`` an error is raised again on the screen's thread, where the crash sheet is.
    """
    errand = _Errand(call, done, failed)
    future = lane.submit(errand.go)

    def home(finished: Future[T]) -> None:
        if not finished.cancelled():
            deliver(lambda: errand.come_home(finished))

    if future.done():  # inline, or very quick: a callback's error would only be logged by the future
        home(future)
    else:
        future.add_done_callback(home)
    return future
