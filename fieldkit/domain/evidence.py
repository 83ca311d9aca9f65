"""Evidence items: an entry filed under a quality statement and an evidence category."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from sys import intern
from typing import Any

from fieldkit.kernel.ids import EvidenceId, new_id


class Bearing(StrEnum):
    """What the evidence says of the statement it is filed under."""

    NEUTRAL = "neutral"
    STRENGTH = "strength"
    SHORTFALL = "shortfall"
    MIXED = "mixed"


class Acquisition(StrEnum):
    """How it came to us: already held, asked for, or collected in the field (facts, section 1)."""

    HELD = "held"
    REQUESTED = "requested"
    COLLECTED = "collected"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One tag on one entry. ``pack`` names the framework pack whose ids ``statement`` and ``category`` are.

    Each item has its own id, so that adding the same tag on two laptops and removing one of them leaves the
    other (an observed-remove set).
    """

    id: EvidenceId
    pack: str
    statement: str
    category: str
    bearing: Bearing = Bearing.NEUTRAL
    strong: bool = False
    acquisition: Acquisition = Acquisition.COLLECTED
    carried: str = ""
    """The crosswalk that carried it over (``ics 2023.1``); empty, and not in the content, where a person put it."""

    @classmethod
    def new(
        cls, pack: str, statement: str, category: str, bearing: Bearing = Bearing.NEUTRAL, strong: bool = False
    ) -> EvidenceItem:
        """A new item with a new id."""
        return cls(
            id=EvidenceId(new_id()), pack=pack, statement=statement, category=category, bearing=bearing, strong=strong
        )

    def to_content(self) -> dict[str, Any]:
        """Its place in an entry's or a filing's content."""
        return {
            "id": self.id, "pack": self.pack, "statement": self.statement, "category": self.category,
            "bearing": self.bearing.value, "strong": self.strong, "acquisition": self.acquisition.value,
            **({"carried": self.carried} if self.carried else {}),
        }  # fmt: skip

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> EvidenceItem:
        """Read it back; unknown fields of a later shape are ignored here and kept in the log."""
        return cls(
            id=EvidenceId(raw["id"]), pack=intern(raw["pack"]), statement=intern(raw["statement"]),
            category=intern(raw["category"]),
            bearing=Bearing(raw["bearing"]), strong=raw["strong"],
            acquisition=Acquisition(raw.get("acquisition", "collected")), carried=_text(raw.get("carried", "")),
        )  # fmt: skip


def _text(value: object) -> str:
    """Raises ``ValueError`` for what cannot stand there: a later version's, or a stranger's."""
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value
