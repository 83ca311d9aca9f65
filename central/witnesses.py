"""Points of the log that the store has told, each with a mark by which it knows its own word again.

A laptop that names a point the log does not have proves that the store was rewound, and everybody offers again what
they hold. So the store believes only what it said itself: the mark is a keyed hash under a key derived from the
signing key, which a backup holds too. Laptops keep it and give it back; they cannot read it and need not.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from central.core import Core
from fieldkit.domain.receipt import Witness
from sync.wire.messages import WitnessModel

_DIGITS = 32
"""Hex digits of a mark: 128 bits, for nobody can try one but by asking the store."""


def mark(core: Core, epoch: str, seq: int, chain: str) -> str:
    """The store's mark on one point of its log."""
    told = f"{epoch}|{seq}|{chain}".encode("ascii")
    return hmac.new(core.witness_key, told, hashlib.sha256).hexdigest()[:_DIGITS]


def told(core: Core, witness: Witness) -> WitnessModel:
    """A witness as the wire carries it."""
    proof = mark(core, witness.epoch, witness.seq, witness.chain)
    return WitnessModel(epoch=witness.epoch, seq=witness.seq, chain=witness.chain, proof=proof)


def proved(core: Core, witnesses: Iterable[WitnessModel]) -> list[WitnessModel]:
    """Those that the store has told itself."""
    return [witness for witness in witnesses if _is_ours(core, witness)]


def _is_ours(core: Core, witness: WitnessModel) -> bool:
    if not witness.epoch.isascii():
        return False
    return hmac.compare_digest(mark(core, witness.epoch, witness.seq, witness.chain), witness.proof)
