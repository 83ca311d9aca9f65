"""Holding every file of the vault against the records that name it: there, whole, and none too many."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.app.rows import Finding
from fieldkit.kernel.errors import Trouble
from storage.attachments import held_files
from storage.blobs import BlobStore
from storage.engine import Database
from storage.findings import finding

Report = Callable[[str, int, int], None]


def file_findings(db: Database, files: BlobStore, tell: Report) -> list[Finding]:
    """Every file is read to its end. One that only the central store holds (a team-mate's) is none that is missing."""
    rows = held_files(db)
    found = []
    for done, row in enumerate(rows):
        tell("files", done, len(rows))
        facts = {"exhibit": row.exhibit, "name": row.name, "revision": row.revision}
        if not files.has(row.sha256):
            if row.is_mine and not row.is_confirmed:
                found.append(finding("verify.file_missing", **facts))
            continue
        try:
            files.check(row.sha256)
        except Trouble:
            found.append(finding("verify.file_damaged", **facts))
    if surplus := files.left_over({row.sha256 for row in rows}):
        found.append(finding("verify.file_surplus", count=len(surplus)))
    return found
