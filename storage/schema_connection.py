"""The vault's one connection as SQLAlchemy's, for making tables and for Alembic."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, create_engine, event, pool


def connect(raw: Any, driver: Any) -> Connection:
    """SQLAlchemy's connection over an open one of the driver's module; closing its engine closes that."""
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: raw,
        poolclass=pool.QueuePool,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # an error's text must never hold a note's words
    )

    @event.listens_for(engine, "begin")
    def _begin(_connection: Connection) -> None:
        # IMMEDIATE takes the write lock at once: a deferred one could be refused half-way.
        if not raw.in_transaction:  # schema work inside ``Database.transaction`` is part of it
            raw.execute("BEGIN IMMEDIATE")

    return engine.connect()
