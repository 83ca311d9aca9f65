"""What the central store signs: receipt sheets, certificates of hand-in, and the chain of its own log.

The central store numbers what it keeps (``seq``) and runs a hash over its log: ``chain`` after line *n* is
SHA-256(chain before || revision id || envelope hash || part). A sheet lists the receipts of one commit with
the chain before and after them and one signature, so ten thousand receipts cost twenty signatures and the
laptop can still prove each of them. A remembered ``(epoch, seq, chain)`` is a *witness*: a store that no longer
has it was restored from a backup. The store gives a ``proof`` with each, by which it knows its own word again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId, DeviceId, RevisionId
from fieldkit.kernel.signing import SigningKey, VerifyKey

EMPTY_CHAIN = ""
SHEET_LINES = 500
"""At most this many receipts on one sheet: about 60 kB, so a repeated receipt stays cheap to send."""

_RECEIPT = b"fieldkit/receipt/v1\0"
_CERTIFICATE = b"fieldkit/certificate/v1\0"


class Outcome(StrEnum):
    """What became of one revision. Every outcome but ``CORRUPT`` means it is stored durably."""

    ACCEPTED = "accepted"
    BRANCH = "accepted_as_branch"
    QUARANTINED = "quarantined"
    COLLISION = "collision"
    ERASED = "erased"
    CORRUPT = "corrupt"


_OUTCOMES = {outcome.value: outcome for outcome in Outcome}


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A point of the store's log that a laptop has seen.

    ``proof`` is the store's own mark that it said so: opaque to laptops, and without it the store believes nobody that
    it ever stood there.
    """

    epoch: str
    seq: int
    chain: str
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One receipt: revision and hash, the store's number for it, and whether its content was kept too."""

    revision: RevisionId
    hash: str
    seq: int
    outcome: Outcome
    has_content: bool
    code: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the store vouches for holding exactly this revision."""
        return self.outcome is not Outcome.CORRUPT


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSheet:
    """The receipts of one commit, in the order of their numbers, which have no gaps within the sheet."""

    store: str
    epoch: str
    device: DeviceId
    received_at: str
    before: str
    chain: str
    lines: tuple[ReceiptLine, ...]
    proof: str = ""

    @property
    def witness(self) -> Witness:
        """The point of the store's log that this sheet proves; ``proof`` goes with it."""
        return Witness(epoch=self.epoch, seq=self.lines[-1].seq, chain=self.chain, proof=self.proof)

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical(
            {
                "v": 1, "store": self.store, "epoch": self.epoch, "device": self.device,
                "received_at": self.received_at, "before": self.before, "chain": self.chain, "proof": self.proof,
                "lines": [
                    [line.revision, line.hash, line.seq, line.outcome.value, line.has_content, line.code]
                    for line in self.lines
                ],
            }
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> ReceiptSheet:
        """Read signed bytes. Raises ``Refusal('receipt.malformed')``."""
        try:
            raw = parse(data)
            lines = tuple(
                ReceiptLine(
                    revision=line[0], hash=line[1], seq=line[2], outcome=_OUTCOMES[line[3]],
                    has_content=line[4], code=line[5],
                )
                for line in raw["lines"]
            )  # fmt: skip
            if not lines:
                raise ValueError("no lines")
            return cls(
                store=raw["store"], epoch=raw["epoch"], device=raw["device"], received_at=raw["received_at"],
                before=raw["before"], chain=raw["chain"], lines=lines, proof=raw["proof"],
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise Refusal("receipt.malformed") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The store's signed word on what it holds of one device, compared by the laptop after every round.

    ``high`` is the highest number of the device's chain up to which nothing is missing and ``hash`` the
    envelope hash there, which covers every revision before it. ``contents`` counts those whose content is
    held too.
    """

    store: str
    epoch: str
    device: DeviceId
    high: int
    hash: str
    contents: int
    issued_at: str

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical(
            {
                "v": 1, "store": self.store, "epoch": self.epoch, "device": self.device, "high": self.high,
                "hash": self.hash, "contents": self.contents, "issued_at": self.issued_at,
            }
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> Certificate:
        """Read signed bytes. Raises ``Refusal('receipt.malformed')``."""
        try:
            raw = parse(data)
            return cls(
                store=raw["store"], epoch=raw["epoch"], device=raw["device"], high=raw["high"], hash=raw["hash"],
                contents=raw["contents"], issued_at=raw["issued_at"],
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("receipt.malformed") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Exact bytes and their signature, as stored and sent."""

    data: bytes
    signature: bytes


def sign_sheet(sheet: ReceiptSheet, key: SigningKey) -> Signed:
    """Sign a sheet with the store's key."""
    data = sheet.to_bytes()
    return Signed(data=data, signature=key.sign(_RECEIPT + data))


def read_sheet(signed: Signed, key: VerifyKey) -> ReceiptSheet:
    """Check signature, numbering and running hash, then read.

    Raises ``Refusal('receipt.signature')`` or ``Refusal('receipt.malformed')``: nothing of a sheet that does
    not hold may ever show as confirmed.
    """
    if not key.holds(signed.signature, _RECEIPT + signed.data):
        raise Refusal("receipt.signature")
    sheet = ReceiptSheet.from_bytes(signed.data)
    first = sheet.lines[0].seq
    if any(line.seq != first + n for n, line in enumerate(sheet.lines)):
        raise Refusal("receipt.malformed")
    steps = ((line.revision, line.hash, line.has_content) for line in sheet.lines)
    if run_chain(sheet.before, steps) != sheet.chain:
        raise Refusal("receipt.malformed")
    return sheet


def sign_certificate(certificate: Certificate, key: SigningKey) -> Signed:
    """Sign a certificate with the store's key."""
    data = certificate.to_bytes()
    return Signed(data=data, signature=key.sign(_CERTIFICATE + data))


def read_certificate(signed: Signed, key: VerifyKey) -> Certificate:
    """Check and read. Raises ``Refusal('receipt.signature')`` or ``Refusal('receipt.malformed')``."""
    if not key.holds(signed.signature, _CERTIFICATE + signed.data):
        raise Refusal("receipt.signature")
    return Certificate.from_bytes(signed.data)


def run_chain(before: str, steps: Iterable[tuple[str, str, bool]]) -> str:
    """The running hash (hex) after ``(revision id, envelope hash, has content)`` steps, from ``before``."""
    chain = before
    for revision, envelope_hash, has_content in steps:
        chain = next_chain(chain, revision, envelope_hash, has_content)
    return chain


def next_chain(before: str, revision: str, envelope_hash: str, has_content: bool) -> str:
    """One step of the running hash over the store's log."""
    text = f"{before}|{revision}|{envelope_hash}|{'c' if has_content else 'e'}"
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a laptop has read one assessment in one epoch of the store's log."""

    assessment: AssessmentId
    epoch: str
    seq: int
