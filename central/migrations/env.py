"""Run by Alembic: migrates over the connection it is given, inside the caller's transaction.

It configures no logging: that would silence the server's own.
"""

from __future__ import annotations

from alembic import context

from central.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
context.run_migrations()
