"""Parts of files cut and paced as the line bears it, on whatever transport they go."""

from __future__ import annotations

import time
from dataclasses import dataclass

from fieldkit.kernel.errors import FieldKitError, Trouble
from sync.http import Headers
from sync.link import Link
from sync.tus import BlobTransport


@dataclass(slots=True)
class Paced:
    """A ``BlobTransport`` over another one. ``carried`` counts the parts that were begun."""

    there: BlobTransport
    link: Link
    carried: int = 0

    def begin(self, size: int, metadata: str) -> tuple[str, Headers]:
        return self.there.begin(size, metadata)

    def stands(self, place: str) -> Headers:
        return self.there.stands(place)

    def add(self, place: str, offset: int, part: bytes) -> Headers:
        self.carried += 1
        flow, far = self.link.flow, self.link.far
        far.piece = flow.piece_size
        far.keep_little(flow.buffer_size)
        began, paused = time.monotonic(), far.paused
        try:
            reply = self.there.add(place, offset, part)
        except FieldKitError as error:
            if isinstance(error, Trouble) or error.code == "central.too_large":
                flow.broke()
            raise
        flow.went(len(part), time.monotonic() - began - (far.paused - paused))
        self.link.part_went()
        return reply
