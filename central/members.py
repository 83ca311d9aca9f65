"""Who is on which team and what that allows: asked by every read; changed by the office, and by who runs a team."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from fieldkit.domain.roles import Right, Role, may, words_with
from fieldkit.kernel.errors import Mistake, Refusal

ROLES = tuple(role.value for role in Role)
ADVISER = "adviser"
"""The role in the whole office of a specialist adviser, whose laptop shows what is allotted to them."""

PULLS = sorted(words_with(Right.PULL))
"""The words in ``member.role`` of those who may read what the team handed in."""


class Part(NamedTuple):
    """A person's part in one team: their role, and where the log stood when they last came to know more."""

    role: str
    widened: int


def may_read() -> sa.ColumnElement[bool]:
    """The condition on ``member`` for those who read."""
    return tables.member.c.role.in_(PULLS)


def stored_role(word: str) -> str:
    """The role as the tables spell it. Raises ``Mistake('central.role')`` for a word that is none."""
    role = Role.of(word)
    if role is None:
        raise Mistake("central.role", field="role", roles=", ".join(ROLES))
    return role.stored


def told_role(stored: str) -> str:
    """The role as people and laptops are told it."""
    role = Role.of(stored)
    return role.value if role is not None else stored


def assessments_of(connection: Connection, user: str) -> list[str]:
    """The assessments a person is on the team of."""
    table = tables.member
    rows = connection.execute(sa.select(table.c.assessment).where(table.c.user == user))
    return sorted(rows.scalars())


def parts_of(connection: Connection, user: str) -> dict[str, Part]:
    """A person's part in each of their teams."""
    return {row[0]: Part(told_role(row[1]), row[2]) for row in connection.execute(_PARTS, {"user": user})}


def role_of(connection: Connection, assessment: str, user: str) -> str:
    """The person's role as the tables spell it; empty for who is not on the team."""
    found = connection.execute(_ROLE, {"assessment": assessment, "user": user}).scalar()
    return str(found or "")


def is_adviser(connection: Connection, user: str) -> bool:
    """Whether a person is a specialist adviser, who reads what is allotted to them on their laptop and nothing else."""
    return connection.execute(_IS_ADVISER, {"user": user}).first() is not None


def assert_may(connection: Connection, assessment: str, user: str, right: Right) -> None:
    """Raises ``Refusal('central.not_found')`` for who is not on the team, ``central.no_right`` for who may not."""
    role = role_of(connection, assessment, user)
    if not role:
        raise Refusal("central.not_found")
    if not may(role, right):
        raise Refusal("central.no_right", right=right.value, role=told_role(role))


def add_members(
    connection: Connection, assessments: Iterable[str], user: str, role: str, now: str, *, number: int = 0
) -> None:
    """Put a person on teams; one who is on a team already keeps their role.

    ``number``: where the log stands; a laptop that read there before reads from the start again.
    """
    mine = set(assessments_of(connection, user))
    for assessment in assessments:
        if assessment not in mine:
            row = {"assessment": assessment, "user": user, "role": stored_role(role), "since": now, "widened": number}
            connection.execute(tables.member.insert(), row)


def change_role(connection: Connection, assessment: str, user: str, role: str, number: int) -> None:
    """Give a member another role; where it lets them know more, they read again what was kept from them.

    Raises ``Mistake('central.role' | 'central.last_lead')``.
    """
    before, after = role_of(connection, assessment, user), stored_role(role)
    if before == after:
        return
    if before == Role.LEAD.stored:
        assert_another_lead(connection, assessment, user)
    widen(connection, assessment, [user], number)
    table = tables.member
    mine = (table.c.assessment == assessment, table.c.user == user)
    connection.execute(table.update().where(*mine).values(role=after))


def widen(connection: Connection, assessment: str, users: Collection[str], number: int) -> None:
    """Note that these members know more from here on: their laptops read the assessment from the start."""
    table = tables.member
    if users:
        those = (table.c.assessment == assessment, table.c.user.in_(sorted(users)))
        connection.execute(table.update().where(*those).values(widened=number))


def take_off(connection: Connection, assessment: str, user: str) -> None:
    """Take a person off a team; what they handed in stays. Raises ``Mistake('central.last_lead')``."""
    if role_of(connection, assessment, user) == Role.LEAD.stored:
        assert_another_lead(connection, assessment, user)
    table = tables.member
    connection.execute(table.delete().where(table.c.assessment == assessment, table.c.user == user))


def assert_another_lead(connection: Connection, assessment: str, user: str) -> None:
    """Raises ``Mistake('central.last_lead')``: a team always has a lead."""
    found = connection.execute(_OTHER_LEADS, {"assessment": assessment, "user": user}).scalar_one()
    if not found:
        name = connection.execute(_NAME, {"user": user}).scalar() or ""
        raise Mistake("central.last_lead", field="name", name=str(name))


_member = tables.member.c
_PARTS = sa.select(_member.assessment, _member.role, _member.widened).where(_member.user == sa.bindparam("user"))
_ROLE = sa.select(_member.role).where(
    _member.assessment == sa.bindparam("assessment"), _member.user == sa.bindparam("user")
)
_duty = tables.duty.c
_IS_ADVISER = sa.select(_duty.user).where(_duty.user == sa.bindparam("user"), _duty.role == ADVISER)
_OTHER_LEADS = sa.select(sa.func.count()).where(
    _member.assessment == sa.bindparam("assessment"),
    _member.user != sa.bindparam("user"),
    _member.role == Role.LEAD.stored,
)
_NAME = sa.select(tables.user.c.name).where(tables.user.c.id == sa.bindparam("user"))
