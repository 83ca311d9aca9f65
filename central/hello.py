"""Hello: who I am, whether I am still the store you knew, what I hold of you, and whether there is news.

Nobody can be relied on to announce that the store was restored from a backup, so laptops say which points of its
log they have seen (witnesses). One that the store does not have, or an epoch it never began, proves that it
was rewound: it begins a new epoch, and every laptop offers again what it holds.
"""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables
from central.alarms import REWOUND, raise_alarm
from central.certificate import certify_within
from central.chains import chain_of
from central.core import Core, lock_standing, standing
from central.judge import ACTIVE, REVOKED, KnownDevice
from central.sql import among, listed
from fieldkit.domain.receipt import Signed, Witness
from fieldkit.kernel.errors import Refusal
from sync.wire.messages import HelloReply, HelloRequest, WitnessModel
from sync.wire.requests import hello_message, to_base64
from sync.wire.version import OLDEST_SPOKEN, PROTOCOL


def hello(core: Core, sender: KnownDevice, request: HelloRequest) -> HelloReply:
    """Answer one hello. Raises ``Refusal('central.protocol')`` or ``Refusal('central.malformed')``."""
    if not OLDEST_SPOKEN <= request.protocol <= PROTOCOL:
        raise Refusal("central.protocol", oldest=OLDEST_SPOKEN, newest=PROTOCOL)
    if request.device != sender.id:
        raise Refusal("central.malformed", reason="the device named is not the one that signed")
    with core.database.read() as connection:
        rewound = _is_rewound(connection, standing(connection), request)
    if rewound:
        _begin_epoch(core, sender, request)
    with core.database.read() as connection:
        now = standing(connection)
        certificate = certify_within(core, connection, sender.id)
        fork = _has_forked(connection, request) if sender.status == ACTIVE else False
        news = {} if sender.status == REVOKED else _news(connection, sender, request.cursors)
    return _reply(core, sender, request.nonce, now, certificate, fork, news)


def _reply(
    core: Core, sender: KnownDevice, nonce: str, now: Witness, certificate: Signed, fork: bool, news: dict[str, int]
) -> HelloReply:
    body: dict[str, Any] = {
        "protocol_oldest": OLDEST_SPOKEN, "protocol": PROTOCOL, "store": core.store, "epoch": now.epoch,
        "nonce": nonce, "now": core.stamp(), "status": sender.status, "fork": fork, "news": news,
        "certificate": to_base64(certificate.data), "certificate_signature": to_base64(certificate.signature),
        "witness": {"epoch": now.epoch, "seq": now.seq, "chain": now.chain},
    }  # fmt: skip
    return HelloReply(**{**body, "witness": WitnessModel(**body["witness"])}, proof=_signed(core, nonce, body))


def _signed(core: Core, nonce: str, body: dict[str, Any]) -> str:
    return to_base64(core.key.sign(hello_message(nonce, body)))


def _is_rewound(connection: Connection, now: Witness, request: HelloRequest) -> bool:
    """Whether the laptop remembers a state of the log that this store does not have."""
    known = set(connection.execute(_EPOCHS).scalars())
    named = {witness.epoch for witness in request.witnesses} | ({request.epoch} if request.epoch else set())
    if named - known:
        return True
    return not _holds_all(connection, now, [witness for witness in request.witnesses if witness.epoch == now.epoch])


def _holds_all(connection: Connection, now: Witness, witnesses: list[WitnessModel]) -> bool:
    if any(witness.seq > now.seq for witness in witnesses):
        return False
    wanted = {witness.seq: witness.chain for witness in witnesses}
    if any(wanted[witness.seq] != witness.chain for witness in witnesses) or wanted.pop(0, "") != "":
        return False
    rows = connection.execute(_CHAINS, {"numbers": listed(wanted)}) if wanted else ()
    return all(row.chain.hex() == wanted[row.seq] for row in rows)


def _begin_epoch(core: Core, sender: KnownDevice, request: HelloRequest) -> None:
    """Begin a new epoch, unless another laptop has just made it do so."""
    with core.database.write() as connection:
        now = lock_standing(connection)
        if not _is_rewound(connection, now, request):
            return
        name, at = str(uuid.uuid4()), core.stamp()
        connection.execute(tables.store.update().values(epoch=name))
        row = {"id": name, "began_after": now.seq, "began_at": at, "told_by": sender.id}
        connection.execute(tables.epoch.insert(), row)
        raise_alarm(connection, at, REWOUND, sender.id, f"after {now.seq}")


def _has_forked(connection: Connection, request: HelloRequest) -> bool:
    """Whether the device's chain is not the one the store knows: a clone, or a laptop restored from an image.

    A laptop commits before it sends, so the store never knows more of a device than the laptop itself does.
    """
    chain = chain_of(connection, request.device)
    if chain.forked or chain.highest > request.head_seq:
        return True
    return chain.highest == chain.high == request.head_seq and chain.hash != request.head_hash


def _news(connection: Connection, sender: KnownDevice, cursors: dict[str, int]) -> dict[str, int]:
    """The newest number of each assessment with something beyond the cursor: others' work, own work let in late."""
    asked = {"user": sender.user, "device": sender.id}
    rows = [*connection.execute(_NEWS, asked), *connection.execute(_LET_IN, asked)]
    news: dict[str, int] = {}
    for row in rows:
        if row.last > cursors.get(row.assessment, 0):
            news[row.assessment] = max(row.last, news.get(row.assessment, 0))
    return news


_EPOCHS = sa.select(tables.epoch.c.id)
_CHAINS = sa.select(tables.log.c.seq, tables.log.c.chain).where(among(tables.log.c.seq, "numbers", "bigint"))
_NEWS = (
    sa.select(tables.feed.c.assessment, sa.func.max(tables.feed.c.last).label("last"))
    .join_from(tables.member, tables.feed, tables.member.c.assessment == tables.feed.c.assessment)
    .where(tables.member.c.user == sa.bindparam("user"), tables.feed.c.device != sa.bindparam("device"))
    .group_by(tables.feed.c.assessment)
)
_LET_IN = (
    sa.select(tables.log.c.assessment, sa.func.max(tables.quarantine.c.released_as).label("last"))
    .join_from(tables.quarantine, tables.log, tables.quarantine.c.seq == tables.log.c.seq)
    .join(tables.member, tables.member.c.assessment == tables.log.c.assessment)
    .where(
        tables.quarantine.c.sender == sa.bindparam("device"),
        tables.quarantine.c.released_as.is_not(None),
        tables.member.c.user == sa.bindparam("user"),
    )
    .group_by(tables.log.c.assessment)
)
