"""What the office decides about signing in: at which provider, whose account is whose, who may come without a code."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.core import open_core
from central.members import stored_role
from central.provider import describe, is_protected
from central.settings import Settings
from central.sign_in import Means, means
from central.sign_in_tables import account, account_expected, account_rule, sign_in
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Refusal

SCOPE = "openid profile email"
MOST_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Whoever comes with ``claim`` = ``value`` may join, and is put on the team of ``assessment`` where named."""

    number: int
    claim: str
    value: str
    assessment: str | None
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A person and their account: ``subject`` once it came, else the claim that is expected of it."""

    name: str
    issuer: str = ""
    subject: str = ""
    seen_at: str = ""
    claim: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """All that is decided about signing in. ``means`` is ``None`` where codes are all there is."""

    means: Means | None
    rules: tuple[Rule, ...]
    people: tuple[Bound, ...]


def set_means(
    settings: Settings, issuer: str, client_id: str, scope: str = SCOPE, again_days: int = 0, clock: Clock | None = None
) -> None:
    """Let people sign in at ``issuer``, which is asked who it is first.

    Raises ``Mistake`` with ``central.sign_in_issuer``, ``…_client``, ``…_days`` or ``…_provider``.
    """
    parts = urlsplit(issuer)
    if not is_protected(issuer) or parts.query or parts.fragment or len(issuer) > 500:
        raise Mistake("central.sign_in_issuer", field="issuer")
    if not client_id.strip() or not client_id.isprintable():
        raise Mistake("central.sign_in_client", field="client_id")
    if not 0 <= again_days <= MOST_DAYS:
        raise Mistake("central.sign_in_days", field="again_days")
    try:
        describe(issuer)
    except Refusal as refusal:
        reason = refusal.details.get("reason", "")
        raise Mistake("central.sign_in_provider", field="issuer", address=issuer, reason=reason) from refusal
    words = " ".join(dict.fromkeys(["openid", *scope.split()]))
    row = {"id": 1, "issuer": issuer, "client_id": client_id.strip(), "scope": words, "again_days": again_days}
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        core.database.upsert(connection, sign_in, [row])


def remove_means(settings: Settings, clock: Clock | None = None) -> bool:
    """Back to codes alone; whether there was anything to remove. Accounts and rules are kept for another time."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        return bool(connection.execute(sign_in.delete()).rowcount)


def decided(settings: Settings, clock: Clock | None = None) -> Decided:
    """All of it, people by name."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        rules = connection.execute(sa.select(account_rule).order_by(account_rule.c.id)).all()
        return Decided(
            means=means(connection),
            rules=tuple(
                Rule(number=row.id, claim=row.claim, value=row.value, assessment=row.assessment, role=row.role)
                for row in rules
            ),
            people=(*_accounts(connection), *_expected(connection)),
        )


def expect(settings: Settings, name: str, claims: Sequence[tuple[str, str]], clock: Clock | None = None) -> None:
    """The first account with one of these claims is this person's.

    Raises ``Mistake('central.person_unknown' | 'central.sign_in_claim' | 'central.sign_in_taken')``.
    """
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        user = _user(connection, name)
        for claim, value in _checked(claims):
            row = connection.execute(_WHOSE, {"claim": claim, "value": value}).first()
            if row is not None and row.user != user:
                raise Mistake("central.sign_in_taken", field="claim", claim=f"{claim}={value}", name=row.name)
            core.database.upsert(connection, account_expected, [{"claim": claim, "value": value, "user": user}])


def forget(settings: Settings, name: str, clock: Clock | None = None) -> int:
    """Untie a person from their accounts and from what was expected; how many that were.

    What they do with a laptop that is enrolled already goes on: revoke it to end that.
    """
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        user = _user(connection, name)
        count = connection.execute(account.delete().where(account.c.user == user)).rowcount
        return int(
            count + connection.execute(account_expected.delete().where(account_expected.c.user == user)).rowcount
        )


def allow(
    settings: Settings,
    claim: tuple[str, str],
    assessment: str | None = None,
    role: str = "inspector",
    clock: Clock | None = None,
) -> None:
    """Let everybody with this claim join without a code, and onto the team of ``assessment`` in ``role``.

    Raises ``Mistake('central.sign_in_claim' | 'central.role' | 'central.assessment_unknown')``.
    """
    part = stored_role(role)
    name, value = _checked([claim])[0]
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        if assessment is not None and connection.execute(_TEAM, {"assessment": assessment}).first() is None:
            raise Mistake("central.assessment_unknown", field="assessment", assessment=assessment)
        row = {"claim": name, "value": value, "assessment": assessment, "role": part}
        connection.execute(account_rule.insert(), row)


def disallow(settings: Settings, number: int, clock: Clock | None = None) -> None:
    """Take a rule back; whoever came by it stays. Raises ``Mistake('central.sign_in_none')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        if not connection.execute(account_rule.delete().where(account_rule.c.id == number)).rowcount:
            raise Mistake("central.sign_in_none", field="number")


def _checked(claims: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    for claim, value in claims:
        fits = 0 < len(claim) <= 100 and 0 < len(value) <= 255
        if not fits or not (claim + value).isprintable():
            raise Mistake("central.sign_in_claim", field="claim")
    return [(claim, value.casefold() if claim == "email" else value) for claim, value in claims]


def _accounts(connection: Connection) -> list[Bound]:
    rows = connection.execute(
        sa.select(tables.user.c.name, account).join(tables.user, tables.user.c.id == account.c.user).order_by("name")
    )
    return [Bound(name=row.name, issuer=row.issuer, subject=row.subject, seen_at=row.seen_at) for row in rows]


def _expected(connection: Connection) -> list[Bound]:
    of = tables.user.c.id == account_expected.c.user
    rows = connection.execute(sa.select(tables.user.c.name, account_expected).join(tables.user, of).order_by("name"))
    return [Bound(name=row.name, claim=row.claim, value=row.value) for row in rows]


def _user(connection: Connection, name: str) -> str:
    user = connection.execute(sa.select(tables.user.c.id).where(tables.user.c.name == name.strip())).scalar()
    if user is None:
        raise Mistake("central.person_unknown", field="name", name=name.strip())
    return str(user)


_TEAM = sa.select(tables.member.c.user).where(tables.member.c.assessment == sa.bindparam("assessment")).limit(1)
_WHOSE = (
    sa.select(account_expected.c.user, tables.user.c.name)
    .join_from(account_expected, tables.user, tables.user.c.id == account_expected.c.user)
    .where(account_expected.c.claim == sa.bindparam("claim"), account_expected.c.value == sa.bindparam("value"))
)
