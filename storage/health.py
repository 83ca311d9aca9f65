"""Whether the vault was closed properly, can be written, and is whole."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.kernel.errors import Trouble
from storage.engine import Database
from storage.identity import fact, set_fact

_GROWN_PAGES = 1000
_SAFETY_NET_PAGES = 8000
"""32 MB: where nobody calls ``tidy``, a commit does it."""


class Checkup:
    """Looks after one open database."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._is_read: Callable[[], bool] | None = None

    def open(self, app: str) -> None:
        """Check the pages if the last closing was not clean, then write: that proves that notes can be kept.

        On a read-only disk opening succeeds silently; only a write tells. Raises ``Trouble('vault.damaged')`` or
        ``Trouble('vault.read_only')``.
        """
        self._checkpoint_by_itself_at(_SAFETY_NET_PAGES)
        if fact(self._db, "running") == "yes":
            self.assert_whole()
        # Not flushed by itself: the first note's flush takes it along, and without a note nothing can be lost. A flush
        # here would be most of the time that opening takes.
        with self._db.lazy_transaction():
            set_fact(self._db, "running", "yes")
            set_fact(self._db, "store_version", app)

    def assert_whole(self) -> None:
        """Check every page's seal. Raises ``Trouble('vault.damaged')``."""
        # The check reads the file itself; a checkpoint first, or a page torn by a crash that the log still has
        # whole would count as damage.
        self.checkpoint()
        if self._db.one("PRAGMA cipher_integrity_check") is not None:
            raise Trouble("vault.damaged", folder=str(self._db.path.parent))

    def checkpoint_if_grown(self) -> bool:
        """Move the log into the file when it holds more than four megabytes; whether it did."""
        log = self._db.path.with_name(self._db.path.name + "-wal")
        if self.is_held or self._db.in_transaction or not log.exists() or log.stat().st_size <= _GROWN_PAGES * 4096:
            return False
        self.checkpoint()
        return True

    def checkpoint(self) -> None:
        """Move the whole log into the file and empty it; not while the file is held still."""
        if not self.is_held:
            self._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def hold(self, is_read: Callable[[], bool]) -> None:
        """Bring the file up to now, and leave it as it is until ``is_read`` says so: what is written waits in the log.

        Raises ``RuntimeError`` where it is held already: what was written since would be missing from the file.
        """
        if self.is_held:
            raise RuntimeError("the vault is held still already")
        self.checkpoint()
        self._checkpoint_by_itself_at(0)
        self._is_read = is_read

    @property
    def is_held(self) -> bool:
        """Whether somebody is reading the file."""
        if self._is_read is not None and self._is_read():
            self._is_read = None
            self._checkpoint_by_itself_at(_SAFETY_NET_PAGES)
        return self._is_read is not None

    def _checkpoint_by_itself_at(self, pages: int) -> None:
        self._db.rows(f"PRAGMA wal_autocheckpoint={pages}")

    def close(self) -> None:
        """Say that the vault was closed properly."""
        with self._db.transaction():
            set_fact(self._db, "running", "no")
        self.checkpoint()
