"""Which files are here for which assessment, and the store's signed word on each."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.cited import Cited
from central.core import Core, standing
from fieldkit.domain.file_receipt import FileReceipt, sign_file
from fieldkit.kernel.ids import AssessmentId
from sync.wire.files import receipt_header

_table = tables.file


def is_listed(connection: Connection, cited: Cited) -> bool:
    """Whether the whole file was sent for this assessment."""
    return connection.execute(sa.select(_table.c.size).where(*_same(cited))).first() is not None


def is_here(core: Core, cited: Cited, listed: bool) -> bool:
    """Listed and in its place: a database that was restored may know files that are gone.

    The place is asked for listed files only, so that no other team learns of a file by how long an answer takes.
    """
    return listed and core.files.place.size(cited.sha256) == cited.size


def enter(core: Core, connection: Connection, cited: Cited, device: str) -> None:
    """List a file that is in its place now."""
    if not is_listed(connection, cited):
        value = {
            "assessment": cited.assessment, "sha256": cited.sha256, "size": cited.size,
            "received_at": core.stamp(), "device": device,
        }  # fmt: skip
        core.database.upsert(connection, _table, [value])


def receipt(core: Core, connection: Connection, cited: Cited) -> str:
    """The signed statement, as one header."""
    at = connection.execute(sa.select(_table.c.received_at).where(*_same(cited))).scalar()
    signed = sign_file(
        FileReceipt(
            store=core.store, epoch=standing(connection).epoch, assessment=AssessmentId(cited.assessment),
            sha256=cited.sha256, size=cited.size, received_at=str(at or core.stamp()),
        ),
        core.key,
    )  # fmt: skip
    return receipt_header(signed.data, signed.signature)


def strike(connection: Connection, assessment: str, sha256: str) -> tuple[bool, bool]:
    """Take a file off the list of an assessment; whether it was there, and whether any other still lists it."""
    same = (_table.c.assessment == assessment, _table.c.sha256 == sha256)
    gone = connection.execute(_table.delete().where(*same)).rowcount
    left = connection.execute(sa.select(_table.c.sha256).where(_table.c.sha256 == sha256)).first()
    return bool(gone), left is not None


def _same(cited: Cited) -> tuple[sa.ColumnElement[bool], ...]:
    return _table.c.assessment == cited.assessment, _table.c.sha256 == cited.sha256
