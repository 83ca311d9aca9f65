"""Who is on which team: asked by every read, changed by the office only."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables

ROLES = ("lead", "member", "reader")
ADVISER = "adviser"
"""The role in the whole office of a specialist adviser, whose laptop shows what is allotted to them."""


def assessments_of(connection: Connection, user: str) -> list[str]:
    """The assessments a person is on the team of."""
    table = tables.member
    rows = connection.execute(sa.select(table.c.assessment).where(table.c.user == user))
    return sorted(rows.scalars())


def add_members(connection: Connection, assessments: Iterable[str], user: str, role: str, now: str) -> None:
    """Put a person on teams; one who is on a team already keeps their role."""
    mine = set(assessments_of(connection, user))
    for assessment in assessments:
        if assessment not in mine:
            row = {"assessment": assessment, "user": user, "role": role, "since": now}
            connection.execute(tables.member.insert(), row)
