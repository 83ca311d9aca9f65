"""Audit, legal holds, retention, webhooks, counting across processes, and which code these tables still suit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.String(length=36).with_variant(sa.UUID(as_uuid=False), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STAMP = sa.String(length=24)


def upgrade() -> None:
    _audit()
    _staying_and_going()
    _webhooks()
    op.create_table(
        "pace_count",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("window", _NUMBER, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window"),
    )
    suits = op.create_table(
        "suits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("oldest", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(suits, [{"id": 1, "oldest": "0006"}])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER audit_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute("CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON audit EXECUTE FUNCTION refuse_change()")
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_{verb.lower()} BEFORE {verb} ON audit"
            " BEGIN SELECT RAISE(ABORT, 'only ever added to'); END"
        )


def _staying_and_going() -> None:
    op.create_table(
        "hold",
        sa.Column("id", _ID, nullable=False),
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("record", _ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("placed_at", _STAMP, nullable=False),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", _STAMP, nullable=True),
        sa.Column("lifted_why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_hold_assessment", "hold", ["assessment"])
    op.create_table(
        "retention_class",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "retained",
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("class", sa.String(length=40), nullable=False),
        sa.Column("closed_on", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("assessment"),
    )
    op.add_column("erasure", sa.Column("number", _NUMBER, nullable=True))
    op.add_column("erasure", sa.Column("ordered_by", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_erasure_number", "erasure", ["number"])


def _webhooks() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("made_at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name="uq_webhook_name"),
    )
    op.create_table(
        "ringing",
        sa.Column("id", _ID, nullable=False),
        sa.Column("event", _ID, nullable=False),
        sa.Column("webhook", _ID, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", _STAMP, nullable=False),
        sa.Column("next_at", _STAMP, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", _STAMP, nullable=True),
        sa.Column("said", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ringing_webhook", "ringing", ["webhook"])
    op.create_index("ix_ringing_next_at", "ringing", ["next_at"])
