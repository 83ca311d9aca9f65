"""How much each assessment holds, kept as the log grows: counting a million rows took seconds at every look."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.String(length=36).with_variant(sa.UUID(as_uuid=False), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("revisions", _NUMBER, nullable=False),
        sa.Column("notes", _NUMBER, nullable=False),
        sa.Column("sealed", _NUMBER, nullable=False),
        sa.Column("last", sa.String(length=24), nullable=False),
        sa.Column("stirred", _NUMBER, nullable=False),
        sa.Column("asked_at", _NUMBER, nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("questions", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("assessment"),
    )
    made = op.create_table(
        "counted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upto", _NUMBER, nullable=False),
        sa.Column("erasures", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(made, [{"id": 1, "upto": 0, "erasures": 0}])
