"""Files of attachments, and their sendings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.String(length=36).with_variant(sa.UUID(as_uuid=False), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STAMP = sa.String(length=24)


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", _NUMBER, nullable=False),
        sa.Column("received_at", _STAMP, nullable=False),
        sa.Column("device", _ID, nullable=False),
        sa.PrimaryKeyConstraint("assessment", "sha256"),
    )
    op.create_index("ix_file_sha256", "file", ["sha256"])
    op.create_table(
        "upload",
        sa.Column("id", _ID, nullable=False),
        sa.Column("user", _ID, nullable=False),
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", _NUMBER, nullable=False),
        sa.Column("reached", _NUMBER, nullable=False),
        sa.Column("begun_at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user", "assessment", "sha256", name="uq_upload_user_assessment_sha256"),
    )
