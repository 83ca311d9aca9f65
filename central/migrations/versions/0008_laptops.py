"""Laptops: certificates, what they said and read, what the office decided of them and of what waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.String(length=36).with_variant(sa.UUID(as_uuid=False), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STAMP = sa.String(length=24)


def upgrade() -> None:
    _certificates()
    _events()
    _decisions()


def _certificates() -> None:
    op.create_table(
        "device_certificate",
        sa.Column("device", _ID, nullable=False),
        sa.Column("issued_at", _STAMP, nullable=False),
        sa.Column("valid_until", _STAMP, nullable=False),
        sa.Column("grace_until", _STAMP, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device"),
    )
    op.create_table(
        "device_said",
        sa.Column("device", _ID, nullable=False),
        sa.Column("head", _NUMBER, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("device"),
    )
    op.create_table(
        "device_read",
        sa.Column("device", _ID, nullable=False),
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("upto", _NUMBER, nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("device", "assessment"),
    )


def _events() -> None:
    op.create_table(
        "device_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device", _ID, nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.Column("event", sa.String(length=20), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_device_event_device", "device_event", ["device"])
    op.create_table(
        "device_ask",
        sa.Column("device", _ID, nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device"),
    )
    op.create_table(
        "device_wiped",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device", _ID, nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.Column("received_at", _STAMP, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_device_wiped_device", "device_wiped", ["device"])


def _decisions() -> None:
    op.create_table(
        "intake_decision",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("seq", _NUMBER, nullable=False),
        sa.Column("revision", _ID, nullable=False),
        sa.Column("user", _ID, nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_intake_decision_user_number", "intake_decision", ["user", "number"])
    op.create_index("ix_intake_decision_seq", "intake_decision", ["seq"])
