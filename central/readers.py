"""Keys by which people of the office read without a laptop, each only the assessments they are on the team of.

The token that is made with a store reads all notes and no file: nobody could tell who used it. A file is given to a
person, and it is on record who fetched which one, when and from which byte on, before a byte of it leaves.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, tables
from central.cited import Cited
from central.core import Core, open_core
from central.judge import ACTIVE, KnownDevice
from central.members import ADVISER, is_adviser
from central.settings import Settings
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file that somebody of the office fetched; ``start`` is the first byte they asked for."""

    at: str
    name: str
    assessment: str
    record: str
    sha256: str
    start: int


CARRIES = "files-"
"""What a key begins with that hands in files too. The digest is over all of it: no other key becomes one."""


def make_key(settings: Settings, name: str, clock: Clock | None = None, *, files: bool = False) -> str:
    """A new key for a known person, in the place of the one they had; it is kept as a digest only.

    ``files``: with it the person also hands in files of attachments whose records are here (by any client of tus).
    Raises ``Mistake('central.person_unknown' | 'central.adviser_key')``.
    """
    key = (CARRIES if files else "") + secrets.token_urlsafe(32)
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        user = _user(connection, name)
        if is_adviser(connection, user):
            raise Mistake("central.adviser_key", field="name", name=name.strip())
        connection.execute(tables.reading_key.delete().where(tables.reading_key.c.user == user))
        connection.execute(tables.reading_key.insert().values(user=user, digest=_digest(key), made_at=core.stamp()))
        audit.note(core, connection, "key.made", user)
    return key


def end_key(settings: Settings, name: str, clock: Clock | None = None) -> bool:
    """The person's key opens nothing any more; whether they had one. Raises ``Mistake('central.person_unknown')``."""
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        mine = tables.reading_key.c.user == _user(connection, name)
        had = bool(connection.execute(tables.reading_key.delete().where(mine)).rowcount)
        audit.note(core, connection, "key.ended", _user(connection, name))
        return had


def fetched(settings: Settings) -> list[Fetched]:
    """Every file that was fetched, the newest first."""
    with closing(open_core(settings)) as core, core.database.read() as connection:
        return [Fetched(**row._mapping) for row in connection.execute(_FETCHED)]


def person_with(core: Core, key: str) -> KnownDevice | None:
    """Whose key this is, as one who asks: a person on no laptop. An adviser's opens nothing."""
    with core.database.glance() as connection:
        user = connection.execute(_HOLDER, {"digest": _digest(key)}).scalar()
    return None if user is None else KnownDevice(id="", user=str(user), author="", key=b"", status=ACTIVE)


def note_fetched(core: Core, user: str, cited: Cited, start: int) -> None:
    """Put it on record."""
    row = {
        "at": core.stamp(), "user": user, "assessment": cited.assessment, "record": cited.record,
        "sha256": cited.sha256, "start": start,
    }  # fmt: skip
    with core.database.write() as connection:
        connection.execute(tables.fetched.insert(), row)
        audit.note(core, connection, "file.fetched", cited.record, actor=user, sha256=cited.sha256, start=start)


def _user(connection: Connection, name: str) -> str:
    user = connection.execute(sa.select(tables.user.c.id).where(tables.user.c.name == name.strip())).scalar()
    if user is None:
        raise Mistake("central.person_unknown", field="name", name=name.strip())
    return str(user)


def _digest(key: str) -> bytes:
    """256 random bits need no slow hash."""
    return hashlib.sha256(b"fieldkit/reading/v1\0" + key.encode()).digest()


_key, _duty, _log = tables.reading_key.c, tables.duty.c, tables.fetched.c
_HOLDER = sa.select(_key.user).where(
    _key.digest == sa.bindparam("digest"),
    ~sa.exists().where(_duty.user == _key.user, _duty.role == ADVISER),
)
_FETCHED = (
    sa.select(_log.at, tables.user.c.name, _log.assessment, _log.record, _log.sha256, _log.start)
    .join_from(tables.fetched, tables.user, tables.user.c.id == _log.user)
    .order_by(_log.id.desc())
)
