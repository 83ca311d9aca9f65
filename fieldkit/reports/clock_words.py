"""Times of notes on paper: on the clock of the place where they were noticed, and which clock that was.

A report is read far from where its notes were taken, and must be the same bytes wherever it is made: so no time on it
is ever the reading machine's.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from fieldkit.reports.dates import day

_ZONE = re.compile(r"([+-])(\d\d):(\d\d)")
_MOST = timedelta(hours=24)


def there(moment: datetime, zone: str) -> datetime:
    """``moment`` on the clock ``+01:00``; on that of UTC where the zone is none, as another hand may have written."""
    match = _ZONE.fullmatch(zone)
    if match is None:
        return moment.astimezone(UTC)
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if offset >= _MOST:
        return moment.astimezone(UTC)
    return moment.astimezone(timezone(-offset if match[1] == "-" else offset))


def zone_words(moment: datetime) -> str:
    """``UTC``, ``UTC+1``, ``UTC+5:30``: which clock ``there`` has put it on."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def clock(moment: datetime) -> str:
    """``10:42``."""
    return f"{moment:%H:%M}"


def day_and_zone(moment: datetime) -> str:
    """``12 November 2026, times in UTC``: the heading over notes of one day."""
    return f"{day(moment.date())}, times in {zone_words(moment)}"


def whole(moment: datetime) -> str:
    """``12 November 2026, 10:42 UTC``."""
    return f"{day(moment.date())}, {clock(moment)} {zone_words(moment)}"


def beside(moment: datetime, other: datetime) -> str:
    """``moment`` where ``other`` stands beside it: ``13:05`` on the same day, else with its day."""
    return clock(moment) if moment.date() == other.date() else f"{day(moment.date())}, {clock(moment)}"
