"""Joining and coming back by the organisation's sign-in (OpenID Connect), where the office has set one up.

What depends on it: enrolling without a code, and, where the office asks for it every so many days, reading the team's
work. What never does: handing in, receipts, certificates, and everything on the laptop itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import enrol
from central.accounts import claims_asked, person_of
from central.core import Core, find_device, lock_standing
from central.device_certificates import issue
from central.id_tokens import SKEW_SECONDS, Wanted
from central.judge import REVOKED, KnownDevice
from central.sign_in_tables import account, sign_in, signed_in
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import Refusal
from sync.wire.messages import EnrolReply, SignInModel
from sync.wire.requests import to_base64
from sync.wire.sign_in import SignInRequest, SignInWay, sign_in_message, sign_in_nonce, signed_in_message
from sync.wire.version import OLDEST_SPOKEN, PROTOCOL


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """How people sign in. ``again_days`` 0 = once is enough."""

    issuer: str
    client_id: str
    scope: str
    again_days: int
    claims: tuple[str, ...] = ()


def means(connection: Connection) -> Means | None:
    """How people sign in here; ``None`` where one-time codes are all there is."""
    row = connection.execute(sa.select(sign_in)).first()
    if row is None:
        return None
    return Means(
        issuer=row.issuer, client_id=row.client_id, scope=row.scope, again_days=row.again_days,
        claims=tuple(claims_asked(connection)),
    )  # fmt: skip


def way(core: Core) -> SignInWay:
    """What a laptop is told that has not joined yet."""
    with core.database.glance() as connection:
        found = means(connection)
    return SignInWay(office=core.office, sign_in=None if found is None else _model(found, due=False))


def told(core: Core, connection: Connection, sender: KnownDevice) -> dict[str, Any] | None:
    """What a hello tells: how to sign in, and whether this laptop has to before it reads its team's work."""
    found = means(connection)
    return (
        None if found is None else _model(found, due=_is_due(core, connection, sender, found.again_days)).model_dump()
    )


def check_recent(core: Core, sender: KnownDevice | None) -> None:
    """Raises ``Refusal('central.sign_in_again')`` where the person has to sign in on this laptop before they read."""
    if sender is None or not sender.id:  # the office's token, or a person's own key
        return
    with core.database.glance() as connection:
        days = connection.execute(sa.select(sign_in.c.again_days)).scalar()
        if days and _is_due(core, connection, sender, days):
            raise Refusal("central.sign_in_again")


def sign_in_here(core: Core, request: SignInRequest, source: str) -> EnrolReply:
    """Let in whoever the provider's token names, on the device that it was made for. Asking twice does no harm.

    Raises ``Refusal`` with one of the codes named by ``routes.SIGN_IN``.
    """
    if not OLDEST_SPOKEN <= request.protocol <= PROTOCOL:
        raise Refusal("central.protocol", oldest=OLDEST_SPOKEN, newest=PROTOCOL)
    body = request.model_dump()
    enrol.check_proof(request.device_key, request.proof, sign_in_message(body))
    enrol.count_tries(core, source)
    with core.database.glance() as connection:
        found = means(connection)
    if found is None:
        raise Refusal("central.sign_in_off")
    try:
        claims = _claims(core, found, request)  # asks the provider: before the store's lock, never under it
        with core.database.write() as connection:
            user = _let_in(core, connection, request, claims, lock_standing(connection).seq)
            reply = enrol.enrolled_reply(core, connection, user)
    except Refusal as refusal:
        if refusal.code in {"central.code_wrong", "central.sign_in_token"}:
            enrol.note_wrong_code(core, source)
        raise
    return EnrolReply(**reply, proof=to_base64(core.key.sign(signed_in_message(body, reply))))


def _claims(core: Core, found: Means, request: SignInRequest) -> Mapping[str, Any]:
    now = core.clock.now()
    nonce = sign_in_nonce(request.device, request.device_key, request.salt)
    wanted = Wanted(issuer=found.issuer, client_id=found.client_id, nonce=nonce, now=now)
    claims = core.provider.verified(request.id_token, wanted)
    if found.again_days and signed_at(claims, now) <= now - timedelta(days=found.again_days, seconds=SKEW_SECONDS):
        raise Refusal("central.sign_in_old")
    if request.access_token and not set(found.claims) <= claims.keys():
        return {**core.provider.about(found.issuer, request.access_token, claims["sub"]), **claims}
    return claims


def _let_in(core: Core, connection: Connection, request: SignInRequest, claims: Mapping[str, Any], number: int) -> str:
    invite, is_fresh = (None, False)
    if request.code:
        invite, is_fresh = enrol.claim(core, connection, request.code, request.device)
    user = person_of(core, connection, claims, str(invite.user) if invite is not None else None, number)
    known = find_device(connection, request.device)
    if known is None:
        enrol.register(core, connection, request, user)
    else:
        enrol.same_or_taken(known, request.device_key, user)
        if known.status == REVOKED:
            raise Refusal("central.device_revoked")
        issue(core, connection, known)  # also where the laptop's certificate and its grace were over
    if invite is not None and is_fresh:
        enrol.join(core, connection, json.loads(invite.assessments), user, invite.role, number)
    at = to_stamp(signed_at(claims, core.clock.now()))
    core.database.upsert(connection, signed_in, [{"device": request.device, "at": at}])
    return user


def signed_at(claims: Mapping[str, Any], now: datetime) -> datetime:
    """When the person proved themselves to the provider: never later than now, whatever it says."""
    said = claims.get("auth_time", claims["iat"])
    at = said if isinstance(said, (int, float)) and not isinstance(said, bool) and 0 <= said < 2**40 else claims["iat"]
    return min(datetime.fromtimestamp(at, UTC), now)


def _is_due(core: Core, connection: Connection, sender: KnownDevice, days: int) -> bool:
    """Asked only of people who have an account: whoever came by a code alone may have none."""
    if not days:
        return False
    row = connection.execute(_LAST, {"device": sender.id, "user": sender.user}).one()
    oldest = core.clock.now() - timedelta(days=days)
    return bool(row.has_account) and (row.at is None or from_stamp(row.at) < oldest)


def _model(found: Means, *, due: bool) -> SignInModel:
    return SignInModel(
        issuer=found.issuer, client_id=found.client_id, scope=found.scope, claims=list(found.claims),
        again_days=found.again_days, due=due,
    )  # fmt: skip


_LAST = sa.select(
    sa.exists().where(account.c.user == sa.bindparam("user")).label("has_account"),
    sa.select(signed_in.c.at).where(signed_in.c.device == sa.bindparam("device")).scalar_subquery().label("at"),
)
