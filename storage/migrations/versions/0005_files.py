"""Files of attachments: what the central store has of each, and how far a sending has got."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
    CREATE TABLE file_places (
        assessment TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        epoch TEXT,
        place TEXT,
        data BLOB,
        signature BLOB,
        wanted INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        code TEXT NOT NULL,
        PRIMARY KEY (assessment, sha256)
    )
     WITHOUT ROWID, STRICT
    """)
