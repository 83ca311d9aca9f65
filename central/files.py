"""Taking in and giving out the files of attachments: tus 1.0 with creation, checksum and termination.

Rules bought elsewhere: bytes are durable before the offset counts; the whole file is hashed before anybody is told that
it is here; creating again answers where the sending stands, so that a lost reply costs nothing; and what is said of a
file depends on the asker's team, never on who happens to know its hash.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.cited import Cited, cites, named, to_read, to_send
from central.core import Core, standing
from central.endpoint import Answer, Call
from central.file_folder import FileFolder
from central.readers import note_fetched
from fieldkit.domain.file_receipt import FileReceipt, sign_file
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId, is_id, new_id
from sync.wire.files import (
    CHECKSUM,
    EXTENSIONS,
    FILE_TYPE,
    LARGEST_FILE,
    LENGTH,
    METADATA,
    OFFSET,
    OFFSET_TYPE,
    RECEIPT,
    TUS_HEADER,
    TUS_VERSION,
    checksum,
    read_metadata,
    receipt_header,
)

KEPT_DAYS = 30
"""A sending of which nothing was heard for so long is forgotten; the laptop then begins it again."""

KEPT_FREE = 10**9
"""Bytes that files leave free on the store's disk: notes need room too, and a full disk stops the database."""

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})?")
_LOCKS = tuple(threading.Lock() for _ in range(64))
"""One for every sixty-fourth sending: two that share one wait for each other, and none is ever left behind."""


def about(call: Call) -> Answer:
    """What of tus is spoken here."""
    return Answer(
        status=204,
        headers={
            "Tus-Version": TUS_VERSION, "Tus-Extension": EXTENSIONS, "Tus-Checksum-Algorithm": "sha256",
            "Tus-Max-Size": str(LARGEST_FILE),
        },
    )  # fmt: skip


def begin(call: Call) -> Answer:
    """Create a sending, or say where the one that was created before stands."""
    _check_version(call)
    size = _number(call, LENGTH)
    revision = read_metadata(call.headers.get(METADATA, "")).get("revision", "")
    with call.core.database.write() as connection:
        _forget_old(call.core, connection)  # of its own: where there is no room, this makes some
    with call.core.database.write() as connection:
        cited = to_send(connection, call.device, revision)
        if size != cited.size:
            raise Refusal("central.file_size", size=cited.size)
        row = _sending(connection, call.device.user, cited)
        has = cited.may_know and _has(call.core, connection, cited)
        if row is None:
            row = _create(call.core, connection, call.device.user, cited)
        if has and row["reached"] != size:
            _reach(call.core, connection, row["id"], row["reached"], size)
            folder_of(call.core).drop(row["id"])
            row["reached"] = size
        elif not has and row["reached"] == size and not _has(call.core, connection, cited):
            _reach(call.core, connection, row["id"], size, 0)  # it was whole once, and the store was restored since
            row["reached"] = 0
        _check_room(call.core, size - row["reached"])
        return _told(call.core, connection, row, status=201)


def stands(call: Call) -> Answer:
    """Where a sending stands."""
    _check_version(call)
    with call.core.database.read() as connection:
        return _told(call.core, connection, _mine(connection, call), status=200)


def add(call: Call) -> Answer:
    """More bytes; with the last ones the file is hashed and moved to its place."""
    _check_version(call)
    if call.headers.get("content-type", "") != OFFSET_TYPE:
        raise Refusal("central.file_type")
    stated = call.headers.get(CHECKSUM)
    if stated is not None and stated != checksum(call.digest):
        raise Refusal("central.file_checksum")
    offset = _number(call, OFFSET)
    with _alone(call.parts["upload"]):
        with call.core.database.read() as connection:
            row = _mine(connection, call)
        if offset != row["reached"]:
            raise Refusal("central.file_offset", offset=row["reached"])
        if offset + call.length > row["size"]:
            raise Refusal("central.file_size", size=row["size"])
        if call.length:
            _check_room(call.core, call.length)
            _keep(call, row, offset)
        with call.core.database.read() as connection:
            return _told(call.core, connection, row, status=204)


def end(call: Call) -> Answer:
    """Give a sending up."""
    _check_version(call)
    with _alone(call.parts["upload"]), call.core.database.write() as connection:
        row = _mine(connection, call)
        connection.execute(tables.upload.delete().where(tables.upload.c.id == row["id"]))
        folder_of(call.core).drop(row["id"])
    return Answer(status=204, headers={})


def read(call: Call) -> Answer:
    """A whole file, or the part that ``Range`` names, for the team: its laptops, and its people with a key of theirs.

    The office's token is nobody's in particular, so it gets none; what a person fetches is put on record first.
    """
    if call.sender is None:
        raise Refusal("central.not_found")
    with call.core.database.read() as connection:
        cited = to_read(connection, call.sender, call.parts["revision"])
        if not _has(call.core, connection, cited):
            raise Refusal("central.file_to_follow")
        receipt = _receipt(call.core, connection, cited)
    match = _RANGE.fullmatch(call.headers.get("range", ""))
    start = min(int(match[1]), cited.size) if match else 0
    end = min(int(match[2]) + 1, cited.size) if match and match[2] else cited.size
    end = max(start, end)
    if not call.sender.id:
        note_fetched(call.core, call.sender.user, cited, start)
    headers = {
        "Content-Length": str(end - start), "Accept-Ranges": "bytes", RECEIPT: receipt,
        "Content-Disposition": "attachment",
    }  # fmt: skip
    if match:
        headers["Content-Range"] = f"bytes {start}-{max(start, end - 1)}/{cited.size}"
    body = folder_of(call.core).read(cited.sha256, start, end - start)
    return Answer(status=206 if match else 200, headers=headers, kind=FILE_TYPE, body=body)


def forget(core: Core, connection: Connection, assessment: str, sha256: str) -> bool:
    """After an erasure: destroy a file that no attachment of this assessment names any more; whether it was."""
    if cites(connection, assessment, sha256):
        return False
    table = tables.file
    mine = (table.c.assessment == assessment, table.c.sha256 == sha256)
    gone = connection.execute(table.delete().where(*mine)).rowcount
    if connection.execute(sa.select(table.c.sha256).where(table.c.sha256 == sha256)).first() is None:
        folder_of(core).erase(sha256)
    return bool(gone)


def named_by(connection: Connection, revision: str) -> list[tuple[str, str]]:
    """The assessment and hash of each file that a revision names: ask before its content is erased."""
    return [(one.assessment, one.sha256) for one in named(connection, revision)]


def folder_of(core: Core) -> FileFolder:
    """Where the files of this store lie."""
    return FileFolder(core.settings.folder)


def _keep(call: Call, row: dict[str, Any], offset: int) -> None:
    core, folder = call.core, folder_of(call.core)
    reached = folder.add(row["id"], offset, call.chunks())
    is_whole = reached == row["size"]
    if is_whole and not folder.settle(row["id"], row["sha256"]):
        with core.database.write() as connection:
            _reach(core, connection, row["id"], offset, 0)
        raise Refusal("central.file_differs")
    with core.database.write() as connection:
        _reach(core, connection, row["id"], offset, reached)
        if is_whole:
            value = {
                "assessment": row["assessment"], "sha256": row["sha256"], "size": row["size"],
                "received_at": core.stamp(), "device": call.device.id,
            }  # fmt: skip
            known = Cited(row["assessment"], row["sha256"], row["size"], may_know=True)
            if not _is_listed(connection, known):
                core.database.upsert(connection, tables.file, [value])
    row["reached"] = reached


def _told(core: Core, connection: Connection, row: dict[str, Any], *, status: int) -> Answer:
    headers = {
        "Location": f"/v1/files/{row['id']}", OFFSET: str(row["reached"]), LENGTH: str(row["size"]),
    }  # fmt: skip
    if row["reached"] == row["size"]:
        headers[RECEIPT] = _receipt(core, connection, Cited(row["assessment"], row["sha256"], row["size"], True))
    return Answer(status=status, headers=headers)


def _receipt(core: Core, connection: Connection, cited: Cited) -> str:
    table = tables.file
    at = connection.execute(
        sa.select(table.c.received_at).where(table.c.assessment == cited.assessment, table.c.sha256 == cited.sha256)
    ).scalar()
    signed = sign_file(
        FileReceipt(
            store=core.store, epoch=standing(connection).epoch, assessment=AssessmentId(cited.assessment),
            sha256=cited.sha256, size=cited.size, received_at=str(at or core.stamp()),
        ),
        core.key,
    )  # fmt: skip
    return receipt_header(signed.data, signed.signature)


def _has(core: Core, connection: Connection, cited: Cited) -> bool:
    """Listed for this assessment and on the disk: a database that was restored may know files that are gone."""
    return _is_listed(connection, cited) and folder_of(core).has(cited.sha256)


def _is_listed(connection: Connection, cited: Cited) -> bool:
    table = tables.file
    return (
        connection.execute(
            sa.select(table.c.size).where(table.c.assessment == cited.assessment, table.c.sha256 == cited.sha256)
        ).first()
        is not None
    )


def _create(core: Core, connection: Connection, user: str, cited: Cited) -> dict[str, Any]:
    row = {
        "id": new_id(), "user": user, "assessment": cited.assessment, "sha256": cited.sha256, "size": cited.size,
        "reached": 0, "heard_at": core.stamp(),
    }  # fmt: skip
    connection.execute(tables.upload.insert(), row)
    return row


def _sending(connection: Connection, user: str, cited: Cited) -> dict[str, Any] | None:
    table = tables.upload
    found = connection.execute(
        sa.select(table).where(
            table.c.user == user, table.c.assessment == cited.assessment, table.c.sha256 == cited.sha256
        )
    ).mappings()
    row = found.first()
    return dict(row) if row is not None else None


def _mine(connection: Connection, call: Call) -> dict[str, Any]:
    """The sending that is named, if it is the asker's own. Raises ``Refusal('central.not_found')``."""
    name, table = call.parts["upload"], tables.upload
    if not is_id(name):
        raise Refusal("central.not_found")
    mine = (table.c.id == name, table.c.user == call.device.user)
    row = connection.execute(sa.select(table).where(*mine)).mappings().first()
    if row is None:
        raise Refusal("central.not_found")
    return dict(row)


def _reach(core: Core, connection: Connection, upload: str, before: int, after: int) -> None:
    """Raises ``Refusal('central.file_offset')`` where another process was quicker."""
    table = tables.upload
    done = connection.execute(
        table.update()
        .where(table.c.id == upload, table.c.reached == before)
        .values(reached=after, heard_at=core.stamp())
    )
    if done.rowcount == 0:
        raise Refusal("central.file_offset", offset=after)


def _forget_old(core: Core, connection: Connection) -> None:
    table, limit = tables.upload, to_stamp(core.clock.now() - timedelta(days=KEPT_DAYS))
    old = list(connection.execute(sa.select(table.c.id).where(table.c.heard_at < limit).limit(20)).scalars())
    for one in old:
        folder_of(core).drop(one)
        connection.execute(table.delete().where(table.c.id == one))


@contextmanager
def _alone(upload: str) -> Iterator[None]:
    """One at a time for each sending; of several processes the database's row decides."""
    with _LOCKS[hash(upload) % len(_LOCKS)]:
        yield


def _check_room(core: Core, more: int) -> None:
    """Raises ``Refusal('central.files_full')`` where ``more`` bytes would leave less than is kept free."""
    if more and (free := core.free(core.settings.folder)) < more + KEPT_FREE:
        raise Refusal("central.files_full", free=f"{free / 10**9:.1f}", kept=KEPT_FREE // 10**9)


def _check_version(call: Call) -> None:
    if call.headers.get(TUS_HEADER) != TUS_VERSION:
        raise Refusal("central.tus")


def _number(call: Call, header: str) -> int:
    text = call.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Refusal("central.malformed", reason=header)
    return int(text)
