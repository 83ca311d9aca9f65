"""After the team's own work two laptops of one office also carry for each other: what only the office may read, and
receipts, home and back. A laptop that is older than this says nothing of it, and neither does the other one then.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from fieldkit.app.changes import ChangeSet
from fieldkit.app.handing_over import CarriedFile, HandedOver
from fieldkit.app.ports import SyncStore
from fieldkit.domain.carrier_receipt import from_file, to_file
from fieldkit.domain.hand_over_account import Account
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.bundle.along import BUNDLE, Along, TakingAlong, word_for
from sync.bundle.stick import is_for, receipts_of
from sync.bundle.taking import Taker
from sync.link import Call
from sync.pairing.channel import LARGEST, Channel
from sync.pairing.say import Say

PIECE = 256 * 1024


@dataclass(slots=True, kw_only=True)
class Mutual:
    """What both sides do for each other over one channel; ``folder`` is for what has not come whole yet."""

    channel: Channel
    call: Call
    clock: Clock
    folder: Path
    stopping: Callable[[], bool]

    def say_word(self, along: Along | None) -> None:
        """This laptop's signed word for what it took just now; empty where there is nothing to say."""
        signed = word_for(self.call, self.clock, along) if along is not None else None
        self.channel.send(Say.WORD, to_file(signed) if signed is not None else b"")

    def hear_word(self) -> None:
        """The other's; what does not hold changes nothing."""
        data = self._heard(Say.WORD)
        with suppress(Refusal):
            if data:
                signed = from_file(data)
                self.call(partial(_note_carrier, signed))

    def give_receipts(self, public: bytes) -> None:
        """The store's receipts that are kept here for the laptop with this key."""
        kept: Path = self.call(lambda store: store.hand_over.carrying.folder)
        for one in self.call(lambda store: store.hand_over.carrying.files()):
            mine = [path for path in receipts_of(kept, one) if is_for(path, public)]
            for path in mine if one.given_at is None else ():
                self._file(path.read_bytes())
            if mine and one.given_at is None:
                self.call(partial(_note_given, one))
        self.channel.send(Say.OVER)

    def take_receipts(self, told: Account) -> None:
        """Take in what the other keeps for this laptop."""
        while (data := self._hear_file()) is not None:
            place = self.folder / "receipt"
            place.write_bytes(data)
            for one in Taker(self.call, stopping=self.stopping).run([place]):
                told.receipts += one.receipts
            place.unlink()

    def take_sealed(self) -> Along | None:
        """Take a sealed file along, part by part; ``None`` where there was none."""
        taking, number = TakingAlong(self.call, self.clock, self.stopping), 0
        while True:
            number += 1
            place = self.folder / f"sealed.part{number}{BUNDLE}"
            is_part = self._part(place)
            if place.stat().st_size:
                try:
                    if taking.is_for_the_office(place):
                        taking.take(place)
                except FieldKitError as error:  # no room: it stays with its writer, who gets no word for it
                    if error.code == "send.stopped":
                        raise
            place.unlink()
            if not is_part:
                return next(iter(taking.found.values()), None)

    def _part(self, place: Path) -> bool:
        """One part; whether it came to its end (no more come after the other)."""
        with place.open("wb") as file:
            while True:
                if self.stopping():
                    raise Trouble("send.stopped")
                kind, data = self.channel.hear()
                if kind == Say.BYTES:
                    file.write(data)
                elif kind in {Say.PART, Say.OVER}:
                    return kind == Say.PART
                else:
                    raise Trouble("pair.broken")

    def _file(self, data: bytes) -> None:
        for start in range(0, len(data), PIECE):
            self.channel.send(Say.BYTES, data[start : start + PIECE])
        self.channel.send(Say.PART)

    def _hear_file(self) -> bytes | None:
        found = bytearray()
        while True:
            kind, data = self.channel.hear()
            if kind == Say.BYTES:
                found += data
            elif kind == Say.PART:
                return bytes(found)
            elif kind == Say.OVER and not found:
                return None
            if kind not in {Say.BYTES} or len(found) > _LARGEST_RECEIPT:
                raise Trouble("pair.broken")

    def _heard(self, kind: Say) -> bytes:
        found, data = self.channel.hear()
        if found != kind:
            raise Trouble("pair.broken")
        return data


_LARGEST_RECEIPT = 64 * LARGEST


class Line:
    """Takes the parts of a file over the line in the place of a stick (``sync.wire.bundles.writing.Parts``)."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    @property
    def written(self) -> tuple[Path, ...]:
        return ()

    def open(self, number: int) -> IO[bytes]:
        return _Bytes(self._channel)  # type: ignore[return-value]

    def settle(self, number: int, file: IO[bytes], *, is_only: bool) -> None:
        self._channel.send(Say.PART)

    def give_up(self, number: int) -> None:
        """The other side keeps what is whole of it."""


class _Bytes:
    """A file that is a line."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def write(self, data: bytes) -> int:
        for start in range(0, len(data), PIECE):
            self._channel.send(Say.BYTES, data[start : start + PIECE])
        return len(data)

    def close(self) -> None:
        """The line stays."""


def note_handed(handed: HandedOver, store: SyncStore) -> ChangeSet:
    """Remember what was given over the line."""
    return store.hand_over.note_handed(handed)


def _note_carrier(signed: Signed, store: SyncStore) -> HandedOver:
    return store.hand_over.carrying.note_carrier(signed)


def _note_given(one: CarriedFile, store: SyncStore) -> ChangeSet:
    return store.hand_over.carrying.note_given(one)
