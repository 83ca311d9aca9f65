"""Orders of the office to destroy a content, and how far this laptop has obeyed them."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE erasures (
        revision TEXT NOT NULL,
        number INTEGER NOT NULL,
        data BLOB NOT NULL,
        signature BLOB NOT NULL,
        state TEXT NOT NULL,
        backups TEXT NOT NULL,
        PRIMARY KEY (revision)
    )
     WITHOUT ROWID, STRICT
    """)
