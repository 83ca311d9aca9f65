"""Real revisions for tests that need a device's chain and no vault."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from fieldkit.domain.revision import ChainHead, Envelope, Revision, digest_of, make_revision
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId, RecordId, RevisionId
from fieldkit.kernel.signing import SigningKey
from sync.wire.frames import WireRevision


def plain_id(n: int) -> str:
    """A well-formed id that is the same on every run."""
    return str(uuid.UUID(int=n))


class ChainBuilder:
    """One device writing revisions; everything in them is decided by the arguments, nothing by chance."""

    def __init__(self, device: int = 1, author: int = 101, assessment: int = 201) -> None:
        self.device = DeviceId(plain_id(device))
        self.author = AuthorId(plain_id(author))
        self.assessment = AssessmentId(plain_id(assessment))
        self.key = SigningKey(device.to_bytes(32, "big"))
        self.head = ChainHead(device=self.device)

    def write(
        self, body: dict[str, Any] | None = None, *, kind: str = "person", record: int = 0, priority: int = 1,
        parents: Sequence[RevisionId] = (),
    ) -> Revision:  # fmt: skip
        """The next revision of this chain, content included."""
        seq = self.head.seq + 1
        content = canonical(body or {"n": seq})
        salt = seq.to_bytes(16, "big")
        named = plain_id(record or (self._number() << 32) + seq)
        own = plain_id((self._number() << 32) + seq) if parents else named
        envelope = Envelope(
            id=RevisionId(own), record=RecordId(named),
            kind=kind, shape=1, parents=tuple(parents), assessment=self.assessment, author=self.author,
            device=self.device, seq=seq, prev=self.head.hash, recorded_at="2026-11-12T09:00:00.000Z", mono_ms=seq,
            boot=plain_id(9), priority=priority, digest=digest_of(salt, content), app="0.1.0",
        )  # fmt: skip
        revision = make_revision(envelope, content, salt, self.key)
        self.head = ChainHead(device=self.device, seq=seq, hash=revision.hash)
        return revision

    def write_many(self, count: int) -> list[Revision]:
        """``count`` revisions in a row."""
        return [self.write() for _ in range(count)]

    def _number(self) -> int:
        return int.from_bytes(uuid.UUID(self.device).bytes, "big") & 0xFFFF


def wire_form(revision: Revision) -> WireRevision:
    """A revision's exact bytes."""
    return WireRevision(revision.envelope_bytes, revision.signature, revision.salt, revision.content)
