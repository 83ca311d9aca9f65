"""England's bank holidays, offline: the one door to the library ``holidays``.

The government publishes its list about two years ahead, and may proclaim a day at any time (19 September 2022). A year
that was not published when this version was made is worked out by rule, and whoever reads it is told so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

PUBLISHED_UNTIL = 2027
"""The last year of the list on GOV.UK, Bank holidays, England and Wales, when this version was made."""
FIRST, LAST = 1978, 2099
"""The years that are answered: since the early May holiday there is one rule."""


def bank_holidays(years: Iterable[int]) -> Mapping[date, str]:
    """Each day that is one, with its name. Years outside ``FIRST`` to ``LAST`` have none."""
    from holidays import country_holidays

    wanted = [one for one in years if FIRST <= one <= LAST]
    if not wanted:
        return {}
    found = country_holidays("GB", subdiv="ENG", years=wanted)
    return {day: str(name) for day, name in sorted(found.items()) if day.year in wanted}


def is_published(year: int) -> bool:
    """Whether the list of this year was published; else a day may be missing."""
    return FIRST <= year <= PUBLISHED_UNTIL
