"""What the central store signs for one laptop: whose it is, by which key, and until when.

It holds for 90 days and is renewed by itself at a hello once two thirds of them are over; a laptop that was away for
longer has 30 days of grace in which the next hello still renews it. After that a person of the office renews it. It
decides what a laptop may *read*: what it has to hand in is taken whatever the date, and writing never ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from fieldkit.domain.receipt import Signed
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import SigningKey, VerifyKey

VALID = timedelta(days=90)
GRACE = timedelta(days=30)
RENEWED_AFTER = VALID * 2 / 3
SOON = timedelta(days=14)
"""So long before its end a laptop that could not renew its certificate says so."""

_NAME = b"fieldkit/device/v1\0"


class Validity(StrEnum):
    """Where a certificate stands at a moment."""

    GOOD = "good"
    SOON = "soon"
    """Its end is near and no hello renewed it."""
    GRACE = "grace"
    """It is over; the next hello renews it."""
    OVER = "over"
    """Only a person of the office renews it; until then the team's work stays as it was last read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCertificate:
    """``key`` is the device's public key as hex, ``name`` the person's as the office has it."""

    store: str
    office: str
    device: str
    user: str
    name: str
    key: str
    issued_at: datetime
    valid_until: datetime
    grace_until: datetime

    @classmethod
    def issued(
        cls, *, store: str, office: str, device: str, user: str, name: str, key: str, now: datetime
    ) -> DeviceCertificate:
        """A new one from ``now`` on."""
        return cls(
            store=store, office=office, device=device, user=user, name=name, key=key, issued_at=now,
            valid_until=now + VALID, grace_until=now + VALID + GRACE,
        )  # fmt: skip

    def is_renewed(self, now: datetime) -> bool:
        """Whether a hello at ``now`` renews it: two thirds are over, and the grace is not."""
        return self.issued_at + RENEWED_AFTER <= now < self.grace_until

    def validity(self, now: datetime) -> Validity:
        """Where it stands. A laptop asks by its own clock, so the answer may only ever warn."""
        if now >= self.grace_until:
            return Validity.OVER
        if now >= self.valid_until:
            return Validity.GRACE
        return Validity.SOON if now >= self.valid_until - SOON else Validity.GOOD

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical(
            {
                "v": 1, "store": self.store, "office": self.office, "device": self.device, "user": self.user,
                "name": self.name, "key": self.key, "issued_at": to_stamp(self.issued_at),
                "valid_until": to_stamp(self.valid_until), "grace_until": to_stamp(self.grace_until),
            }
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> DeviceCertificate:
        """Read signed bytes. Raises ``Refusal('receipt.malformed')``."""
        try:
            raw: dict[str, Any] = parse(data)
            return cls(
                store=raw["store"], office=raw["office"], device=raw["device"], user=raw["user"], name=raw["name"],
                key=raw["key"], issued_at=from_stamp(raw["issued_at"]), valid_until=from_stamp(raw["valid_until"]),
                grace_until=from_stamp(raw["grace_until"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("receipt.malformed") from error


def sign_device(certificate: DeviceCertificate, key: SigningKey) -> Signed:
    """Sign it with the store's key."""
    data = certificate.to_bytes()
    return Signed(data=data, signature=key.sign(_NAME + data))


def read_device(signed: Signed, key: VerifyKey) -> DeviceCertificate:
    """Check and read.

    Raises ``Refusal('receipt.signature' | 'receipt.malformed' | 'receipt.other_store')``.
    """
    if len(signed.signature) != 64 or not key.holds(signed.signature, _NAME + signed.data):
        raise Refusal("receipt.signature")
    certificate = DeviceCertificate.from_bytes(signed.data)
    if certificate.store != key.public.hex():
        raise Refusal("receipt.other_store")
    return certificate
