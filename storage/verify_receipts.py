"""Checks of receipts: every sheet and certificate against the pinned key, every line against a sheet."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.app.rows import Finding
from fieldkit.domain.receipt import ReceiptSheet, Signed, read_certificate, read_sheet
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import VerifyKey
from storage.engine import Database
from storage.findings import finding
from storage.identity import enrolment

Report = Callable[[str, int, int], None]
Line = tuple[str, str, int, str, str, int, str, str, int]


def receipt_findings(db: Database, tell: Report) -> list[Finding]:
    """Everything wrong with receipts and certificates."""
    office = enrolment(db)
    if office is None:
        count = db.one("SELECT (SELECT count(*) FROM receipts) + (SELECT count(*) FROM certificates)")
        return [finding("verify.no_store_key")] if count and count[0] else []
    store = VerifyKey(office.store_key)
    found, signed = _sheets(db, store, tell)
    kept = set(
        db.rows("SELECT revision, epoch, seq, hash, outcome, has_content, code, received_at, sheet FROM receipts")
    )
    found += [finding("verify.receipt_line", revision=line[0]) for line in sorted(kept ^ signed)]
    found += _other_bytes(db)
    return found + _certificates(db, store)


def _sheets(db: Database, store: VerifyKey, tell: Report) -> tuple[list[Finding], set[Line]]:
    found: list[Finding] = []
    signed: set[Line] = set()
    rows = db.rows("SELECT sheet FROM sheets ORDER BY sheet")
    for done, (number,) in enumerate(rows, start=1):
        row = db.one("SELECT data, signature FROM sheets WHERE sheet = ?", (number,))
        if row is None:
            continue
        try:
            sheet = read_sheet(Signed(data=row[0], signature=row[1]), store)
            if sheet.store != store.public.hex():
                raise Refusal("receipt.other_store")
            signed |= _lines(sheet, number)
        except Refusal:
            found.append(finding("verify.receipt", sheet=number))
        tell("receipts", done, len(rows))
    return found, signed


def _lines(sheet: ReceiptSheet, number: int) -> set[Line]:
    return {
        (
            line.revision, sheet.epoch, line.seq, line.hash, line.outcome.value, int(line.has_content), line.code,
            sheet.received_at, number,
        )
        for line in sheet.lines
    }  # fmt: skip


def _other_bytes(db: Database) -> list[Finding]:
    rows = db.rows(
        "SELECT DISTINCT r.id FROM receipts x JOIN revisions r ON r.id = x.revision"
        " WHERE r.hash <> x.hash AND x.outcome NOT IN ('collision', 'corrupt') ORDER BY r.id"
    )
    return [finding("verify.receipt_hash", revision=row[0]) for row in rows]


def _certificates(db: Database, store: VerifyKey) -> list[Finding]:
    found = []
    for device, data, signature in db.rows("SELECT device, data, signature FROM certificates ORDER BY device"):
        try:
            if read_certificate(Signed(data=data, signature=signature), store).device != device:
                raise Refusal("receipt.other_device")
        except Refusal:
            found.append(finding("verify.certificate", device=device))
    return found
