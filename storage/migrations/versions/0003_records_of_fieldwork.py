"""Records of fieldwork: what each belongs to, its words for search, and notes that a consent bars.

Older vaults hold none of these, so the new columns are right as they stand: empty.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE records ADD COLUMN about TEXT",
    "ALTER TABLE records ADD COLUMN words TEXT",
    "ALTER TABLE entries ADD COLUMN about TEXT",
    "ALTER TABLE entries ADD COLUMN barred INTEGER DEFAULT 0 NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
