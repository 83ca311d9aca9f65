"""The vault held still: read whole, from another thread, while it goes on being written.

Checking or copying a vault of 10,000 notes takes seconds, and the vault has one connection, so whatever was typed
meanwhile would wait for it. All that is written goes into the write-ahead log first; while nobody moves that log into
the file, the file is the vault as it was at one moment. A second connection reads it as a file that never changes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Lock
from types import TracebackType

from fieldkit.app.ports import Questions
from fieldkit.app.rows import Finding
from fieldkit.kernel.errors import Trouble
from storage import backup, keys
from storage.blobs import BlobStore
from storage.engine import Database
from storage.questions import VaultQuestions
from storage.verify import Report, verify


class StillVault:
    """See ``fieldkit.app.ports.StillVault``."""

    def __init__(self, db: Database, folder: Path, master: bytearray, now: datetime) -> None:
        self.questions: Questions = VaultQuestions(db)
        self._db = db
        self._files = BlobStore(folder, master)
        self._folder = folder
        self._master = master
        self._now = now

    def verify(self, report: Report | None = None) -> list[Finding]:
        """Everything that can be proved, proved; ``report(stage, done, total)`` as it goes on."""
        return verify(self._db, report, self._files)

    def backup(self) -> str:
        """Make and verify a dated encrypted backup that is kept until a person removes it; where it lies."""
        return str(backup.make(self._db, self._folder, self._master, self._now, "kept"))


class Still:
    """One reading of a vault that is held still: ``with still as vault``, once, in the thread that reads.

    The vault keeps it and asks ``is_over`` before it moves its log into the file again.
    """

    def __init__(self, path: Path, master: bytearray, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._master = master
        self._clock = clock
        self._lock = Lock()
        self._db: Database | None = None
        self._is_cut = False
        self._over = Event()

    @property
    def is_over(self) -> bool:
        """Whether it was read to the end, or never will be."""
        return self._over.is_set()

    def __enter__(self) -> StillVault:
        with self._lock:
            if self._is_cut:
                raise Trouble("vault.closing")
            try:
                self._db = Database(self._path, keys.database_key(self._master), is_still=True)
            except BaseException:
                self._over.set()
                raise
            return StillVault(self._db, self._path.parent, self._master, self._clock())

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        with self._lock:
            db, self._db = self._db, None
            if db is not None:
                db.close()
        self._over.set()

    def cut_off(self) -> None:
        """The vault closes: what is being read ends at once, what was not begun never is. Waits until it has ended.

        The reader gets ``Trouble('vault.closing')``.
        """
        with self._lock:
            self._is_cut = True
            db = self._db
            if db is not None:
                db.refuse(Trouble("vault.closing"))
        if db is None:
            self._over.set()
        self._over.wait()
