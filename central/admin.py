"""What the office does with its store: make it, invite, look, revoke, let in, erase: ``fieldkit central …``.

Each function opens the store, does one thing in one transaction and closes it again, whether or not the
server is running. Looking (``show``, ``members``) is in ``overview``.
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

from central import audit, tables
from central.admin_team import add_member, check_assessments, check_name, find_person, remove_member
from central.codes import code_digest, new_code
from central.core import find_device, lock_standing, open_core
from central.database import Database
from central.erasing import erase_record
from central.judge import REVOKED
from central.members import ADVISER, stored_role
from central.overview import Overview, members, show
from central.owners import bring_tables_up_to_date
from central.release import release as let_in
from central.sealed import SPEAKING_UP
from central.settings import Settings, write_private
from fieldkit.kernel.clock import Clock, SystemClock, to_stamp
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import is_id, new_id
from fieldkit.kernel.signing import SEED_BYTES, SigningKey, fingerprint

__all__ = [
    "Invite", "MadeStore", "Overview", "add_member", "erase", "init", "invite", "members", "release",
    "remove_member", "revoke", "set_role", "show",
]  # fmt: skip

CODE_HOURS = 24
OFFICE_ROLES = (SPEAKING_UP, ADVISER)


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
    """Make a new store in ``settings.folder`` and its database, which may exist but must hold no store yet.

    Raises ``Mistake('central.no_office' | 'central.exists')`` or ``Trouble('central.database')``.
    """
    if not office.strip():
        raise Mistake("central.no_office", field="office")
    _make_private(settings)
    token, seed = secrets.token_urlsafe(32), os.urandom(SEED_BYTES)
    with closing(Database(settings.url, word=settings.walls.word)) as database:
        try:
            bring_tables_up_to_date(settings)
            _begin(database, settings, office.strip(), seed, token, to_stamp((clock or SystemClock()).now()))
        except sa.exc.OperationalError as error:
            raise Trouble("central.database") from error
    settings.save()
    write_private(settings.token_file, token + "\n")
    public = SigningKey(seed).public
    return MadeStore(office=office.strip(), store=public.hex(), fingerprint=fingerprint(public), token=token)


def _make_private(settings: Settings) -> None:
    """The folder and the database's file, for their owner's eyes only: the signing key will lie there."""
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.database_file is not None:
        settings.database_file.touch(mode=0o600)


def _begin(database: Database, settings: Settings, office: str, seed: bytes, token: str, now: str) -> None:
    epoch = str(uuid.uuid4())
    row = {
        "id": 1, "office": office, "seed": seed, "token_hash": hashlib.sha256(token.encode()).digest(),
        "epoch": epoch, "number": 0, "chain": "", "made_at": now,
    }  # fmt: skip
    try:
        with database.write() as connection:
            connection.execute(tables.store.insert(), row)
            connection.execute(tables.epoch.insert(), {"id": epoch, "began_after": 0, "began_at": now})
            connection.execute(tables.proving.insert(), {"id": 1, "upto": 0})
    except sa.exc.IntegrityError as error:  # the row with id 1 is there: somebody was first
        raise Mistake("central.exists", folder=str(settings.folder)) from error


def invite(
    settings: Settings,
    name: str,
    assessments: Sequence[str] = (),
    role: str = "inspector",
    clock: Clock | None = None,
) -> Invite:
    """A code for one more laptop of the person called ``name`` (who is made known if new to the store).

    Raises ``Mistake('central.no_name' | 'central.role' | 'central.assessment_unknown')``.
    """
    check_name(name)
    stored = stored_role(role)
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        check_assessments(connection, assessments)
        now, code = core.stamp(), new_code()
        user = connection.execute(_USER, {"name": name.strip()}).scalar()
        if user is None:
            user = new_id()
            connection.execute(tables.user.insert(), {"id": user, "name": name.strip(), "made_at": now})
        expires = core.clock.now() + timedelta(hours=CODE_HOURS)
        row = {
            "digest": code_digest(core.code_key, code), "user": user, "role": stored,
            "assessments": json.dumps(list(assessments)), "made_at": now, "expires_at": to_stamp(expires),
        }  # fmt: skip
        connection.execute(tables.invite.insert(), row)
        audit.note(core, connection, "person.invited", user, role=role, assessments=list(assessments))
    return Invite(code=code, name=name.strip(), role=role, assessments=tuple(assessments), expires_at=expires)


def set_role(settings: Settings, name: str, role: str, *, holds: bool = True, clock: Clock | None = None) -> None:
    """Give a known person a role in the whole office, or take it away with the key they gave.

    What was sealed to that key stays: nobody else can read it, and they can take it away once they hold the role again.
    Raises ``Mistake('central.role' | 'central.person_unknown')``.
    """
    if role not in OFFICE_ROLES:
        raise Mistake("central.role", field="role", roles=", ".join(OFFICE_ROLES))
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        user = find_person(connection, name)
        table, key = tables.duty, tables.sealed_key
        connection.execute(table.delete().where(table.c.user == user, table.c.role == role))
        if holds:
            connection.execute(table.insert().values(user=user, role=role))
        elif role == SPEAKING_UP:
            connection.execute(key.delete().where(key.c.user == user))
        audit.note(core, connection, "role.given" if holds else "role.taken", user, role=role)


def revoke(settings: Settings, device: str, clock: Clock | None = None) -> None:
    """Stop a laptop from reading; what it still sends is kept for a person. Raises ``Mistake('central.device')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        if not is_id(device) or find_device(connection, device) is None:
            raise Mistake("central.device", field="device", device=device)
        lock_standing(connection)  # a push that is being kept right now comes before or after, never half
        table = tables.device
        connection.execute(table.update().where(table.c.id == device).values(status=REVOKED))
        audit.note(core, connection, "laptop.revoked", device)


def release(settings: Settings, numbers: Sequence[int], clock: Clock | None = None) -> tuple[int, ...]:
    """Let in what waits under these numbers (``Overview.waiting``); returns those that could be.

    What a person cannot overrule waits on: somebody not on the team, an author who is not the laptop's.
    """
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)
        done = tuple(let_in(core, connection, numbers))
        audit.note(core, connection, "waiting.released", "", numbers=list(done))
        return done


def erase(settings: Settings, revision: str, reason: str, clock: Clock | None = None) -> int:
    """Destroy the content of a revision, as the law asks; the envelope stays and the chain still verifies.

    Whoever brings it again gets the outcome ``erased``. Returns how many contents were destroyed.
    Raises ``Mistake('central.no_reason' | 'central.revision')``.
    """
    if not reason.strip():
        raise Mistake("central.no_reason", field="reason")
    if not is_id(revision):
        raise Mistake("central.revision", field="revision", revision=revision)
    by = audit.at_the_server()
    return erase_record(settings, revision, reason, by, is_only_this=True, clock=clock).contents


_USER = sa.select(tables.user.c.id).where(tables.user.c.name == sa.bindparam("name"))
