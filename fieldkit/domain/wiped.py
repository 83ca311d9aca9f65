"""What a laptop signs when its vault is erased: what it held, and where each of its chains ended at the office.

The central store can hold it against its own log: each chain ends where the store's does, so nothing went with the
vault that the office does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldkit.domain.receipt import Signed
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.clock import from_stamp, to_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import SigningKey, VerifyKey

_NAME = b"fieldkit/wiped/v1\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEnd:
    """One chain of the vault: the device, its last number, and the hash there, which covers all before it."""

    device: str
    high: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiped:
    """``device`` signs. ``kinds`` counts the records by kind; ``log_digest`` is SHA-256 over all their hashes in order.

    ``asked_at`` is when the office asked for it; empty where the person did it of their own accord.
    """

    store: str
    vault: str
    device: str
    author: str
    name: str
    chains: tuple[ChainEnd, ...]
    kinds: tuple[tuple[str, int], ...]
    files: int
    log_digest: str
    at: datetime
    asked_at: str = ""

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical(
            {
                "v": 1, "store": self.store, "vault": self.vault, "device": self.device, "author": self.author,
                "name": self.name, "chains": [[one.device, one.high, one.hash] for one in self.chains],
                "kinds": [[kind, count] for kind, count in self.kinds], "files": self.files,
                "log_digest": self.log_digest, "at": to_stamp(self.at), "asked_at": self.asked_at,
            }
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> Wiped:
        """Read signed bytes. Raises ``Refusal('wipe.malformed')``."""
        try:
            raw: dict[str, Any] = parse(data)
            return cls(
                store=str(raw["store"]), vault=str(raw["vault"]), device=str(raw["device"]), author=str(raw["author"]),
                name=str(raw["name"]), kinds=tuple((str(kind), int(count)) for kind, count in raw["kinds"]),
                chains=tuple(ChainEnd(device=str(d), high=int(n), hash=str(h)) for d, n, h in raw["chains"]),
                files=int(raw["files"]), log_digest=str(raw["log_digest"]), at=from_stamp(raw["at"]),
                asked_at=str(raw["asked_at"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("wipe.malformed") from error


def sign_wiped(statement: Wiped, key: SigningKey) -> Signed:
    """Sign it with the laptop's key."""
    data = statement.to_bytes()
    return Signed(data=data, signature=key.sign(_NAME + data))


def read_wiped(signed: Signed, key: VerifyKey) -> Wiped:
    """Check and read. Raises ``Refusal('wipe.signature' | 'wipe.malformed')``."""
    if len(signed.signature) != 64 or not key.holds(signed.signature, _NAME + signed.data):
        raise Refusal("wipe.signature")
    return Wiped.from_bytes(signed.data)
