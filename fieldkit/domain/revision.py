"""The revision: the one thing that is stored, sent, proved and merged.

A revision is a signed *envelope* (who, when, what record, after what) and a *content* (the record's
canonical JSON with a random salt). Envelopes always travel; content travels for what is shared. The
envelope holds ``digest = SHA-256(salt || content)``, so content can stay behind, be disclosed later or be
erased by law while the chain still verifies. Bytes are kept and checked exactly as they were signed and
never serialised again.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId, RecordId, RevisionId, is_id
from fieldkit.kernel.signing import SigningKey, VerifyKey

ENVELOPE_VERSION = 1
SALT_BYTES = 16
NO_HASH = ""

WRITTEN_ONCE = frozenset({"entry", "addendum", "filing", "assessor", "custody"})
"""Kinds of record that have one revision for ever (docs/decisions/0003)."""

_SIGNED = b"fieldkit/envelope/v1\0"
_LONGEST_WORD = 200
_LARGEST_COUNT = 2**53 - 1
_HASH = re.compile(r"[0-9a-f]{64}")
_ID = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_WORD = rf"([ !#-\[\]-~]{{0,{_LONGEST_WORD}}})"
_COUNT = r"(0|[1-9][0-9]{0,14})"
_CANONICAL = re.compile(
    rf'\{{"app":"{_WORD}","assessment":(?:"{_ID}"|null),"author":"{_ID}","boot":"{_WORD}","device":"{_ID}",'
    rf'"digest":"([0-9a-f]{{64}})","id":"{_ID}","kind":"{_WORD}","mono_ms":{_COUNT},'
    rf'"parents":\[((?:"{_ID}"(?:,"{_ID}")*)?)\],"prev":"([0-9a-f]{{64}})?","priority":{_COUNT},"record":"{_ID}",'
    rf'"recorded_at":"{_WORD}","seq":([1-9][0-9]{{0,14}}),"shape":{_COUNT},"v":1\}}'
)
"""An envelope as we write it: one expression reads and checks it in 4 µs, where JSON and the checks take 12 µs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What every copy of a revision shows, even where its content may not be read.

    A record is named by its first revision: ``record`` equals ``id`` exactly when there are no ``parents``. Whoever
    learns a record's id from an envelope can therefore never write another first account under that name.

    ``seq`` counts the device's revisions from 1 without gaps and ``prev`` is the SHA-256 (hex) of the
    device's previous envelope, empty for the first: they *detect* loss and cloning, they never order.
    ``recorded_at`` is the laptop's claim; ``mono_ms`` within ``boot`` is what can be compared.
    ``priority``: 0 urgent, 1 evidence, 2 drafts and small files, 3 originals.
    """

    id: RevisionId
    record: RecordId
    kind: str
    shape: int
    parents: tuple[RevisionId, ...]
    assessment: AssessmentId | None
    author: AuthorId
    device: DeviceId
    seq: int
    prev: str
    recorded_at: str
    mono_ms: int
    boot: str
    priority: int
    digest: str
    app: str

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed. Call once, when the revision is made."""
        return canonical(
            {
                "v": ENVELOPE_VERSION, "id": self.id, "record": self.record, "kind": self.kind,
                "shape": self.shape, "parents": list(self.parents), "assessment": self.assessment,
                "author": self.author, "device": self.device, "seq": self.seq, "prev": self.prev,
                "recorded_at": self.recorded_at, "mono_ms": self.mono_ms, "boot": self.boot,
                "priority": self.priority, "digest": self.digest, "app": self.app,
            }
        )  # fmt: skip

    @classmethod
    def from_bytes(cls, data: bytes) -> Envelope:
        """Read signed bytes. Raises ``Refusal('revision.malformed')`` for anything but an envelope."""
        match = _CANONICAL.fullmatch(data.decode("latin-1"))
        return cls._from_json(data) if match is None else cls._from_match(match)

    @classmethod
    def _from_match(cls, match: re.Match[str]) -> Envelope:
        fields: tuple[Any, ...] = match.groups()
        (
            app, assessment, author, boot, device, digest, id_, kind, mono_ms, parents, _, _, prev, priority, record,
            recorded_at, seq, shape,
        ) = fields  # fmt: skip
        number = int(seq)
        if (number == 1) != (not prev) or not _named_well(id_, record, kind, bool(parents)):
            raise Refusal("revision.malformed")
        return cls(
            id=id_, record=record, kind=kind, shape=int(shape),
            parents=tuple(parents.replace('"', "").split(",")) if parents else (), assessment=assessment,
            author=author, device=device, seq=number, prev=prev or NO_HASH, recorded_at=recorded_at,
            mono_ms=int(mono_ms), boot=boot, priority=int(priority), digest=digest, app=app,
        )  # fmt: skip

    @classmethod
    def _from_json(cls, data: bytes) -> Envelope:
        """The slow road, for what a later version or another hand has written."""
        try:
            raw = parse(data)
            value = cls(
                id=raw["id"], record=raw["record"], kind=raw["kind"], shape=raw["shape"],
                parents=tuple(raw["parents"]), assessment=raw["assessment"], author=raw["author"],
                device=raw["device"], seq=raw["seq"], prev=raw["prev"], recorded_at=raw["recorded_at"],
                mono_ms=raw["mono_ms"], boot=raw["boot"], priority=raw["priority"],
                digest=raw["digest"], app=raw["app"],
            )  # fmt: skip
            is_canonical = canonical(raw) == data  # a key written twice would be read one way here, another there
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("revision.malformed") from error
        if not is_canonical or not _well_formed(value):
            raise Refusal("revision.malformed")
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A revision as every store keeps it. ``content`` and ``salt`` are both present or both absent."""

    envelope: Envelope
    envelope_bytes: bytes
    hash: str
    signature: bytes
    content: bytes | None = None
    salt: bytes | None = None

    @classmethod
    def read(
        cls, envelope_bytes: bytes, signature: bytes, content: bytes | None = None, salt: bytes | None = None
    ) -> Revision:
        """Parse and hash; checks nothing but the form. Raises ``Refusal('revision.malformed')``."""
        envelope = Envelope.from_bytes(envelope_bytes)
        if (content is None) != (salt is None) or len(signature) != 64:
            raise Refusal("revision.malformed")
        return cls(
            envelope=envelope, envelope_bytes=envelope_bytes, hash=hash_of(envelope_bytes),
            signature=signature, content=content, salt=salt,
        )  # fmt: skip

    def body(self) -> dict[str, Any]:
        """The content as a dict. Raises ``Refusal('revision.sealed')`` where it did not travel."""
        if self.content is None:
            raise Refusal("revision.sealed", revision=self.envelope.id)
        return parse(self.content)

    def sealed(self) -> Revision:
        """The same revision without its content, as an untagged note travels."""
        return Revision(
            envelope=self.envelope, envelope_bytes=self.envelope_bytes, hash=self.hash, signature=self.signature
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """Where a device's chain stands: the next revision takes ``seq + 1`` and names ``hash``."""

    device: DeviceId
    seq: int = 0
    hash: str = NO_HASH


def hash_of(envelope_bytes: bytes) -> str:
    """The fingerprint of a revision: SHA-256 of its envelope's bytes, in hex."""
    return hashlib.sha256(envelope_bytes).hexdigest()


def digest_of(salt: bytes, content: bytes) -> str:
    """SHA-256(salt || content) in hex; the salt makes an erased content unguessable."""
    return hashlib.sha256(salt + content).hexdigest()


def new_salt() -> bytes:
    """Sixteen random bytes."""
    return os.urandom(SALT_BYTES)


def signed_message(envelope_hash: str) -> bytes:
    """The exact message a device signs for the envelope with this hash."""
    return _SIGNED + bytes.fromhex(envelope_hash)


def make_revision(envelope: Envelope, content: bytes, salt: bytes, key: SigningKey) -> Revision:
    """Sign a new revision; ``envelope.digest`` must be ``digest_of(salt, content)``."""
    data = envelope.to_bytes()
    fingerprint = hash_of(data)
    return Revision(
        envelope=envelope, envelope_bytes=data, hash=fingerprint,
        signature=key.sign(signed_message(fingerprint)), content=content, salt=salt,
    )  # fmt: skip


def signature_holds(revision: Revision, key: VerifyKey) -> bool:
    """Whether the device with ``key`` signed this envelope."""
    return key.holds(revision.signature, signed_message(revision.hash))


def digest_holds(revision: Revision) -> bool:
    """Whether the content, where present, is the one the envelope commits to."""
    if revision.content is None or revision.salt is None:
        return True
    return digest_of(revision.salt, revision.content) == revision.envelope.digest


def runs(revisions: Sequence[Revision]) -> list[list[Revision]]:
    """Split into contiguous runs of one device's chain: each names the hash of the one before.

    The last signature of a run covers the whole run, so a receiver checks one signature per run.
    """
    found: list[list[Revision]] = []
    for revision in revisions:
        last = found[-1][-1] if found else None
        if (
            last is not None
            and last.envelope.device == revision.envelope.device
            and revision.envelope.seq == last.envelope.seq + 1
            and revision.envelope.prev == last.hash
        ):
            found[-1].append(revision)
        else:
            found.append([revision])
    return found


def heads(parents_of: Mapping[RevisionId, Sequence[RevisionId]]) -> frozenset[RevisionId]:
    """The revisions of one record that no other known revision names as a parent.

    A pure function of the set, so order and repetition cannot matter. More than one = an open question.
    """
    named = {parent for parents in parents_of.values() for parent in parents}
    return frozenset(revision for revision in parents_of if revision not in named)


def gone_over(revision: RevisionId, parents_of: Mapping[RevisionId, Sequence[RevisionId]]) -> int:
    """How many of the known revisions ``revision`` replaces, straight or through others; circles end."""
    seen: set[RevisionId] = set()
    ahead = [revision]
    while ahead:
        new = [one for one in parents_of.get(ahead.pop(), ()) if one in parents_of and one not in seen]
        seen.update(new)
        ahead += new
    return len(seen - {revision})


def _well_formed(value: Envelope) -> bool:
    return (
        all(is_id(text) for text in (value.id, value.record, value.author, value.device, *value.parents))
        and (value.assessment is None or is_id(value.assessment))
        and all(_is_plain(text) for text in (value.kind, value.recorded_at, value.boot, value.app))
        and _is_hash(value.digest)
        and (value.prev == NO_HASH or _is_hash(value.prev))
        and all(_is_count(n) for n in (value.shape, value.seq, value.mono_ms, value.priority))
        and value.seq >= 1
        and (value.seq == 1) == (value.prev == NO_HASH)
        and _named_well(value.id, value.record, value.kind, bool(value.parents))
    )


def _named_well(revision: str, record: str, kind: str, has_parents: bool) -> bool:
    return (revision == record) != has_parents and not (has_parents and kind in WRITTEN_ONCE)


def _is_plain(text: object) -> bool:
    # Printable ASCII only: a lone surrogate or a NUL would be refused by the databases on either side.
    return isinstance(text, str) and len(text) <= _LONGEST_WORD and text.isascii() and text.isprintable()


def _is_count(value: object) -> bool:
    # No bool (PostgreSQL tells them apart) and no number that a database column or another JSON reader would change.
    return type(value) is int and 0 <= value <= _LARGEST_COUNT


def _is_hash(text: object) -> bool:
    return isinstance(text, str) and _HASH.fullmatch(text) is not None
