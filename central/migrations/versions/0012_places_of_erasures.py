"""How many orders of erasure there are, without counting them at each hello; those of before are numbered too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("erasure", sa.Column("place", _NUMBER, nullable=True))
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT revision FROM erasure ORDER BY number, at, revision")).all()
    for place, row in enumerate(rows, 1):
        connection.execute(
            sa.text("UPDATE erasure SET place = :place, number = coalesce(number, :place) WHERE revision = :revision"),
            {"place": place, "revision": row.revision},
        )
