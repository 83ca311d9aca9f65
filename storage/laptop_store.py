"""See ``fieldkit.app.laptop.LaptopStore``: the office's word on this laptop, kept in the vault's settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from fieldkit.app.changes import ChangeSet, change_set
from fieldkit.app.laptop_word import CERTIFICATE, DECIDED, ERASE, INTAKE, STATUS, WAITING, Decision, LaptopWord
from fieldkit.domain.device_certificate import read_device
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import VerifyKey
from storage.engine import Database
from storage.identity import identity

ORIGIN = "sync"
_PUT = "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"


class VaultLaptop:
    """``store_key`` gives the office's pinned key."""

    def __init__(self, db: Database, store_key: Callable[[], bytes]) -> None:
        self._db = db
        self._store_key = store_key

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
