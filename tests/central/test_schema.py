"""The tables are those of the newest migration, and a store of a later version is left alone."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from central import admin, device_tables, running_tables, schema, sign_in_tables, urgent_tables
from central.core import open_core
from central.database import Database
from central.settings import Settings
from central.tables import metadata
from fieldkit.kernel.errors import Trouble

ADDED = (device_tables, running_tables, sign_in_tables, urgent_tables)
"""Their tables are in the same metadata once they are imported."""


def test_the_expected_version_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(schema.config()).get_current_head() == schema.EXPECTED


def test_the_migrations_make_exactly_the_tables_of_the_code(settings: Settings) -> None:
    admin.init(settings, "Northmoor")
    with closing(Database(settings.url)) as database, database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_store_that_a_later_version_has_only_added_to_goes_on_with_this_code(settings: Settings) -> None:
    admin.init(settings, "Northmoor")
    with closing(Database(settings.url)) as database, database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.exec_driver_sql("CREATE TABLE later (id integer PRIMARY KEY, note text DEFAULT '')")
    with closing(open_core(settings, may_migrate=False)) as core:
        assert core.office == "Northmoor"


def test_a_store_whose_tables_no_longer_suit_this_code_is_left_alone(settings: Settings) -> None:
    admin.init(settings, "Northmoor")
    with closing(Database(settings.url)) as database:
        with database.write() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
            connection.exec_driver_sql("UPDATE suits SET oldest = '9998'")
        with pytest.raises(Trouble, match=r"central\.store_newer"):
            open_core(settings)
        with database.read() as connection:
            assert schema.version(connection) == "9999"


def test_of_several_servers_that_start_at_once_one_makes_the_tables(settings: Settings) -> None:
    settings.folder.mkdir()
    faults: list[BaseException] = []

    def start() -> None:
        with closing(Database(settings.url)) as database:
            try:
                schema.bring_up_to_date(database)
            except BaseException as fault:
                faults.append(fault)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
