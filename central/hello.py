"""Hello: who I am, whether I am still the store you knew, what I hold of you, and whether there is news.

Nobody can be relied on to announce that the store was restored from a backup, so laptops say which points of its
log they have seen (witnesses). One that the store told itself and no longer has, or of an epoch it never began,
proves that it was rewound: it begins a new epoch, and every laptop offers again what it holds.

This is what a laptop asks most, mostly to hear that nothing is new: two questions to the database answer it then.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import sign_in, tables
from central import sign_in_tables as tables_of_sign_in
from central.alarms import REWOUND, raise_alarm
from central.certificate import sign_for
from central.chains import DeviceChain
from central.core import Core, lock_standing
from central.device_certificates import EXPIRED
from central.device_word import note_said, read_word, said_of
from central.judge import ACTIVE, REVOKED, KnownDevice
from central.members import ADVISER, may_read, parts_of
from central.policy import policy_told
from central.seen import note_seen
from central.sql import among, listed
from central.witnesses import proved, told
from fieldkit.domain.receipt import Signed, Witness
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import Refusal
from sync.wire.messages import (
    EraseModel,
    HelloReply,
    HelloRequest,
    PolicyModel,
    RoleModel,
    SignInModel,
    WitnessModel,
)
from sync.wire.requests import hello_message, to_base64
from sync.wire.version import OLDEST_SPOKEN, PROTOCOL

MOST_EPOCHS = 20
EPOCHS_WITHIN = timedelta(hours=1)
"""More cannot come of backups that people put back, and each makes every laptop look through all it holds."""


def hello(core: Core, sender: KnownDevice, request: HelloRequest) -> HelloReply:
    """Answer one hello. Raises ``Refusal('central.protocol')`` or ``Refusal('central.malformed')``."""
    if not OLDEST_SPOKEN <= request.protocol <= PROTOCOL:
        raise Refusal("central.protocol", oldest=OLDEST_SPOKEN, newest=PROTOCOL)
    if request.device != sender.id:
        raise Refusal("central.malformed", reason="the device named is not the one that signed")
    note_seen(core, sender, request.cursors)
    with core.database.glance() as connection:
        status, now, chain, word = _state(connection, sender)
        of_device = read_word(connection, sender)
        parts = {} if status == REVOKED else parts_of(connection, sender.user)
        witnesses = [] if status == REVOKED else proved(core, request.witnesses)
        rewound = _is_rewound(connection, now, witnesses)
        fork = status == ACTIVE and _has_forked(chain, request)
        word["sign_in"] = sign_in.told(core, connection, sender) if word.pop("signs_in") else None
        may_read = status != REVOKED and not (word["sign_in"] or {}).get("due")
        news = _news(connection, sender, request.cursors) if may_read else {}
    if rewound:
        now = _begin_epoch(core, sender, witnesses)
    note_said(core, sender, request, chain)
    status, more = said_of(core, sender, status, of_device)
    news = {} if status == EXPIRED else news
    word |= more
    word["roles"] = {place: part._asdict() for place, part in parts.items()}
    return _reply(core, status, request.nonce, now, sign_for(core, now.epoch, chain), fork, news, word)


def _reply(
    core: Core,
    status: str,
    nonce: str,
    now: Witness,
    certificate: Signed,
    fork: bool,
    news: dict[str, int],
    word: dict[str, Any],
) -> HelloReply:
    body: dict[str, Any] = {
        **word,
        "protocol_oldest": OLDEST_SPOKEN, "protocol": PROTOCOL, "store": core.store, "epoch": now.epoch,
        "nonce": nonce, "now": core.stamp(), "status": status, "fork": fork, "news": news,
        "certificate": to_base64(certificate.data), "certificate_signature": to_base64(certificate.signature),
        "witness": told(core, now).model_dump(),
    }  # fmt: skip
    proof = to_base64(core.key.sign(hello_message(nonce, body)))
    models = {
        "witness": WitnessModel(**body["witness"]),
        "policies": PolicyModel(**body["policies"]) if body["policies"] is not None else None,
        "erase": EraseModel(**body["erase"]) if body["erase"] is not None else None,
        "roles": {place: RoleModel(**part) for place, part in body["roles"].items()},
        "sign_in": SignInModel(**body["sign_in"]) if body["sign_in"] is not None else None,
    }
    return HelloReply(**{**body, **models}, proof=proof)


def _state(connection: Connection, sender: KnownDevice) -> tuple[str, Witness, DeviceChain, dict[str, Any]]:
    """The device's status, where the log stands, what is held of its chain, and the office's word to its person."""
    row = connection.execute(_STATE, {"device": sender.id, "user": sender.user}).one()
    now = Witness(epoch=row.epoch, seq=row.number, chain=row.now)
    word = {
        "policies": policy_told(row.policy), "adviser": bool(row.adviser), "signs_in": row.signs_in,
        "erasures": row.erasures or 0, "erasures_count": row.erasures_count or 0,
    }  # fmt: skip
    if row.high is None:
        return row.status, now, DeviceChain(device=sender.id), word
    chain = DeviceChain(
        device=sender.id, high=row.high, hash=row.hash, highest=row.highest, contents=row.contents, forked=row.forked
    )
    return row.status, now, chain, word


def _is_rewound(connection: Connection, now: Witness, witnesses: list[WitnessModel]) -> bool:
    """Whether the laptop remembers a state of the log that this store does not have."""
    if _lost_epochs(connection, now, witnesses):
        return True
    return not _holds_all(connection, now, [witness for witness in witnesses if witness.epoch == now.epoch])


def _lost_epochs(connection: Connection, now: Witness, witnesses: list[WitnessModel]) -> set[str]:
    """Epochs that this store began, and no longer knows of."""
    named = {witness.epoch for witness in witnesses} - {now.epoch}
    return named - set(connection.execute(_EPOCHS).scalars()) if named else set()


def _holds_all(connection: Connection, now: Witness, witnesses: list[WitnessModel]) -> bool:
    known = {0: "", now.seq: now.chain}
    wanted: dict[int, str] = {}
    for witness in witnesses:
        if witness.seq > now.seq or known.get(witness.seq, witness.chain) != witness.chain:
            return False
        if wanted.setdefault(witness.seq, witness.chain) != witness.chain:
            return False
    for number in known:
        wanted.pop(number, None)
    rows = connection.execute(_CHAINS, {"numbers": listed(wanted)}) if wanted else ()
    return all(row.chain.hex() == wanted[row.seq] for row in rows)


def _begin_epoch(core: Core, sender: KnownDevice, witnesses: list[WitnessModel]) -> Witness:
    """Begin a new epoch, unless another laptop has just made it do so; returns where the log stands now.

    Lost epochs are noted with it, so that the next laptop that remembers them does not make the store begin another.
    Raises ``Refusal('central.unavailable')`` where too many began of late: the laptop keeps its witnesses for later.
    """
    with core.database.write() as connection:
        now = lock_standing(connection)
        if not _is_rewound(connection, now, witnesses):
            return now
        since = to_stamp(core.clock.now() - EPOCHS_WITHIN)
        if connection.execute(_OF_LATE, {"since": since}).scalar_one() >= MOST_EPOCHS:
            raise Refusal("central.unavailable")
        name, at = str(uuid.uuid4()), core.stamp()
        connection.execute(tables.store.update().values(epoch=name))
        for epoch in (name, *sorted(_lost_epochs(connection, now, witnesses))):
            row = {"id": epoch, "began_after": now.seq, "began_at": at, "told_by": sender.id}
            connection.execute(tables.epoch.insert(), row)
        raise_alarm(connection, at, REWOUND, sender.id, f"after {now.seq}")
        return Witness(epoch=name, seq=now.seq, chain=now.chain)


def _has_forked(chain: DeviceChain, request: HelloRequest) -> bool:
    """Whether the device's chain is not the one the store knows: a clone, or a laptop restored from an image.

    A laptop commits before it sends, so the store never knows more of a device than the laptop itself does.
    """
    if chain.forked or chain.highest > request.head_seq:
        return True
    return chain.highest == chain.high == request.head_seq and chain.hash != request.head_hash


def _news(connection: Connection, sender: KnownDevice, cursors: dict[str, int]) -> dict[str, int]:
    """The newest number of each assessment with something beyond the cursor: others' work, own work let in late."""
    news: dict[str, int] = {}
    for row in connection.execute(_NEWS, {"user": sender.user, "device": sender.id}):
        if row.last > cursors.get(row.assessment, 0):
            news[row.assessment] = max(row.last, news.get(row.assessment, 0))
    return news


def _newest(column: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    """Of the newest order to erase: one step in an index, however many there are."""
    erasure = tables.erasure.c
    last = sa.select(column).where(erasure.number.is_not(None)).order_by(erasure.number.desc()).limit(1)
    return last.scalar_subquery()


_duty = tables.duty.c
_store, _device, _chain, _member = tables.store.c, tables.device.c, tables.chain.c, tables.member.c
_STATE = (
    sa.select(
        _newest(tables.erasure.c.number).label("erasures"), _newest(tables.erasure.c.place).label("erasures_count"),
        _store.epoch, _store.number, _store.chain.label("now"), _store.policy, _device.status,
        sa.exists().where(tables_of_sign_in.sign_in.c.id.is_not(None)).label("signs_in"),
        sa.exists().where(_duty.user == sa.bindparam("user"), _duty.role == ADVISER).label("adviser"),
        _chain.high, _chain.hash, _chain.highest, _chain.contents, _chain.forked,
    )
    .select_from(tables.store.join(tables.device, _device.id == sa.bindparam("device")))
    .outerjoin(tables.chain, _chain.device == _device.id)
)  # fmt: skip
_EPOCHS = sa.select(tables.epoch.c.id)
_OF_LATE = sa.select(sa.func.count(tables.epoch.c.id)).where(tables.epoch.c.began_at > sa.bindparam("since"))
_CHAINS = sa.select(tables.log.c.seq, tables.log.c.chain).where(among(tables.log.c.seq, "numbers", "bigint"))
_MY_DEVICES = sa.select(_device.id).where(_device.user == sa.bindparam("user"))
_NEWS = sa.union_all(
    sa.select(tables.feed.c.assessment, sa.func.max(tables.feed.c.last).label("last"))
    .join_from(tables.member, tables.feed, _member.assessment == tables.feed.c.assessment)
    .where(_member.user == sa.bindparam("user"), tables.feed.c.device != sa.bindparam("device"), may_read())
    .group_by(tables.feed.c.assessment),
    sa.select(tables.log.c.assessment, sa.func.max(tables.quarantine.c.released_as))
    .join_from(tables.quarantine, tables.log, tables.quarantine.c.seq == tables.log.c.seq)
    .join(tables.member, _member.assessment == tables.log.c.assessment)
    .where(
        tables.quarantine.c.sender.in_(_MY_DEVICES),  # a successor goes on for the device that sent it
        tables.quarantine.c.released_as.is_not(None),
        _member.user == sa.bindparam("user"),
    )
    .group_by(tables.log.c.assessment),
)
