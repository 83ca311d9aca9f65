"""When a sound recording ran, so that a note can be found in it: the note keeps its own time and nothing else.

A recording is one or more stretches: a pause, or a laptop that slept, ends one. Each says when it began by the same
clock that times the notes, and how much sound it has; where a note is in the file follows from the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fieldkit.domain import strict
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.ids import RecordId, is_id

_MOST = 100_000
"""Stretches of one recording: more than that is no recording."""
_LONGEST = 2**40
"""Milliseconds, some 35 years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Sound without a gap: ``at`` is when it began, in ms after the recording did; ``length`` is in ms."""

    at: int
    length: int

    @property
    def end(self) -> int:
        """When it ended, in ms after the recording began."""
        return self.at + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundTrack:
    """``consent`` is the record under which it was made, if the kind of activity needs one.

    ``is_cut_off``: the program ended before the recording did; what had been written was recovered.
    """

    started_at: datetime
    stretches: tuple[Stretch, ...]
    consent: RecordId | None = None
    is_cut_off: bool = False

    @property
    def length(self) -> int:
        """Milliseconds of sound."""
        return sum(one.length for one in self.stretches)

    def position(self, moment: datetime) -> int | None:
        """Where ``moment`` is in the file, in ms; in a pause where the pause is, ``None`` before or after it all."""
        at = (moment - self.started_at) // timedelta(milliseconds=1)
        if not self.stretches or not self.stretches[0].at <= at <= self.stretches[-1].end:
            return None
        passed = 0
        for one in self.stretches:
            if at < one.at:
                break
            passed += min(at - one.at, one.length)
        return passed

    def to_content(self) -> dict[str, Any]:
        """As it stands in the record of the attachment."""
        return {
            "started_at": to_stamp(self.started_at), "consent": self.consent, "cut_off": self.is_cut_off,
            "stretches": [{"at": one.at, "length": one.length} for one in self.stretches],
        }  # fmt: skip

    @classmethod
    def from_content(cls, raw: dict[str, Any]) -> SoundTrack:
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is not of its form."""
        consent = raw["consent"]
        if consent is not None and not is_id(consent):
            raise ValueError("consent")
        parts = strict.objects(raw, "stretches")
        stretches = tuple(Stretch(at=strict.whole(one, "at"), length=strict.whole(one, "length")) for one in parts)
        after = 0
        for one in stretches:
            if one.at < after or one.end > _LONGEST:
                raise ValueError("stretches")
            after = one.end
        if len(stretches) > _MOST:
            raise ValueError("stretches")
        return cls(
            started_at=from_stamp(strict.text(raw, "started_at")), stretches=stretches,
            consent=RecordId(consent) if consent else None, is_cut_off=strict.flag(raw, "cut_off"),
        )  # fmt: skip
