"""See ``fieldkit.app.erasing.ErasureStore``: each method is one local transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from fieldkit.app.changes import ChangeSet, change_set
from fieldkit.app.erasing import ErasureRow, ErasureStanding
from fieldkit.app.file_store import FileStore
from fieldkit.domain.erasure import ErasureOrder
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.signing import VerifyKey
from storage import erasing
from storage.engine import Database

ORIGIN = "sync"
_BACKUPS = "backups"


class VaultErasures:
    """``store_key`` gives the office's pinned key; ``note`` puts on the vault's own record how many were erased."""

    def __init__(
        self,
        db: Database,
        folder: Path,
        files: FileStore,
        store_key: Callable[[], bytes],
        note: Callable[[str], None],
    ) -> None:
        self._db, self._folder, self._files = db, folder, files
        self._store_key, self._note = store_key, note

    def standing(self) -> ErasureStanding:
        """How the list stands."""
        number, count, left = erasing.standing(self._db)
        return ErasureStanding(number=number, count=count, open=left, waiting=erasing.waiting(self._db))

    def rows(self) -> list[ErasureRow]:
        """The list, oldest order first."""
        found = []
        for data, state, kind, backups in erasing.listed(self._db):
            order = ErasureOrder.from_bytes(data)
            still = tuple(name for name in backups.split("\n") if name and (self._folder / _BACKUPS / name).exists())
            found.append(
                ErasureRow(
                    revision=order.revision, kind=kind, reason=order.reason, at=order.at, state=state, backups=still
                )
            )  # fmt: skip
        return found

    def known(self) -> list[Signed]:
        """Every order."""
        return erasing.known(self._db)

    def keep(self, orders: Sequence[tuple[int, Signed]]) -> None:
        """Raises ``Refusal`` for an order that is not the office's own; then none is kept."""
        key = VerifyKey(self._store_key())
        with self._db.transaction():
            erasing.keep(self._db, orders, key)

    def obey(self, *, is_allowed: bool = False) -> ChangeSet:
        """Erase what may be erased now, then what lay in files beside the vault and in its write-ahead log."""
        with self._db.transaction():
            done = erasing.obey(self._db, self._backups(), is_allowed=is_allowed)
            if done.count:
                self._note(f"{done.count} by order of the office")
        if done.count:
            erasing.destroy_files(self._files, done.files)
            self._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        return change_set(ORIGIN, done.touched)

    def _backups(self) -> str:
        folder = self._folder / _BACKUPS
        return "\n".join(sorted(path.name for path in folder.glob("*.db"))) if folder.is_dir() else ""
