"""The tables of signing in by the organisation's own provider.

They stand beside ``tables`` (the log and its people) and in the same ``metadata``.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from central.tables import Id, metadata

STAMP = String(24)

sign_in = Table(
    "sign_in",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("again_days", Integer, nullable=False),
)
"""One row where people sign in by the organisation's provider, none where one-time codes are all there is."""

account = Table(
    "account",
    metadata,
    Column("issuer", String(500), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("user", Id, nullable=False, index=True),
    Column("bound_at", STAMP, nullable=False),
    Column("seen_at", STAMP, nullable=False),
)
"""Which account of the provider is which person. Names and addresses may change hands; ``subject`` never does."""

account_expected = Table(
    "account_expected",
    metadata,
    Column("claim", String(100), primary_key=True),
    Column("value", String(255), primary_key=True),
    Column("user", Id, nullable=False),
)
"""Whose account it will be that comes with this claim; used up by the first that does."""

account_rule = Table(
    "account_rule",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("claim", String(100), nullable=False),
    Column("value", String(255), nullable=False),
    Column("assessment", Id),
    Column("role", String(40), nullable=False),
)
"""Whoever comes with this claim may join, and is put on the team of ``assessment`` where one is named."""

signed_in = Table(
    "signed_in",
    metadata,
    Column("device", Id, primary_key=True),
    Column("at", STAMP, nullable=False),
)
"""When somebody last signed in on each laptop, as the provider says it."""
