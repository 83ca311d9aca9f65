"""Sendings of files as the database knows them: whose they are, how far they came, and until when they are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import format_datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.cited import Cited, named
from central.core import Core
from central.file_begun import WithoutBytes
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import is_id, new_id
from sync.wire.files import read_metadata

KEPT_DAYS = 30
"""A sending of which nothing was heard for so long has expired: its bytes are thrown away, and it begins again."""

TOLD_DAYS = 60
"""For so long after it was last heard of, who asks for it hears that it has expired, not only that it is not there."""

_AT_ONCE = 20
_CLEARED_EVERY = timedelta(minutes=1)
_table = tables.upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Bytes up to ``reached`` are durable, the last of them since ``heard_at``."""

    id: str
    user: str
    assessment: str
    sha256: str
    size: int
    reached: int
    heard_at: str
    metadata: str = ""
    ahead: int = 0
    """Of these bytes so many that the database has not been told of yet: it hears of the file itself in their place."""

    @property
    def has_all(self) -> bool:
        """Whether every byte has come; that it is the right file shows its hash."""
        return self.reached == self.size

    @property
    def expires(self) -> datetime:
        """When it ends if nothing more is heard of it."""
        return from_stamp(self.heard_at) + timedelta(days=KEPT_DAYS)

    @property
    def expires_header(self) -> str:
        """The same as HTTP writes it."""
        return format_datetime(self.expires, usegmt=True)

    @property
    def cited(self) -> Cited:
        """The file it carries."""
        return Cited(self.assessment, self.sha256, self.size, may_know=True)


def mine(core: Core, connection: Connection, name: str, user: str) -> Sending:
    """The sending that is named, if it is the asker's own.

    Raises ``Refusal('central.not_found')``, or ``Refusal('central.file_expired')`` where it was kept long enough.
    """
    if not is_id(name):
        raise Refusal("central.not_found")
    begun = core.files.begun.get(name)  # before the row is looked for: at no moment is it in neither place
    row = connection.execute(sa.select(_table).where(_table.c.id == name, _table.c.user == user)).first()
    if row is not None:
        core.files.begun.forget(name)
        return _alive(core, Sending(**row._mapping))
    if begun is None or begun.user != user:
        raise Refusal("central.not_found")
    return _alive(core, _without_bytes(begun))


def open_sending(core: Core, user: str, cited: Cited, metadata: str) -> Sending:
    """The asker's sending of a file, going on or begun now.

    One that has no byte yet is not worth a flush: a power cut may forget it, and it is begun again.
    """
    with core.database.read() as connection:
        found = _found(core, connection, user, cited)
    if found is not None and core.clock.now() < found.expires:
        return found
    made = Sending(
        id=new_id(), user=user, assessment=cited.assessment, sha256=cited.sha256, size=cited.size, reached=0,
        heard_at=core.stamp(), metadata=metadata,
    )  # fmt: skip
    if found is None and not core.database.is_postgresql:  # one process serves: nobody else has to know of it yet
        return _without_bytes(core.files.begun.keep(_begun(made)))
    with core.database.write() as connection:
        found = _found(core, connection, user, cited)
        if found is not None and core.clock.now() < found.expires:
            return found
        if found is not None:
            end(core, connection, found.id)
        else:
            core.database.allow_forgetting(connection)
        _add(connection, made)
    return made


def reach(core: Core, connection: Connection, sending: Sending, after: int) -> Sending:
    """It stands at ``after`` now. Raises ``Refusal('central.file_offset')`` where another process was quicker."""
    found = replace(sending, reached=after, heard_at=core.stamp(), ahead=0)
    same = (_table.c.id == sending.id, _table.c.reached == sending.reached - sending.ahead)
    if connection.execute(_table.update().where(*same).values(reached=after, heard_at=found.heard_at)).rowcount:
        return found
    if core.files.begun.get(sending.id) is None:  # it stays there until the row is seen: this may be rolled back
        raise Refusal("central.file_offset", offset=after)
    if not _is_still_named(connection, sending):
        raise Refusal("central.not_found")
    _add(connection, found)
    return found


def end(core: Core, connection: Connection, sending: str) -> None:
    """Nothing of it is left."""
    connection.execute(_table.delete().where(_table.c.id == sending))
    core.files.begun.forget(sending)
    core.files.coming.drop(sending)


def end_all(core: Core, connection: Connection, assessment: str, sha256: str) -> None:
    """The same for every sending of a file that was erased."""
    same = (_table.c.assessment == assessment, _table.c.sha256 == sha256)
    for one in list(connection.execute(sa.select(_table.c.id).where(*same)).scalars()):
        end(core, connection, one)


def clear_expired(core: Core) -> None:
    """Throw away the bytes of some sendings that have expired, and forget some that did so long ago.

    Once a minute at most: it is a transaction, and many files may begin in one.
    """
    now = core.clock.now()
    if core.files.cleared_at is not None and timedelta(0) <= now - core.files.cleared_at < _CLEARED_EVERY:
        return
    core.files.cleared_at = now
    limit, last = (to_stamp(now - timedelta(days=days)) for days in (KEPT_DAYS, TOLD_DAYS))
    core.files.begun.clear(last)
    with core.database.write() as connection:
        for one in _some(connection, _table.c.heard_at < last):
            end(core, connection, one)
        halves = _table.c.reached.between(1, _table.c.size - 1)
        for one in _some(connection, _table.c.heard_at < limit, halves):
            core.files.coming.drop(one)
            connection.execute(_table.update().where(_table.c.id == one).values(reached=0))


def _found(core: Core, connection: Connection, user: str, cited: Cited) -> Sending | None:
    same = (_table.c.user == user, _table.c.assessment == cited.assessment, _table.c.sha256 == cited.sha256)
    begun = core.files.begun.find(user, cited.assessment, cited.sha256)
    row = connection.execute(sa.select(_table).where(*same)).first()
    if row is not None:
        return Sending(**row._mapping)
    return None if begun is None else _without_bytes(begun)


def _without_bytes(begun: WithoutBytes) -> Sending:
    return Sending(reached=0, **begun._asdict())


def _begun(sending: Sending) -> WithoutBytes:
    return WithoutBytes(*(getattr(sending, name) for name in WithoutBytes._fields))


def _add(connection: Connection, sending: Sending) -> None:
    connection.execute(_table.insert(), {name: getattr(sending, name) for name in _FIELDS})


def _is_still_named(connection: Connection, sending: Sending) -> bool:
    """Whether the record it was begun for was not erased since: another process erases, and knows of rows alone."""
    revision = read_metadata(sending.metadata).get("revision", "")
    file = (sending.assessment, sending.sha256)
    return any((one.assessment, one.sha256) == file for one in named(connection, revision))


def _some(connection: Connection, *where: sa.ColumnElement[bool]) -> list[str]:
    return [str(one) for one in connection.execute(sa.select(_table.c.id).where(*where).limit(_AT_ONCE)).scalars()]


def _alive(core: Core, sending: Sending) -> Sending:
    if core.clock.now() >= sending.expires:
        raise Refusal("central.file_expired")
    return sending


_FIELDS = tuple(_table.columns.keys())
