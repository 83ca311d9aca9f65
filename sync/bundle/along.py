"""Taking a mate's sealed file along to the central store, and a signed word for who gave it: nobody here reads it.

A copy is kept beside the vault until the next sending has handed it on. The word is a carrier receipt: it says that the
file is with this laptop and nothing of the office, so the mate's notes stay exposed until the store's own receipt.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fieldkit.app.changes import ChangeSet
from fieldkit.app.handing_over import CarriedFile, Me
from fieldkit.app.ports import SyncStore
from fieldkit.domain.carrier_receipt import CarrierReceipt, sign_carrier, to_file
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.link import Call
from sync.wire.bundles.heads import HEAD, Head, Place, What, read_head
from sync.wire.bundles.pieces import PIECE

BUNDLE, RECEIPT = ".fieldbundle", ".fieldreceipt"
RESERVE = 2**30
"""Bytes that stay free on the disk: recording and typing go before carrying."""

_CHUNK = 2**20
_SMALLEST = HEAD + 3 * PIECE
_PLAIN = re.compile(r"[^A-Za-z0-9]")


@dataclass(slots=True, kw_only=True)
class Along:
    """What of one hand-over file is with this laptop; ``stem`` is what its files are called where they came from.

    ``is_new``: some of it was not, before. ``is_read``: it was for this laptop, which took it in.
    """

    bundle: str
    stem: str
    folder: Path
    parts: dict[int, int] = field(default_factory=dict)
    is_new: bool = False
    is_read: bool = False
    is_over: bool = False
    """The store has had all of it already, or did not want it."""


class TakingAlong:
    """Copies what is for this laptop's own office and not its own work. ``free`` tells a folder's free bytes."""

    def __init__(
        self, call: Call, clock: Clock, stopping: Callable[[], bool] = lambda: False,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:  # fmt: skip
        self._call, self._clock, self._stopping, self._free = call, clock, stopping, free
        centre = call(lambda store: store.hand_over.centre())
        self._office = centre.public if centre is not None else None
        self._own = {one.bundle for one in call(lambda store: store.hand_over.handed())}
        self._known = {(one.bundle, one.part): one for one in call(lambda store: store.hand_over.carrying.files())}
        self._folder = call(lambda store: store.hand_over.carrying.folder)
        self.found: dict[str, Along] = {}

    def is_for_the_office(self, path: Path) -> bool:
        """Whether it is somebody else's work for this laptop's own central store."""
        try:
            with path.open("rb") as source:
                head = read_head(source)
        except (FieldKitError, OSError):
            return False
        return self._is_for_office(head)

    def take(self, path: Path) -> None:
        """Keep a copy. Raises ``Refusal('handover.cut_copy')`` for one that cannot be whole, and
        ``Trouble('handover.stick' | 'handover.no_room' | 'send.stopped')``.
        """
        try:
            with path.open("rb") as source:
                head = read_head(source)
                size = os.fstat(source.fileno()).st_size
        except OSError as error:
            raise Trouble("handover.stick", file=path.name) from error
        if size < _SMALLEST or (size - HEAD) % PIECE:
            raise Refusal("handover.cut_copy", file=path.name)
        before = self._known.get((head.bundle, head.part))
        is_new = before is None or before.size < size
        if is_new:
            carried = CarriedFile(bundle=head.bundle, part=head.part, size=size, at=self._clock.now())
            self._copy(path, carried)
            self._call(partial(_note, carried))
            self._known[head.bundle, head.part] = carried
        one = self.found.setdefault(head.bundle, Along(bundle=head.bundle, stem=stem_of(path), folder=path.parent))
        one.parts[head.part] = size
        one.is_new |= is_new
        one.is_over = not any(self._known[head.bundle, part].is_waiting for part in one.parts)

    def _is_for_office(self, head: Head) -> bool:
        office = self._office
        is_work = head.place is Place.CENTRE and head.what is What.WORK and head.bundle not in self._own
        return is_work and office is not None and head.is_for(office)

    def _copy(self, path: Path, carried: CarriedFile) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        place = place_of(self._folder, carried)
        working = place.with_name(place.name + ".being-written")
        if self._free(self._folder) < carried.size + RESERVE:
            raise Trouble("handover.no_room", file=path.name)
        try:
            with path.open("rb") as source, working.open("wb") as target:
                while data := source.read(_CHUNK):
                    if self._stopping():
                        raise Trouble("send.stopped")
                    target.write(data)
                target.flush()
                os.fsync(target.fileno())
            os.replace(working, place)
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
            raise Trouble("handover.no_room" if full else "handover.stick", file=path.name) from error
        finally:
            with suppress(OSError):
                working.unlink()


def word_for(call: Call, clock: Clock, along: Along) -> Signed | None:
    """This laptop's signed word that it has a file; ``None`` where it has no office that it could hand it on to."""
    centre = call(lambda store: store.hand_over.centre())
    if centre is None or not along.parts:
        return None
    me: Me = call(lambda store: store.hand_over.me())
    receipt = CarrierReceipt(
        bundle=along.bundle, parts=tuple(sorted(along.parts.items())), device=me.device, store=centre.public.hex(),
        is_read=along.is_read, at=clock.now(),
    )  # fmt: skip
    return sign_carrier(receipt, me.key)


def write_words(call: Call, clock: Clock, found: Iterable[Along]) -> list[Path]:
    """Carrier receipts beside the files they are for. Raises ``Trouble('handover.stick')`` where no file can be."""
    me: Me = call(lambda store: store.hand_over.me())
    written = list[Path]()
    for along in found:
        signed = word_for(call, clock, along)
        if signed is not None:
            who = _PLAIN.sub("", me.initials) or "X"
            written.append(put(along.folder / f"{along.stem}.with-{who}-{me.device[-4:]}{RECEIPT}", to_file(signed)))
    return written


def put(place: Path, data: bytes) -> Path:
    """Write a small file so that it is whole or not there. Raises ``Trouble('handover.stick')``."""
    working = place.with_name(place.name + ".being-written")
    try:
        with working.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(working, place)
    except OSError as error:
        with suppress(OSError):
            working.unlink()
        raise Trouble("handover.stick", file=place.name) from error
    return place


def place_of(folder: Path, carried: CarriedFile) -> Path:
    """Where a carried part lies until it is handed on."""
    return folder / f"{carried.stem}{BUNDLE}"


def stem_of(path: Path) -> str:
    """What the parts of a file have in common in their names."""
    return re.sub(r"\.part\d+$", "", path.name.removesuffix(BUNDLE))


def _note(carried: CarriedFile, store: SyncStore) -> ChangeSet:
    return store.hand_over.carrying.note_file(carried)
