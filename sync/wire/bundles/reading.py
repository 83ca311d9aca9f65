"""Reading a hand-over file, or the stretch of one that came: who made it is proved before anything in it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import SigningKey, VerifyKey
from sync.wire.bundles.entries import Kind, Manifest, holds, read_manifest
from sync.wire.bundles.heads import HEAD, Head, read_head
from sync.wire.bundles.pieces import PIECE, Entry, PieceReader, Spoilt


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPart:
    """A part of which the key is known and the manifest was read. ``is_by`` has yet to be asked."""

    head: Head
    manifest: Manifest
    _signed: bytes
    _key: bytes
    _source: IO[bytes]
    _first: int

    def is_by(self, signer: VerifyKey) -> bool:
        """Whether ``signer`` made it."""
        return holds(self._signed, signer)

    def entries(self) -> Iterator[Entry | Spoilt]:
        """Everything in it, what is spoilt too."""
        return self.reader().entries()

    def reader(self) -> PieceReader:
        """A reader of it, from its beginning: it also tells how far it came."""
        self._source.seek(HEAD + (PIECE if self._first else 0))
        return PieceReader(self._source, self._key, self.head.hash, self._first)


def open_part(source: IO[bytes], keys: Sequence[SigningKey], first: int = 0) -> OpenPart:
    """Open a part, or a stretch of one, with whichever of ``keys`` it is for.

    A stretch (``first`` > 0) has the head, the first piece, and the pieces from ``first`` on. The manifest stands at
    both ends of a part, so that one spoilt place never costs all of it.
    Raises ``Refusal`` with ``handover.not_ours``, ``handover.not_for_you``, ``handover.spoilt_head`` or
    ``handover.later_version``.
    """
    source.seek(0)
    head = read_head(source)
    mine = next((one for one in keys if head.is_for(one.public)), None)
    if mine is None:
        raise Refusal("handover.not_for_you", place=head.place.value)
    key = head.open(mine)
    signed = _manifest(source, key, head)
    return OpenPart(
        head=head, manifest=read_manifest(signed, head, key), _signed=signed, _key=key, _source=source, _first=first
    )


def _manifest(source: IO[bytes], key: bytes, head: Head) -> bytes:
    source.seek(HEAD)
    for found in PieceReader(source, key, head.hash).entries():
        if isinstance(found, Entry) and found.kind == Kind.MANIFEST:
            return found.payload
    raise Refusal("handover.spoilt_head")


def count_pieces(source: IO[bytes]) -> int:
    """How many pieces a file has, one that is cut at its end counted too."""
    return max(0, -(-(source.seek(0, 2) - HEAD) // PIECE))


def stretch(source: IO[bytes], first: int, count: int) -> bytes:
    """The head, the first piece, and ``count`` from ``first`` on: what a carrier hands in without reading any of it."""
    source.seek(0)
    head = source.read(HEAD + (PIECE if first else 0))
    source.seek(HEAD + first * PIECE)
    return head + source.read(count * PIECE)
