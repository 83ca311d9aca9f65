"""The first tables of the central store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from central.guards import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String(length=36).with_variant(sa.UUID(as_uuid=False), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STAMP = sa.String(length=24)


def upgrade() -> None:
    _the_store()
    _the_log()
    _what_is_computed()
    _people()
    _joining()
    _the_office()
    for statement in statements(op.get_bind().dialect.name):
        op.execute(statement)


def _the_store() -> None:
    op.create_table(
        "store",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=False),
        sa.Column("recovery_key", sa.LargeBinary(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", _ID, nullable=False),
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("made_at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "epoch",
        sa.Column("id", _ID, nullable=False),
        sa.Column("began_after", _NUMBER, nullable=False),
        sa.Column("began_at", _STAMP, nullable=False),
        sa.Column("told_by", _ID, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _the_log() -> None:
    op.create_table(
        "log",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("sheet", _NUMBER, nullable=False),
        sa.Column("revision", _ID, nullable=False),
        sa.Column("part", sa.String(length=1), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("record", _ID, nullable=False),
        sa.Column("device", _ID, nullable=False),
        sa.Column("device_seq", _NUMBER, nullable=False),
        sa.Column("author", _ID, nullable=False),
        sa.Column("received_at", _STAMP, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_log_assessment_seq"), "log", ["assessment", "seq"], unique=False)
    op.create_index(op.f("ix_log_device_device_seq"), "log", ["device", "device_seq"], unique=False)
    op.create_index(op.f("ix_log_revision"), "log", ["revision"], unique=False)
    op.create_table(
        "sheet",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("device", _ID, nullable=False),
        sa.Column("user", _ID, nullable=False),
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("epoch", _ID, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _what_is_computed() -> None:
    op.create_table(
        "parent",
        sa.Column("revision", _ID, nullable=False),
        sa.Column("parent", _ID, nullable=False),
        sa.Column("record", _ID, nullable=False),
        sa.Column("assessment", _ID, nullable=False),
        sa.PrimaryKeyConstraint("revision", "parent"),
    )
    op.create_index(op.f("ix_parent_record"), "parent", ["record"], unique=False)
    op.create_table(
        "feed",
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("device", _ID, nullable=False),
        sa.Column("last", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("assessment", "device"),
    )
    op.create_table(
        "chain",
        sa.Column("device", _ID, nullable=False),
        sa.Column("high", _NUMBER, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("highest", _NUMBER, nullable=False),
        sa.Column("contents", _NUMBER, nullable=False),
        sa.Column("forked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("device"),
    )


def _people() -> None:
    op.create_table(
        "user",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name=op.f("uq_user_name")),
    )
    op.create_table(
        "device",
        sa.Column("id", _ID, nullable=False),
        sa.Column("user", _ID, nullable=False),
        sa.Column("author", _ID, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("predecessor", _ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.String(length=8), nullable=False),
        sa.Column("app", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", _STAMP, nullable=False),
        sa.Column("seen_at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_device_user"), "device", ["user"], unique=False)
    op.create_table(
        "member",
        sa.Column("assessment", _ID, nullable=False),
        sa.Column("user", _ID, nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("since", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("assessment", "user"),
    )
    op.create_index(op.f("ix_member_user"), "member", ["user"], unique=False)


def _joining() -> None:
    op.create_table(
        "invite",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("user", _ID, nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("assessments", sa.Text(), nullable=False),
        sa.Column("made_at", _STAMP, nullable=False),
        sa.Column("expires_at", _STAMP, nullable=False),
        sa.Column("used_at", _STAMP, nullable=True),
        sa.Column("device", _ID, nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_wrong_code_source_at"), "wrong_code", ["source", "at"], unique=False)


def _the_office() -> None:
    op.create_table(
        "quarantine",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("sender", _ID, nullable=False),
        sa.Column("released_as", _NUMBER, nullable=True),
        sa.Column("released_at", _STAMP, nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(op.f("ix_quarantine_sender"), "quarantine", ["sender"], unique=False)
    op.create_table(
        "proving",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upto", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "unproved",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "erasure",
        sa.Column("revision", _ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.PrimaryKeyConstraint("revision"),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", _STAMP, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("device", _ID, nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "device", "details", name=op.f("uq_alarm_kind_device_details")),
    )
