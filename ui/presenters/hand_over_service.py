"""What the page Hand over needs of the laptop; ``ui.launch`` makes it, so that no screen knows sticks or lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fieldkit.app.handing_over import CarriedFile, HandedOver
from fieldkit.domain.hand_over_account import Account
from fieldkit.kernel.errors import FieldKitError

Stopping = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody who can be handed something: ``key`` is ``centre`` or a laptop's id."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who can be handed something, and what was."""

    to: tuple[Addressee, ...]
    handed: tuple[HandedOver, ...]
    carried: tuple[CarriedFile, ...] = ()
    """Files of others that this laptop carries to the central store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came of a stick: ``along`` files of others go with the next sending, ``unanswered`` is why no receipt for
    them could be written.
    """

    accounts: Sequence[Account]
    along: int = 0
    over: int = 0
    """Files that were carried before and are over: the store's receipts lie on the stick."""
    unanswered: FieldKitError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A code for the other laptop, and where it finds this one."""

    code: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What two laptops gave each other."""

    name: str
    gave: int
    took: Account
    sealed: int = 0
    """Records of this laptop's that only the office may read, which the other one carries there."""
    carries: bool = False
    """This laptop carries such of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentCode:
    """``text`` is what the code holds, sealed to ``office``; ``words`` are its check phrase."""

    text: str
    words: tuple[str, ...]
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A laptop's card: whose it is and the six words of its key."""

    text: str
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An assessment that the holder of a card may be given."""

    id: str
    name: str


class HandOver(Protocol):
    """Every call takes long or waits: on the ``work`` lane only. Each raises ``FieldKitError`` with words."""

    def look(self) -> Standing: ...
    def write(self, to: str, folder: Path, stopping: Stopping, *, asks: bool = False) -> HandedOver:
        """A file for somebody; ``asks``: it only asks for the team's work."""

    def read(self, places: Sequence[Path], stopping: Stopping) -> TakenIn: ...
    def give_back(self, folder: Path) -> int:
        """The store's receipts for what was carried, onto a stick; how many files."""

    def show(self) -> Shown:
        """Begin to wait for the other laptop under a new code."""

    def wait(self, stopping: Stopping) -> Met:
        """Wait for whoever has the code that is shown, and exchange."""

    def join(self, code: str, address: str, stopping: Stopping) -> Met: ...
    def urgent(self, record: str) -> UrgentCode:
        """An escalation as a code, as its newest revision made on this laptop says it."""

    def card(self) -> Card:
        """This laptop's own card."""

    def read_card(self, text: str) -> Card:
        """Whose card it is, and the words to compare; nothing is kept."""

    def keep_card(self, text: str, assessments: Sequence[str]) -> str:
        """The words are the same: know that laptop from now on. Its person's name."""
