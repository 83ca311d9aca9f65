"""See ``fieldkit.app.laptop.LaptopStore``: the office's word on this laptop, kept in the vault's settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from fieldkit.app.changes import ChangeSet, change_set
from fieldkit.app.file_store import FileStore
from fieldkit.app.laptop_word import CERTIFICATE, DECIDED, ERASE, INTAKE, STATUS, WAITING, Decision, LaptopWord
from fieldkit.app.purging import PurgeRow
from fieldkit.domain.device_certificate import read_device
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import VerifyKey
from storage import purge
from storage.engine import Database
from storage.erasing import destroy_files
from storage.identity import identity

ORIGIN = "sync"
_PUT = "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class VaultLaptop:
    """``store_key`` gives the office's pinned key; ``note`` puts on the vault's own record what was removed."""

    def __init__(
        self,
        db: Database,
        files: FileStore,
        store_key: Callable[[], bytes],
        note: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._db, self._files = db, files
        self._store_key, self._note, self._now = store_key, note, now

    def decided(self) -> int:
        """The number of the last decision that is known here."""
        row = self._db.one("SELECT value FROM settings WHERE name = ?", (DECIDED,))
        return int(row[0]) if row and str(row[0]).isdecimal() else 0

    def keep_word(self, word: LaptopWord) -> ChangeSet:
        """Keep what is new. Raises ``Refusal('receipt.…')``."""
        wanted = {
            STATUS: word.status, WAITING: str(word.waiting) if word.waiting else None,
            ERASE: json.dumps(asdict(word.erase), ensure_ascii=False) if word.erase else None,
        }  # fmt: skip
        if word.certificate is not None:
            wanted[CERTIFICATE] = self._checked(word.certificate)
        names = ", ".join("?" * len(wanted))
        kept: dict[str, str] = dict(
            self._db.rows(f"SELECT name, value FROM settings WHERE name IN ({names})", list(wanted))
        )
        changed = [name for name, value in wanted.items() if kept.get(name) != value]
        if changed:
            with self._db.transaction():
                for name in changed:
                    self._put(name, wanted[name])
        return change_set(ORIGIN, [("setting", name) for name in changed])

    def keep_decisions(self, decisions: Sequence[Decision], upto: int) -> ChangeSet:
        """Keep what was decided; a later decision of the same revision takes the place of an earlier one."""
        with self._db.transaction():
            for one in decisions:
                body = {"decision": one.decision, "reason": one.reason, "by": one.by, "at": one.at}
                self._put(INTAKE + one.revision, json.dumps(body, ensure_ascii=False))
            self._put(DECIDED, str(max(upto, self.decided())))
        return change_set(ORIGIN, [("setting", INTAKE + one.revision) for one in decisions])

    def purge_asks(self) -> list[str]:
        """What of team-mates is due to go, which the store is to be asked about."""
        return purge.asks(self._db, self._files.has)

    def purge(self, held: Collection[str] = ()) -> ChangeSet:
        """Remove what is due; files go after the transaction that says so is on the disk."""
        if purge.keep_days(self._db) is None:
            return change_set(ORIGIN, [])
        with self._db.transaction():
            done, gone, touched = purge.purge(self._db, self._files.has, frozenset(held))
            for row in done:
                of_team = f", {row.team} notes and {row.team_files} files of the team"
                self._note(f"{row.notes} notes, {row.files} files{of_team if row.team or row.team_files else ''}")
        destroy_files(self._files, gone)
        return change_set(ORIGIN, touched)

    def purge_rows(self) -> list[PurgeRow]:
        """What would be removed, and when."""
        return purge.rows(self._db, self._files.has)

    def again(self) -> list[str]:
        """Assessments to be read from their beginning."""
        return purge.again(self._db)

    def came_again(self, assessments: Sequence[str]) -> None:
        """They were read whole."""
        with self._db.transaction():
            purge.came_again(self._db, assessments)

    def ask_again(self, visit: str, assessment: str) -> None:
        """Read what was removed of a visit from the office with the next sending."""
        with self._db.transaction():
            purge.ask_again(self._db, visit, assessment, self._now())

    def _put(self, name: str, value: str | None) -> None:
        if value is None:
            self._db.run("DELETE FROM settings WHERE name = ?", (name,))
        else:
            self._db.run(_PUT, (name, value))

    def _checked(self, signed: Signed) -> str:
        found, me = read_device(signed, VerifyKey(self._store_key())), identity(self._db)
        if (found.device, found.key) != (me.device, me.key.public.hex()):
            raise Refusal("receipt.other_device")
        return json.dumps({"data": signed.data.hex(), "signature": signed.signature.hex()})
