"""What ``fieldkit central policy …`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.office import settings_of

if TYPE_CHECKING:
    from fieldkit.domain.office_policy import OfficePolicy

OWN = "own"
"""Leaves it to each person."""


def show_policy(desk: Desk) -> int:
    """What is decided."""
    from central.policy import show_policy as show

    return _told(desk, show(settings_of(desk), desk.clock))


def set_policy(desk: Desk) -> int:
    """Decide some of it."""
    from central.policy import set_policy as decide

    options, changes = desk.options, dict[str, Any]()
    if options.record_audio is not None:
        changes["record_audio"] = {"yes": True, "no": False, OWN: None}[options.record_audio]
    for name in ("lock_minutes", "purge_days", "keep_days"):
        given = getattr(options, name)
        if given is not None:
            changes[name] = None if given == OWN else _number(name, given)
    if options.number is not None:
        pairs = [] if options.number == [OWN] else [_pair("number", one) for one in options.number]
        changes["numbers"] = [{"title": title, "number": number} for title, number in pairs]
    if options.due is not None:
        due = [] if options.due == [OWN] else [_pair("due", one) for one in options.due]
        changes["minutes"] = {name.casefold(): _number("due", minutes) for name, minutes in due}
    return _told(desk, decide(settings_of(desk), changes, desk.clock))


def _told(desk: Desk, policy: OfficePolicy) -> int:
    raw = policy.to_content()
    audio = {True: "allowed", False: "not allowed", None: "not decided"}[policy.record_audio]
    lines = [
        f"Sound recording    {audio}",
        f"Locks after        {_said(policy.lock_minutes, 'minute')}",
        f"Erase the vault    {_said(policy.purge_days, 'day', ' after all is confirmed')}",
        f"Remove handed in   {_said(policy.keep_days, 'day', ' after a closed visit was handed in')}",
        *(f"Ring               {one.title}  {one.number}" for one in policy.numbers),
        *(f"Due                {one.name}: {minutes} minutes" for one, minutes in sorted(policy.minutes.items())),
    ]
    desk.terminal.show(raw, lines)
    return faults.OK


def _said(number: int | None, unit: str, when: str = "") -> str:
    from ui.presenters.wording import ui

    return "not decided" if number is None else f"{ui.count(number, unit)}{when}"


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise Mistake("central.policy", reason=f"--{name.replace('_', '-')} {text} is not a whole number")
    return int(text)


def _pair(name: str, text: str) -> tuple[str, str]:
    first, equals, second = (part.strip() for part in text.partition("="))
    if not (first and equals and second):
        raise Mistake("central.policy", reason=f"--{name} {text} has no =")
    return first, second
