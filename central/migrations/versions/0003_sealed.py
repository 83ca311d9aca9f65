"""Roles in the whole office, and the sealed mailbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.String(length=36).with_variant(sa.UUID(as_uuid=False), "postgresql")


def upgrade() -> None:
    op.create_table(
        "duty",
        sa.Column("user", _ID, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("user", "role"),
    )
    op.create_table(
        "sealed_key",
        sa.Column("user", _ID, nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("user"),
        sa.UniqueConstraint("public", name="uq_sealed_key_public"),
    )
    op.create_table(
        "sealed",
        sa.Column("id", _ID, nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public", "digest", name="uq_sealed_public_digest"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sealed_public", "sealed", ["public"])
