"""Which of the revisions a laptop holds the store lacks: heals it after a restore, a clone or a doubt.

What the asker may not read counts as lacking, so nobody can ask whether a stranger's revision exists.
"""

from __future__ import annotations

import sqlalchemy as sa

from central import tables
from central.core import Core, standing
from central.judge import DISTRIBUTED, KnownDevice
from central.members import may_read
from central.sql import among, listed
from central.witnesses import told
from fieldkit.kernel.errors import Refusal
from sync.wire.messages import MissingReply, MissingRequest

_BATCH = 5000
"""Ids in one question: about 0.2 MB, so memory stays small whatever a laptop asks."""


def missing(core: Core, sender: KnownDevice, request: MissingRequest) -> MissingReply:
    """Positions of what is to be handed in. Raises ``Refusal('central.malformed')`` for lists that differ in length."""
    if len(request.ids) != len(request.contents):
        raise Refusal("central.malformed", reason="ids and contents differ in length")
    positions: list[int] = []
    for start in range(0, len(request.ids), _BATCH):
        ids = request.ids[start : start + _BATCH]
        held = _held(core, sender, ids)
        for place, (revision, wanted) in enumerate(zip(ids, request.contents[start:], strict=False), start):
            if revision not in held or (wanted and not held[revision]):
                positions.append(place)
    with core.database.read() as connection:  # after the last look, so that it covers all that was found
        now = standing(connection)
    return MissingReply(positions=positions, witness=told(core, now))


def _held(core: Core, sender: KnownDevice, ids: list[str]) -> dict[str, bool]:
    """The ids that are held where the sender may know of them, and whether nothing more of them can be wanted."""
    held: dict[str, bool] = {}
    with core.database.read() as connection:
        for row in connection.execute(_HELD, {"ids": listed(set(ids)), "user": sender.user}):
            complete = row.part == "c" or row.outcome == "erased"
            held[row.revision] = held.get(row.revision, False) or complete
    return held


_log, _sheet, _member = tables.log.c, tables.sheet.c, tables.member.c
_MY_TEAMS = sa.select(_member.assessment).where(_member.user == sa.bindparam("user"), may_read())
_HELD = (
    sa.select(_log.revision, _log.part, _log.outcome)
    .join_from(tables.log, tables.sheet, _log.sheet == _sheet.id)
    .where(
        among(_log.revision, "ids"),
        sa.or_(
            _sheet.user == sa.bindparam("user"),
            sa.and_(_log.outcome.in_(sorted(DISTRIBUTED)), _log.assessment.in_(_MY_TEAMS)),
        ),
    )
)
