"""Each revision's own signature, checked once and before anybody else is given the revision.

A push of a laptop's own work is believed for one signature per run: the hash chain covers the rest, and ten thousand
checks would cost more than everything else together. But a team-mate's laptop reads in other portions, and hands the
work on after a restore, so each revision must also prove itself alone. That is checked here, behind the push or by the
first who reads. What does not hold stays in the log, for its author has a receipt, and is handed to nobody: neither
team nor office sees it, and the office is told which laptop it came from.
"""

from __future__ import annotations

import logging
import threading

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import tables, tally
from central.alarms import UNPROVED, raise_alarm
from central.core import Core, find_devices, verify_key
from central.judge import DISTRIBUTED
from central.locks import alone
from fieldkit.domain.revision import signed_message

_BATCH = 1000
"""Rows in one step: some 0.1 s of checks (which leave the interpreter to others), then one short transaction."""

_log_of = logging.getLogger("central")


def prove_all(core: Core) -> None:
    """Check every revision that nobody has checked yet; returns once all that was there at the call are checked."""
    with core.proving, alone(core.database, "proving"):
        while not core.closing.is_set() and _prove_some(core):
            pass


def prove_behind(core: Core) -> None:
    """``prove_all`` on a thread of its own, for after a push; whoever reads meanwhile waits for it.

    Where somebody is at it already, this is left to them, or to whoever reads next.
    """
    if core.proving.locked():
        return
    threading.Thread(target=_prove_quietly, args=(core,), name="central proving", daemon=True).start()


def _prove_quietly(core: Core) -> None:
    try:
        prove_all(core)
        tally.count_all(core)  # what servers before this version left uncounted, so that nobody who looks waits for it
    except sa.exc.DBAPIError as error:  # the next push or read tries again
        if not core.closing.is_set():
            _log_of.warning("the database did not answer: %s", type(error).__name__)


def proved_upto(connection: Connection) -> int:
    """The last number up to which every revision was checked."""
    return int(connection.execute(_UPTO).scalar_one())


def _prove_some(core: Core) -> bool:
    with core.database.read() as connection:
        before = proved_upto(connection)
        number = connection.execute(_NUMBER).scalar_one()
        if number == before:
            return False
        upto = min(number, before + _BATCH)
        rows = connection.execute(_ROWS, {"after": before, "upto": upto}).all()
        for device in find_devices(connection, list({row.device for row in rows} - core.keys.keys())).values():
            verify_key(core, device)
    bad = [row for row in rows if not core.keys[row.device].holds(row.signature, signed_message(row.hash.hex()))]
    with core.database.write() as connection:
        core.database.upsert(connection, tables.unproved, [{"seq": row.seq} for row in bad])
        if connection.execute(_MOVE_ON, {"from": before, "to": upto}).rowcount:
            tally.follow(connection, before, upto)
        for device in {row.device for row in bad}:
            raise_alarm(connection, core.stamp(), UNPROVED, device, "")
    return True


_log, _sheet, _proving = tables.log.c, tables.sheet.c, tables.proving.c
_UPTO = sa.select(_proving.upto)
_NUMBER = sa.select(tables.store.c.number)
_ROWS = (
    sa.select(_log.seq, _log.device, _log.hash, _log.signature)
    .join_from(tables.log, tables.sheet, _log.sheet == _sheet.id)
    .where(
        _log.seq > sa.bindparam("after"),
        _log.seq <= sa.bindparam("upto"),
        _log.device == _sheet.device,  # what came for another laptop was checked one by one on arrival
        _log.outcome.in_(sorted(DISTRIBUTED)),
    )
)
_MOVE_ON = tables.proving.update().where(_proving.upto == sa.bindparam("from")).values(upto=sa.bindparam("to"))
HANDED_ON = _log.seq.not_in(sa.select(tables.unproved.c.seq))
"""For every query of what others are given."""
