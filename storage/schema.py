"""Which shape the database has, and bringing an older one up to date.

A level vault is opened without importing Alembic (0.15 s) or SQLAlchemy (0.1 s, 13 MB); a test holds
``EXPECTED_REVISION`` equal to its head.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fieldkit.kernel.errors import Refusal, Trouble
from storage import secondary, sieve_fill, tags
from storage.engine import Database

EXPECTED_REVISION = "0009"
MIGRATIONS = Path(__file__).with_name("migrations")


def create(db: Database) -> None:
    """Make every table in an empty database."""
    from storage.tables import ENTRY_TEXT, ENTRY_WORDS, metadata

    metadata.create_all(db.connection)
    db.run(ENTRY_TEXT)
    db.run(ENTRY_WORDS)
    db.run("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    db.run("INSERT INTO alembic_version VALUES (?)", (EXPECTED_REVISION,))


def bring_up_to_date(db: Database, back_up: Callable[[str], object]) -> bool:
    """Migrate an older vault, after ``back_up("before-<revision>")``; whether there was anything to do.

    Raises ``Refusal('vault.later_version')`` for a vault that a later FieldKit has opened, and
    ``Trouble('vault.damaged')`` where even the version cannot be read. A migration that cannot finish leaves the
    vault as it was.
    """
    version = version_of(db)
    if version == EXPECTED_REVISION:
        return False
    if not _is_known(version):
        raise Refusal("vault.later_version", version=version)
    back_up(f"before-{EXPECTED_REVISION}")
    upgrade(db, version)
    return True


def version_of(db: Database) -> str:
    """The schema revision a vault was last written with."""
    if db.one("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'") is None:
        raise Trouble("vault.damaged", folder=str(db.path.parent))
    row = db.one("SELECT version_num FROM alembic_version")
    if row is None:
        raise Trouble("vault.damaged", folder=str(db.path.parent))
    return str(row[0])


def _is_known(version: str) -> bool:
    return any(path.name.startswith(f"{version}_") for path in (MIGRATIONS / "versions").glob("*.py"))


def upgrade(db: Database, before: str = "") -> None:
    """Run every step that is due after shape ``before``, in one transaction that is checked before it is kept."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = db.connection
    # SQLAlchemy's own transaction round Alembic's: without it Alembic commits by itself, before the checks below.
    with db.transaction(), db.connection.begin():
        command.upgrade(config, "head")
        sieve_fill.fill(db)
        tags.fill(db, before)
        secondary.fill(db, before)
        if db.one("PRAGMA foreign_key_check") is not None or db.one("PRAGMA cipher_integrity_check") is not None:
            raise Trouble("vault.damaged", folder=str(db.path.parent))
