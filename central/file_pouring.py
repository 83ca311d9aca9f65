"""A file's bytes on their way from the line to the disk, as one stream: written and hashed beside each other.

A part used to be gathered, checked, written, flushed and counted while its sender waited for the answer, so neither
side ever worked while the other one did: 500 MB took 2.7 times what a plain PUT takes. Here who sends is proved before
the first byte (``sync.wire.files.SIGNS``), and what has come is made durable and counted every so often while more is
coming. It is believed when the whole file has the hash that its record names, and not before.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace

from central import file_sendings
from central.core import Core
from central.file_checks import check_room
from central.file_coming import Part
from central.file_sendings import Sending
from fieldkit.kernel.errors import Refusal

COUNTED_EVERY = 32 * 2**20
"""Bytes after which what has come is made durable and counted: so many are sent again at most where the store is killed
in the middle of them. A line that breaks costs what nobody had read from it: half a megabyte (``central.connection``).
"""

COUNTED_SECONDS = 1.0
"""The same in time, for lines that carry less."""


class Pouring:
    """One stream. ``write`` is called by one thread at a time, and ``settle`` beside it by another one."""

    def __init__(self, core: Core, sending: Sending, part: Part) -> None:
        self._core = core
        self.sending = sending
        self._part = part
        self._counted_at = time.monotonic()

    @classmethod
    def begin(cls, core: Core, upload: str, user: str, offset: int, length: int | None) -> Pouring:
        """Take the turn to write the asker's sending from ``offset`` on. ``length`` of the body, where that is told.

        Raises ``Refusal`` with the codes of tus.
        """
        with core.files.coming.alone(upload):
            with core.database.read() as connection:
                sending = file_sendings.mine(core, connection, upload, user)
            if offset != sending.reached:
                raise Refusal("central.file_offset", offset=sending.reached)
            if offset + (length or 0) > sending.size:
                raise Refusal("central.file_size", size=sending.size)
            check_room(core, sending.size - offset if length is None else length)
            part = core.files.coming.open(upload, offset)
            if part.at < offset:  # the database knows of more than lies on this disk: one of them was restored
                with part, core.database.write() as connection:
                    file_sendings.reach(core, connection, sending, part.at)
                raise Refusal("central.file_offset", offset=part.at)
        return cls(core, sending, part)

    @property
    def waiting(self) -> int:
        """Bytes that were written and are not counted yet."""
        return self._part.at - self.sending.reached

    @property
    def is_due(self) -> bool:
        """Whether what came is to be counted."""
        is_long_ago = time.monotonic() - self._counted_at >= COUNTED_SECONDS
        return self.waiting >= COUNTED_EVERY or (is_long_ago and self.waiting > 0)

    @property
    def is_whole(self) -> bool:
        """Whether all its bytes were written and are the file that its record names. Ask when nothing is writing."""
        return self._part.at == self.sending.size and self._part.is_whole(self.sending.sha256)

    def write(self, chunks: Iterable[bytes]) -> None:
        """Write what came. Raises ``Refusal('central.file_offset')`` where another one has the turn now."""
        with self._core.files.coming.writing(self.sending.id):
            self._part.check_turn()
            for chunk in chunks:
                if self._part.at + len(chunk) > self.sending.size:
                    raise Refusal("central.file_size", size=self.sending.size)
                self._part.write(chunk)

    def settle(self) -> None:
        """Make durable what was written up to now, and count it. Raises as ``write`` does."""
        at = self._part.at
        if at > self.sending.reached:
            self._part.flush()  # outside the lock: more is written meanwhile, and while it is counted
            with self._core.files.coming.counting(self.sending.id):
                self._count(at)

    def end(self) -> Sending:
        """Count the rest and let go of the turn, whether the stream came to its end or broke; where it stands.

        What makes the file whole and right is not counted by itself: the database hears next that the file is here.
        """
        try:
            self._part.flush()
            with self._core.files.coming.alone(self.sending.id):
                self._part.check_turn()
                if self._may_go_ahead:
                    at = self._part.at
                    self.sending = replace(self.sending, reached=at, ahead=at - self.sending.reached)
                else:
                    self._count(self._part.at)
                self._core.files.coming.keep_hash(self._part)
        finally:
            with self._core.files.coming.alone(self.sending.id):
                self._part.__exit__()
        return self.sending

    @property
    def _may_go_ahead(self) -> bool:
        return self._core.files.is_at_once and self.waiting > 0 and self.is_whole

    def _count(self, at: int) -> None:
        self._part.check_turn()
        if at > self.sending.reached:
            with self._core.database.write() as connection:
                self.sending = file_sendings.reach(self._core, connection, self.sending, at)
        self._counted_at = time.monotonic()
