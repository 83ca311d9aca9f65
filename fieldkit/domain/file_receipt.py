"""The central store's signed word that it holds a file: only this makes a file count as handed in."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.domain.receipt import Signed
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId
from fieldkit.kernel.signing import SigningKey, VerifyKey

_FILE = b"fieldkit/file/v1\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReceipt:
    """``store`` held in ``epoch`` the ``size`` bytes with this SHA-256, hashed by itself, for one assessment."""

    store: str
    epoch: str
    assessment: AssessmentId
    sha256: str
    size: int
    received_at: str

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical(
            {
                "v": 1, "store": self.store, "epoch": self.epoch, "assessment": self.assessment,
                "sha256": self.sha256, "size": self.size, "received_at": self.received_at,
            }
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> FileReceipt:
        """Read signed bytes. Raises ``Refusal('receipt.malformed')``."""
        try:
            raw = parse(data)
            from_stamp(raw["received_at"])
            return cls(
                store=raw["store"], epoch=raw["epoch"], assessment=raw["assessment"], sha256=raw["sha256"],
                size=raw["size"], received_at=raw["received_at"],
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("receipt.malformed") from error


def sign_file(receipt: FileReceipt, key: SigningKey) -> Signed:
    """Sign with the store's key."""
    data = receipt.to_bytes()
    return Signed(data=data, signature=key.sign(_FILE + data))


def read_file_receipt(signed: Signed, key: VerifyKey) -> FileReceipt:
    """Check and read. Raises ``Refusal('receipt.signature' | 'receipt.malformed' | 'receipt.other_store')``."""
    if not key.holds(signed.signature, _FILE + signed.data):
        raise Refusal("receipt.signature")
    receipt = FileReceipt.from_bytes(signed.data)
    if receipt.store != key.public.hex():
        raise Refusal("receipt.other_store")
    return receipt
