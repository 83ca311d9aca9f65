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
from sqlalchemy.engine import Connection

from central import audit, files, tables
from central.codes import code_digest, new_code
from central.core import Core, find_device, lock_standing, open_core
from central.database import Database
from central.judge import REVOKED
from central.members import ADVISER, ROLES, add_members
from central.overview import Overview, members, show
from central.release import release as let_in
from central.release import waiting
from central.schema import bring_up_to_date
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
    with closing(Database(settings.url)) as database:
        try:
            bring_up_to_date(database)
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
    role: str = "member",
    clock: Clock | None = None,
) -> Invite:
    """A code for one more laptop of the person called ``name`` (who is made known if new to the store).

    Raises ``Mistake('central.no_name' | 'central.role' | 'central.assessment_unknown')``.
    """
    _check(name, role)
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        _check_assessments(connection, assessments)
        now, code = core.stamp(), new_code()
        user = connection.execute(_USER, {"name": name.strip()}).scalar()
        if user is None:
            user = new_id()
            connection.execute(tables.user.insert(), {"id": user, "name": name.strip(), "made_at": now})
        expires = core.clock.now() + timedelta(hours=CODE_HOURS)
        row = {
            "digest": code_digest(core.code_key, code), "user": user, "role": role,
            "assessments": json.dumps(list(assessments)), "made_at": now, "expires_at": to_stamp(expires),
        }  # fmt: skip
        connection.execute(tables.invite.insert(), row)
        audit.note(core, connection, "person.invited", user, role=role, assessments=list(assessments))
    return Invite(code=code, name=name.strip(), role=role, assessments=tuple(assessments), expires_at=expires)


def add_member(settings: Settings, name: str, assessment: str, role: str = "member", clock: Clock | None = None) -> int:
    """Put a known person on a team, or change their role there.

    What they sent before is let in; returns how many revisions that were.
    Raises ``Mistake('central.no_name' | 'central.role' | 'central.person_unknown' | 'central.assessment_unknown')``.
    """
    _check(name, role)
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)
        _check_assessments(connection, [assessment])
        user = connection.execute(_USER, {"name": name.strip()}).scalar()
        if user is None:
            raise Mistake("central.person_unknown", field="name", name=name.strip())
        add_members(connection, [assessment], user, role, core.stamp())
        table = tables.member
        mine = (table.c.assessment == assessment, table.c.user == user)
        connection.execute(table.update().where(*mine).values(role=role))
        released = len(let_in(core, connection, waiting(connection, user, assessment)))
        audit.note(core, connection, "team.joined", user, assessment=assessment, role=role, let_in=released)
        return released


def remove_member(settings: Settings, name: str, assessment: str, clock: Clock | None = None) -> None:
    """Take a person off a team: they read no more of it, and what they handed in stays.

    Raises ``Mistake('central.person_unknown' | 'central.assessment_unknown' | 'central.last_lead')``.
    """
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)
        _check_assessments(connection, [assessment])
        user = connection.execute(_USER, {"name": name.strip()}).scalar()
        table = tables.member
        team = dict(
            connection.execute(sa.select(table.c.user, table.c.role).where(table.c.assessment == assessment)).all()
        )
        if user is None or user not in team:
            raise Mistake("central.person_unknown", field="name", name=name.strip())
        if list(team.values()).count("lead") == 1 and team[user] == "lead":
            raise Mistake("central.last_lead", field="name", name=name.strip())
        connection.execute(table.delete().where(table.c.assessment == assessment, table.c.user == user))
        audit.note(core, connection, "team.left", user, assessment=assessment)


def set_role(settings: Settings, name: str, role: str, *, holds: bool = True, clock: Clock | None = None) -> None:
    """Give a known person a role in the whole office, or take it away with the key they gave.

    What was sealed to that key stays: nobody else can read it, and they can take it away once they hold the role again.
    Raises ``Mistake('central.role' | 'central.person_unknown')``.
    """
    if role not in OFFICE_ROLES:
        raise Mistake("central.role", field="role", roles=", ".join(OFFICE_ROLES))
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        user = connection.execute(_USER, {"name": name.strip()}).scalar()
        if user is None:
            raise Mistake("central.person_unknown", field="name", name=name.strip())
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
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)
        return _erase(core, connection, revision, reason.strip())


def _erase(core: Core, connection: Connection, revision: str, reason: str) -> int:
    row = {"revision": revision, "reason": reason, "at": core.stamp()}
    core.database.upsert(connection, tables.erasure, [row])
    table = tables.log
    held = (table.c.revision == revision, table.c.content.is_not(None))
    named = files.named_by(connection, revision)
    count = connection.execute(table.update().where(*held).values(content=None, salt=None)).rowcount
    for assessment, sha256 in named:
        files.forget(core, connection, assessment, sha256)
    return count


def _check(name: str, role: str) -> None:
    if not name.strip():
        raise Mistake("central.no_name", field="name")
    if role not in ROLES:
        raise Mistake("central.role", field="role", roles=", ".join(ROLES))


def _check_assessments(connection: Connection, wanted: Sequence[str]) -> None:
    known = set(connection.execute(sa.select(tables.member.c.assessment)).scalars())
    for assessment in wanted:
        if assessment not in known:
            raise Mistake("central.assessment_unknown", field="assessments", assessment=assessment)


_USER = sa.select(tables.user.c.id).where(tables.user.c.name == sa.bindparam("name"))
