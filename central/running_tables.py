"""The tables of running a store for years: who looked, what must stay, what must go, whom to ring.

They stand beside ``tables`` (the log and its people) and in the same ``metadata``.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from central.tables import Id, Number, metadata

STAMP = String(24)

audit = Table(
    "audit",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("at", STAMP, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", String(40), nullable=False),
    Column("about", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
"""Who did or looked at what (``central.audit``): only ever added to, each row bound to the one before by its hash."""

hold = Table(
    "hold",
    metadata,
    Column("id", Id, primary_key=True),
    Column("assessment", Id, nullable=False, index=True),
    Column("record", Id),
    Column("reason", Text, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("placed_at", STAMP, nullable=False),
    Column("lifted_by", Text),
    Column("lifted_at", STAMP),
    Column("lifted_why", Text),
)
"""Legal holds, of an assessment or (``record`` named) of one record of it: while one stands nothing of it is erased."""

retention_class = Table(
    "retention_class",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("months", Integer, nullable=False),
    Column("kinds", Text, nullable=False),
)
"""How many months after closing contents are kept; ``kinds`` is JSON: kinds of records that are kept otherwise."""

retained = Table(
    "retained",
    metadata,
    Column("assessment", Id, primary_key=True),
    Column("class", String(40), nullable=False),
    Column("closed_on", String(10)),
)
"""The class of an assessment, and the day on which it was closed."""

webhook = Table(
    "webhook",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("made_at", STAMP, nullable=False),
)

ringing = Table(
    "ringing",
    metadata,
    Column("id", Id, primary_key=True),
    Column("event", Id, nullable=False),
    Column("webhook", Id, nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("made_at", STAMP, nullable=False),
    Column("next_at", STAMP),
    Column("tries", Integer, nullable=False),
    Column("done_at", STAMP),
    Column("said", String(80), nullable=False),
    Index(None, "next_at"),
)
"""What webhooks have still to be told, written in the transaction that caused it; ``next_at`` empty = over."""

pace_count = Table(
    "pace_count",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("window", Number, primary_key=True),
    Column("count", Integer, nullable=False),
)
"""Requests of busy askers in the current minute, so that several server processes count together."""

tally = Table(
    "tally",
    metadata,
    Column("assessment", Id, primary_key=True),
    Column("revisions", Number, nullable=False),
    Column("notes", Number, nullable=False),
    Column("sealed", Number, nullable=False),
    Column("last", STAMP, nullable=False),
    Column("stirred", Number, nullable=False),
    Column("asked_at", Number, nullable=False),
    Column("asked_by", String(40), nullable=False),
    Column("questions", Number, nullable=False),
)
"""What was counted of each assessment (``central.tally``). ``stirred``: number of the last row that may make or settle
an open question; ``questions``: how many there were at row ``asked_at``, by the version ``asked_by``."""

counted = Table(
    "counted",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("upto", Number, nullable=False),
    Column("erasures", Number, nullable=False),
)
"""One row: rows of the log up to ``upto`` are in ``tally``, and so many orders to erase were."""

suits = Table(
    "suits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("oldest", String(8), nullable=False),
)
"""One row: the oldest version of the tables whose code may go on running on these (``central.schema``)."""
