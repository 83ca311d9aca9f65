"""Legal holds: while one stands, nothing of what it covers is erased, by whomever and for whatever reason."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, tables
from central.core import lock_standing, open_core
from central.running_tables import hold as table
from central.settings import Settings
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import is_id, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold on an assessment, or on one record of it; ``lifted_at`` empty while it stands."""

    id: str
    assessment: str
    record: str
    reason: str
    placed_by: str
    placed_at: str
    lifted_by: str
    lifted_at: str
    lifted_why: str


def place(
    settings: Settings, assessment: str, reason: str, by: str, record: str = "", clock: Clock | None = None
) -> str:
    """Place a hold; its id. Raises ``Mistake('central.no_reason' | 'central.no_name' | 'central.revision')``."""
    _check(reason, by)
    if record and not is_id(record):
        raise Mistake("central.revision", field="record", revision=record)
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)  # an erasure that is being done comes before or after, never half
        row = {
            "id": new_id(), "assessment": assessment, "record": record or None, "reason": reason.strip(),
            "placed_by": by.strip(), "placed_at": core.stamp(),
        }  # fmt: skip
        connection.execute(table.insert(), row)
        audit.note(core, connection, "hold.placed", record or assessment, actor=by.strip(), hold=row["id"])
    return str(row["id"])


def lift(settings: Settings, hold: str, why: str, by: str, clock: Clock | None = None) -> None:
    """Lift a hold; it stays on record. Raises ``Mistake('central.no_hold')`` and as ``place``."""
    _check(why, by)
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        lock_standing(connection)
        values = {"lifted_by": by.strip(), "lifted_at": core.stamp(), "lifted_why": why.strip()}
        change = table.update().where(table.c.id == hold, table.c.lifted_at.is_(None)).values(**values)
        if not is_id(hold) or connection.execute(change).rowcount == 0:
            raise Mistake("central.no_hold", field="hold", hold=hold)
        audit.note(core, connection, "hold.lifted", hold, actor=by.strip())


def listed(settings: Settings, clock: Clock | None = None) -> list[Hold]:
    """Every hold there was, those that stand first."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.lifted_at.is_not(None), table.c.placed_at))
        return [Hold(**{name: value or "" for name, value in row._mapping.items()}) for row in rows]


def standing(connection: Connection) -> tuple[frozenset[str], frozenset[str]]:
    """The assessments and the records on which a hold stands now."""
    rows = connection.execute(sa.select(table.c.assessment, table.c.record).where(table.c.lifted_at.is_(None))).all()
    whole = frozenset(str(row.assessment) for row in rows if row.record is None)
    return whole, frozenset(str(row.record) for row in rows if row.record is not None)


def assert_free(connection: Connection, wanted: Iterable[tuple[str, str]]) -> None:
    """Raises ``Mistake('central.held')`` where a hold stands on one of these (assessment, record or revision)."""
    places, records = standing(connection)
    if not places and not records:
        return
    for assessment, one in wanted:
        known = connection.execute(_RECORD_OF, {"id": one}).scalar()
        if assessment in places or one in records or str(known) in records:
            raise Mistake("central.held", field="hold", what=one)


def _check(reason: str, by: str) -> None:
    if not reason.strip():
        raise Mistake("central.no_reason", field="reason")
    if not by.strip():
        raise Mistake("central.no_name", field="by")


_RECORD_OF = sa.select(tables.log.c.record).where(tables.log.c.revision == sa.bindparam("id", type_=tables.Id)).limit(1)
