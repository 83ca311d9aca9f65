"""Which files were removed from this laptop on purpose (``storage.purge``)."""

from __future__ import annotations

from fieldkit.app.purging import PURGED_FILE
from storage.engine import Database


def purged_files(db: Database) -> set[str]:
    """Files that were removed here on purpose: none of them comes back by itself."""
    found = db.rows("SELECT name FROM settings WHERE name GLOB ?", (PURGED_FILE + "*",))
    return {row[0].removeprefix(PURGED_FILE) for row in found}
