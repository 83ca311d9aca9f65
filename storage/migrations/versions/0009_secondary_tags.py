"""Secondary tags, for filters and counts. Filled behind this step (``storage.secondary``)."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE secondary (
        tag TEXT NOT NULL,
        n INTEGER NOT NULL,
        item TEXT NOT NULL,
        PRIMARY KEY (tag, n, item)
    )
     WITHOUT ROWID, STRICT
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
