"""What a tag says of its statement and how it came, for filters. Filled behind this step (``storage.tags``)."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEMENTS = (
    "DROP TABLE tags",
    """
    CREATE TABLE tags (
        statement TEXT NOT NULL,
        n INTEGER NOT NULL,
        item TEXT NOT NULL,
        pack TEXT NOT NULL,
        category TEXT NOT NULL,
        bearing TEXT NOT NULL,
        acquisition TEXT NOT NULL,
        PRIMARY KEY (statement, n, item)
    )
     WITHOUT ROWID, STRICT
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
