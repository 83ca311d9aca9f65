"""What the office decides for all laptops."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("store", sa.Column("policy", sa.Text(), nullable=False, server_default=""))
