"""What a client told of a sending when it began it: tus gives it back to whoever asks where the sending stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload", sa.Column("metadata", sa.Text(), nullable=False, server_default=""))
