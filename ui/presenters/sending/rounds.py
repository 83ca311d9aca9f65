"""The log of rounds as the Send screen shows it: every one with its outcome, filtered by what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.app.send_log import Round, RoundOutcome
from ui.presenters.sending.words import how_long
from ui.presenters.wording import sentence, ui


class LogFilter(StrEnum):
    """Which rounds are listed; the value is on the button."""

    ALL = "All"
    FAULTS = "Faults"
    SKIPPED = "Skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One line of the log."""

    time: str
    outcome: str
    words: str

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return ". ".join(part for part in (self.time, self.outcome, self.words) if part)


def round_rows(rounds: Iterable[Round], wanted: LogFilter, today: date) -> tuple[RoundRow, ...]:
    """Newest first, as they come."""
    return tuple(_row(one, today) for one in rounds if _is_wanted(one, wanted))


def _is_wanted(one: Round, wanted: LogFilter) -> bool:
    if wanted is LogFilter.FAULTS:
        return one.is_fault
    return wanted is LogFilter.ALL or one.outcome is RoundOutcome.SKIPPED


def _row(one: Round, today: date) -> RoundRow:
    first, last = ui.day_and_clock(one.first, today), ui.day_and_clock(one.at, today)
    time = first if one.times == 1 or first == last else f"{first} to {last}"
    return RoundRow(time=time, outcome=_outcome(one), words=_words(one, today))


def _outcome(one: Round) -> str:
    match one.outcome:
        case RoundOutcome.DONE:
            return f"{ui.count(one.confirmed, 'item')} confirmed" if one.confirmed else "Connected"
        case RoundOutcome.SKIPPED:
            return "Skipped some"
        case RoundOutcome.STOPPED:
            return "Stopped"
        case RoundOutcome.NOT_REACHED:
            return ui.NOT_CONNECTED
        case _:
            return "Could not send"


def _words(one: Round, today: date) -> str:
    found = []
    if one.code:
        found.append(sentence(one.code, **one.details).rstrip("."))
    elif not one.confirmed and not one.received:
        found.append("Nothing to send")
    if one.confirmed and one.code:
        found.append(f"{one.confirmed:,} of {one.total:,} confirmed")
    if one.received:
        found.append(f"{ui.count(one.received, 'record')} read in from your team")
    if one.clock_behind:
        found.append(f"Clock {how_long(one.clock_behind)} {'behind' if one.clock_behind > 0 else 'ahead'}")
    if one.retry_at is not None:
        found.append(f"Next try {ui.day_and_clock(one.retry_at, today)}")
    if one.times > 1:
        found.append(f"{one.times:,} times")
    return ". ".join(found)
