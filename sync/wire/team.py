"""The messages about teams: who is on one, and who is put on, given another role or taken off."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.wire.messages import Line, ToLaptop, ToStore, Uuid


class LeaveRequest(ToStore):
    """The person goes off the team of an assessment; their laptops hide it, and wipe it once nothing is owed."""

    assessment: Uuid


class TeamRequest(ToStore):
    """``role`` empty takes ``name`` off the team; else they are put on it with this role, or given it."""

    assessment: Uuid
    name: Annotated[Line, Field(min_length=1, max_length=200)]
    role: Annotated[str, Field(pattern=r"^[a-z_]{0,20}$")]


class TeamMemberModel(ToLaptop):
    """Somebody on the team."""

    user: Uuid
    name: str
    role: str
    since: str


class TeamReply(ToLaptop):
    """The team by name."""

    assessment: Uuid
    members: list[TeamMemberModel]
