"""The access log in words, for screen, command line and paper alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from fieldkit.app.record_access import LookedAt
from fieldkit.domain.record_access import Basis, Capacity, RecordAccess, Told
from fieldkit.reports.access_log import LoggedLook, compose
from fieldkit.reports.blocks import Document
from ui.presenters.wording import ui

BASIS = {Basis.CONSENT: "The person’s consent", Basis.POWER: "A legal power"}
CAPACITY = {
    Capacity.YES: "Yes, it was considered", Capacity.NO: "No", Capacity.NOT_APPLICABLE: "Does not apply here",
}  # fmt: skip
TOLD = {Told.BEFORE: "Before the look", Told.AFTER: "After the look", Told.NOT: "They are not told"}
HELD = "Consent was taken back: its notes are held and leave in nothing"


def times(value: RecordAccess, today: date) -> str:
    """``12 November 10:42 to 10:58``, ``… , open``."""
    began = ui.day_and_clock(value.opened_at, today)
    if value.closed_at is None:
        return f"{began}, open"
    is_same_day = value.opened_at.astimezone().date() == value.closed_at.astimezone().date()
    ended = ui.clock(value.closed_at) if is_same_day else ui.day_and_clock(value.closed_at, today)
    return f"{began} to {ended}"


def allowed(value: RecordAccess) -> str:
    """``Power: section 63``, ``Consent: spoken``."""
    return f"{value.basis.value.capitalize()}: {value.allowed_by}"


def answers(value: RecordAccess) -> tuple[tuple[str, str], ...]:
    """What was answered before it was opened, question by question; what was left empty is left out."""
    copied = f"Yes. {value.copied_what}" if value.copied else "Nothing"
    told = TOLD[value.told] + (f". {value.told_why}" if value.told_why else "")
    rows = (
        ("Whose record", value.whose), ("What was looked at", value.what), ("System or place it is kept", value.system),
        ("Dates it covers", value.covers), ("Why it is necessary", value.why),
        ("What allows it", f"{BASIS[value.basis]}: {value.allowed_by}"),
        ("Capacity considered", CAPACITY[value.capacity] + (f". {value.capacity_how}" if value.capacity_how else "")),
        ("The person is told", told), ("Copied", copied), ("Where it was looked at", value.place),
    )  # fmt: skip
    return tuple((label, words) for label, words in rows if words)


def printed(assessment: str, log: Iterable[LookedAt], now: datetime) -> Document:
    """The access log, ready to be written as PDF, web page or text."""
    today = now.astimezone().date()
    return compose(assessment, [_look(one, today) for one in log], now)


def _look(one: LookedAt, today: date) -> LoggedLook:
    value = one.access
    return LoggedLook(
        reference=value.reference, when=times(value, today), who=one.row.author_name or one.row.author_initials,
        whose=value.whose, what=value.what, allowed_by=allowed(value), answers=answers(value),
        held=HELD if one.is_held else "",
    )  # fmt: skip
