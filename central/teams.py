"""The store's signed word on who is on a team and with which laptops, for those who hand over without a network."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.core import Core
from central.judge import ACTIVE
from fieldkit.domain.receipt import Signed
from fieldkit.domain.team_list import TeamLaptop, TeamList, sign_team
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId


def team_list(core: Core, connection: Connection, assessment: str) -> Signed:
    """The team of an assessment now, signed. Revoked laptops and those gone on under another id are left out."""
    laptops = tuple(
        TeamLaptop(device=DeviceId(row.id), author=AuthorId(row.author), public=row.key, name=row.name, role=row.role)
        for row in connection.execute(_LAPTOPS, {"place": assessment})
    )
    team = TeamList(
        store=core.store, assessment=AssessmentId(assessment), issued_at=core.stamp(), laptops=laptops
    )  # fmt: skip
    return sign_team(team, core.key)


_member, _device, _user = tables.member.c, tables.device.c, tables.user.c
_LAPTOPS = (
    sa.select(_device.id, _device.author, _device.key, _user.name, _member.role)
    .select_from(
        tables.member.join(tables.user, _user.id == _member.user).join(tables.device, _device.user == _member.user)
    )
    .where(_member.assessment == sa.bindparam("place"), _device.status == ACTIVE)
    .order_by(_user.name, _device.id)
)
