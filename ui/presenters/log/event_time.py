"""When something was noticed, as an assessor types it: a time of today, never in the future."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from fieldkit.app.assessments import clock_time
from fieldkit.kernel.errors import Mistake


def time_on(text: str, day: date | None, now: datetime) -> datetime:
    """As ``time_of_day``; where ``day`` is past, on that day: paper is often typed up the day after."""
    today = now.astimezone().date()
    noticed = time_of_day(text, now if day is None or day >= today else _evening(day))
    return noticed.astimezone(now.tzinfo)


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(23, 59)).astimezone()


def time_of_day(text: str, now: datetime) -> datetime:
    """``10:05`` or ``10.05`` on the local day of ``now``. Times just after midnight may mean last evening.

    Raises ``Mistake('activity.time')`` for anything else and ``Mistake('entry.noticed_in_future')``.
    """
    typed = clock_time(text)
    if not typed:
        raise Mistake("activity.time", field="time", text=text)
    local = now.astimezone()
    noticed = local.replace(hour=int(typed[:2]), minute=int(typed[3:]), second=0, microsecond=0)
    if noticed > local and local.hour < 6 and noticed.hour >= 18:
        noticed -= timedelta(days=1)
    if noticed > local:
        raise Mistake("entry.noticed_in_future", field="time")
    return noticed.astimezone(now.tzinfo)
