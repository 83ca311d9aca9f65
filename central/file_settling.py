"""Files that have come and are being made durable while the next one comes, for laptops that asked so.

A file is flushed, named, flushed again in its folders and listed: seven to nine flushes with SQLite, in which its
sender used to wait with an idle line. Nothing is said of such a file until all that is done: its answer names the
bytes that were durable before, and the store's word of it comes with a later answer. A laptop that hears no word asks.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass, field

from fieldkit.kernel.errors import FieldKitError

_log = logging.getLogger("central")

_MOST_UNTOLD = 1_000
"""Words that nobody has asked for; beyond these the eldest are forgotten, and told when the file is asked about."""


_MOST_TOLD = 4
"""Words in one answer: 2.5 kB, and proxies take heads of 4."""


@dataclass(slots=True, kw_only=True)
class _Job:
    device: str
    waiting: int
    """Bytes that a store which is killed now has to be sent again."""
    word: Future[str] = field(default_factory=Future)


class Settling:
    """One for each open store; used from many threads.

    ``threads`` settle at once: one with SQLite, where a second would wait for the first one's lock in steps of ms.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._jobs: dict[str, _Job] = {}
        self._thread: ThreadPoolExecutor | None = None

    def begin(self, upload: str, device: str, waiting: int, settle: Callable[[], str]) -> None:
        """Have ``settle`` done behind; it returns the store's word, or nothing where there is none yet."""
        job = _Job(device=device, waiting=waiting)
        with self._lock:
            if self._thread is None:
                self._thread = ThreadPoolExecutor(self._threads, thread_name_prefix="settling a file")
            self._jobs[upload] = job
            self._forget()
            self._thread.submit(_do, job, settle)

    def wait(self, upload: str, seconds: float) -> bool:
        """Wait until a sending is settled, so that nobody is told where it stood before; whether one was at hand."""
        job = self._jobs.get(upload)
        if job is None or job.word.done():
            return False
        with suppress(NotYet):
            job.word.result(seconds)
        return True

    def words(self, device: str, most: int, seconds: float) -> list[str]:
        """The words for a laptop that nobody told it yet. Waits until at most ``most`` bytes of it are unsettled."""
        while job := self._eldest_above(device, most):
            try:
                job.word.result(seconds)
            except NotYet:
                break
        with self._lock:
            done = [name for name, job in self._jobs.items() if job.device == device and job.word.done()]
            return [word for name in done[:_MOST_TOLD] if (word := self._jobs.pop(name).word.result())]

    def close(self) -> None:
        """Finish what is under way; no more begins."""
        if self._thread is not None:
            self._thread.shutdown()

    def _eldest_above(self, device: str, most: int) -> _Job | None:
        with self._lock:
            under_way = [job for job in self._jobs.values() if job.device == device and not job.word.done()]
        return under_way[0] if sum(job.waiting for job in under_way) > most else None

    def _forget(self) -> None:
        for name in [name for name, job in self._jobs.items() if job.word.done()][:-_MOST_UNTOLD]:
            del self._jobs[name]


def _do(job: _Job, settle: Callable[[], str]) -> None:
    word = ""
    try:
        word = settle()
    except FieldKitError as error:  # whoever asks for the file hears of it
        _log.info("a file was not settled: %s", error.code)
    except Exception:
        _log.exception("a file was not settled")
    finally:
        job.word.set_result(word)
