"""How long contents are kept: classes of months after closing, by assessment and kind of record; and what is due.

Nothing goes by itself. A person looks at the report and orders the purge; what is destroyed then is ordered away like
any erasure by law, so laptops do the same, chains hold, and it is on record who said so and why. A legal hold comes
before any class.
"""

from __future__ import annotations

import calendar
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central import audit, holds, tables
from central.core import lock_standing, open_core
from central.erasing import Erased, Target, destroy
from central.owners import as_owner
from central.running_tables import retained, retention_class
from central.settings import Settings
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake

LONGEST = 1200
"""Months; a hundred years."""
_ALWAYS = frozenset({"assessor", "custody"})
"""Kinds that belong to no assessment's evidence, or say nothing of anybody but the laptop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """``months`` after closing for everything but the ``kinds`` that are named with months of their own."""

    name: str
    months: int
    kinds: Mapping[str, int]

    def months_of(self, kind: str) -> int:
        """For records of a kind."""
        return self.kinds.get(kind, self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An assessment in the report: how many contents are ``due``, how many ``held`` by a legal hold, how many stay."""

    assessment: str
    class_name: str
    closed_on: str
    due: int
    held: int
    stay: int
    first_due_on: str


def set_class(
    settings: Settings, name: str, months: int, kinds: Mapping[str, int] | None = None, clock: Clock | None = None
) -> None:
    """Make a class or change it. Raises ``Mistake('central.retention_class')``."""
    chosen = dict(kinds or {})
    if not name.strip() or len(name.strip()) > 40 or not all(0 < m <= LONGEST for m in (months, *chosen.values())):
        raise Mistake("central.retention_class", field="months")
    row = {"name": name.strip(), "months": months, "kinds": json.dumps(chosen, sort_keys=True)}
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        core.database.upsert(connection, retention_class, [row])
        audit.note(core, connection, "retention.class", name.strip(), months=months, kinds=chosen)


def use_class(
    settings: Settings, assessment: str, name: str, closed_on: str | None = None, clock: Clock | None = None
) -> None:
    """Put an assessment into a class; ``closed_on`` (YYYY-MM-DD) begins the months, empty opens it again.

    Raises ``Mistake('central.retention_unknown' | 'central.retention_day')``.
    """
    day = _day(closed_on) if closed_on else None
    with closing(open_core(settings, clock)) as core, core.database.write() as connection:
        if name not in _classes(connection):
            raise Mistake("central.retention_unknown", field="class", name=name)
        row = {"assessment": assessment, "class": name}
        if closed_on is not None:
            row["closed_on"] = day.isoformat() if day else None  # type: ignore[assignment]
        core.database.upsert(connection, retained, [row])
        audit.note(core, connection, "retention.used", assessment, retention=name, closed_on=closed_on or "")


def classes(settings: Settings, clock: Clock | None = None) -> list[RetentionClass]:
    """The classes by name."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        return sorted(_classes(connection).values(), key=lambda one: one.name)


def report(settings: Settings, clock: Clock | None = None) -> list[Due]:
    """What is due today, and when the first of the rest will be."""
    with closing(open_core(settings, clock)) as core, core.database.read() as connection:
        today = core.clock.now().date()
        return [_due(connection, row, today) for row in connection.execute(_RETAINED)]


def purge(
    settings: Settings, reason: str, ordered_by: str, *, is_trial: bool = True, clock: Clock | None = None
) -> Erased:
    """Destroy what is due and under no hold, or (``is_trial``) say what that would be.

    Raises ``Mistake('central.no_reason' | 'central.no_name')``.
    """
    if not reason.strip():
        raise Mistake("central.no_reason", field="reason")
    if not ordered_by.strip():
        raise Mistake("central.no_name", field="by")
    with closing(open_core(as_owner(settings), clock)) as core, core.database.write() as connection:
        lock_standing(connection)
        today, known = core.clock.now().date(), _classes(connection)
        due: list[Target] = []
        for row in connection.execute(_RETAINED).all():
            due += _sorted(connection, row, known, today)[0]
        return destroy(core, connection, due, reason.strip(), ordered_by.strip(), is_trial=is_trial)


def after_months(day: date, months: int) -> date:
    """The day so many months later; the 31st becomes the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _due(connection: Connection, row: Any, today: date) -> Due:
    known = _classes(connection)
    due, held, stay = _sorted(connection, row, known, today)
    assessment, name, closed_on = row
    months = [known[name].months_of(one.kind) for one in stay]
    first = after_months(date.fromisoformat(closed_on), min(months)).isoformat() if closed_on and months else ""
    return Due(
        assessment=str(assessment), class_name=name, closed_on=closed_on or "", due=len(due), held=len(held),
        stay=len(stay), first_due_on=first,
    )  # fmt: skip


def _sorted(
    connection: Connection,
    row: Any,
    known: Mapping[str, RetentionClass],
    today: date,
) -> tuple[list[Target], list[Target], list[Target]]:
    """The contents of one assessment that are due, held, and staying."""
    assessment, name, closed_on = row
    places, records = holds.standing(connection)
    due, held, stay = list[Target](), list[Target](), list[Target]()
    for one in connection.execute(_CONTENTS, {"place": assessment, "always": sorted(_ALWAYS)}):
        target = Target(revision=one.revision, kind=one.kind, assessment=str(assessment), has_content=True)
        is_over = closed_on and after_months(date.fromisoformat(closed_on), known[name].months_of(one.kind)) <= today
        is_held = str(assessment) in places or str(one.record) in records
        (stay if not is_over else held if is_held else due).append(target)
    return due, held, stay


def _classes(connection: Connection) -> dict[str, RetentionClass]:
    rows = connection.execute(sa.select(retention_class))
    return {row.name: RetentionClass(name=row.name, months=row.months, kinds=json.loads(row.kinds)) for row in rows}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Mistake("central.retention_day", field="on", day=text) from error


_log = tables.log.c
_RETAINED = sa.select(retained.c.assessment, retained.c["class"], retained.c.closed_on).order_by(retained.c.assessment)
_CONTENTS = (
    sa.select(_log.revision, _log.kind, _log.record)
    .distinct()
    .where(
        _log.assessment == sa.bindparam("place", type_=tables.Id),
        _log.content.is_not(None),
        _log.kind.not_in(sa.bindparam("always", expanding=True)),
    )
    .order_by(_log.revision)
)
