"""A sending of a file is forgotten by when its last bytes came, no longer by when it began."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE upload RENAME COLUMN begun_at TO heard_at")
