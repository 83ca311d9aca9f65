"""Handing in: read frames as they unpack, keep them in groups, answer with sheets and a trailer.

One group is one transaction and some sheets, each of one assessment. A revision that arrived damaged is
named in the trailer and never holds up the others; work from a revoked laptop is kept for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from central.ahead import Ahead
from central.certificate import certify
from central.core import Core, find_devices, verify_key
from central.items import Item, genuine, read_item
from central.judge import KnownDevice
from central.keep import keep_group
from central.proving import prove_behind
from fieldkit.domain.receipt import SHEET_LINES, Signed
from fieldkit.kernel.errors import Refusal, Trouble
from sync.wire.frames import FrameReader, Kind, compress, frame, read_frames, sheet_payload
from sync.wire.messages import PushTrailer
from sync.wire.requests import to_base64

GROUP_ROWS = 5 * SHEET_LINES
GROUP_BYTES = 4 * 2**20
"""A group is kept when it holds so many revisions or this much. Its body has arrived whole, so a lost line costs only
the reply; what a group costs is the lock, some 0.1 s of it, and a flush of the disk, which may take as long."""

MOST_UNREADABLE = 1_000
"""Frames that are no revision after which the rest of a body is left: two kilobytes can unpack to millions."""

MOST_FORGED = 10_000
"""The same for signatures that do not hold, each of which costs 0.15 ms to find out."""

MOST_FRAMES = 1_000_000

UNPACKED_ANYWAY, UNPACKED_FOR_EACH = 64 * 2**20, 50
"""Bytes that a body may unpack to: this many, and this many for each it has. Notes shrink to a tenth at best."""


@dataclass(slots=True)
class Arrival:
    """One body as it unpacks: whole revisions in groups, and the names of what arrived damaged.

    A body beyond the limits is read up to them. What came before is kept and has its receipts; the rest has none, so
    the laptop sends it again.
    """

    corrupt: list[str] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)
    is_over: bool = False
    """Whether the whole body was read."""
    _packed: int = 0
    _unpacked: int = 0

    def groups(self, chunks: Iterable[bytes]) -> Iterator[list[Item]]:
        """Groups of whole revisions. Raises ``Refusal('central.malformed')`` if not one frame can be read."""
        group: list[Item] = []
        size = 0
        for item in self._items(chunks):
            group.append(item)
            size += len(item.envelope) + len(item.content or b"")
            if len(group) == GROUP_ROWS or size >= GROUP_BYTES:
                yield group
                group, size = [], 0
        self.is_over = True
        if group:
            yield group

    def groups_ahead(self, chunks: Iterable[bytes]) -> Iterator[list[Item]]:
        """The same; where there is more than one group, the next is made while the last is being kept."""
        groups = self.groups(chunks)
        first = next(groups, None)
        if first is None:
            return
        if self.is_over:
            yield first
            return
        with closing(Ahead(groups)) as rest:
            yield first
            yield from rest

    def _items(self, chunks: Iterable[bytes]) -> Iterator[Item]:
        reader = FrameReader()
        count = 0
        try:
            for kind, payload in read_frames(self._counted(chunks)):
                self._check_limits(count, len(payload))
                count += 1
                try:
                    if kind is not Kind.REVISION:
                        raise Refusal("revision.malformed")
                    wire, envelope_hash = reader.revision(payload)
                    yield read_item(wire, envelope_hash, reader.digest)
                except (Refusal, Trouble):
                    self.corrupt.append(f"#{count}")
        except Trouble as error:  # the stream ends here; what came before it is whole
            if not count:
                raise Refusal("central.malformed", reason="the body is not a stream of frames") from error
            self.corrupt.append(f"#{count + 1}")

    def _counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._packed += len(chunk)
            yield chunk

    def _check_limits(self, frames: int, size: int) -> None:
        """Raises ``Trouble('wire.damaged')`` where the body is to be read no further."""
        self._unpacked += size
        too_bad = len(self.corrupt) >= MOST_UNREADABLE or len(self.forged) >= MOST_FORGED
        if too_bad or frames >= MOST_FRAMES or self._unpacked > UNPACKED_ANYWAY + UNPACKED_FOR_EACH * self._packed:
            raise Trouble("wire.damaged")


def push(core: Core, sender: KnownDevice, chunks: Iterable[bytes], *, is_brief: bool = False) -> Iterator[bytes]:
    """The compressed reply to a push; each sheet leaves after its commit. ``is_brief``: without the certificate."""
    return compress(_frames(core, sender, chunks, is_brief))


def _frames(core: Core, sender: KnownDevice, chunks: Iterable[bytes], is_brief: bool) -> Iterator[bytes]:
    arrival = Arrival()
    told: set[bytes] = set()
    for group in arrival.groups_ahead(chunks):
        for sheet in _kept(core, sender, group, arrival.forged):
            if sheet.signature not in told:  # one old sheet may answer duplicates of several groups
                told.add(sheet.signature)
                yield frame(Kind.SHEET, sheet_payload(sheet.data, sheet.signature))
    trailer = PushTrailer(corrupt=arrival.corrupt + arrival.forged)
    if not is_brief:
        certificate = certify(core, sender.id)
        trailer = PushTrailer(
            corrupt=trailer.corrupt, certificate=to_base64(certificate.data),
            certificate_signature=to_base64(certificate.signature),
        )  # fmt: skip
    yield frame(Kind.MESSAGE, trailer.model_dump_json(exclude_none=True).encode())
    prove_behind(core)


def _kept(core: Core, sender: KnownDevice, group: list[Item], named: list[str]) -> list[Signed]:
    """Check the signatures of a group and keep what holds (and what nobody here can check)."""
    keys = core.keys
    unread = {item.device for item in group} - keys.keys()
    if unread:
        with core.database.read() as connection:
            for device in find_devices(connection, list(unread)).values():
                verify_key(core, device)
    checkable = [item for item in group if item.device in keys]
    forged = {id(item) for item, holds in zip(checkable, genuine(checkable, keys, sender.id), strict=True) if not holds}
    named += [item.id for item in group if id(item) in forged]
    whole = [item for item in group if id(item) not in forged]
    return keep_group(core, sender, whole) if whole else []
