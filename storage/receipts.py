"""Receipts: the central store's signed word, verified against the pinned key before anything is shown as confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fieldkit.domain.receipt import (
    Certificate,
    Outcome,
    ReceiptLine,
    ReceiptSheet,
    Signed,
    read_certificate,
    read_sheet,
)
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import VerifyKey
from storage import outbox
from storage.engine import Database, Row
from storage.log import marks
from storage.notes import notes_of
from storage.outbox import CONFIRMED, CONTENT, ENVELOPE, LEAVES, STAYS, place_of
from storage.projection import settle_notes

_ALL = ENVELOPE | CONTENT
_INSERT = (
    "INSERT OR IGNORE INTO receipts (revision, epoch, seq, hash, outcome, has_content, code, received_at, sheet)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def keep_sheet(db: Database, signed: Signed, store: VerifyKey) -> list[str]:
    """Verify a sheet and keep it with its lines; the records it confirms. A sheet already here changes nothing.

    Raises ``Refusal('receipt.signature')``, ``Refusal('receipt.malformed')`` or ``Refusal('receipt.other_store')``.
    """
    sheet = read_sheet(signed, store)
    if sheet.store != store.public.hex():
        raise Refusal("receipt.other_store")
    digest = hashlib.sha256(signed.data).hexdigest()
    if not db.run(
        "INSERT OR IGNORE INTO sheets (digest, data, signature) VALUES (?, ?, ?)",
        (digest, signed.data, signed.signature),
    ):
        return []
    number = db.one("SELECT sheet FROM sheets WHERE digest = ?", (digest,))
    db.many(_INSERT, [_values(sheet, line, number[0] if number else 0) for line in sheet.lines])
    db.run(
        "INSERT OR IGNORE INTO witnesses (epoch, seq, chain, proof) VALUES (?, ?, ?, ?)",
        (sheet.witness.epoch, sheet.witness.seq, sheet.witness.chain, sheet.witness.proof),
    )
    return _confirm(db, sheet)


def keep_certificate(db: Database, signed: Signed, store: VerifyKey) -> Certificate:
    """Verify and keep the latest certificate of one of our devices.

    Raises ``Refusal('receipt.signature')``, ``Refusal('receipt.malformed')``, ``Refusal('receipt.other_store')`` or
    ``Refusal('receipt.other_device')``.
    """
    certificate = read_certificate(signed, store)
    if certificate.store != store.public.hex():
        raise Refusal("receipt.other_store")
    if db.one("SELECT 1 FROM own_devices WHERE device = ?", (certificate.device,)) is None:
        raise Refusal("receipt.other_device")
    db.run(
        "INSERT OR REPLACE INTO certificates (device, data, signature) VALUES (?, ?, ?)",
        (certificate.device, signed.data, signed.signature),
    )
    return certificate


def _confirm(db: Database, sheet: ReceiptSheet) -> list[str]:
    lines = {str(line.revision): line for line in sheet.lines if line.is_kept}
    rows = [row for row in _of_ids(db, list(lines)) if lines[row[1]].hash == row[2]]
    only = outbox.trusted_epoch(db)
    if only is None or sheet.epoch == only:
        _take_out(db, rows, lines)
    db.many("DELETE FROM said WHERE revision = ?", [(row[1],) for row in rows])
    return [row[4] for row in rows]


def _take_out(db: Database, rows: list[Row], lines: dict[str, ReceiptLine]) -> None:
    """Settle own revisions by their lines alone: ten thousand receipts must not read ten thousand notes."""
    left, content, there = [], [], []
    for n, revision, _hash, kind, _record, here, priority in rows:
        if here:
            line = lines[revision]
            is_settled = line.has_content or line.outcome is Outcome.ERASED
            left.append((_ALL & ~(ENVELOPE | CONTENT if is_settled else ENVELOPE), place_of(n, priority)))
            if is_settled and kind == "entry":
                content.append(n)
            if line.has_content and kind == "entry":
                there.append((n,))
    db.many("UPDATE outbox SET wants = wants & ? WHERE place = ?", left)
    db.many("DELETE FROM outbox WHERE place = ? AND wants = 0", [(place,) for _, place in left])
    for table in ("entries", "sieve"):
        numbers = [(n,) for n in content]
        db.many(f"UPDATE {table} SET sharing = {CONFIRMED} WHERE n = ? AND sharing = {LEAVES}", numbers)
    settle_notes(db, notes_of(db, _staying(db, content)).values())
    db.many("DELETE FROM offered WHERE n = ?", there)


def _staying(db: Database, numbers: Sequence[int]) -> list[int]:
    """Notes that were to stay although the store has their content: whatever else belongs to them goes too."""
    if not numbers:
        return []
    rows = db.rows(f"SELECT n FROM entries WHERE sharing = {STAYS} AND n IN ({marks(len(numbers))})", list(numbers))
    return [row[0] for row in rows]


def _of_ids(db: Database, ids: list[str]) -> list[Row]:
    if not ids:
        return []
    return db.rows(
        f"SELECT n, id, hash, kind, record, here, priority FROM revisions WHERE id IN ({marks(len(ids))})", list(ids)
    )


def _values(sheet: ReceiptSheet, line: ReceiptLine, number: int) -> tuple[object, ...]:
    return (
        line.revision, sheet.epoch, line.seq, line.hash, line.outcome.value, int(line.has_content), line.code,
        sheet.received_at, number,
    )  # fmt: skip
