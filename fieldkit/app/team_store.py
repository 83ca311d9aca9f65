"""What the vault keeps of teams and of what was left, and the sync engine's view of it (``fieldkit.app.teams``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Protocol

from fieldkit.app.changes import ChangeSet

ROLES = "team/roles"
LEFT = "team/left"
"""Vault settings: what hello told last, and what was left."""

PERSON, OFFICE = "person", "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A role in one team; ``widened`` is the office's number of when the person last came to know more."""

    role: str
    widened: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An assessment that was left: why (``person`` or ``office``) and when; ``wiped_at`` empty = words are still here.

    ``is_told``: the office knows. ``may_lose``: the person said that notes which only this laptop has may go.
    """

    why: str
    at: str
    is_told: bool = False
    may_lose: bool = False
    wiped_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What keeps a left assessment from being wiped: records and files on their way, drafts, notes only here."""

    records: int = 0
    files: int = 0
    drafts: int = 0
    only_here: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.records or self.files or self.drafts or self.only_here)


class TeamStore(Protocol):
    """The sync engine's view; each method is one local transaction or several that may be broken off between."""

    def keep_roles(self, roles: Mapping[str, Part]) -> ChangeSet:
        """Keep what hello told; ``reads_again`` names assessments to be read from their start, at once."""

    def read_again(self) -> frozenset[str]:
        """Assessments of which own records are wanted from the office too: their words were wiped here."""

    def was_read_again(self, assessments: Iterable[str]) -> None:
        """They were read to their end."""

    def to_tell(self) -> tuple[str, ...]:
        """Assessments the person left and of which nothing is owed: the office is to be told."""

    def was_told(self, assessment: str, *, is_kept: bool = False) -> ChangeSet:
        """The office knows; or (``is_kept``) it refused, and the assessment is shown again."""

    def wipe(self) -> ChangeSet:
        """Wipe what was left and of which nothing is owed."""

    def owed(self, assessment: str) -> Owed:
        """What stands in the way."""


def as_setting(found: Mapping[str, Left | Part]) -> str | None:
    """The setting that keeps these."""
    raw = {place: asdict(one) for place, one in found.items()}
    return json.dumps(raw, sort_keys=True) if raw else None
