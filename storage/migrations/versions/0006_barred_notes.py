"""The notes that a consent bars, listed: they need not be of the activity or record that it is about."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX entries_barred ON entries (n) WHERE barred <> 0")
