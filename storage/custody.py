"""Custody: what happened to the vault itself, in the log like everything else (kind ``custody``).

Its envelopes travel, so that the chain is whole; its words stay on the laptop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from fieldkit.kernel.clock import from_stamp, to_stamp


class Event(StrEnum):
    """What can happen to a vault."""

    CREATED = "created"
    RECOVERED = "recovered"
    PASSPHRASE_CHANGED = "passphrase_changed"
    RECOVERY_RENEWED = "recovery_renewed"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    NEW_DEVICE = "new_device"
    ENROLLED = "enrolled"
    EXPORTED = "exported"
    IMPORTED = "imported"
    """An export was taken in: ``detail`` has its assessment."""
    ERASED = "erased"
    PURGED = "purged"
    """Words and files that the office has were removed here by its policy."""
    FINAL = "final"
    """Something final was made over open questions: ``detail`` has the assessment, how many, and why."""
    WITHDRAWALS_ALLOWED = "withdrawals_allowed"
    """A person let many things of an assessment be taken out of use at once: ``detail`` says which, how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """One event in the life of the vault; ``detail`` names no person and no secret."""

    KIND: ClassVar[str] = "custody"
    SHAPE: ClassVar[int] = 1

    event: Event
    at: datetime
    detail: str = ""

    def to_content(self) -> dict[str, Any]:
        return {"event": self.event.value, "at": to_stamp(self.at), "detail": self.detail}

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> Custody:
        return cls(event=Event(raw["event"]), at=from_stamp(raw["at"]), detail=raw["detail"])
