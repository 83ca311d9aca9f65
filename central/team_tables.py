"""Tables of who may know what: computed from the restrictions in the log, so that a page need not read them."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from central.tables import Id, metadata

restriction = Table(
    "restriction",
    metadata,
    Column("record", Id, primary_key=True),
    Column("assessment", Id, nullable=False, index=True),
    Column("about", Id, nullable=False),
    Column("roles", Text, nullable=False),
    Column("people", Text, nullable=False),
)
"""The restrictions that stand, and who may know: JSON lists of roles and of authors, who wrote it among them."""

restricted = Table(
    "restricted",
    metadata,
    Column("assessment", Id, primary_key=True),
    Column("record", Id, primary_key=True),
    Column("restriction", Id, primary_key=True),
)
"""Every record that a restriction covers."""
