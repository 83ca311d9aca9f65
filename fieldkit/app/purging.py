"""What is removed from a laptop some days after a closed visit was handed in, because the office decided so.

Only words and files that the central store has signed for, each by a verified receipt, and only while its certificate
agrees with this laptop's chain and nothing at all is unsent (invariant 14). Of team-mates' notes, for which this laptop
has no receipts, only those that the store says it holds when it is asked about them in that very round. Envelopes stay,
so the vault still verifies; what was removed can be read from the office again. Days are counted by the store's own
signed time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

KEEP_DAYS = "policy/keep_days"
PURGED = "purged/"
"""Before the id of a visit: when its words and files were removed here."""
PURGED_FILE = "purged_file/"
AGAIN = "read_again/"
"""Before the id of an assessment: it is to be read from the office from its beginning, own work included."""
BACK = "back/"
"""Before the id of a visit: when it was asked for again; the days are counted from there."""


TEAM_SEEN = "team_seen/"
"""Before the id of a visit: the store's time when the newest of the team's notes in it was first here, and which."""
FILE_SEEN = "file_seen/"
"""Before a file's SHA-256: the store's time when a team-mate's file of a closed visit was first here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeRow:
    """One closed visit. ``due_at`` is when its words go; ``why_not`` a code where something of it keeps it here.

    ``notes`` and ``files`` can go, ``staying`` are notes that never left this laptop and stay on it. ``team`` are notes
    and additions of team-mates, and ``team_files`` their files: the notes go on ``team_due_at``, in a round, once the
    store has said that it holds them.
    """

    visit: str
    name: str
    assessment: str
    notes: int
    files: int
    size: int
    staying: int
    due_at: datetime | None
    is_due: bool
    why_not: str = ""
    team: int = 0
    team_files: int = 0
    team_due_at: datetime | None = None
    is_team_due: bool = False
