"""Words of the working screens that say where a note is, when it was made and what it is (ux 5.2): one place.

Status words are the same in every screen; nothing here says "sent" of something only saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first screens use these words, and rows and notes take 50 ms to import
    from fieldkit.app.rows import EntryRow, Exposure
    from fieldkit.domain.entry import Entry
    from fieldkit.domain.evidence import EvidenceItem

PRODUCT = "FieldKit"
SAVED_HERE = "Saved on this laptop"
WITHDRAWN = "Withdrawn"
HELD = "Held on this laptop"
BARRED: Mapping[str, str] = {"refused": "Consent refused", "withdrawn": "Consent withdrawn"}
"""By ``EntryRow.barred``: why a note is kept and used in nothing that leaves."""
STANDALONE = "Working on this laptop only"
NOT_CONNECTED = "Not connected"
CONNECTED = "Connected to central store"
ALL_THERE = "Everything has reached the central store"
ALL_SAVED = "Everything is saved on this laptop"
PRACTICE = "Practice"

STATUS: Mapping[str, str] = {
    "stays": SAVED_HERE,
    "waiting": "Waiting to send",
    "confirmed": "Sent and confirmed",
    "quarantined": "Kept by the office, set aside",
    "from_team": "From your team",
}
"""By ``SendStatus``."""
BEARING: Mapping[str, tuple[str, str]] = {
    "neutral": ("", ""),
    "strength": ("strength", "strong strength"),
    "shortfall": ("shortfall", "serious shortfall"),
    "mixed": ("strength and shortfall", "strength and shortfall"),
}
"""By ``Bearing``: plain and strong."""
SIGN: Mapping[str, str] = {"neutral": "", "strength": "+", "shortfall": "−", "mixed": "±"}
RISK: Mapping[str, str] = {"none": "", "possible": "Possible risk", "today": "Risk, act today"}
"""By ``Risk``."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def count(number: int, one: str, many: str = "") -> str:
    """``1 note``, ``2 notes``; ``many`` only where an s is not enough."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """``AL``, ``AL and BM``, ``AL, BM and CS``."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def day(value: date) -> str:
    """``12 November 2026``."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def weekday(value: date) -> str:
    """``Thursday 12 November``."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]}"


def clock(moment: datetime) -> str:
    """``10:42`` by the laptop's own time zone."""
    return _clock(moment.astimezone())


def _clock(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"  # a third of what strftime takes, a thousand times on the Send page


def day_and_clock(moment: datetime, today: date) -> str:
    """``10:42`` today, else ``12 November 10:42``."""
    local = moment.astimezone()
    if local.date() == today:
        return _clock(local)
    return f"{local.day} {_MONTHS[local.month - 1]} {_clock(local)}"


def noticed(entry: Entry) -> str:
    """When it was noticed, on the clock of the place where it was: ``10:42``."""
    return _there(entry.noticed_at, entry.zone).strftime("%H:%M")


def short_day(entry: Entry) -> str:
    """The day it was noticed there: ``12 Nov``."""
    there = _there(entry.noticed_at, entry.zone)
    return f"{there.day} {_MONTHS[there.month - 1][:3]}"


def entered(entry: Entry) -> str:
    """When it was entered, on the same clock."""
    return _there(entry.entered_at, entry.zone).strftime("%H:%M")


def status(row: EntryRow, *, is_alone: bool = False) -> str:
    """The status words of a note; on a laptop that is not enrolled nothing waits to be sent."""
    if row.withdrawal is not None:
        return WITHDRAWN
    if row.barred is not None and row.status == "stays":
        return HELD
    if row.status == "from_team":
        return f"From {row.author_name}"
    if is_alone and row.status == "waiting":
        return SAVED_HERE
    return STATUS[row.status]


def bearing(item: EvidenceItem) -> str:
    """What a tag says of its statement, in words; empty for neutral."""
    return BEARING[item.bearing][item.strong]


def bearing_sign(item: EvidenceItem) -> str:
    """``+``, ``−−``, ``±`` or nothing: what stands beside a code."""
    sign = SIGN[item.bearing]
    return sign * 2 if item.strong and sign in "+−" else sign


def kinds(entry: Entry) -> tuple[str, ...]:
    """What kind of note it is, in words."""
    risk = RISK[entry.risk]
    found = (
        "Marked moment" if entry.is_mark else "",
        risk,
        "Follow-up" if entry.follow_up else "",
        "My view" if entry.own_view else "",
        "Exact words" if entry.exact else "",
    )
    return tuple(word for word in found if word)


def all_there(staying: int, held: int = 0) -> str:
    """What may be said once every receipt is verified; untagged notes are never said to be at the office."""
    if not staying:
        return ALL_THERE
    only = f"{staying_notes(staying, held)} {'is' if staying == 1 else 'are'}"
    return f"Everything you tagged has reached the central store. {only} on this laptop only"


def staying_notes(staying: int, held: int = 0) -> str:
    """What never leaves by itself. A note withdrawn before it was sent stays too, and no filter calls it untagged.

    ``held`` of them are kept back because a consent was refused or withdrawn.
    """
    others = count(staying - held, "untagged or withdrawn note")
    if not held:
        return others
    return f"{others} and {count(held, 'held note')}" if staying > held else count(held, "held note")


def exposure(what: Exposure, today: date) -> str:
    """What losing the laptop now would cost, in words: ``23 minutes of notes, 1 file. Oldest 09:41``."""
    if not what.entries and not what.files:
        return "If this laptop were lost now, no note would be lost"
    oldest = f". Oldest {day_and_clock(what.oldest, today)}" if what.oldest else ""
    return f"If this laptop were lost now: {_lost(what)}{oldest}"


def exposure_short(what: Exposure) -> str:
    """The same where there is less room: ``Only on this laptop: 23 minutes of notes``."""
    if not what.entries and not what.files:
        return "Nothing only on this laptop"
    return f"Only on this laptop: {_lost(what)}"


def exposure_brief(what: Exposure) -> str:
    """And where there is hardly any: ``23 min only here``."""
    if not what.entries and not what.files:
        return "Nothing only here"
    files = f", {count(what.files, 'file')}" if what.files else ""
    return f"{what.minutes:,} min{files} only here"


def _lost(what: Exposure) -> str:
    files = count(what.files, "file") if what.files else ""
    minutes = f"{count(what.minutes, 'minute')} of notes" if what.entries else ""
    return ", ".join(part for part in (minutes, files) if part)


def _there(moment: datetime, zone: str) -> datetime:
    hours, minutes = int(zone[:3]), int(zone[4:6])
    return moment.astimezone(timezone(timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes)))
