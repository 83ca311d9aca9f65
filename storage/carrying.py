"""What this laptop carries for others to the central store, and what others say that they carry for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from fieldkit.app.changes import ChangeSet, change_set
from fieldkit.app.handing_over import MOST_KEPT, CarriedFile, Carrier, HandedOver, KnownLaptop
from fieldkit.app.transfers import FileTask
from fieldkit.domain.carrier_receipt import CarrierReceipt, is_signed_by
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import VerifyKey
from storage import file_places
from storage.attachments import held_files
from storage.engine import Database
from storage.identity import enrolment, fact
from storage.outbox import N_MASK

ORIGIN = "hand_over"
LOG, CARRIED = "hand_over/log", "hand_over/carried"
_MOST_SHEETS = 500


class VaultCarrying:
    """See ``fieldkit.app.handing_over.CarryStore``."""

    def __init__(
        self, db: Database, folder: Path, laptops: Callable[[], Sequence[KnownLaptop]], now: Callable[[], str]
    ) -> None:
        self._db, self._folder, self._laptops, self._now = db, folder, laptops, now

    @property
    def folder(self) -> Path:
        """Where sealed files wait to be handed on, and receipts to be given back."""
        return self._folder / "carried"

    def files(self) -> list[CarriedFile]:
        """What is or was carried, in the order it came."""
        return [_carried(one) for one in json.loads(setting(self._db, CARRIED) or "[]")]

    def note_file(self, carried: CarriedFile, *, is_handed_on: bool = False) -> ChangeSet:
        """Remember it, or how far it came; the oldest that are over go, with the receipts that nobody fetched."""
        if is_handed_on:
            carried = replace(carried, handed_on_at=from_stamp(self._now()))
        every = {(one.bundle, one.part): one for one in self.files()}
        every[carried.bundle, carried.part] = carried
        over = [key for key, one in every.items() if not one.is_waiting]
        for key in over[:-MOST_KEPT]:
            for left in self.folder.glob(f"{every.pop(key).stem}.*"):
                left.unlink(missing_ok=True)
        put_setting(self._db, CARRIED, json.dumps([_carried_row(one) for one in every.values()]))
        return change_set(ORIGIN, [("setting", CARRIED)])

    def note_given(self, carried: CarriedFile) -> ChangeSet:
        """The store's receipts for it were put where its writer finds them."""
        return self.note_file(replace(carried, given_at=from_stamp(self._now())))

    def note_carrier(self, signed: Signed) -> HandedOver:
        """Remember that somebody carries a hand-over of this laptop's."""
        said = CarrierReceipt.from_bytes(signed.data)
        found = next((one for one in handed(self._db) if one.bundle == said.bundle), None)
        if found is None:
            raise Refusal("handover.not_for_you", place="laptop")
        known = next((one for one in self._laptops() if one.device == said.device), None)
        if known is None or not is_signed_by(signed, VerifyKey(known.public)):
            raise Refusal("handover.carrier_unknown")
        office = enrolment(self._db)
        if office is None or office.store_key.hex() != said.store:
            raise Refusal("handover.other_office")
        whole = {
            number for number, size in said.parts if not found.sizes or found.sizes[number - 1 : number] == (size,)
        }
        before = next((one for one in found.carriers if one.device == said.device), None)
        kept = Carrier(
            name=known.name, at=said.at, device=said.device,
            parts=tuple(sorted(whole | set(before.parts if before is not None else ()))),
        )  # fmt: skip
        others = tuple(one for one in found.carriers if one.device != said.device)
        made = replace(found, carriers=tuple(sorted((*others, kept), key=lambda one: one.at)))
        note_handed(self._db, made)
        return made

    def sheets_for(self, device: str) -> list[Signed]:
        """The newest of the store's receipts here that confirm something of that laptop, in this epoch."""
        rows = self._db.rows(
            "SELECT data, signature FROM sheets WHERE sheet IN (SELECT DISTINCT x.sheet FROM receipts x"
            " JOIN revisions r ON r.id = x.revision AND r.hash = x.hash WHERE r.device = ? AND x.epoch = ?)"
            " ORDER BY sheet DESC LIMIT ?",
            (device, fact(self._db, "epoch"), _MOST_SHEETS),
        )
        return [Signed(data=row[0], signature=row[1]) for row in reversed(rows)]

    def file_receipts_for(self, device: str) -> list[Signed]:
        """The same for files whose record that laptop wrote."""
        rows = self._db.rows(
            "SELECT DISTINCT record FROM revisions WHERE device = ? AND kind = 'attachment'", (device,)
        )
        theirs, epoch = {row[0] for row in rows}, fact(self._db, "epoch")
        named = {(one.assessment, one.sha256) for one in held_files(self._db) if one.record in theirs}
        kept = self._db.rows(
            "SELECT assessment, sha256, data, signature FROM file_places WHERE data IS NOT NULL AND epoch = ?", (epoch,)
        )
        return [Signed(data=row[2], signature=row[3]) for row in kept if (row[0], row[1]) in named]

    def note_brought(self, file: FileTask) -> None:
        """These bytes came with a hand-over for this very assessment."""
        put_setting(self._db, f"{file_places.BROUGHT}{file.assessment}/{file.sha256}", "yes")


def handed(db: Database) -> list[HandedOver]:
    """What was handed over, newest first, and whether all of it is at the office by the receipts that are here."""
    every = [_handed(one) for one in json.loads(setting(db, LOG) or "[]")]
    if not every:
        return []
    row = db.one(f"SELECT min(place & {N_MASK}) FROM outbox")
    waiting = [one.n for one in file_places.leaving(db)] + ([row[0]] if row and row[0] is not None else [])
    first = min(waiting, default=None)
    return [replace(one, is_there=_is_there(one, first)) for one in every]


def note_handed(db: Database, made: HandedOver) -> None:
    """Remember a hand-over, or what became of one that is remembered already."""
    rest = [one for one in handed(db) if one.bundle != made.bundle]
    every = sorted([made, *rest], key=lambda one: one.at, reverse=True)[:MOST_KEPT]
    put_setting(db, LOG, json.dumps([_row(one) for one in every]))


def setting(db: Database, name: str) -> str | None:
    """A setting of the vault's own."""
    row = db.one("SELECT value FROM settings WHERE name = ?", (name,))
    return str(row[0]) if row is not None else None


def put_setting(db: Database, name: str, value: str) -> None:
    """Keep one, in a transaction of its own."""
    with db.transaction():
        db.run("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))


def _is_there(one: HandedOver, first_waiting: int | None) -> bool:
    if not one.reached:  # written by an earlier version, which kept only whether receipts came by file
        return one.confirmed_at is not None
    return first_waiting is None or one.reached < first_waiting


def _row(one: HandedOver) -> dict[str, object]:
    return {
        "bundle": one.bundle, "at": to_stamp(one.at), "to": one.to, "is_centre": one.is_centre,
        "revisions": one.revisions, "files": one.files, "parts": one.parts, "sizes": list(one.sizes),
        "reached": one.reached, "asks": one.asks,
        "carriers": [[who.name, to_stamp(who.at), who.device, list(who.parts)] for who in one.carriers],
        "confirmed_at": to_stamp(one.confirmed_at) if one.confirmed_at else None,
    }  # fmt: skip


def _handed(raw: dict[str, object]) -> HandedOver:
    rest = {"at", "carriers", "confirmed_at", "sizes"}
    known = {name: value for name, value in raw.items() if name not in rest}
    at, carriers, confirmed, sizes = raw["at"], raw["carriers"], raw["confirmed_at"], raw.get("sizes", [])
    assert isinstance(carriers, list)
    assert isinstance(sizes, list)
    return replace(
        HandedOver(**known, at=from_stamp(str(at))),  # type: ignore[arg-type]
        carriers=tuple(_carrier(*one) for one in carriers), sizes=tuple(sizes),
        confirmed_at=from_stamp(str(confirmed)) if confirmed else None,
    )  # fmt: skip


def _carrier(name: str, at: str, device: str = "", parts: Sequence[int] = ()) -> Carrier:
    return Carrier(name=name, at=from_stamp(at), device=device, parts=tuple(parts))


def _carried_row(one: CarriedFile) -> dict[str, object]:
    return {
        "bundle": one.bundle, "part": one.part, "size": one.size, "at": to_stamp(one.at), "next": one.next,
        "taken": one.taken, "spoilt": one.spoilt, "refused": one.refused, "gaps": one.gaps,
        "handed_on_at": to_stamp(one.handed_on_at) if one.handed_on_at else None,
        "given_at": to_stamp(one.given_at) if one.given_at else None,
    }  # fmt: skip


def _carried(raw: dict[str, object]) -> CarriedFile:
    times = {name: from_stamp(str(raw[name])) for name in ("at", "handed_on_at", "given_at") if raw[name]}
    known = {name: value for name, value in raw.items() if name not in {"at", "handed_on_at", "given_at"}}
    return CarriedFile(**known, **times)  # type: ignore[arg-type]
