"""What is wrong with who goes where, in words: interviews without an assessor, people who are to be at two places."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.app.programme_file import Clash, clashes
from fieldkit.app.who_goes import unassigned
from fieldkit.domain.assessment import Activity
from ui.presenters.wording import ui

_NAMED = 3
"""Activities that are named one by one; the rest are counted."""


def alerts_of(activities: Sequence[Activity]) -> tuple[str, ...]:
    """Empty while nobody is put down for anything: who works alone does not plan who goes."""
    if not any(one.assigned for one in activities):
        return ()
    lacking = unassigned(activities)
    said = [_unassigned(lacking)] if lacking else []
    found = clashes(activities)
    said += [clash_words(one) for one in found[:_NAMED]]
    if len(found) > _NAMED:
        said.append(f"{len(found) - _NAMED} more at two places at once")
    return tuple(said)


def clash_words(clash: Clash) -> str:
    """``AL is to be at two places on 12 November: Chief nurse 10:00 and Ward walk 10:30``."""
    day = f" on {ui.day(clash.first.on)}" if clash.first.on else ""
    first, second = clash.first, clash.second
    return (
        f"{_short(clash.who)} is to be at two places{day}: "
        f"{_short(first.title)} {first.starts} and {_short(second.title)} {second.starts}"
    )


def _unassigned(lacking: Sequence[Activity]) -> str:
    names = [f"{_short(one.title)}{f' {one.starts}' if one.starts else ''}" for one in lacking[:_NAMED]]
    more = len(lacking) - len(names)
    names += [f"{more} more"] if more else []
    return f"Nobody goes yet to {ui.count(len(lacking), 'interview')}: {ui.listed(names)}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
