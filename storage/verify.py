"""placeholder"""

from __future__ import annotations
from fieldkit.app.rows import Finding
from storage.engine import Database


def verify(db: Database, report: object = None) -> list[Finding]:
    from storage.rebuilding import differences

    return [Finding(code="vault.projection", sentence=f"{t} {k} {w}") for t, k, w in differences(db)]
