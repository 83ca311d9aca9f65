"""Taking in and giving out the files of attachments: tus 1.0 with all its extensions but concatenation.

Rules bought elsewhere: bytes are durable before the offset counts; the whole file is hashed, and in its place for
good, before anybody is told that it is here; creating again answers where the sending stands, so that a lost reply
costs nothing; and what is said of a file depends on the asker's team, never on who happens to know its hash.
"""

from __future__ import annotations

import re

from sqlalchemy.engine import Connection

from central import file_receipts, file_sendings
from central.cited import cites, named, to_read, to_send
from central.core import Core
from central.endpoint import Answer, Call
from central.file_checks import check_checksum, check_room, check_version, number
from central.file_coming import Whole
from central.file_keeping import WAIT_SECONDS
from central.file_sendings import Sending
from central.readers import note_fetched
from fieldkit.kernel.errors import Refusal
from sync.wire.files import (
    CHECKSUMS,
    EXPIRES,
    EXTENSIONS,
    FILE_TYPE,
    LARGEST_FILE,
    LENGTH,
    METADATA,
    NEXT,
    OFFSET,
    OFFSET_TYPE,
    RECEIPT,
    SIGNS,
    SIGNS_FILE,
    TUS_VERSION,
    next_place,
    read_metadata,
)

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{1,15})?")
_LONGEST_METADATA = 4096
_LONGEST_SIZE = 15


def about(call: Call) -> Answer:
    """What of tus is spoken here."""
    return Answer(
        status=204,
        headers={
            "Tus-Version": TUS_VERSION, "Tus-Extension": EXTENSIONS, "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
            "Tus-Max-Size": str(LARGEST_FILE),
        },
    )  # fmt: skip


def begin(call: Call) -> Answer:
    """Create a sending, or say where the one that was created before stands; its first bytes may come along."""
    check_version(call)
    if call.length:
        _check_type(call)
        check_checksum(call)
    core, size = call.core, number(call, LENGTH)
    sending = _opened(call, size, call.headers.get(METADATA, ""))
    if call.length and not sending.reached:  # where it stands further on already, they are not needed
        with core.files.coming.alone(sending.id):
            sending = _taken_in(call, sending.id, 0)
        return _told(call, sending, status=201, is_last=True)
    return _told(call, sending, status=201)


def begin_next(call: Call) -> str:
    """What the file after a stream is told, begun while that one comes; nothing where it has to ask by itself."""
    size, _, metadata = call.headers[NEXT].partition(" ")
    if not (size.isascii() and size.isdigit() and len(size) <= _LONGEST_SIZE):
        raise Refusal("central.malformed", reason=NEXT)
    sending = _opened(call, int(size), metadata)
    return "" if sending.has_all else next_place(f"/v1/files/{sending.id}", sending.reached)


def _opened(call: Call, size: int, metadata: str) -> Sending:
    """The sender's sending of the file that the metadata names, begun where there is none."""
    core = call.core
    if len(metadata) > _LONGEST_METADATA:
        raise Refusal("central.malformed", reason=METADATA)
    revision = read_metadata(metadata).get("revision", "")
    file_sendings.clear_expired(core)  # where there is no room, this makes some
    with core.database.read() as connection:
        cited = to_send(connection, call.device, revision)
        listed = file_receipts.is_listed(connection, cited)
    if size != cited.size:
        raise Refusal("central.file_size", size=cited.size)
    is_known = cited.may_know and file_receipts.is_here(core, cited, listed)
    sending = file_sendings.open_sending(core, call.device.user, cited, metadata)
    if core.files.settling.wait(sending.id, WAIT_SECONDS):
        with core.database.read() as connection:
            is_known = cited.may_know and file_receipts.is_here(core, cited, file_receipts.is_listed(connection, cited))
        sending = file_sendings.open_sending(core, call.device.user, cited, metadata)
    if is_known and not sending.has_all:
        with core.database.write() as connection:
            sending = file_sendings.reach(core, connection, sending, size)
        core.files.coming.drop(sending.id)
    check_room(core, size - sending.reached)
    return sending


def stands(call: Call) -> Answer:
    """Where a sending stands."""
    check_version(call)
    call.core.files.settling.wait(call.parts["upload"], WAIT_SECONDS)
    with call.core.database.read() as connection:
        sending = file_sendings.mine(call.core, connection, call.parts["upload"], call.device.user)
    return _told(call, sending, status=200)


def add(call: Call) -> Answer:
    """More bytes; with the last ones the file is hashed and put in its place."""
    offset = begins_at(call)
    check_checksum(call)
    call.core.files.settling.wait(call.parts["upload"], WAIT_SECONDS)
    with call.core.files.coming.alone(call.parts["upload"]):
        sending = _taken_in(call, call.parts["upload"], offset)
    return _told(call, sending, status=204, is_last=True)


def begins_at(call: Call) -> int:
    """Where the bytes of a PATCH go on. Raises ``Refusal`` for what is no part of a file by tus."""
    check_version(call)
    _check_type(call)
    return number(call, OFFSET)


def poured(call: Call, sending: Sending) -> Answer:
    """What is said after a stream (``central.file_pouring``): the same as after a part."""
    return _told(call, sending, status=204, is_last=True)


def end(call: Call) -> Answer:
    """Give a sending up."""
    check_version(call)
    core, name = call.core, call.parts["upload"]
    core.files.settling.wait(name, WAIT_SECONDS)
    with core.database.read() as connection:
        file_sendings.mine(core, connection, name, call.device.user)
    with core.files.coming.alone(name), core.database.write() as connection:
        file_sendings.end(core, connection, name)
    return Answer(status=204, headers={})


def read(call: Call) -> Answer:
    """A whole file, or the part that ``Range`` names, for the team: its laptops, and its people with a key of theirs.

    The office's token is nobody's in particular, so it gets none; what a person fetches is put on record first.
    """
    if call.sender is None:
        raise Refusal("central.not_found")
    core = call.core
    with core.database.read() as connection:
        cited = to_read(connection, call.sender, call.parts["revision"])
        listed = file_receipts.is_listed(connection, cited)
        receipt = file_receipts.receipt(core, connection, cited)
    if not file_receipts.is_here(core, cited, listed):
        raise Refusal("central.file_to_follow")
    match = _RANGE.fullmatch(call.headers.get("range", ""))
    start = min(int(match[1]), cited.size) if match else 0
    stop = min(int(match[2]) + 1, cited.size) if match and match[2] else cited.size
    stop = max(start, stop)
    if not call.sender.id:
        note_fetched(core, call.sender.user, cited, start)
    headers = {
        "Content-Length": str(stop - start), "Accept-Ranges": "bytes", RECEIPT: receipt,
        "Content-Disposition": "attachment",
    }  # fmt: skip
    if match:
        headers["Content-Range"] = f"bytes {start}-{max(start, stop - 1)}/{cited.size}"
    body = core.files.place.read(cited.sha256, start, stop - start)
    return Answer(status=206 if match else 200, headers=headers, kind=FILE_TYPE, body=body)


def forget(core: Core, connection: Connection, assessment: str, sha256: str) -> bool:
    """After an erasure: destroy a file that no attachment of this assessment names any more; whether it was."""
    if cites(connection, assessment, sha256):
        return False
    was_listed, is_elsewhere = file_receipts.strike(connection, assessment, sha256)
    file_sendings.end_all(core, connection, assessment, sha256)
    if not is_elsewhere:
        core.files.place.erase(sha256)
    return was_listed


def named_by(connection: Connection, revision: str) -> list[tuple[str, str]]:
    """The assessment and hash of each file that a revision names: ask before its content is erased."""
    return [(one.assessment, one.sha256) for one in named(connection, revision)]


def _check_type(call: Call) -> None:
    if call.headers.get("content-type", "") != OFFSET_TYPE:
        raise Refusal("central.file_type")


def _taken_in(call: Call, upload: str, offset: int) -> Sending:
    """The bytes of a request, durable and counted. Call it alone."""
    core = call.core
    with core.database.read() as connection:
        sending = file_sendings.mine(core, connection, upload, call.device.user)
    if offset != sending.reached:
        raise Refusal("central.file_offset", offset=sending.reached)
    if offset + call.length > sending.size:
        raise Refusal("central.file_size", size=sending.size)
    if not call.length:
        return sending
    check_room(core, call.length)
    reached = core.files.coming.add(sending.id, offset, call.chunks())
    with core.database.write() as connection:
        after = file_sendings.reach(core, connection, sending, reached)
    if reached < offset:  # the database knows of more than lies on this disk: one of them was restored
        raise Refusal("central.file_offset", offset=reached)
    return after


def _told(call: Call, sending: Sending, *, status: int, is_last: bool = False) -> Answer:
    """Where it stands; once every byte has come, the file is put in its place first, and the receipt is told."""
    core = call.core
    is_here = False
    if sending.has_all:
        sending, is_here = _settled(call, sending, is_last)
    headers = {OFFSET: str(sending.reached)}
    if status == 201:
        headers["Location"] = f"/v1/files/{sending.id}"
    elif status == 200:  # of a HEAD alone does tus ask for these
        headers[LENGTH] = str(sending.size)
        if sending.metadata:
            headers[METADATA] = sending.metadata
    if not sending.has_all:
        headers |= {EXPIRES: sending.expires_header, SIGNS: SIGNS_FILE}
    if is_here:
        with core.database.read() as connection:
            headers[RECEIPT] = file_receipts.receipt(core, connection, sending.cited)
    return Answer(status=status, headers=headers)


def _settled(call: Call, sending: Sending, is_last: bool) -> tuple[Sending, bool]:
    """A sending that has all its bytes, and whether its file is here now: listed, hashed and in its place.

    Raises ``Refusal('central.file_differs')`` where ``is_last`` bytes made it another file than the record's.
    """
    core, files, cited = call.core, call.core.files, sending.cited
    with files.coming.alone(sending.id):
        found = files.coming.whole(sending.id, sending.size, sending.sha256)
        with core.database.read() as connection:  # not before: whoever was here just now has listed it first
            listed = file_receipts.is_listed(connection, cited)
        if found is Whole.GONE and file_receipts.is_here(core, cited, listed):
            return sending, True
        if found is not Whole.SAME:  # not what the record names; or it was here once, and the store was restored since
            with core.database.write() as connection:
                sending = file_sendings.reach(core, connection, sending, 0)
            files.coming.drop(sending.id)
            if is_last and found is Whole.OTHER:
                raise Refusal("central.file_differs")
            return sending, False
        if files.is_at_once:  # while nobody else can write: a second name for other bytes would be a wrong file
            return _placed(call, sending)
    return _placed(call, sending)


def _placed(call: Call, sending: Sending) -> tuple[Sending, bool]:
    """A sending that is whole and right, and whether its file is listed and in its place now."""
    core, files = call.core, call.core.files
    is_there = False
    try:
        is_there = files.put_away(sending.id, sending.sha256, sending.size)
    finally:
        if not is_there and sending.ahead:  # whatever keeps it from its place, every byte of it has come
            sending = _counted(core, sending)
    if not is_there:
        return sending, False
    with core.database.write() as connection:
        if sending.ahead:
            sending = file_sendings.reach(core, connection, sending, sending.size)
        file_receipts.enter(core, connection, sending.cited, call.device.id or sending.user)
    files.coming.drop(sending.id)
    return sending, True


def _counted(core: Core, sending: Sending) -> Sending:
    with core.database.write() as connection:
        return file_sendings.reach(core, connection, sending, sending.size)
