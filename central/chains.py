"""What the store holds of each device's chain: kept in step with the log, so a certificate costs one row.

Numbers only detect: a device's number that comes twice with different hashes is a clone or a restored image,
and both revisions are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.database import Database
from central.items import Item
from central.judge import UNKNOWN
from central.sql import among, listed
from fieldkit.kernel.canonical import parse

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceChain:
    """Whole up to ``high`` (envelope hash ``hash``), something up to ``highest``; ``contents`` among the whole."""

    device: str
    high: int = 0
    hash: str = ""
    highest: int = 0
    contents: int = 0
    forked: bool = False


def chain_of(connection: Connection, device: str) -> DeviceChain:
    """What is held of one device; an empty chain for one that has sent nothing."""
    row = connection.execute(_CHAIN, {"device": device}).first()
    return DeviceChain(device=device) if row is None else DeviceChain(**row._mapping)


def advance(
    database: Database, connection: Connection, device: str, fresh: list[Item], new_contents: int
) -> DeviceChain:
    """Note what was just added of ``device``: ``fresh`` were not held in any part, ``new_contents`` counts contents.

    Call after the rows were added to the log.
    """
    before = chain_of(connection, device)
    places = {(item.seq, item.prev): item.hash for item in fresh}
    high, end = before.high, before.hash
    while (following := places.get((high + 1, end))) is not None:
        high, end = high + 1, following
    highest = max([before.highest, *(item.seq for item in fresh)])
    forked = before.forked or _repeats(connection, device, before.highest, fresh)
    whole = before.high == before.highest and high == highest and not forked
    after = replace(
        before, high=high, hash=end, highest=highest, forked=forked, contents=before.contents + new_contents
    )
    if not whole:
        after = _recounted(connection, after)
    if after != before:
        database.upsert(connection, tables.chain, [{name: getattr(after, name) for name in DeviceChain.__slots__}])
    return after


def _repeats(connection: Connection, device: str, highest: int, fresh: list[Item]) -> bool:
    """Whether a number of the device now stands for two different revisions."""
    hashes: dict[int, str] = {}
    if any(hashes.setdefault(item.seq, item.hash) != item.hash for item in fresh):
        return True
    old = [number for number in hashes if number <= highest]
    rows = connection.execute(_AT, {"device": device, "numbers": listed(old)}) if old else ()
    return any(row.hash.hex() != hashes[row.device_seq] for row in rows)


def _recounted(connection: Connection, chain: DeviceChain) -> DeviceChain:
    """The slow road, where something is missing or forked: follow what the log holds and count again."""
    if chain.forked:  # two revisions share a number: only following the whole chain tells whose content is held
        high, end, contents = _followed(connection, chain, 0, "")
        return replace(chain, high=high, hash=end, contents=contents)
    high, end, _ = _followed(connection, chain, chain.high, chain.hash)
    contents = connection.execute(_CONTENTS, {"device": chain.device, "high": high}).scalar_one()
    return replace(chain, high=high, hash=end, contents=contents)


def _followed(connection: Connection, chain: DeviceChain, high: int, end: str) -> tuple[int, str, int]:
    """Where the chain leads from number ``high`` with hash ``end``, and how many contents lie on the way."""
    contents, going_on = 0, True
    while going_on and high < chain.highest:
        rows = connection.execute(_AFTER, {"device": chain.device, "low": high, "top": high + _BATCH}).all()
        links = {(row.device_seq, parse(row.envelope)["prev"]): row.hash.hex() for row in rows}
        opened = {row.hash.hex() for row in rows if row.part == "c"}
        top = high + _BATCH
        while (following := links.get((high + 1, end))) is not None:
            high, end = high + 1, following
            contents += following in opened
        going_on = high == top
    return high, end, contents


_log = tables.log.c
_SIGNED = _log.code != UNKNOWN  # nobody has checked those signatures
_CHAIN = sa.select(tables.chain).where(tables.chain.c.device == sa.bindparam("device"))
_AT = sa.select(_log.device_seq, _log.hash).where(
    _log.device == sa.bindparam("device"), among(_log.device_seq, "numbers", "bigint"), _SIGNED
)
_AFTER = (
    sa.select(_log.device_seq, _log.hash, _log.part, _log.envelope)
    .where(
        _log.device == sa.bindparam("device"),
        _log.device_seq > sa.bindparam("low"),
        _log.device_seq <= sa.bindparam("top"),
        _SIGNED,
    )
    .order_by(_log.device_seq, _log.seq.desc())
)
_CONTENTS = sa.select(sa.func.count(_log.revision.distinct())).where(
    _log.device == sa.bindparam("device"),
    _log.device_seq <= sa.bindparam("high"),
    _log.part == "c",  # also when its content was erased since: the receipt says that it was here
    _SIGNED,
)
