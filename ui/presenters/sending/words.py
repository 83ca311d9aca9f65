"""What the Send screen says of the whole: what leaves and stays, how the office is reached, what is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.app.news import CameIn
from fieldkit.app.rows import SendPreview, Standing
from fieldkit.app.send_log import LEAST_CLOCK
from fieldkit.kernel.errors import FieldKitError
from ui.presenters.files.words import size_of
from ui.presenters.services import Connection, OfficeState
from ui.presenters.wording import sentence, ui

URGENT_WAITS = "Something urgent has not reached the central store yet and is tried again at once. Phone your lead now"
ASLEEP = "Paused while the laptop was asleep"
NOTHING_WAITS = "Nothing is waiting"
ALONE = "This laptop works on its own. To share your work, enrol with your office, or export it to a file"
HAND_BACK = "You can hand this laptop back"
_SIGN_IN = frozenset({"send.captive_portal"})
_MOST_NAMED = 4
"""Team-mates named; the others are a number."""
_MINUTE, _DAY = 60, 24 * 60
"""Seconds of a minute, minutes of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The same words as beside the item, and what IT needs behind a button of its own."""

    words: str = ""
    details: tuple[str, ...] = ()


def leaving(preview: SendPreview) -> tuple[str, ...]:
    """What will leave this laptop, in words, one line for each kind."""
    notes, others = preview.entries_leaving, preview.other_leaving
    lines = []
    if notes:
        their = "its" if notes == 1 else "their"
        lines.append(f"{ui.count(notes, 'tagged note')} with {their} words, tags, times and your name")
    if others:
        records = ui.count(others, "other record")
        lines.append(
            f"{records}: additions, tags, withdrawals, records of fieldwork, and the visit, agenda and people they need"
        )
    if preview.files_leaving:
        lines.append(
            f"{ui.count(preview.files_leaving, 'attached file')}, {size_of(preview.bytes_leaving)}, after the words"
        )
    return tuple(lines)


def from_team(came: CameIn, today: date) -> str:
    """``From your team since 10:42: 12 notes and 3 other records, by Ben Mate``; empty before anything ever came."""
    since = f" since {ui.day_and_clock(came.since, today)}" if came.since is not None else ""
    if not came.count:
        return f"Nothing new from your team{since}" if came.newest else ""
    parts = (ui.count(came.notes, "note"), ui.count(came.others, "other record"))
    what = " and ".join(part for part, count in zip(parts, (came.notes, came.others), strict=True) if count)
    named = list(came.names[:_MOST_NAMED])
    if more := len(came.names) - len(named):
        named.append(ui.count(more, "other"))
    who = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f"New from your team{since}: {what}, by {who}"


def staying(preview: SendPreview, *, alone: bool) -> str:
    """What stays on this laptop, in words."""
    if alone:
        return "Everything stays on this laptop. To send to an office, enrol in Settings"
    if not preview.entries_staying:
        return "Nothing stays behind: every note is tagged"
    notes = ui.staying_notes(preview.entries_staying, preview.entries_held)
    if preview.entries_staying == 1:
        return f"{notes} stays on this laptop. Only the proof that it exists leaves, without a word of it"
    return f"{notes} stay on this laptop. Only the proof that they exist leaves, without a word of them"


def headline(preview: SendPreview, standing: Standing, *, alone: bool) -> str:
    """The safe-to-close line. What is only on this laptop is never said to be elsewhere."""
    if alone:
        return f"{ui.ALL_SAVED}."
    if standing.everything_is_there:
        there = ui.all_there(preview.entries_staying, preview.entries_held)
        return f"{there}." if preview.entries_staying else f"{there}. {HAND_BACK}."
    left = standing.contents_missing  # what the Waiting list counts; of notes that stay only proofs are on their way
    files = standing.files_missing
    if left or files:
        verb = "has" if left + files == 1 else "have"
        counts = (ui.count(left, "item") if left else "", ui.count(files, "file") if files else "")
        return f"{ui.ALL_SAVED}. {' and '.join(one for one in counts if one)} {verb} not reached the central store."
    return f"{ui.ALL_SAVED}. The central store has not confirmed everything yet."


def nothing_waits(preview: SendPreview, standing: Standing, *, alone: bool) -> str:
    """What stands in the place of an empty list of what waits."""
    if alone:
        return ALONE
    if not standing.everything_is_there:
        return f"{NOTHING_WAITS}. The central store has not confirmed everything yet."
    if preview.entries_staying:
        return f"{NOTHING_WAITS}. Everything you tagged has been confirmed by the central store."
    return f"{NOTHING_WAITS}. Everything on this laptop has been confirmed by the central store."


def connection(office: OfficeState, today: date) -> str:
    """How the laptop stands to the office, when it last confirmed something, and when it is tried next."""
    last = f"Last confirmed {last_confirmed(office.last_round_at, today)}" if office.last_round_at else ""
    again = f"Next try {ui.day_and_clock(office.next_try_at, today)}" if office.next_try_at else ""
    parts: tuple[str, ...]
    match office.connection:
        case Connection.STANDALONE:
            return ui.STANDALONE
        case Connection.CONNECTED | Connection.SENDING:
            parts = (f"{ui.CONNECTED}, {office.office}", last)
        case Connection.UNKNOWN:
            parts = (f"Looking for {office.office}", last)
        case Connection.NOT_CONNECTED:
            parts = (ui.NOT_CONNECTED, last, again)
        case _:
            parts = ("Could not send", last, again)
    return ". ".join(part for part in parts if part)


def last_confirmed(moment: datetime, today: date) -> str:
    """``17:03 today``, or with its day."""
    words = ui.day_and_clock(moment, today)
    return f"{words} today" if moment.astimezone().date() == today else words


def problem(office: OfficeState, today: date) -> str:
    """What stands in the way, what is safe, and when it is tried again (ux S12, errors)."""
    if is_offline(office):
        return sentence("send.not_connected")
    if office.problem is None or office.connection in (Connection.STANDALONE, Connection.SENDING):
        return ""
    words = sentence(office.problem).rstrip(".")
    again = f"at {ui.day_and_clock(office.next_try_at, today)}" if office.next_try_at else ""
    left = office.offered - office.confirmed
    if office.confirmed > 0 and left > 0:
        tried = f"{left:,} will be tried again {again or 'by itself'}"
        return f"{office.confirmed:,} of {ui.count(office.offered, 'item')} confirmed. {tried}. {words}"
    return f"{words}. FieldKit will try again {again}" if again else words


def is_offline(office: OfficeState) -> bool:
    """Whether there is simply no line; everything else has words of its own."""
    simple = getattr(office.problem, "code", "send.not_connected") in ("send.not_connected", "send.cut_off")
    return office.connection is Connection.NOT_CONNECTED and simple and not office.confirmed


def held_files(office: OfficeState, preview: SendPreview) -> str:
    """Which files wait for a person's word on a metered connection; words never do."""
    if not office.files_held or not preview.files_leaving or office.connection is Connection.STANDALONE:
        return ""
    files = ui.count(preview.files_leaving, "file")
    waits = "waits" if preview.files_leaving == 1 else "wait"
    return f"{files} ({size_of(preview.bytes_leaving)}) {waits}: this connection is metered. Notes go all the same"


def wants_sign_in(office: OfficeState) -> bool:
    """Whether a page of this network stands in the way."""
    return office.connection is not Connection.STANDALONE and getattr(office.problem, "code", "") in _SIGN_IN


def clocks(office: OfficeState) -> str:
    """A word about clocks that differ; the difference stands in the log of rounds as well."""
    if abs(office.clock_behind) < LEAST_CLOCK or office.last_round_at is None:
        return ""
    side = "behind" if office.clock_behind > 0 else "ahead of"
    told = "Notes keep their times and the difference is recorded"
    return f"This laptop’s clock is {how_long(office.clock_behind)} {side} the central store. {told}"


def how_long(seconds: float) -> str:
    """``11 minutes``, ``9 days 18 hours``: the two largest parts are enough."""
    minutes = round(abs(seconds) / _MINUTE)
    parts = (("day", minutes // _DAY), ("hour", minutes % _DAY // 60), ("minute", minutes % 60))
    return " ".join([ui.count(number, unit) for unit, number in parts if number][:2])


def why(words: str, code: str, office: OfficeState, extra: tuple[str, ...] = ()) -> Why:
    """The words, and facts for whoever looks after the network; never a word of a note."""
    facts: list[str] = [f"Code: {code}"] if code else []
    error = office.problem
    if isinstance(error, FieldKitError):
        if error.code != code:
            facts.append(f"Last round: {error.code}")
        facts += [f"{key}: {value}" for key, value in error.details.items() if key not in ("field", "retry_after")]
    facts.append(f"Office: {office.office}")
    facts += [f"Rounds since unlocking: {office.rounds}", f"Clock behind the store: {round(office.clock_behind)} s"]
    return Why(words=words, details=(*facts, *extra))
