"""Which person of the store an account of the provider is: said once, by somebody of the office, and kept.

An account is known by issuer and subject, which never change hands. The first time it comes it needs one of: a one-time
code, a claim that the office said to expect of one person, or a rule that lets everybody with a claim in. A name alone
never makes two people one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.core import Core
from central.enrol import join
from central.sign_in_tables import account, account_expected, account_rule
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import new_id


def claims_asked(connection: Connection) -> list[str]:
    """The claims that the store goes by."""
    found = connection.execute(sa.union(sa.select(account_rule.c.claim), sa.select(account_expected.c.claim)))
    names = {"name", *(str(name) for name in found.scalars())}
    return sorted(names | ({"email_verified"} if "email" in names else set()))


def person_of(core: Core, connection: Connection, claims: Mapping[str, Any], invited: str | None, number: int) -> str:
    """The person whose account this is, made known or tied to it where this is its first time.

    ``invited`` is whom the code that came with it was made for, ``number`` where the log stands.
    Raises ``Refusal('central.sign_in_unknown' | 'central.sign_in_other')``.
    """
    issuer, subject, now = claims["iss"], claims["sub"], core.stamp()
    mine = (account.c.issuer == issuer, account.c.subject == subject)
    user = connection.execute(sa.select(account.c.user).where(*mine)).scalar()
    if user is not None:
        if invited not in {None, user}:
            raise Refusal("central.sign_in_other")
        connection.execute(account.update().where(*mine).values(seen_at=now))
    else:
        user = invited or _expected(connection, claims) or _newcomer(connection, claims, now)
        row = {"issuer": issuer, "subject": subject, "user": user, "bound_at": now, "seen_at": now}
        connection.execute(account.insert(), row)
    _put_on_teams(core, connection, claims, str(user), number)
    return str(user)


def carries(claims: Mapping[str, Any], name: str, value: str) -> bool:
    """Whether a claim has this value, or has it in its list. An e-mail address counts if the provider checked it."""
    found = claims.get(name)
    if name == "email":
        return claims.get("email_verified") is True and isinstance(found, str) and found.casefold() == value.casefold()
    return value in found if isinstance(found, list) else isinstance(found, str) and found == value


def _expected(connection: Connection, claims: Mapping[str, Any]) -> str | None:
    """Whom the office said to expect with one of these claims. Raises ``central.sign_in_other`` where two fit."""
    fitting = [row for row in connection.execute(account_expected.select()) if carries(claims, row.claim, row.value)]
    people = {str(row.user) for row in fitting}
    if len(people) > 1:
        raise Refusal("central.sign_in_other")
    for row in fitting:
        one = (account_expected.c.claim == row.claim, account_expected.c.value == row.value)
        connection.execute(account_expected.delete().where(*one))
    return next(iter(people), None)


def _newcomer(connection: Connection, claims: Mapping[str, Any], now: str) -> str:
    """Somebody whom a rule lets in; a name that is taken here may be another person's."""
    if not any(True for _ in _rules(connection, claims)):
        raise Refusal("central.sign_in_unknown")
    name = " ".join(str(claims.get("name") or claims.get("preferred_username") or claims["sub"]).split())[:200]
    if not name.isprintable() or connection.execute(_NAMED, {"name": name}).first() is not None:
        raise Refusal("central.sign_in_other")
    user = new_id()
    connection.execute(tables.user.insert(), {"id": user, "name": name, "made_at": now})
    return user


def _put_on_teams(core: Core, connection: Connection, claims: Mapping[str, Any], user: str, number: int) -> None:
    for rule in _rules(connection, claims):
        if rule.assessment is not None:
            join(core, connection, [rule.assessment], user, rule.role, number)


def _rules(connection: Connection, claims: Mapping[str, Any]) -> Iterable[Any]:
    rows = connection.execute(account_rule.select().order_by(account_rule.c.id))
    return [row for row in rows if carries(claims, row.claim, row.value)]


_NAMED = sa.select(tables.user.c.id).where(tables.user.c.name == sa.bindparam("name"))
