"""The version of the store's tables: checked at every opening, brought up to date under a lock.

Every change of the tables only adds to them, so servers that are running go on while the next version migrates and
starts beside them. A migration that takes something away, a version later, says in ``suits`` which code is too old
for what is left.

Alembic itself (0.2 s to import) is loaded only when there is something to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.database import Database
from fieldkit.kernel.errors import Trouble

if TYPE_CHECKING:
    from alembic.config import Config

EXPECTED = "0015"
"""The version this code works with; a test holds it equal to the newest migration."""

_LOCK = 0x6669656C  # "fiel": one number for all who migrate a store
_FOLDER = Path(__file__).parent / "migrations"


def bring_up_to_date(database: Database) -> None:
    """Create or migrate the tables in one transaction; of several servers one does it and the others wait.

    Raises ``Trouble('central.store_newer')`` for a store that a later FieldKit has opened, where its tables do not
    suit this one.
    """
    with database.write() as connection:
        if database.is_postgresql:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = version(connection)
        if found is not None and not is_older(connection, found):
            return
        from alembic import command

        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def is_older(connection: Connection, found: str) -> bool:
    """Whether tables of the version ``found`` must be migrated for this code; false where they suit it.

    Raises ``Trouble('central.store_newer')`` where they are later ones that no longer suit it.
    """
    if found == EXPECTED:
        return False
    if found < EXPECTED:  # versions are four digits, so they sort as text
        return True
    oldest = connection.execute(sa.text("SELECT oldest FROM suits")).scalar()
    if oldest is None or oldest > EXPECTED:
        raise Trouble("central.store_newer", version=found)
    return False


def version(connection: Connection) -> str | None:
    """The version of the tables in this database; ``None`` where there are none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def config() -> Config:
    """Alembic's settings for our folder of migrations."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings
