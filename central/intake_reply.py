"""What a laptop hears of the inbox: decisions about its person's work, and the new receipts of what was accepted."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from central import device_tables, tables
from central.core import Core
from central.judge import KnownDevice
from central.sql import among, listed
from sync.wire.devices import DecisionModel, IntakeReply, IntakeRequest
from sync.wire.frames import Kind, compress, frame, sheet_payload

MOST_DECISIONS = 1000
"""In one reply; the laptop asks again for more."""


def intake_reply(core: Core, sender: KnownDevice, request: IntakeRequest) -> Iterator[bytes]:
    """The compressed reply. Only the asker's own work is told of, so a revoked laptop may ask too."""
    return compress(_frames(core, sender, request))


def _frames(core: Core, sender: KnownDevice, request: IntakeRequest) -> Iterator[bytes]:
    with core.database.read() as connection:
        wanted = {"user": sender.user, "after": request.after, "most": MOST_DECISIONS + 1}
        rows = connection.execute(_DECIDED, wanted).all()
        more, rows = len(rows) > MOST_DECISIONS, rows[:MOST_DECISIONS]
        sheets = {row.sheet for row in rows if row.sheet is not None}
        found = connection.execute(_SHEETS, {"numbers": listed(sorted(sheets)), "user": sender.user}).all()
    yield from (frame(Kind.SHEET, sheet_payload(row.data, row.signature)) for row in found)
    decisions = [
        DecisionModel(
            number=row.number, revision=str(row.revision), decision=row.decision, reason=row.reason, by=row.by,
            at=row.at,
        )
        for row in rows
    ]  # fmt: skip
    upto = rows[-1].number if rows else request.after
    yield frame(Kind.MESSAGE, IntakeReply(decisions=decisions, upto=upto, more=more).model_dump_json().encode())


_decided, _quarantine = device_tables.intake_decision.c, tables.quarantine.c
_let_in = tables.log.alias("let_in").c
_DECIDED = (
    sa.select(
        _decided.number, _decided.revision, _decided.decision, _decided.reason, _decided.by, _decided.at, _let_in.sheet
    )
    .select_from(device_tables.intake_decision)
    .outerjoin(tables.quarantine, _quarantine.seq == _decided.seq)
    .outerjoin(_let_in.sheet.table, _let_in.seq == _quarantine.released_as)
    .where(_decided.user == sa.bindparam("user"), _decided.number > sa.bindparam("after"))
    .order_by(_decided.number)
    .limit(sa.bindparam("most"))
)
_SHEETS = (
    sa.select(tables.sheet.c.data, tables.sheet.c.signature)
    .where(among(tables.sheet.c.id, "numbers", "bigint"), tables.sheet.c.user == sa.bindparam("user"))
    .order_by(tables.sheet.c.id)
)
