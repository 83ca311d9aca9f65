"""How Alembic runs here: on the open, encrypted connection it is given, inside that connection's transaction.

There is no ``fileConfig``: it would silence the program's own loggers.
"""

from __future__ import annotations

from alembic import context

from storage.tables import is_ours, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    include_name=is_ours,
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
