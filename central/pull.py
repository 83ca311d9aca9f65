"""Reading what the team handed in: pages of one assessment each, every page closed by where it ends.

Membership is part of the query of every page. Numbers appear in commit order, so a cursor never skips a row that
is still on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, tables
from central.core import Core, standing
from central.device_word import note_read
from central.judge import DISTRIBUTED, KnownDevice
from central.members import may_read
from central.proving import HANDED_ON, prove_all, proved_upto
from central.restricting import walled
from central.sql import among, listed
from central.teams import team_list
from central.witnesses import told
from fieldkit.domain.receipt import Witness
from fieldkit.kernel.errors import Refusal
from sync.wire.frames import FrameWriter, Kind, WireRevision, compress, frame, sheet_payload
from sync.wire.messages import DeviceModel, PageEnd, PullRequest
from sync.wire.requests import to_base64

PAGE_ROWS = 500
PAGE_BYTES = 2**20
"""A page ends at this many bytes (or with one larger revision): the laptop keeps a page in one transaction."""

_SHEETS_AT_ONCE = 16


def pull(core: Core, sender: KnownDevice, request: PullRequest) -> Iterator[bytes]:
    """The compressed reply to a pull. Raises ``Refusal('central.epoch')`` where the laptop names another epoch."""
    prove_all(core)
    with core.database.read() as connection:
        if standing(connection).epoch != request.epoch:
            raise Refusal("central.epoch")
        mine = set(connection.execute(_MINE, {"user": sender.user}).scalars())
        sheets = _sheets_wanted(connection, sender, request)
    return compress(_frames(core, sender, request, sorted(mine & request.cursors.keys()), sheets))


def _frames(
    core: Core, sender: KnownDevice, request: PullRequest, places: list[str], sheets: list[int]
) -> Iterator[bytes]:
    reached: dict[str, int] = {}
    try:
        yield from _all_frames(core, sender, request, places, sheets, reached)
    finally:  # also where the laptop hangs up: it has what came before
        note_read(core, sender.id, reached)


def _all_frames(
    core: Core, sender: KnownDevice, request: PullRequest, places: list[str], sheets: list[int], reached: dict[str, int]
) -> Iterator[bytes]:
    for start in range(0, len(sheets), _SHEETS_AT_ONCE):
        with core.database.read() as connection:
            found = connection.execute(_SHEETS, {"numbers": listed(sheets[start : start + _SHEETS_AT_ONCE])}).all()
        yield from (frame(Kind.SHEET, sheet_payload(row.data, row.signature)) for row in found)
    writer = FrameWriter()
    for place in places:
        cursor, more = request.cursors[place], True
        while more:
            with core.database.read(sender.user) as connection:
                page = _page(connection, sender, place, cursor, request.own_after)
            if page.knows:
                audit.note_alone(core, "restricted.given", place, actor=sender.user, device=sender.id, count=page.knows)
            if page.rows:
                reached[place] = page.witness.seq
            yield from _page_frames(core, page, writer)
            cursor, more = page.witness.seq, page.more


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One page as one transaction saw it; it ends at the witness, which is the laptop's new cursor."""

    place: str
    rows: Sequence[Any]
    witness: Witness
    more: bool
    devices: list[DeviceModel]
    sealed: frozenset[str]
    """Records whose words are not for whoever asks: their envelopes go, so that every chain stays whole."""
    knows: int
    """How many restricted contents of others are on it."""


def _page(connection: Connection, sender: KnownDevice, place: str, cursor: int, own_after: int) -> _Page:
    now, proved = standing(connection), proved_upto(connection)
    wanted = {
        "place": place, "cursor": cursor, "user": sender.user, "device": sender.id, "own": own_after, "proved": proved,
    }  # fmt: skip
    sizes = connection.execute(_PAGE_SIZES, wanted).all()  # first the sizes: 500 rows could be 4 GB
    count = _fitting([row.size for row in sizes])
    more = count < len(sizes)
    rows = connection.execute(_PAGE, {**wanted, "last": sizes[count - 1].seq}).all() if count else []
    end = _point(connection, now, rows[-1].seq if more else proved)
    devices = connection.execute(SIGNERS, {"ids": listed({row.device for row in rows})}) if rows else ()
    known = [DeviceModel(device=row.id, author=row.author, public=row.key.hex()) for row in devices]
    sealed, covered = walled(connection, place, sender.user) if rows else (frozenset(), frozenset())
    knows = sum(row.record in covered and row.record not in sealed and row.content is not None for row in rows)
    return _Page(place=place, rows=rows, witness=end, more=more, devices=known, sealed=sealed, knows=knows)


def _point(connection: Connection, now: Witness, number: int) -> Witness:
    """The point of the log at ``number``, where a page ends."""
    if number == now.seq:
        return now
    chain = connection.execute(_CHAIN_AT, {"number": number}).scalar()
    return Witness(epoch=now.epoch, seq=number, chain=chain.hex() if chain else "")


def _fitting(sizes: Sequence[int]) -> int:
    """How many rows one page takes: at least one where there is one."""
    total = 0
    for count, size in enumerate(sizes[:PAGE_ROWS]):
        total += size
        if total > PAGE_BYTES and count:
            return count
    return min(len(sizes), PAGE_ROWS)


def _page_frames(core: Core, page: _Page, writer: FrameWriter) -> Iterator[bytes]:
    for row in page.rows:
        told_of = row.record not in page.sealed
        salt, content = (row.salt, row.content) if told_of else (None, None)
        wire = WireRevision(row.envelope, row.signature, salt, content)
        yield writer.revision(wire, row.hash.hex())
    witness = told(core, page.witness)
    team, signature = ("", "") if page.more else _team(core, page.place)
    end = PageEnd(
        assessment=page.place, cursor=page.witness.seq, devices=page.devices, more=page.more, witness=witness,
        team=team, team_signature=signature,
    )  # fmt: skip
    yield frame(Kind.PAGE_END, end.model_dump_json().encode())


def _team(core: Core, place: str) -> tuple[str, str]:
    """The signed list of the team's laptops, so that they know each other's keys where there is no network."""
    with core.database.read() as connection:
        signed = team_list(core, connection, place)
    return to_base64(signed.data), to_base64(signed.signature)


def _sheets_wanted(connection: Connection, sender: KnownDevice, request: PullRequest) -> list[int]:
    """Sheets of own revisions let in after they had waited, and those the laptop says it lost."""
    wanted = {"device": sender.id, "user": sender.user, "after": request.receipts_after}
    let_in = connection.execute(_LET_IN, wanted)
    numbers = {row.sheet for row in let_in if row.released_as > request.cursors.get(row.assessment, 0)}
    if request.receipts_after is not None:
        numbers.update(connection.execute(_LOST, wanted).scalars())
    return sorted(numbers)


_log, _sheet, _quarantine, _member = tables.log.c, tables.sheet.c, tables.quarantine.c, tables.member.c
_MINE = sa.select(_member.assessment).where(_member.user == sa.bindparam("user"), may_read())
_IS_MEMBER = sa.exists().where(
    _member.assessment == sa.bindparam("place"), _member.user == sa.bindparam("user"), may_read()
)
_WANTED = (
    _log.assessment == sa.bindparam("place"),
    _log.seq > sa.bindparam("cursor"),
    sa.or_(_log.device != sa.bindparam("device"), _log.device_seq > sa.bindparam("own")),
    _log.outcome.in_(sorted(DISTRIBUTED)),
    _log.seq <= sa.bindparam("proved"),
    HANDED_ON,
    _IS_MEMBER,
)
_PAGE_SIZES = (
    sa.select(
        _log.seq,
        (sa.func.length(_log.envelope) + sa.func.coalesce(sa.func.length(_log.content), 0)).label("size"),
    )
    .where(*_WANTED)
    .order_by(_log.seq)
    .limit(PAGE_ROWS + 1)
)
_PAGE = (
    sa.select(_log.seq, _log.record, _log.hash, _log.device, _log.envelope, _log.signature, _log.salt, _log.content)
    .where(*_WANTED, _log.seq <= sa.bindparam("last"))
    .order_by(_log.seq)
)
_CHAIN_AT = sa.select(_log.chain).where(_log.seq == sa.bindparam("number"))
SIGNERS = sa.select(tables.device.c.id, tables.device.c.author, tables.device.c.key).where(
    among(tables.device.c.id, "ids")
)
_SHEETS = sa.select(_sheet.data, _sheet.signature).where(among(_sheet.id, "numbers", "bigint")).order_by(_sheet.id)
_LOST = (
    sa.select(_log.sheet)
    .distinct()
    .join_from(tables.log, tables.sheet, _log.sheet == _sheet.id)
    .where(
        _log.device == sa.bindparam("device"),
        _log.device_seq >= sa.bindparam("after"),
        sa.or_(_sheet.user == sa.bindparam("user"), _sheet.assessment.in_(_MINE)),
    )
)
_MY_DEVICES = sa.select(tables.device.c.id).where(tables.device.c.user == sa.bindparam("user"))
_LET_IN = (
    sa.select(_log.sheet, _log.assessment, _quarantine.released_as)
    .join_from(tables.quarantine, tables.log, _quarantine.released_as == _log.seq)
    .where(_quarantine.sender.in_(_MY_DEVICES), _log.assessment.in_(_MINE))
)
