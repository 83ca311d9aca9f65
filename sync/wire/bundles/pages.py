"""Pages of the team's work inside a receipt file: a reply to pull, with the point that it goes on from."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import is_id

_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Whole pages of one assessment in one epoch, for whoever has read up to ``after``; ``body`` is a stream."""

    assessment: str
    epoch: str
    after: int
    body: bytes

    def to_bytes(self) -> bytes:
        """The payload of its entry."""
        head = canonical({"assessment": self.assessment, "epoch": self.epoch, "after": self.after})
        return _LENGTH.pack(len(head)) + head + self.body

    @classmethod
    def from_bytes(cls, payload: bytes) -> Pages:
        """Read one. Raises ``Refusal('handover.entry')``."""
        try:
            (size,) = _LENGTH.unpack_from(payload)
            raw = parse(payload[_LENGTH.size : _LENGTH.size + size])
            after = raw["after"]
            if not (is_id(raw["assessment"]) and isinstance(raw["epoch"], str) and type(after) is int and after >= 0):
                raise ValueError("form")
            return cls(
                assessment=raw["assessment"], epoch=raw["epoch"], after=after, body=payload[_LENGTH.size + size :]
            )
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise Refusal("handover.entry") from error
