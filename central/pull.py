"""Reading what the team handed in: pages of one assessment each, every page closed by where it ends.

Membership is part of the query of every page. Numbers appear in commit order, so a cursor never skips a row that
is still on its way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.core import Core, standing
from central.judge import DISTRIBUTED, KnownDevice
from fieldkit.domain.receipt import Witness
from fieldkit.kernel.errors import Refusal
from sync.wire.frames import FrameWriter, Kind, WireRevision, compress, frame, sheet_payload
from sync.wire.messages import DeviceModel, PageEnd, PullRequest, WitnessModel

PAGE_ROWS = 500
PAGE_BYTES = 2**20
"""A page ends at this many bytes: a laptop keeps a page and its cursor in one transaction of its own."""


def pull(core: Core, sender: KnownDevice, request: PullRequest) -> Iterator[bytes]:
    """The compressed reply to a pull. Raises ``Refusal('central.epoch')`` where the laptop names another epoch."""
    with core.database.read() as connection:
        if standing(connection).epoch != request.epoch:
            raise Refusal("central.epoch")
        mine = sorted(connection.execute(_MINE, {"user": sender.user}).scalars())
    return compress(_frames(core, sender, request, [place for place in mine if place in request.cursors]))


def _frames(core: Core, sender: KnownDevice, request: PullRequest, places: list[str]) -> Iterator[bytes]:
    if request.receipts_after is not None:
        yield from _receipts(core, sender, request.receipts_after)
    writer = FrameWriter()
    for place in places:
        cursor, more = request.cursors[place], True
        while more:
            with core.database.read() as connection:
                page = _Page(core, connection, sender, place, cursor, request.own_after)
            yield from page.frames(writer)
            cursor, more = page.end, page.more


class _Page:
    """One page as one transaction saw it."""

    def __init__(
        self, core: Core, connection: Connection, sender: KnownDevice, place: str, cursor: int, own_after: int
    ) -> None:
        wanted = {"place": place, "cursor": cursor, "user": sender.user, "device": sender.id, "own": own_after}
        now = standing(connection)
        rows = connection.execute(_PAGE, {**wanted, "limit": PAGE_ROWS + 1}).all()
        self.rows = _within(rows)
        self.more = len(self.rows) < len(rows)
        self.place = place
        self.end = self.rows[-1].seq if self.more else max(now.seq, cursor)
        chain = self.rows[-1].chain.hex() if self.more else now.chain
        self.witness = Witness(epoch=now.epoch, seq=self.end, chain=chain) if self.end <= now.seq else now
        self.devices = _devices(connection, self.rows)

    def frames(self, writer: FrameWriter) -> Iterator[bytes]:
        """The page's revisions and its end."""
        for row in self.rows:
            wire = WireRevision(row.envelope, row.signature, row.salt, row.content)
            yield writer.revision(wire, row.hash.hex())
        end = PageEnd(
            assessment=self.place, cursor=self.end, devices=self.devices, more=self.more,
            witness=WitnessModel(epoch=self.witness.epoch, seq=self.witness.seq, chain=self.witness.chain),
        )  # fmt: skip
        yield frame(Kind.PAGE_END, end.model_dump_json().encode())


def _within(rows: Sequence[Any]) -> Sequence[Any]:
    """The rows of one page: at most ``PAGE_ROWS``, and at least one however large it is."""
    size = 0
    for count, row in enumerate(rows[:PAGE_ROWS]):
        size += len(row.envelope) + len(row.content or b"")
        if size > PAGE_BYTES and count:
            return rows[:count]
    return rows[:PAGE_ROWS]


def _devices(connection: Connection, rows: Sequence[Any]) -> list[DeviceModel]:
    ids = sorted({row.device for row in rows})
    found = connection.execute(_SIGNERS, {"ids": ids}) if ids else ()
    return [DeviceModel(device=row.id, author=row.author, public=row.key.hex()) for row in found]


def _receipts(core: Core, sender: KnownDevice, after: int) -> Iterator[bytes]:
    """The sheets of the sender's own revisions from number ``after`` on, for a laptop that lost the replies."""
    with core.database.read() as connection:
        numbers = list(connection.execute(_LOST, {"device": sender.id, "user": sender.user, "after": after}).scalars())
    for start in range(0, len(numbers), 16):
        with core.database.read() as connection:
            for row in connection.execute(_SHEETS, {"numbers": numbers[start : start + 16]}):
                yield frame(Kind.SHEET, sheet_payload(row.data, row.signature))


_log, _sheet = tables.log.c, tables.sheet.c
_MINE = sa.select(tables.member.c.assessment).where(tables.member.c.user == sa.bindparam("user"))
_IS_MEMBER = sa.exists().where(
    tables.member.c.assessment == sa.bindparam("place"), tables.member.c.user == sa.bindparam("user")
)
_PAGE = (
    sa.select(_log.seq, _log.hash, _log.chain, _log.device, _log.envelope, _log.signature, _log.salt, _log.content)
    .where(
        _log.assessment == sa.bindparam("place"),
        _log.seq > sa.bindparam("cursor"),
        sa.or_(_log.device != sa.bindparam("device"), _log.device_seq > sa.bindparam("own")),
        _log.outcome.in_(sorted(DISTRIBUTED)),
        _IS_MEMBER,
    )
    .order_by(_log.seq)
    .limit(sa.bindparam("limit"))
)
_SIGNERS = sa.select(tables.device.c.id, tables.device.c.author, tables.device.c.key).where(
    tables.device.c.id.in_(sa.bindparam("ids", expanding=True))
)
_LOST = (
    sa.select(_log.sheet.distinct())
    .join_from(tables.log, tables.sheet, _log.sheet == _sheet.id)
    .where(
        _log.device == sa.bindparam("device"),
        _log.device_seq >= sa.bindparam("after"),
        sa.or_(
            _sheet.user == sa.bindparam("user"),
            _sheet.assessment.in_(
                sa.select(tables.member.c.assessment).where(tables.member.c.user == sa.bindparam("user"))
            ),
        ),
    )
    .order_by(_log.sheet)
)
_SHEETS = (
    sa.select(_sheet.data, _sheet.signature)
    .where(_sheet.id.in_(sa.bindparam("numbers", expanding=True)))
    .order_by(_sheet.id)
)
