"""What was told over the telephone before it arrived by itself."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from central.tables import Id, metadata

urgent_call = Table(
    "urgent_call",
    metadata,
    Column("id", Id, primary_key=True),
    Column("phrase", String(80), nullable=False),
    Column("told", Text, nullable=False),
    Column("taken_by", Text, nullable=False),
    Column("at", String(24), nullable=False),
)
"""A call: the check phrase as numbers, what was said, and who wrote it down. Linked to its item by the phrase alone."""
