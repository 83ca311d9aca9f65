"""Places for a central store whose tables are there already: migrating takes 0.3 s for each of some 900 tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from central.database import Database
from central.schema import bring_up_to_date
from central.settings import DATABASE_FILE, Settings
from tests.support.postgres import fresh_database, postgres

__all__ = ["postgres", "prepared", "tables_file", "tables_template"]


@pytest.fixture(scope="session")
def tables_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the tables and no store: copying it takes 1 ms."""
    path = tmp_path_factory.mktemp("tables") / "tables.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def tables_template(postgres: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the tables and no store."""
    with fresh_database(postgres) as url:
        _migrate(url)
        yield sa.make_url(url).database or ""


@pytest.fixture(params=["sqlite", "postgresql"])
def prepared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Where a store of one office keeps its things; the tables are there, and no store."""
    folder = tmp_path / "central"
    folder.mkdir(mode=0o700)
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("tables_file"), folder / DATABASE_FILE)
        yield Settings(folder=folder, port=0)
        return
    template = request.getfixturevalue("tables_template")
    with fresh_database(request.getfixturevalue("postgres"), template) as url:
        yield Settings(folder=folder, port=0, database_url=url)


def _migrate(url: str) -> None:
    with closing(Database(url)) as database:
        bring_up_to_date(database)
