"""Backups of a store, and going back to one without telling anybody, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import sqlalchemy as sa

from central.serve import start_in_thread
from central.settings import DATABASE_FILE
from tests.central.kit import Office
from tests.support.fault_proxy import FaultProxy


class StoreBackups:
    """Stops the store, copies or puts back its database, and starts it again behind the same network address."""

    def __init__(self, office: Office, network: FaultProxy, server: str | None) -> None:
        self._office = office
        self._network = network
        self._server = server
        self._made: list[str] = []

    def make(self) -> str:
        """A copy of everything the store knows now; its name."""
        name = f"copy_{uuid.uuid4().hex}"
        self._office.running.stop()
        if self._server:
            self._run(f"CREATE DATABASE {name} TEMPLATE {self._database}")
        else:
            shutil.copyfile(self._file, self._file.with_name(name))
        self._made.append(name)
        self._start()
        return name

    def go_back_to(self, name: str) -> None:
        """Put the copy in the place of the store's database; the store itself cannot tell."""
        self._office.running.stop()
        if self._server:
            self._run(f"DROP DATABASE {self._database} WITH (FORCE)")
            self._run(f"CREATE DATABASE {self._database} TEMPLATE {name}")
        else:
            for leftover in self._file.parent.glob(DATABASE_FILE + "-*"):
                leftover.unlink()
            shutil.copyfile(self._file.with_name(name), self._file)
        self._start()

    def restart(self) -> None:
        """Stop and start, nothing else."""
        self._office.running.stop()
        self._start()

    def forget(self) -> None:
        """Drop the copies."""
        for name in self._made:
            if self._server:
                self._run(f"DROP DATABASE {name} WITH (FORCE)")

    @property
    def _file(self) -> Path:
        return self._office.settings.folder / DATABASE_FILE

    @property
    def _database(self) -> str:
        return str(sa.make_url(self._office.settings.database_url).database)

    def _start(self) -> None:
        self._office.running = start_in_thread(self._office.settings, self._office.clock)
        self._network.upstream = self._office.running.url

    def _run(self, statement: str) -> None:
        engine = sa.create_engine(self._server or "", isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
