"""How much came from the team: counted by the vault (``fieldkit.app.ports``), told by ``fieldkit.app.came_in``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """``others`` are records of fieldwork, plans and additions. ``names`` of whom they are, most first.

    ``newest``: the number of arrival of the last of it, 0 where nothing of a team-mate was ever here. ``since`` None =
    nobody looked yet.
    """

    notes: int = 0
    others: int = 0
    names: tuple[str, ...] = ()
    newest: int = 0
    since: datetime | None = None

    @property
    def count(self) -> int:
        """Of everything."""
        return self.notes + self.others
