"""The office's word on one laptop as values, and what sending needs of the vault to keep it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from fieldkit.app.changes import ChangeSet
from fieldkit.app.purging import PurgeRow
from fieldkit.domain.receipt import Signed

CERTIFICATE = "laptop/certificate"
WAITING = "laptop/waiting"
DECIDED = "laptop/decided"
ERASE = "laptop/erase"
STATUS = "laptop/status"
INTAKE = "intake/"
"""Before the id of a revision: what a person decided of it."""
SET_ASIDE_FOR_GOOD = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseAsked:
    """Who of the office asks for this vault to be erased, when and why."""

    at: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaptopWord:
    """One hello's word. ``certificate`` is ``None`` from a store that gives none; ``decided`` numbers decisions."""

    status: str
    certificate: Signed | None
    waiting: int
    decided: int
    erase: EraseAsked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody of the office decided of a revision that waited: ``accepted`` or ``set_aside``."""

    revision: str
    decision: str
    reason: str
    by: str
    at: str


class LaptopStore(Protocol):
    """The vault as the sync engine sees it; each method is one local transaction."""

    def decided(self) -> int:
        """The number of the last decision that is known here."""

    def keep_word(self, word: LaptopWord) -> ChangeSet:
        """Raises ``Refusal`` for a certificate that is not the office's own or not this laptop's."""

    def keep_decisions(self, decisions: Sequence[Decision], upto: int) -> ChangeSet: ...
    def purge_asks(self) -> list[str]:
        """Revisions of team-mates that are due to go, about which the store is to be asked first."""

    def purge(self, held: Collection[str] = ()) -> ChangeSet:
        """Remove what the office's policy says and the office has (``fieldkit.app.purging``).

        ``held``: of those asked about, what the store said in this round it holds with its content.
        """

    def purge_rows(self) -> list[PurgeRow]:
        """What would be removed, and when."""

    def again(self) -> list[str]:
        """Assessments to be read from their beginning: what was removed here is wanted again."""

    def came_again(self, assessments: Sequence[str]) -> None: ...
    def ask_again(self, visit: str, assessment: str) -> None: ...


def read_decision(revision: str, kept: str | None) -> Decision | None:
    """One decision as it was kept."""
    try:
        raw = json.loads(kept or "")
        return Decision(
            revision=revision, decision=str(raw["decision"]), reason=str(raw["reason"]), by=str(raw["by"]),
            at=str(raw["at"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None
