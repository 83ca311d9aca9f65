"""What ``vault verify`` can find, and the sentence for each."""

from __future__ import annotations

from fieldkit.app.rows import Finding

SENTENCES = {
    "verify.pages": "A page of the vault file does not match its seal: {what}.",
    "verify.structure": "The tables of the vault are not sound: {what}.",
    "verify.unreadable": "A part of the vault could not be read. The checks after it were left out.",
    "verify.envelope": "The envelope of revision {revision} cannot be read.",
    "verify.columns": "Revision {revision} is filed under other facts than were signed ({what}).",
    "verify.hash": "The fingerprint kept for revision {revision} is not that of its envelope.",
    "verify.digest": "The content of {kind} {revision} is not the content that was signed.",
    "verify.signature": "The signature of {kind} {revision} does not hold.",
    "verify.unknown_device": "Revision {revision} was signed by a device that this vault does not know.",
    "verify.author": "Revision {revision} names an author to whom its device does not belong.",
    "verify.gap": "This laptop's log has a gap: number {seq} of device {device} is missing.",
    "verify.chain": "Revision {revision} does not follow the revision before it.",
    "verify.head": "The log of device {device} ends at number {found}, and not at {expected}.",
    "verify.parents": "Revision {revision} names a parent of another record.",
    "verify.receipt": "A receipt sheet is not signed by the office's central store, or was changed (sheet {sheet}).",
    "verify.receipt_line": "A receipt for revision {revision} is on no signed sheet.",
    "verify.receipt_hash": "The receipt for revision {revision} is for other bytes than are kept here.",
    "verify.certificate": "The central store's certificate for device {device} is not signed by it.",
    "verify.no_store_key": "There are receipts, but the vault is enrolled with no office that could have signed them.",
    "verify.projection": "The table {table} does not follow from the log: {key} {how}. Rebuild the vault.",
    "verify.file_missing": (
        "The file of {exhibit} ({name}) is not in this vault, and the central store has not confirmed it."
    ),
    "verify.file_damaged": "The file of {exhibit} ({name}) was changed or damaged on this disk.",
    "verify.file_surplus": "Files without a record are in the vault ({count}). They are put aside at the next opening.",
    "verify.search": "The search index does not follow from the notes. Rebuild the vault.",
}


def finding(code: str, *, revision: str = "", **details: object) -> Finding:
    """A finding in words."""
    return Finding(code=code, sentence=SENTENCES[code].format(revision=revision, **details), revision=revision)
