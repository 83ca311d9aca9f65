"""What sending needs of the vault to obey orders of erasure: ``storage.erasure_store`` implements it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from fieldkit.app.changes import ChangeSet
from fieldkit.domain.receipt import Signed


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureStanding:
    """``number`` of the newest order heard, how many are known (``count``), how many are not obeyed yet (``open``),
    and how many of those wait for a person's word (``waiting``).
    """

    number: int
    count: int
    open: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRow:
    """An order as people read it: ``state`` is ``done``, ``waits`` (for a person) or ``later`` (for a receipt).

    ``backups`` made before it was obeyed still hold the words.
    """

    revision: str
    kind: str
    reason: str
    at: str
    state: str
    backups: tuple[str, ...]


class ErasureStore(Protocol):
    """The vault's list of what the office has ordered away."""

    def standing(self) -> ErasureStanding:
        """How the list stands."""

    def rows(self) -> list[ErasureRow]:
        """The list, oldest order first."""

    def known(self) -> list[Signed]:
        """Every order, to be given back to an office that lost it."""

    def keep(self, orders: Sequence[tuple[int, Signed]]) -> None:
        """Verify and keep numbered orders; all or, where one does not hold, none. Raises ``Refusal``."""

    def obey(self, *, is_allowed: bool = False) -> ChangeSet:
        """Do what may be done of them now; ``is_allowed``: a person has said that so many at once are meant."""
