"""What can be said of sending at any moment: frozen, made by the sync thread, shown by the screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SyncPhase(StrEnum):
    """Where the exchange with the office stands."""

    NOT_ENROLLED = "not_enrolled"
    """This laptop works on its own."""
    UNKNOWN = "unknown"
    """Enrolled, and no try has ended since the vault was opened."""
    NOT_CONNECTED = "not_connected"
    CONNECTED = "connected"
    SENDING = "sending"
    TROUBLE = "trouble"
    """The store was reached, or something answered in its place, and ``problem`` stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus:
    """``sent`` of ``total`` revisions confirmed in the round that is going on; both 0 between rounds.

    ``last_confirmed_at`` is when the store last answered with proof (this laptop's clock); ``retry_at`` when the
    next try is made by itself. "Everything is at the office" is not said here: that is ``Standing``'s, from receipts.
    """

    phase: SyncPhase
    office: str = ""
    sent: int = 0
    total: int = 0
    last_confirmed_at: datetime | None = None
    retry_at: datetime | None = None
    problem: Exception | None = None
    rounds: int = 0
    """How many rounds have ended since the vault was opened; grows with each, whatever came of it."""
    confirmed: int = 0
    offered: int = 0
    received: int = 0
    """Of the round that ended last: revisions confirmed, revisions it set out with, revisions of the team read in."""
    file: str = ""
    file_done: int = 0
    file_size: int = 0
    """The exhibit number of the file that is going or coming, and its bytes; empty between files."""
    file_number: int = 0
    files_total: int = 0
    bytes_done: int = 0
    bytes_total: int = 0
    """Which of how many files that is, and the bytes of all of them."""
    is_coming: bool = False
    """The file comes to this laptop."""
    reading: int = 0
    """How many of the team's revisions the round that is going on has read in."""
    seconds_left: float | None = None
    """Of words or files, whichever are under way; ``None`` while nobody can know."""
    files_held: bool = False
    """The connection is metered and files wait for a person's word."""
    plain_page: str = ""
    """The store's address without protection: a network that wants people to sign in answers there itself."""
    urgent_waits: bool = False
    """Something urgent was tried and has not arrived yet."""
    clock_behind: float = 0.0
    """Seconds by which this laptop's clock was behind the store's when it last answered; negative when ahead."""
    signs_in: bool = False
    """The office lets people sign in by their organisation's page."""

    @property
    def code(self) -> str:
        """The problem's code, for its sentence; empty when there is none."""
        return str(getattr(self.problem, "code", "")) if self.problem else ""
