"""An order of the central store to destroy a content, as the law asks: signed, so that nobody else can give one.

The envelope stays wherever it is, with this order and its reason beside it: chains and receipts still verify. The
order says which revision and why, never who asked for it; whoever writes the reason writes it for every laptop.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.domain.receipt import Signed
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RevisionId, is_id
from fieldkit.kernel.signing import SigningKey, VerifyKey

_ERASURE = b"fieldkit/erasure/v1\0"

MANY = 50
"""Contents that one turn may erase without a person's word: more than that is no request of one person's."""

_FEW = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureOrder:
    """``store`` (hex of its key) orders at ``at`` that the content of ``revision`` be destroyed, for ``reason``."""

    store: str
    revision: RevisionId
    reason: str
    at: str

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical({"v": 1, "store": self.store, "revision": self.revision, "reason": self.reason, "at": self.at})

    @classmethod
    def from_bytes(cls, data: bytes) -> ErasureOrder:
        """Read signed bytes. Raises ``Refusal('receipt.malformed')``."""
        try:
            raw = parse(data)
            from_stamp(raw["at"])
            if not is_id(raw["revision"]) or not isinstance(raw["reason"], str):
                raise ValueError("not an order")
            return cls(store=raw["store"], revision=raw["revision"], reason=raw["reason"], at=raw["at"])
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("receipt.malformed") from error


def sign_erasure(order: ErasureOrder, key: SigningKey) -> Signed:
    """Sign with the store's key; the same order always has the same signature."""
    data = order.to_bytes()
    return Signed(data=data, signature=key.sign(_ERASURE + data))


def read_erasure(signed: Signed, key: VerifyKey) -> ErasureOrder:
    """Check and read. Raises ``Refusal('receipt.signature' | 'receipt.malformed' | 'receipt.other_store')``."""
    if not key.holds(signed.signature, _ERASURE + signed.data):
        raise Refusal("receipt.signature")
    order = ErasureOrder.from_bytes(signed.data)
    if order.store != key.public.hex():
        raise Refusal("receipt.other_store")
    return order


def needs_a_word(erased: int, held: int) -> bool:
    """Whether so many erasures at once wait for a person (invariant 19): more than 50, or a tenth of what is held.

    Up to ten are always done: one interview of one person may be a tenth of a small vault.
    """
    return erased > MANY or (erased > _FEW and erased * 10 > held)
