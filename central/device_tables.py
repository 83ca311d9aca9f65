"""The tables about laptops: their certificates, what they said and read, what the office decided, what was wiped.

They stand beside ``tables`` and in the same ``metadata``.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from central.tables import Id, Number, metadata

STAMP = String(24)

device_certificate = Table(
    "device_certificate",
    metadata,
    Column("device", Id, primary_key=True),
    Column("issued_at", STAMP, nullable=False),
    Column("valid_until", STAMP, nullable=False),
    Column("grace_until", STAMP, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
"""The certificate that holds now, exactly as signed. A laptop enrolled before there were any gets one at its hello."""

device_said = Table(
    "device_said",
    metadata,
    Column("device", Id, primary_key=True),
    Column("head", Number, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", STAMP, nullable=False),
)
"""Where a laptop's chain stood, by its own word, when it last told of more than the store has."""

device_read = Table(
    "device_read",
    metadata,
    Column("device", Id, primary_key=True),
    Column("assessment", Id, primary_key=True),
    Column("upto", Number, nullable=False),
    Column("at", STAMP, nullable=False),
)
"""How far each laptop was given each assessment to read: what is lost with it."""

device_event = Table(
    "device_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device", Id, nullable=False, index=True),
    Column("at", STAMP, nullable=False),
    Column("event", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
"""What people of the office decided about a laptop (``central.devices``): only ever added to."""

device_ask = Table(
    "device_ask",
    metadata,
    Column("device", Id, primary_key=True),
    Column("at", STAMP, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Laptops that are asked to erase their vault once everything is handed in; taken back = no row."""

device_wiped = Table(
    "device_wiped",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("device", Id, nullable=False, index=True),
    Column("at", STAMP, nullable=False),
    Column("received_at", STAMP, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
"""Statements of erased vaults, each signed by the laptop and exactly as it came."""

intake_decision = Table(
    "intake_decision",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("seq", Number, nullable=False),
    Column("revision", Id, nullable=False),
    Column("user", Id, nullable=False),
    Column("decision", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", STAMP, nullable=False),
    Index(None, "user", "number"),
    Index(None, "seq"),
)
"""What a person decided of each row of ``quarantine``, and why: only ever added to; the last one holds."""
