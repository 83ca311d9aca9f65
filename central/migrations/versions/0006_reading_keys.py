"""Keys by which people of the office read their own assessments, and the record of the files they fetched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.String(length=36).with_variant(sa.UUID(as_uuid=False), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reading_key",
        sa.Column("user", _ID, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("user"),
        sa.UniqueConstraint("digest", name="uq_reading_key_digest"),
    )
    op.create_table(
        "fetched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("user", _ID, nullable=False),
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("record", _ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("start", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
