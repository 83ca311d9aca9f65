"""Parts of files cut and paced as the line bears it, on whatever transport they go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from fieldkit.kernel.errors import FieldKitError, Trouble
from sync.answers import Headers
from sync.link import Link
from sync.poured import Poured
from sync.tus import BlobTransport, Then

T = TypeVar("T")

_LOOK_SECONDS = 2.0
"""How often a stream looks at what the line carries now."""


@dataclass(slots=True)
class Paced:
    """A ``BlobTransport`` over another one. ``carried`` counts the parts that were begun."""

    there: BlobTransport
    link: Link
    carried: int = 0

    def begin(self, size: int, metadata: str, first: bytes = b"") -> tuple[str, Headers]:
        if not first:
            return self.there.begin(size, metadata)
        return self._timed(len(first), lambda: self.there.begin(size, metadata, first))

    def stands(self, place: str) -> Headers:
        return self.there.stands(place)

    def add(self, place: str, offset: int, part: bytes) -> Headers:
        return self._timed(len(part), lambda: self.there.add(place, offset, part))

    def pour(self, place: str, offset: int, body: Poured, sha256: bytes, then: Then | None = None) -> Headers:
        seen = Poured(length=body.length, pieces=self._watched(body.pieces))
        return self._timed(body.length, lambda: self.there.pour(place, offset, seen, sha256, then))

    def _timed(self, size: int, send: Callable[[], T]) -> T:
        self.carried += 1
        self._fit()
        began, paused = time.monotonic(), self.link.far.paused
        try:
            reply = send()
        except FieldKitError as error:
            if isinstance(error, Trouble) or error.code == "central.too_large":
                self.link.flow.broke()
            raise
        self.link.flow.went(size, time.monotonic() - began - (self.link.far.paused - paused))
        self.link.part_went()
        return reply

    def _watched(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Pass on, and fit pieces and buffers to the line while it changes under a long stream."""
        gone, began, paused = 0, time.monotonic(), self.link.far.paused
        for piece in pieces:
            yield piece
            gone += len(piece)
            seconds = time.monotonic() - began - (self.link.far.paused - paused)
            if seconds >= _LOOK_SECONDS:
                self.link.flow.saw(gone, seconds)
                self._fit()
                self.link.part_went()
                gone, began, paused = 0, time.monotonic(), self.link.far.paused

    def _fit(self) -> None:
        self.link.far.piece, self.link.far.is_known_slow = self.link.flow.piece_size, self.link.flow.is_slow
        self.link.far.keep_little(self.link.flow.buffer_size)
