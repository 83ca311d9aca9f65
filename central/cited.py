"""Which file an attachment names, and who may know of it: asked of the log itself, for each request afresh."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.core import find_device
from central.judge import DISTRIBUTED, QUARANTINED, REVOKED, WRITERS, KnownDevice
from central.records import is_held
from central.restricting import withheld
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.roles import Right, may
from fieldkit.kernel.canonical import parse
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import is_id


class Cited(NamedTuple):
    """A file as a record names it. ``may_know``: whoever asks may hear whether the store has it."""

    assessment: str
    sha256: str
    size: int
    may_know: bool
    record: str = ""


def to_send(connection: Connection, sender: KnownDevice, revision: str) -> Cited:
    """The file that ``sender`` may hand in for this revision of an attachment.

    One that is restricted to people whom the sender is not among is brought by who handed in its record, and answered
    as if the store had nothing of it.

    For one that is kept apart (a revoked laptop's, a stranger's) whoever handed it in may bring its file too, and
    learns nothing of what the store has. Raises ``Refusal('central.not_found')`` for everybody else.
    """
    for row in _rows(connection, revision):
        role = _role(connection, row.assessment, sender.user)
        if row.outcome in DISTRIBUTED and role in WRITERS:
            is_hidden = str(row.record) in withheld(connection, str(row.assessment), sender.user)
            if is_hidden and row.sender != sender.user:
                continue
            return _read(row, may_know=not is_hidden and _is_active(connection, sender))
        if row.outcome == QUARANTINED and row.sender == sender.user:
            return _read(row, may_know=False)
    raise Refusal("central.not_found")


def to_read(connection: Connection, asker: KnownDevice, revision: str) -> Cited:
    """The file of an attachment that the asker's team sees. Raises ``Refusal('central.not_found')``."""
    for row in _rows(connection, revision):
        if row.outcome in DISTRIBUTED and may(_role(connection, row.assessment, asker.user), Right.PULL):
            if str(row.record) in withheld(connection, str(row.assessment), asker.user):
                continue
            if is_held(connection, str(row.assessment), str(row.record)):
                raise Refusal("central.file_held")
            return _read(row, may_know=True)
    raise Refusal("central.not_found")


def named(connection: Connection, revision: str) -> list[Cited]:
    """What a revision of an attachment names, whoever may see it; nothing where it cannot be read."""
    found = []
    for row in _rows(connection, revision):
        with suppress(Refusal):
            found.append(_read(row, may_know=False))
    return found


def cites(connection: Connection, assessment: str, sha256: str) -> bool:
    """Whether any attachment of an assessment still names this file."""
    log = tables.log
    rows = connection.execute(
        sa.select(log.c.content).where(
            log.c.assessment == assessment, log.c.kind == Attachment.KIND, log.c.content.is_not(None)
        )
    )
    return any(sha256.encode("ascii") in content for (content,) in rows)


def _rows(connection: Connection, revision: str) -> list[Any]:
    if not is_id(revision):
        return []
    log, sheet = tables.log, tables.sheet
    found = connection.execute(
        sa.select(log.c.assessment, log.c.record, log.c.outcome, log.c.content, sheet.c.user.label("sender"))
        .join_from(log, sheet, sheet.c.id == log.c.sheet)
        .where(log.c.revision == revision, log.c.kind == Attachment.KIND, log.c.content.is_not(None))
        .order_by(log.c.seq)
    )
    return list(found)


def _is_active(connection: Connection, sender: KnownDevice) -> bool:
    """A laptop that is not revoked, or a person with a key (who is on no laptop)."""
    if not sender.id:
        return True
    now = find_device(connection, sender.id)
    return now is not None and now.status != REVOKED


def _role(connection: Connection, assessment: str, user: str) -> str:
    member = tables.member
    row = connection.execute(
        sa.select(member.c.role).where(member.c.assessment == assessment, member.c.user == user)
    ).scalar()
    return str(row or "")


def _read(row: Any, *, may_know: bool) -> Cited:
    try:
        value = Attachment.from_content("", parse(row.content))
    except (KeyError, ValueError, TypeError) as error:
        raise Refusal("central.not_found") from error
    return Cited(str(row.assessment), value.sha256, value.size, may_know, str(row.record))
