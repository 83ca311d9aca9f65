"""The weekly report: the store proved from its first row to its last, and the heads worth keeping on paper."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa

from central import audit, holds, tables
from central.backup import FILES, broken_chain
from central.core import open_core, standing
from central.running_tables import ringing
from central.settings import Settings
from fieldkit.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """``wrong`` is empty where all is well; ``files_missing`` lie elsewhere or are lost."""

    office: str
    at: str
    epoch: str
    number: int
    chain: str
    audit_number: int
    audit_hash: str
    erased: int
    holds: int
    waiting: int
    webhooks_waiting: int
    alarms: int
    files: int
    files_missing: int
    wrong: tuple[str, ...]


def report(settings: Settings, clock: Clock | None = None) -> Report:
    """Check the whole store. Raises ``Trouble('central.no_store')``."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        now, end = standing(connection), audit.head(connection)
        wrong = []
        if (number := broken_chain(connection)) is not None:
            wrong.append(f"number {number:,} of the log does not follow from those before")
        last = connection.execute(sa.select(tables.log.c.chain).where(tables.log.c.seq == now.seq)).scalar()
        if (last.hex() if last else "") != now.chain:
            wrong.append("the log does not end where the store says that it does")
        if (line := audit.broken(connection)) is not None:
            wrong.append(f"line {line:,} of the audit does not follow from those before")
        places, records = holds.standing(connection)
        sums = connection.execute(_SUMS).one()
        names = set(connection.execute(sa.select(tables.file.c.sha256)).scalars())
        missing = [n for n in names if not (settings.folder / FILES / n[:2] / n[2:4] / n).is_file()]
        return Report(
            office=core.office, at=core.stamp(), epoch=now.epoch, number=now.seq, chain=now.chain,
            audit_number=end.number, audit_hash=end.hash, erased=sums.erased, holds=len(places) + len(records),
            waiting=sums.waiting, webhooks_waiting=sums.ringing, alarms=sums.alarms, files=len(names),
            files_missing=len(missing), wrong=tuple(wrong),
        )  # fmt: skip


def _count(*where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).where(*where).scalar_subquery()


_SUMS = sa.select(
    sa.select(sa.func.count()).select_from(tables.erasure).scalar_subquery().label("erased"),
    sa.select(sa.func.count()).select_from(tables.alarm).scalar_subquery().label("alarms"),
    _count(tables.quarantine.c.released_as.is_(None)).label("waiting"),
    _count(ringing.c.next_at.is_not(None)).label("ringing"),
)
