"""What the model moves about: revisions, and the bugs that may be planted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Bug(StrEnum):
    """Seeded bugs, most of them from another system's tracker; each must be caught."""

    NO_DEDUPE = "no_dedupe"
    """The office stores a repeated revision again, under another id."""
    MARK_BEFORE_REPLY = "mark_before_reply"
    """The laptop takes what it sends for delivered."""
    REJECT_STALE = "reject_stale"
    """The office refuses a revision whose parents are not the present heads."""
    LWW = "lww"
    """The last writer wins: other heads of the record are dropped."""
    CURSOR_FIRST = "cursor_first"
    """The cursor is saved before the page."""
    SEQ_AT_INSERT = "seq_at_insert"
    """The office numbers a revision when a transaction begins, not when it commits."""
    KEY_ON_DEVICE_SEQ = "key_on_device_seq"
    """The office takes device and number, not the id, for the identity of a revision."""
    IGNORE_EPOCH = "ignore_epoch"
    """The laptop takes no notice of a new epoch."""
    NO_WITNESS = "no_witness"
    """The office does not look at witnesses, so it never learns that it was restored."""
    EXPORT_IS_SENT = "export_is_sent"
    """Writing a bundle counts as handing it in."""
    BLOB_LOCAL_OFFSET_NO_HASH = "blob_local_offset_no_hash"
    """A resumed file goes on from the laptop's own idea of the offset, and nobody hashes the result."""
    FIFO = "fifo"
    """Urgent revisions wait their turn."""
    MAX_WITNESS = "max_witness"
    """The laptop remembers only the highest witness."""
    ENVELOPE_IS_ENOUGH = "envelope_is_enough"
    """A receipt for the envelope counts for a content that is shared later."""
    SILENT_MISSING = "silent_missing"
    """The answer to "what do you lack" carries no witness: a second restore behind it goes unseen."""
    OFFERED_TOO_EARLY = "offered_too_early"
    """Old receipts count again as soon as the laptop knows what is lacking, before that has arrived."""
    KEEP_CURSOR = "keep_cursor"
    """A laptop that goes on under a new device id reads on from where the former device stood."""
    SHARE_ALL = "share_all"
    """Contents of untagged notes travel too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rev:
    """One revision. ``blob`` is the SHA-256 of a file it names, or empty."""

    id: str
    record: str
    parents: tuple[str, ...]
    device: str
    seq: int
    prev: str
    body: str
    priority: int = 1
    blob: str = ""

    @property
    def hash(self) -> str:
        """The fingerprint: it covers everything."""
        return digest(
            repr((self.id, self.record, self.parents, self.device, self.seq, self.prev, self.body, self.blob))
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """A revision on the wire, with or without its content."""

    rev: Rev
    has_content: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A receipt: kept in this epoch, with its content or without. ``kept`` false only for a planted bug."""

    epoch: str
    has_content: bool
    kept: bool = True


def digest(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
