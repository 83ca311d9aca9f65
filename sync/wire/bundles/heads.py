"""The head of a hand-over file: all of it that can be read without a key, and nothing of who or what is in it.

It tells a carrier which kind of place it is for and which parts belong together. The key to the pieces is in it,
sealed to the one who may open them.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

from fieldkit.kernel.box_keys import open_with, seal_for
from fieldkit.kernel.canonical import canonical, parse
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from fieldkit.kernel.ids import is_id
from fieldkit.kernel.signing import SigningKey
from sync.wire.requests import from_base64, to_base64

MAGIC = b"FieldKit hand-over 1\n"
HEAD = 4096
"""Bytes before the first piece."""

MOST_PARTS = 10_000
_NAME = b"fieldkit/bundle/addressee/v1\0"
_BOX = b"fieldkit/bundle/key/v1\0"
_LENGTH = 4


class Place(StrEnum):
    """Whom a file is for."""

    CENTRE = "centre"
    LAPTOP = "laptop"


class What(StrEnum):
    """What kind of file it is."""

    WORK = "work"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """``bundle`` is the id that all parts share; ``to`` names the addressee's key without telling it."""

    bundle: str
    part: int
    what: What
    place: Place
    to: str
    box: bytes
    data: bytes

    @property
    def hash(self) -> bytes:
        """SHA-256 of its bytes: every piece is bound to it."""
        return hashlib.sha256(self.data).digest()

    def is_for(self, public: bytes) -> bool:
        """Whether the holder of this key can open it."""
        return self.to == name_of(public)

    def open(self, key: SigningKey) -> bytes:
        """The key of the pieces. Raises ``Refusal('handover.not_for_you' | 'handover.spoilt_head')``."""
        if not self.is_for(key.public):
            raise Refusal("handover.not_for_you", place=self.place.value)
        try:
            return open_with(key, self.box, _bound(self.bundle, self.part, self.what, self.place, self.to))
        except FieldKitError as error:
            raise Refusal("handover.spoilt_head") from error


def name_of(public: bytes) -> str:
    """The name of a key in a head: 16 hex digits, enough to find one's own and too few to prove anything."""
    return hashlib.sha256(_NAME + public).hexdigest()[:16]


def make_head(bundle: str, part: int, what: What, place: Place, to: bytes) -> tuple[Head, bytes]:
    """A head for the holder of the key ``to``, and the key of the pieces. Raises ``Refusal('key.unusable')``."""
    key, name = os.urandom(32), name_of(to)
    box = seal_for(to, key, _bound(bundle, part, what, place, name))
    data = canonical(
        {
            "v": 1, "bundle": bundle, "part": part, "what": what.value, "place": place.value, "to": name,
            "box": to_base64(box),
        }
    )  # fmt: skip
    return Head(bundle=bundle, part=part, what=what, place=place, to=name, box=box, data=data), key


def head_bytes(head: Head) -> bytes:
    """What stands at the beginning of the file, ``HEAD`` bytes."""
    return (MAGIC + len(head.data).to_bytes(_LENGTH, "big") + head.data).ljust(HEAD, b"\0")


def read_head(source: IO[bytes]) -> Head:
    """Read the first ``HEAD`` bytes. Raises ``Refusal('handover.not_ours' | 'handover.spoilt_head')``."""
    try:
        start = source.read(HEAD)
    except OSError as error:
        raise Trouble("handover.stick") from error
    if not start.startswith(MAGIC):
        raise Refusal("handover.not_ours")
    place = len(MAGIC) + _LENGTH
    size = int.from_bytes(start[len(MAGIC) : place], "big")
    if len(start) < HEAD or size > HEAD - place:
        raise Refusal("handover.spoilt_head")
    try:
        return _read(start[place : place + size])
    except (ValueError, KeyError, TypeError, FieldKitError) as error:
        raise Refusal("handover.spoilt_head") from error


def _read(data: bytes) -> Head:
    raw: dict[str, Any] = parse(data)
    part = raw["part"]
    if raw["v"] != 1:
        raise Refusal("handover.later_version")
    if type(part) is not int or not 1 <= part <= MOST_PARTS or not is_id(raw["bundle"]):
        raise ValueError("part")
    return Head(
        bundle=raw["bundle"], part=part, what=What(raw["what"]), place=Place(raw["place"]), to=str(raw["to"]),
        box=from_base64(raw["box"]), data=data,
    )  # fmt: skip


def _bound(bundle: str, part: int, what: What, place: Place, to: str) -> bytes:
    return _BOX + f"{bundle}/{part}/{what.value}/{place.value}/{to}".encode("ascii")
