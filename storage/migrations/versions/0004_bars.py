"""Bars: which notes a consent keeps out of use.

Filled behind this step (``storage.learning``), with whatever of fieldwork an older version had kept unread.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE bars (
        about TEXT NOT NULL,
        person TEXT NOT NULL,
        record TEXT NOT NULL,
        assessment TEXT NOT NULL,
        why INTEGER NOT NULL,
        PRIMARY KEY (about, person, record)
    )
     WITHOUT ROWID, STRICT
    """,
    "CREATE INDEX entries_about ON entries (about) WHERE about IS NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
