"""The workspace: one unlocked vault and one assessor, with two verbs.

``perform`` changes something and tells every screen what changed; ``ask`` reads. Both run on the store lane and
answer on the screen's thread, so nothing a person types ever waits for a disk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from typing import Concatenate, ParamSpec, TypeVar

from fieldkit.app.allotted import as_seen
from fieldkit.app.changes import ChangeSet
from fieldkit.app.file_store import FileStore
from fieldkit.app.lanes import Lanes, run
from fieldkit.app.ports import Questions, StillVault, SyncStore, UnitOfWork, Vault
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.topic import Topic

T = TypeVar("T")
P = ParamSpec("P")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


_MOST_BITS = 200
"""Of housekeeping after one call: inline lanes do them one inside the other."""


class Workspace:
    """Runs use cases against the open vault.

    ``changed`` is told of every change set on the screen's thread, before the ``done`` of the call that caused
    it. A listener ignores change sets whose ``origin`` is its own name. ``troubled`` is told of trouble (a disk that
    cannot be read) in a call whose caller gave no ``failed``; anything else nobody expected goes to the crash sheet.
    """

    def __init__(self, vault: Vault, lanes: Lanes) -> None:
        self._vault = vault
        self._lanes = lanes
        self._is_left = False
        self._seen: Questions | None = None
        self._readings: deque[Callable[[], None]] = deque()
        self.changed: Topic[ChangeSet] = Topic()
        self.troubled: Topic[Trouble] = Topic()

    @property
    def lanes(self) -> Lanes:
        """The lanes, for jobs that need no vault."""
        return self._lanes

    @property
    def files(self) -> FileStore:
        """The files of attachments."""
        return self._vault.files

    def work_on_files(
        self, job: Callable[[FileStore], T], done: Done[T] | None = None, failed: Failed | None = None
    ) -> Future[T]:
        """Run a long job on files on a lane of its own: nothing that is typed waits for it."""
        files = self._vault.files
        return run(self._lanes.files, self._deliver, lambda: job(files), done, failed or self._unanswered)

    def perform(
        self,
        action: Callable[[UnitOfWork], T],
        *,
        initiator: str = "",
        done: Done[T] | None = None,
        failed: Failed | None = None,
    ) -> Future[tuple[T, ChangeSet]]:
        """Run a use case in one transaction. The result comes home only once it is durable."""

        def home(outcome: tuple[T, ChangeSet]) -> None:
            result, changes = outcome
            if not changes.is_empty:
                self.changed.tell(changes)
            if done is not None:
                done(result)

        future = run(
            self._lanes.store,
            self._deliver,
            lambda: self._perform(action, initiator),
            home,
            failed or self._unanswered,
        )
        self._tidy_later()
        return future

    def _perform(self, action: Callable[[UnitOfWork], T], initiator: str) -> tuple[T, ChangeSet]:
        result, changes = self._vault.perform(action, initiator)
        self._look_again(changes)
        return result, changes

    def ask(
        self,
        question: Callable[Concatenate[Questions, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Future[T]:
        """Read on the store lane; the future is for callers that wait. Screens use ``ask_then``."""
        return self._lanes.store.submit(lambda: question(self._questions(), *args, **kwargs))

    def ask_then(self, question: Callable[[Questions], T], done: Done[T], failed: Failed | None = None) -> Future[T]:
        """Read on the store lane and bring the answer to the screen's thread."""
        return run(
            self._lanes.store, self._deliver, lambda: question(self._questions()), done, failed or self._unanswered
        )

    def _questions(self) -> Questions:
        """On the store lane: what the screens may ask, worked out again after each change to who goes where."""
        if self._seen is None:
            self._seen = as_seen(self._vault.questions)
        return self._seen

    def _look_again(self, changes: ChangeSet) -> None:
        if changes.touches("activity", "visit", "setting", "entry"):
            self._seen = None

    def sync_call(self, use: Callable[[SyncStore], T]) -> T:
        """Run one local transaction for the sync worker and wait for it; called on the sync thread.

        A change set that comes back is told to the screens with the origin ``"sync"``.
        """

        def call() -> T:
            found = use(self._vault.sync_store)
            if isinstance(found, ChangeSet):
                self._look_again(found)
            return found

        result = self._lanes.store.submit(call).result()
        if isinstance(result, ChangeSet) and not result.is_empty:
            self._deliver(lambda: self.changed.tell(result))
        self._tidy_later()
        return result

    def maintain(
        self, job: Callable[[Vault], T], done: Done[T] | None = None, failed: Failed | None = None
    ) -> Future[T]:
        """Run a short job on the vault itself on the store lane; what takes long is ``look_over``."""
        return run(self._lanes.store, self._deliver, lambda: job(self._vault), done, failed)

    def look_over(
        self, job: Callable[[StillVault], T], done: Done[T] | None = None, failed: Failed | None = None
    ) -> None:
        """Read the whole vault as it is now (check, copy, export) on the work lane; nothing typed waits for it.

        One such job at a time: the next one begins when the one before it has ended. Call on the screens' thread.
        """
        self._readings.append(lambda: self._read(job, done, failed))
        if len(self._readings) == 1:
            self._readings[0]()

    def _read(self, job: Callable[[StillVault], T], done: Done[T] | None, failed: Failed | None) -> None:
        def held(still: AbstractContextManager[StillVault]) -> None:
            run(self._lanes.work, self._deliver, lambda: _with(still, job), home, refused)

        def home(result: T) -> None:
            self._next_reading()
            if done is not None:
                done(result)

        def refused(problem: Exception) -> None:
            self._next_reading()
            (failed or self._unanswered)(problem)

        run(self._lanes.store, self._deliver, self._vault.hold_still, held, refused)

    def _next_reading(self) -> None:
        self._tidy_later()  # the log grew while it could not be moved into the file
        self._readings.popleft()
        if self._readings:
            self._readings[0]()

    def _unanswered(self, problem: Exception) -> None:
        if not isinstance(problem, Trouble):
            raise problem
        self.troubled.tell(problem)

    def _tidy_later(self, bits: int = _MOST_BITS) -> None:
        """Have the vault tidied bit by bit, each behind whatever else waits, so that no note ever waits for it."""

        def bit() -> None:
            if self._vault.tidy() and bits > 1:
                self._tidy_later(bits - 1)

        def when_painted() -> None:
            self._lanes.way.let_pass()
            with suppress(RuntimeError):
                self._lanes.store.submit(bit)

        with suppress(RuntimeError):  # the lane has ended; the next opening goes on
            if self._lanes.way.is_typed:  # waited for elsewhere: what the next key saves finds the store lane free
                self._lanes.work.submit(when_painted)
            else:
                self._lanes.store.submit(bit)

    def leave(self) -> None:
        """The screens are gone: what was submitted is still done, but nothing comes home any more.

        A late answer would otherwise build a screen again, which then asks a closed vault.
        """
        self._is_left = True

    def _deliver(self, call: Callable[[], None]) -> None:
        self._lanes.deliver(lambda: None if self._is_left else call())

    def close(self) -> Future[None]:
        """Close the vault after everything already submitted."""
        return self._lanes.store.submit(self._vault.close)


def _with(still: AbstractContextManager[StillVault], job: Callable[[StillVault], T]) -> T:
    with still as vault:
        return job(vault)
