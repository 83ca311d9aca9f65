"""A store of the very first version: upgraded with all it holds, and the code before still writes beside the new."""

from __future__ import annotations

from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic import command

from central import schema
from central.core import open_core
from central.database import Database
from central.owners import bring_tables_up_to_date
from central.settings import Settings
from fieldkit.kernel.errors import Trouble

ID = "0199f6a2-7c1e-7000-8000-2f1d5c0a9b{:02d}"
STAMP = "2026-09-01T09:00:00.000Z"
LOG = (
    "INSERT INTO log (seq, sheet, revision, part, outcome, code, assessment, kind, record, device, device_seq, author,"
    " received_at, hash, chain, envelope, signature, salt, content) VALUES ({n}, 1, '{id}', 'c', 'accepted', '',"
    " '{id}', 'entry', '{id}', '{id}', {n}, '{id}', '{at}', {b}, {b}, {b}, {b}, {b}, {b})"
)
GOLDEN = (
    "INSERT INTO store (id, office, seed, token_hash, epoch, number, chain, made_at)"
    " VALUES (1, 'Northmoor', {seed}, {b}, '{id}', 1, '', '{at}')",
    "INSERT INTO epoch (id, began_after, began_at) VALUES ('{id}', 0, '{at}')",
    "INSERT INTO proving (id, upto) VALUES (1, 0)",
    'INSERT INTO "user" (id, name, made_at) VALUES (\'{id}\', \'A. Lead\', \'{at}\')',
    "INSERT INTO device (id, \"user\", author, key, status, name, initials, app, enrolled_at, seen_at)"
    " VALUES ('{id}', '{id}', '{id}', {b}, 'active', 'Ada', 'AL', '0.1.0', '{at}', '{at}')",
    "INSERT INTO member (assessment, \"user\", role, since) VALUES ('{id}', '{id}', 'lead', '{at}')",
    "INSERT INTO erasure (revision, reason, at) VALUES ('{id}', 'request', '{at}')",
)  # fmt: skip
"""What the store of the first version wrote, word for word as its code did."""
AFTERWARDS = (
    LOG,
    "UPDATE store SET number = {n}, chain = 'c'",
    "INSERT INTO erasure (revision, reason, at) VALUES ('{id}', 'request', '{at}')",
    "INSERT INTO alarm (at, kind, device, details) VALUES ('{at}', 'fork', '{id}', '')",
    "INSERT INTO member (assessment, \"user\", role, since) VALUES ('{id}', '{id}', 'member', '{at}')",
    "INSERT INTO quarantine (seq, code, sender) VALUES ({n}, 'not_member', '{id}')",
    "INSERT INTO sheet (id, device, \"user\", assessment, epoch, data, signature)"
    " VALUES ({n}, '{id}', '{id}', '{id}', '{id}', {b}, {b})",
    "UPDATE device SET status = 'revoked' WHERE id = '{first}'",
)  # fmt: skip


def test_a_store_of_the_first_version_is_upgraded_whole_and_the_code_before_goes_on_writing(settings: Settings) -> None:
    """Invariant 25, for the store's own tables."""
    settings.folder.mkdir()
    with closing(Database(settings.url)) as database, database.write() as connection:
        config = schema.config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in (*GOLDEN, LOG):
            _run(connection, statement, 1, is_postgresql=database.is_postgresql)
    settings.save()
    with pytest.raises(Trouble, match=r"central\.store_older"):
        open_core(settings, may_migrate=False)
    bring_tables_up_to_date(settings)
    with closing(open_core(settings, may_migrate=False)) as core:
        assert core.office == "Northmoor"
        with core.database.write() as connection:
            for statement in AFTERWARDS:
                _run(connection, statement, 2, is_postgresql=core.database.is_postgresql)
        with core.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT seq, kind FROM log ORDER BY seq").all()
            assert [tuple(row) for row in rows] == [(1, "entry"), (2, "entry")]
            assert connection.exec_driver_sql("SELECT count(*) FROM erasure").scalar() == 2


def _run(connection: sa.engine.Connection, statement: str, number: int, *, is_postgresql: bool) -> None:
    blob = "'\\x{}'::bytea" if is_postgresql else "x'{}'"
    filled = statement.format(
        n=number, id=ID.format(number), first=ID.format(1), at=STAMP, b=blob.format("ab" * 16),
        seed=blob.format("5a" * 32),
    )  # fmt: skip
    connection.exec_driver_sql(filled.replace("%", "%%"))
