"""A sieve for filters: a narrow table of what they ask for. It is filled behind this step (``storage.sieve_fill``)."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE sieve (
        n INTEGER NOT NULL,
        assessment INTEGER NOT NULL,
        visit INTEGER NOT NULL,
        activity INTEGER NOT NULL,
        author INTEGER NOT NULL,
        speaker TEXT,
        day INTEGER NOT NULL,
        categories TEXT NOT NULL,
        marks INTEGER NOT NULL,
        sharing INTEGER NOT NULL,
        PRIMARY KEY (n)
    )
     STRICT
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
