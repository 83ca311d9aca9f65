"""What the office does with its store: make it, invite, look, revoke. Called by ``fieldkit central …``.

Each function opens the store, does one thing in one transaction and closes it again, whether or not the
server is running.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from central import tables
from central.codes import code_digest, new_code
from central.core import open_core
from central.database import Database
from central.guards import statements
from central.members import ROLES
from central.settings import Settings, write_private
from fieldkit.kernel.clock import Clock, SystemClock, to_stamp
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import new_id
from fieldkit.kernel.signing import SEED_BYTES, SigningKey, fingerprint

CODE_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStore:
    """A new store. ``token`` lets the office read without a laptop; it also lies in ``settings.token_file``."""

    office: str
    store: str
    fingerprint: tuple[int, ...]
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A one-time code for one laptop of one person."""

    code: str
    name: str
    role: str
    assessments: tuple[str, ...]
    expires_at: datetime


def init(settings: Settings, office: str, clock: Clock | None = None) -> MadeStore:
    """Make a new store in ``settings.folder`` (and its database). Raises ``Mistake('central.exists')``."""
    clock = clock or SystemClock()
    if not office.strip():
        raise Mistake("central.no_office", field="office")
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    token, seed, epoch = secrets.token_urlsafe(32), os.urandom(SEED_BYTES), str(uuid.uuid4())
    now = to_stamp(clock.now())
    with closing(Database(settings.url)) as database:
        try:
            with database.write() as connection:
                if sa.inspect(connection).has_table("store"):
                    raise Mistake("central.exists", folder=str(settings.folder))
                tables.metadata.create_all(connection)
                for statement in statements(connection.dialect.name):
                    connection.exec_driver_sql(statement)
                row = {
                    "id": 1, "office": office.strip(), "seed": seed, "recovery_key": None,
                    "token_hash": hashlib.sha256(token.encode()).digest(), "epoch": epoch, "number": 0, "chain": "",
                    "made_at": now,
                }  # fmt: skip
                connection.execute(tables.store.insert(), row)
                connection.execute(tables.epoch.insert(), {"id": epoch, "began_after": 0, "began_at": now})
        except sa.exc.OperationalError as error:
            raise Trouble("central.database") from error
    settings.save()
    write_private(settings.token_file, token + "\n")
    public = SigningKey(seed).public
    return MadeStore(office=office.strip(), store=public.hex(), fingerprint=fingerprint(public), token=token)


def invite(
    settings: Settings,
    name: str,
    assessments: Sequence[str] = (),
    role: str = "member",
    clock: Clock | None = None,
) -> Invite:
    """A code for one more laptop of the person called ``name`` (who is made known if new to the store).

    Raises ``Mistake('central.no_name' | 'central.role' | 'central.assessment_unknown')``.
    """
    if not name.strip():
        raise Mistake("central.no_name", field="name")
    if role not in ROLES:
        raise Mistake("central.role", field="role", roles=", ".join(ROLES))
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        known = set(connection.execute(sa.select(tables.member.c.assessment)).scalars())
        for assessment in assessments:
            if assessment not in known:
                raise Mistake("central.assessment_unknown", field="assessments", assessment=assessment)
        now, code = core.stamp(), new_code()
        user = connection.execute(sa.select(tables.user.c.id).where(tables.user.c.name == name.strip())).scalar()
        if user is None:
            user = new_id()
            connection.execute(tables.user.insert(), {"id": user, "name": name.strip(), "made_at": now})
        expires = core.clock.now() + timedelta(hours=CODE_HOURS)
        row = {
            "digest": code_digest(core.code_key, code), "user": user, "role": role,
            "assessments": json.dumps(list(assessments)), "made_at": now, "expires_at": to_stamp(expires),
        }  # fmt: skip
        connection.execute(tables.invite.insert(), row)
    return Invite(code=code, name=name.strip(), role=role, assessments=tuple(assessments), expires_at=expires)
