"""``vault verify``: everything that can be proved about a vault, proved, and each thing that is wrong named.

Checks of the log take every revision by itself (a signature each), not the quick checks of a run that pulling uses.
"""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.app.rows import Finding
from fieldkit.kernel.errors import FieldKitError
from storage import words
from storage.blobs import BlobStore
from storage.engine import Database
from storage.findings import finding
from storage.rebuilding import differences
from storage.verify_files import file_findings
from storage.verify_log import log_findings
from storage.verify_receipts import receipt_findings

Report = Callable[[str, int, int], None]

_HOW = {"missing": "is missing", "surplus": "should not be there", "differs": "differs"}
_MOST = 1000
"""Findings of one kind of check; a vault with more is not read to the end."""


def verify(db: Database, report: Report | None = None, files: BlobStore | None = None) -> list[Finding]:
    """Check pages, tables, log, receipts, projections, search index and files; empty when all is well.

    ``db`` is the vault's file held still (``storage.still``): nothing is written but temporary tables in memory.
    """
    tell = report or (lambda stage, done, total: None)
    found: list[Finding] = []
    for check in (_page_findings, log_findings, receipt_findings, _projection_findings):
        try:
            found += check(db, tell)[:_MOST]
        except FieldKitError as error:
            if error.code not in {"vault.damaged", "revision.malformed"}:
                raise
            found.append(finding("verify.unreadable"))
    if files is not None:
        found += file_findings(db, files, tell)[:_MOST]
    return found


def _page_findings(db: Database, tell: Report) -> list[Finding]:
    tell("pages", 0, 1)
    found = [finding("verify.pages", what=row[0]) for row in db.rows("PRAGMA cipher_integrity_check")]
    if not found:
        tables = [row[0] for row in db.rows("PRAGMA integrity_check") if row[0] != "ok"]
        found = [finding("verify.structure", what=what) for what in tables if "entry_words" not in str(what)]
    return found


def _projection_findings(db: Database, tell: Report) -> list[Finding]:
    found = [
        finding("verify.projection", table=table, key=key, how=_HOW[how]) for table, key, how in differences(db, tell)
    ]
    tell("search", 0, 1)
    if not words.holds(db):
        found.append(finding("verify.search"))
    return found
