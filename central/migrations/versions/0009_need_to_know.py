"""Roles with longer names, since when somebody's rights last grew, and what is restricted to whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.String(length=36).with_variant(sa.UUID(as_uuid=False), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table in ("member", "invite"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("role", type_=sa.String(length=20), existing_nullable=False)
    op.add_column("member", sa.Column("widened", _NUMBER, nullable=False, server_default="0"))
    op.create_table(
        "restriction",
        sa.Column("record", _ID, nullable=False),
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("about", _ID, nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record"),
    )
    op.create_index("ix_restriction_assessment", "restriction", ["assessment"])
    op.create_table(
        "restricted",
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("record", _ID, nullable=False),
        sa.Column("restriction", _ID, nullable=False),
        sa.PrimaryKeyConstraint("assessment", "record", "restriction"),
    )
    op.execute("CREATE VIEW standing AS SELECT epoch, number, chain FROM store")
