"""Two indexes that a bench of two hundred laptops asked for: records by kind, and sendings by when they were heard of.

Notes are left out of the first: they are most of the log, are read in the order of their numbers, and pay nothing so.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    beside_notes = sa.text("kind <> 'entry'")
    op.create_index(
        "ix_log_assessment_kind", "log", ["assessment", "kind"], postgresql_where=beside_notes,
        sqlite_where=beside_notes,
    )  # fmt: skip
    op.create_index("ix_upload_heard_at", "upload", ["heard_at"])
