"""The tables of the central store, for SQLite and PostgreSQL alike.

``log`` is the one truth and is only ever added to; ``sheet`` is what was signed for it. ``parent``, ``chain``
and ``feed`` can be computed from it again. Ids are UUIDs (native on PostgreSQL, text on SQLite); times are
RFC 3339 stamps, which sort as text.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.types import TypeEngine

NOWHERE = "00000000-0000-0000-0000-000000000000"
"""The assessment of what belongs to none (an assessor's own records): never distributed."""

Id: TypeEngine[str] = String(36).with_variant(UUID(as_uuid=False), "postgresql")
Number: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")

BESIDE_NOTES = text("kind <> 'entry'")
"""Most of the log are notes, which are read in the order of their numbers: an index by kind leaves them out."""

REPEATS = {"repeats": True}
"""Marks columns in which many rows hold one of a few values."""

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)

store = Table(
    "store",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("office", Text, nullable=False),
    Column("seed", LargeBinary, nullable=False),
    Column("recovery_key", LargeBinary),
    Column("token_hash", LargeBinary, nullable=False),
    Column("epoch", Id, nullable=False),
    Column("number", Number, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("made_at", String(24), nullable=False),
    Column("policy", Text, nullable=False, server_default=""),
)
"""One row. Whoever numbers revisions holds its lock until the commit, so numbers appear in commit order."""

epoch = Table(
    "epoch",
    metadata,
    Column("id", Id, primary_key=True),
    Column("began_after", Number, nullable=False),
    Column("began_at", String(24), nullable=False),
    Column("told_by", Id),
)
"""Every epoch this store knows; a laptop that names another one has seen a later state of it."""

log = Table(
    "log",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("sheet", Number, nullable=False),
    Column("revision", Id, nullable=False),
    Column("part", String(1), nullable=False, info=REPEATS),
    Column("outcome", String(20), nullable=False, info=REPEATS),
    Column("code", String(40), nullable=False, info=REPEATS),
    Column("assessment", Id, nullable=False, info=REPEATS),
    Column("kind", String(64), nullable=False, info=REPEATS),
    Column("record", Id, nullable=False),
    Column("device", Id, nullable=False, info=REPEATS),
    Column("device_seq", Number, nullable=False),
    Column("author", Id, nullable=False, info=REPEATS),
    Column("received_at", String(24), nullable=False, info=REPEATS),
    Column("hash", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("salt", LargeBinary),
    Column("content", LargeBinary),
    Index(None, "revision"),
    Index(None, "assessment", "seq"),
    Index(None, "device", "device_seq"),
    Index(None, "assessment", "kind", postgresql_where=BESIDE_NOTES, sqlite_where=BESIDE_NOTES),
)
"""``part`` is ``e`` (envelope only) or ``c`` (content too); disclosure later adds a second row.

An index by kind spares whoever asks for consents, people or attachments the notes of an assessment: for each file that
was read, a store looked through all of them. No index by record: a record has the id of its first revision, and its
later ones are in ``parent``.
"""

sheet = Table(
    "sheet",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("device", Id, nullable=False),
    Column("user", Id, nullable=False),
    Column("assessment", Id, nullable=False),
    Column("epoch", Id, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
"""A signed receipt sheet under the number of its first line, for one sender and one assessment."""

parent = Table(
    "parent",
    metadata,
    Column("revision", Id, primary_key=True),
    Column("parent", Id, primary_key=True),
    Column("record", Id, nullable=False),
    Column("assessment", Id, nullable=False),
    Index(None, "record"),
)
"""The links of what the team sees; a record's heads are its revisions that none of them names."""

feed = Table(
    "feed",
    metadata,
    Column("assessment", Id, primary_key=True),
    Column("device", Id, primary_key=True),
    Column("last", Number, nullable=False),
)
"""The newest number of each device in each assessment: tells news without reading the log."""

user = Table(
    "user",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("made_at", String(24), nullable=False),
)

device = Table(
    "device",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user", Id, nullable=False, index=True),
    Column("author", Id, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("status", String(12), nullable=False),
    Column("predecessor", Id),
    Column("name", Text, nullable=False),
    Column("initials", String(8), nullable=False),
    Column("app", String(64), nullable=False),
    Column("enrolled_at", String(24), nullable=False),
    Column("seen_at", String(24), nullable=False),
)

chain = Table(
    "chain",
    metadata,
    Column("device", Id, primary_key=True),
    Column("high", Number, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("highest", Number, nullable=False),
    Column("contents", Number, nullable=False),
    Column("forked", Boolean, nullable=False),
)
"""What the store holds of a device's chain: whole up to ``high``, something up to ``highest``."""

member = Table(
    "member",
    metadata,
    Column("assessment", Id, primary_key=True),
    Column("user", Id, primary_key=True),
    Column("role", String(20), nullable=False),
    Column("since", String(24), nullable=False),
    Column("widened", Number, nullable=False, server_default="0"),
    Index(None, "user"),
)
"""``widened``: where the log stood when this person came to know more; their laptop then reads from the start again."""

invite = Table(
    "invite",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("user", Id, nullable=False),
    Column("role", String(20), nullable=False),
    Column("assessments", Text, nullable=False),
    Column("made_at", String(24), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("used_at", String(24)),
    Column("device", Id),
)

wrong_code = Table(
    "wrong_code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("at", String(24), nullable=False),
    Index(None, "source", "at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("code", String(40), nullable=False),
    Column("sender", Id, nullable=False),
    Column("released_as", Number),
    Column("released_at", String(24)),
    Index(None, "sender"),
)
"""What waits for a person: the payload is the log's row ``seq``; ``released_as`` is the row that let it in."""

proving = Table(
    "proving",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("upto", Number, nullable=False),
)
"""One row: every revision up to this number had its own signature checked."""

unproved = Table(
    "unproved",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
)
"""Numbers of revisions whose own signature does not hold: proved by their run, and handed to nobody."""

file = Table(
    "file",
    metadata,
    Column("assessment", Id, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size", Number, nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("device", Id, nullable=False),
    Index(None, "sha256"),
)
"""Files that are here whole, by the assessment for which they were sent: other teams learn nothing of them."""

upload = Table(
    "upload",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user", Id, nullable=False),
    Column("assessment", Id, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Number, nullable=False),
    Column("reached", Number, nullable=False),
    Column("heard_at", String(24), nullable=False, index=True),
    Column("metadata", Text, nullable=False, server_default=""),
    UniqueConstraint("user", "assessment", "sha256"),
)
"""A sending: bytes up to ``reached`` are on the disk, the last of them since ``heard_at``.

One that came to its end stays a while, to be asked about.
"""

duty = Table(
    "duty",
    metadata,
    Column("user", Id, primary_key=True),
    Column("role", String(16), primary_key=True),
)
"""Roles in the whole office, beside those on teams: ``speaking_up`` (``central.sealed``) and ``adviser``."""

sealed_key = Table(
    "sealed_key",
    metadata,
    Column("user", Id, primary_key=True),
    Column("public", LargeBinary, nullable=False, unique=True),
)
"""The key that somebody who holds the role wants to be sealed to."""

sealed = Table(
    "sealed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("public", LargeBinary, nullable=False, index=True),
    Column("day", String(10), nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
    UniqueConstraint("public", "digest"),
    sqlite_with_rowid=False,
)
"""Sealed hand-overs: no column says who brought one or at which hour, ids are random, and rows lie in their order."""

reading_key = Table(
    "reading_key",
    metadata,
    Column("user", Id, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("made_at", String(24), nullable=False),
)
"""The key by which somebody of the office reads their assessments (``central.readers``)."""

fetched = Table(
    "fetched",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(24), nullable=False),
    Column("user", Id, nullable=False),
    Column("assessment", Id, nullable=False),
    Column("record", Id, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("start", Number, nullable=False),
)
"""Files that people of the office fetched, each time from ``start`` on: only ever added to."""

erasure = Table(
    "erasure",
    metadata,
    Column("revision", Id, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", String(24), nullable=False),
    Column("number", Number, index=True),
    Column("place", Number),
    Column("ordered_by", Text, nullable=False, server_default=""),
)
"""What was erased by law. Laptops hear of orders by ``number``, which rises; ``place`` counts them. Both are empty
where an earlier version wrote the row beside this one: the next order numbers it too."""

alarm = Table(
    "alarm",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(24), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("device", Id),
    Column("details", Text, nullable=False),
    UniqueConstraint("kind", "device", "details"),
)
"""What the office should know: a rewound store, a cloned or revoked laptop, a collision, a signature that is none."""
