"""What the office, and who runs a team, do with its people: put on, give another role, take off."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, tables
from central.core import Core, lock_standing, open_core
from central.judge import KnownDevice
from central.members import add_members, assert_may, change_role, role_of, stored_role, take_off, told_role
from central.release import release as let_in
from central.release import waiting
from central.settings import Settings
from fieldkit.domain.roles import Right
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Refusal
from sync.wire.messages import Done
from sync.wire.team import LeaveRequest, TeamMemberModel, TeamReply, TeamRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """Somebody on a team, with their role as people are told it."""

    user: str
    name: str
    role: str
    since: str


def add_member(
    settings: Settings, name: str, assessment: str, role: str = "inspector", clock: Clock | None = None
) -> int:
    """Put a known person on a team, or change their role there.

    What they sent before is let in; returns how many revisions that were.
    Raises ``Mistake`` with ``central.no_name``, ``central.role``, ``central.person_unknown``,
    ``central.assessment_unknown`` or ``central.last_lead``.
    """
    check_name(name)
    stored_role(role)
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        check_assessments(connection, [assessment])
        return _put_on(core, connection, assessment, find_person(connection, name), role)


def remove_member(settings: Settings, name: str, assessment: str, clock: Clock | None = None) -> None:
    """Take a person off a team: they read no more of it, and what they handed in stays.

    Raises ``Mistake('central.person_unknown' | 'central.assessment_unknown' | 'central.last_lead')``.
    """
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        check_assessments(connection, [assessment])
        user = find_person(connection, name)
        if not role_of(connection, assessment, user):
            raise Mistake("central.person_unknown", field="name", name=name.strip())
        _take_off(core, connection, assessment, user)


def team_of(settings: Settings, assessment: str) -> list[TeamMember]:
    """The people of a team by name. Raises ``Mistake('central.assessment_unknown')``."""
    with closing(open_core(settings)) as core, core.database.read() as connection:
        check_assessments(connection, [assessment])
        return members_in(connection, assessment)


def members_in(connection: Connection, assessment: str) -> list[TeamMember]:
    """The people of a team by name."""
    rows = connection.execute(_TEAM, {"place": assessment})
    return [TeamMember(user=row.user, name=row.name, role=told_role(row.role), since=row.since) for row in rows]


def told(core: Core, sender: KnownDevice, assessment: str) -> TeamReply:
    """The team, to somebody on it. Raises ``Refusal('central.not_found')``."""
    with core.database.read(sender.user) as connection:
        if not role_of(connection, assessment, sender.user):
            raise Refusal("central.not_found")
        found = members_in(connection, assessment)
    return TeamReply(
        assessment=assessment,
        members=[TeamMemberModel(user=one.user, name=one.name, role=one.role, since=one.since) for one in found],
    )


def change(core: Core, sender: KnownDevice, request: TeamRequest) -> TeamReply:
    """Put somebody on a team, give them another role, or take them off (no role); for who may manage the team.

    Raises ``Refusal`` with ``central.not_found``, ``central.no_right`` or ``central.team_change`` (no such person or
    role, or the team's last lead).
    """
    with core.database.write() as connection:
        assert_may(connection, request.assessment, sender.user, Right.MANAGE_TEAM)
        try:
            user = find_person(connection, request.name)
            if request.role:
                _put_on(core, connection, request.assessment, user, request.role, actor=sender.user)
            elif role_of(connection, request.assessment, user):
                _take_off(core, connection, request.assessment, user, actor=sender.user)
        except Mistake as error:
            raise Refusal("central.team_change", reason=error.code) from error
    return told(core, sender, request.assessment) if user != sender.user or request.role else _nobody(request)


def leave(core: Core, sender: KnownDevice, request: LeaveRequest) -> Done:
    """The person goes off a team by themself; asked again, nothing changes.

    Raises ``Refusal('central.team_change')`` for the last lead: somebody has to lead what others work on.
    """
    with core.database.write() as connection:
        if role_of(connection, request.assessment, sender.user):
            try:
                _take_off(core, connection, request.assessment, sender.user, actor=sender.user)
            except Mistake as error:
                raise Refusal("central.team_change", reason=error.code) from error
    return Done()


def find_person(connection: Connection, name: str) -> str:
    """The user's id. Raises ``Mistake('central.person_unknown')``."""
    user = connection.execute(_USER, {"name": name.strip()}).scalar()
    if user is None:
        raise Mistake("central.person_unknown", field="name", name=name.strip())
    return str(user)


def check_name(name: str) -> None:
    """Raises ``Mistake('central.no_name')``."""
    if not name.strip():
        raise Mistake("central.no_name", field="name")


def check_assessments(connection: Connection, wanted: Sequence[str]) -> None:
    """Raises ``Mistake('central.assessment_unknown')``."""
    known = set(connection.execute(sa.select(tables.member.c.assessment)).scalars())
    for assessment in wanted:
        if assessment not in known:
            raise Mistake("central.assessment_unknown", field="assessments", assessment=assessment)


def _put_on(core: Core, connection: Connection, assessment: str, user: str, role: str, *, actor: str = "") -> int:
    now = lock_standing(connection)
    if role_of(connection, assessment, user):
        change_role(connection, assessment, user, role, now.seq)
    else:
        add_members(connection, [assessment], user, role, core.stamp(), number=now.seq)
    released = len(let_in(core, connection, waiting(connection, user, assessment)))
    audit.note(
        core, connection, "team.joined", user, actor=actor, assessment=assessment, role=role, let_in=released
    )  # fmt: skip
    return released


def _take_off(core: Core, connection: Connection, assessment: str, user: str, *, actor: str = "") -> None:
    lock_standing(connection)
    take_off(connection, assessment, user)
    audit.note(core, connection, "team.left", user, actor=actor, assessment=assessment)


def _nobody(request: TeamRequest) -> TeamReply:
    """What somebody who took themself off is told of the team they left: nothing."""
    return TeamReply(assessment=request.assessment, members=[])


_USER = sa.select(tables.user.c.id).where(tables.user.c.name == sa.bindparam("name"))
_TEAM = (
    sa.select(tables.member.c.user, tables.user.c.name, tables.member.c.role, tables.member.c.since)
    .join_from(tables.member, tables.user, tables.member.c.user == tables.user.c.id)
    .where(tables.member.c.assessment == sa.bindparam("place", type_=tables.Id))
    .order_by(tables.user.c.name)
)
