"""A team-mate's signed word that they have a hand-over file and hand it on: never the central store's, so no tick.

It stands in clear on a stick and so names nobody: the laptop that reads it knows its carrier from the office's list, or
believes nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldkit.domain.receipt import Signed
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import DeviceId, is_id
from fieldkit.kernel.signing import SIGNATURE_BYTES, SigningKey, VerifyKey

MAGIC = b"FieldKit carrier receipt 1\n"
LARGEST = 2**20
"""Bytes of its file: ten thousand parts need a fifth of that."""

_SIGNED = b"fieldkit/carrier/v1\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierReceipt:
    """``parts`` are numbers and bytes of the parts of ``bundle`` that ``device`` has for the office with key ``store``.

    ``is_read``: the file was for the carrier, who took it in; else it is carried sealed.
    """

    bundle: str
    parts: tuple[tuple[int, int], ...]
    device: DeviceId
    store: str
    is_read: bool
    at: datetime

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical(
            {
                "v": 1, "bundle": self.bundle, "parts": [list(one) for one in self.parts], "device": self.device,
                "store": self.store, "read": self.is_read, "at": to_stamp(self.at),
            }
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> CarrierReceipt:
        """Read what was signed. Raises ``Refusal('handover.carrier_spoilt')``."""
        try:
            raw = parse(data)
            parts = tuple((number, size) for number, size in raw["parts"])
            if not parts or not all(type(one) is int and one > 0 for pair in parts for one in pair):
                raise ValueError("parts")
            if not (is_id(raw["bundle"]) and is_id(raw["device"]) and isinstance(raw["store"], str)):
                raise ValueError("ids")
            return cls(
                bundle=raw["bundle"], parts=parts, device=raw["device"], store=raw["store"],
                is_read=raw["read"] is True, at=from_stamp(raw["at"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("handover.carrier_spoilt") from error


def sign_carrier(receipt: CarrierReceipt, key: SigningKey) -> Signed:
    """Sign with the carrier's laptop's key."""
    data = receipt.to_bytes()
    return Signed(data=data, signature=key.sign(_SIGNED + data))


def is_signed_by(signed: Signed, key: VerifyKey) -> bool:
    """Whether the laptop with this key gave it."""
    return key.holds(signed.signature, _SIGNED + signed.data)


def to_file(signed: Signed) -> bytes:
    """As it lies on a stick."""
    return MAGIC + signed.signature + signed.data


def from_file(data: bytes) -> Signed:
    """What lies on a stick. Raises ``Refusal('handover.carrier_spoilt')`` for a part of one."""
    begin = len(MAGIC) + SIGNATURE_BYTES
    if not data.startswith(MAGIC) or not begin < len(data) <= LARGEST:
        raise Refusal("handover.carrier_spoilt")
    return Signed(data=data[begin:], signature=data[len(MAGIC) : begin])
