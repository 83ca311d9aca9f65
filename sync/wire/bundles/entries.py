"""What stands in a hand-over file once it is opened: the manifest, then entries, each useful by itself."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import is_id
from fieldkit.kernel.signing import SIGNATURE_BYTES, SigningKey, VerifyKey
from sync.wire.bundles.heads import Head, What

_SIGNED = b"fieldkit/bundle/v1\0"
_LENGTH = struct.Struct(">I")
_LONGEST_NAME = 300


class Kind(IntEnum):
    """What an entry holds. One that a reader does not know is passed over and counted."""

    MANIFEST = 1
    REVISIONS = 2
    """A body of push, whole (``sync.wire.frames``)."""
    FILE = 3
    """Bytes of an attached file from an offset on."""
    SHEET = 4
    """A signed receipt sheet."""
    FILE_RECEIPT = 5
    """The store's signed word on a file."""
    TEAM = 6
    """The store's signed word on who is on a team, with the keys of their laptops."""
    CERTIFICATE = 7
    PAGES = 8
    """A reply to pull, cut after whole pages."""
    END = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Who made a file, signed by their device (of a receipt: by the store). ``key`` is the SHA-256 of the pieces' key.

    ``asked`` is what a laptop would say to the store in a hello and a pull, so that the answer on the stick can bring
    its team's work home too; empty where nothing is asked.
    """

    bundle: str
    part: int
    what: What
    to: str
    device: str
    author: str
    name: str
    made_at: str
    app: str
    key: str
    head: str
    asked: dict[str, Any]

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical(
            {
                "v": 1, "bundle": self.bundle, "part": self.part, "what": self.what.value, "to": self.to,
                "device": self.device, "author": self.author, "name": self.name, "made_at": self.made_at,
                "app": self.app, "key": self.key, "head": self.head, "asked": self.asked,
            }
        )  # fmt: skip


def sign_manifest(manifest: Manifest, key: SigningKey) -> bytes:
    """The payload of a manifest's entry: the signature, then the bytes."""
    data = manifest.to_bytes()
    return key.sign(_SIGNED + data) + data


def read_manifest(payload: bytes, head: Head, key: bytes) -> Manifest:
    """Read, and hold against the file it stands in. Whose it is has yet to be proved by ``holds``.

    Raises ``Refusal('handover.spoilt_head')`` for anything else: it may have been taken from another file.
    """
    try:
        raw = parse(payload[SIGNATURE_BYTES:])
        made = Manifest(
            bundle=raw["bundle"], part=raw["part"], what=What(raw["what"]), to=raw["to"], device=raw["device"],
            author=raw["author"], name=raw["name"], made_at=raw["made_at"], app=raw["app"], key=raw["key"],
            head=raw["head"], asked=raw["asked"],
        )  # fmt: skip
        from_stamp(made.made_at)
        is_ours = _is_ours(raw) and (made.what is What.RECEIPT or is_id(made.device))
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("handover.spoilt_head") from error
    same = (made.bundle, made.part, made.what, made.head) == (head.bundle, head.part, head.what, head.hash.hex())
    if not is_ours or not same or made.key != hashlib.sha256(key).hexdigest():
        raise Refusal("handover.spoilt_head")
    return made


def _is_ours(raw: dict[str, Any]) -> bool:
    texts = (raw["name"], raw["app"], raw["to"], raw["author"], raw["device"])
    return all(isinstance(text, str) and len(text) <= _LONGEST_NAME for text in texts) and isinstance(
        raw["asked"], dict
    )


def holds(payload: bytes, signer: VerifyKey) -> bool:
    """Whether ``signer`` signed this manifest."""
    return signer.holds(payload[:SIGNATURE_BYTES], _SIGNED + payload[SIGNATURE_BYTES:])


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """Bytes of an attached file from ``offset`` on. ``revision`` is the attachment's record."""

    assessment: str
    revision: str
    exhibit: str
    sha256: str
    size: int
    offset: int
    data: bytes

    def to_bytes(self) -> bytes:
        """The payload of its entry."""
        head = canonical(
            {
                "assessment": self.assessment, "revision": self.revision, "exhibit": self.exhibit,
                "sha256": self.sha256, "size": self.size, "offset": self.offset,
            }
        )  # fmt: skip
        return _LENGTH.pack(len(head)) + head + self.data

    @classmethod
    def from_bytes(cls, payload: bytes) -> FilePart:
        """Read one. Raises ``Refusal('handover.entry')`` for one that contradicts itself."""
        try:
            (size,) = _LENGTH.unpack_from(payload)
            raw = parse(payload[_LENGTH.size : _LENGTH.size + size])
            made = cls(
                assessment=raw["assessment"], revision=raw["revision"], exhibit=str(raw["exhibit"]),
                sha256=raw["sha256"], size=raw["size"], offset=raw["offset"], data=payload[_LENGTH.size + size :],
            )  # fmt: skip
            is_hash = len(made.sha256) == 64 and set(made.sha256) <= set("0123456789abcdef")
            counts = type(made.size) is int and type(made.offset) is int and made.offset >= 0
            if not (is_hash and counts and is_id(made.revision) and is_id(made.assessment)):
                raise ValueError("form")
            if made.offset + len(made.data) > made.size:
                raise ValueError("beyond its size")
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise Refusal("handover.entry") from error
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The last entry of a part. ``is_last``: of the last part; ``entries`` counts those before this one."""

    entries: int
    revisions: int
    files: int
    is_last: bool

    def to_bytes(self) -> bytes:
        """The payload of its entry."""
        return canonical(
            {"entries": self.entries, "revisions": self.revisions, "files": self.files, "is_last": self.is_last}
        )

    @classmethod
    def from_bytes(cls, payload: bytes) -> End:
        """Read one. Raises ``Refusal('handover.entry')``."""
        try:
            raw = parse(payload)
            made = cls(entries=raw["entries"], revisions=raw["revisions"], files=raw["files"], is_last=raw["is_last"])
            if not all(type(n) is int for n in (made.entries, made.revisions, made.files)):
                raise ValueError("counts")
            if type(made.is_last) is not bool:
                raise ValueError("last")
        except (ValueError, KeyError, TypeError) as error:
            raise Refusal("handover.entry") from error
        return made
