"""What speaks against taking a group in without a person's decision, beside teams: asked once for each group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.device_tables import device_certificate
from central.running_tables import retained
from central.sql import among, listed


class Against(NamedTuple):
    """``is_expired``: the sender's certificate and its grace are over; ``closed``: assessments that were closed."""

    is_expired: bool
    closed: frozenset[str]


def against(connection: Connection, sender: str, assessments: Iterable[str], now: str) -> Against:
    """At the stamp ``now`` of the store's clock."""
    asked = {"sender": sender, "places": listed(assessments), "now": now, "today": now[:10]}
    found = connection.execute(_AGAINST, asked).all()
    closed = frozenset(str(row.id) for row in found if row.what == "closed")
    return Against(is_expired=any(row.what == "expired" for row in found), closed=closed)


_AGAINST = sa.union_all(
    sa.select(sa.literal("expired").label("what"), device_certificate.c.device.label("id")).where(
        device_certificate.c.device == sa.bindparam("sender"), device_certificate.c.grace_until <= sa.bindparam("now")
    ),
    sa.select(sa.literal("closed"), retained.c.assessment).where(
        among(retained.c.assessment, "places"), retained.c.closed_on <= sa.bindparam("today")
    ),
)
