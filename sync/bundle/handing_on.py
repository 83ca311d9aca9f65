"""What is carried for others goes to the central store with this laptop's own sending: nobody has to think of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fieldkit.app.changes import ChangeSet
from fieldkit.app.handing_over import CarriedFile
from fieldkit.app.ports import Identity, SyncStore
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.bundle.along import RECEIPT, place_of, put
from sync.bundle.carrying import stretches
from sync.http import CentralStore
from sync.link import Call

SMALL = 5 * 10**6
"""Bytes up to which a file goes with words, on any connection: it is words, most likely. Larger ones go with files."""

NOT_TAKEN = frozenset({"central.bundle", "central.too_large", "handover.not_to_carry", "handover.not_ours"})
"""What the store says of a file and not of this laptop or the line: another time would hear the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """``files`` went; ``problem`` is why another did not."""

    files: int = 0
    problem: FieldKitError | None = None


@dataclass(slots=True, kw_only=True)
class HandingOn:
    """Hands on what waits, the oldest first; receipts are kept beside it until they are given back."""

    call: Call
    far: CentralStore
    identity: Identity
    stopping: Callable[[], bool] = lambda: False
    largest: int | None = None

    def run(self) -> HandedOn:
        """Hand on what there is. Raises ``Trouble`` for the way there: what was handed on so far stays so."""
        folder: Path = self.call(lambda store: store.hand_over.carrying.folder)
        done, problem = 0, None
        for one in self._all():
            if one.is_waiting and (self.largest is None or one.size <= self.largest):
                try:
                    self._one(one, folder)
                    done += 1
                except Refusal as refusal:
                    if refusal.code not in NOT_TAKEN:
                        raise
                    self._note(replace(one, refused=str(refusal.details.get("reason", refusal.code))))
                    problem = Trouble("handover.not_taken")
        return HandedOn(files=done, problem=problem)

    def _has_gap_before(self, one: CarriedFile) -> bool:
        before = {each.part for each in self._all() if each.bundle == one.bundle and each.handed_on_at is not None}
        return any(part not in before for part in range(1, one.part))

    def _all(self) -> list[CarriedFile]:
        """In the order they came, parts of one file in theirs: a file that begins in one goes on in the next."""
        every: list[CarriedFile] = self.call(lambda store: store.hand_over.carrying.files())
        bundles = list(dict.fromkeys(one.bundle for one in every))
        return sorted(every, key=lambda one: (bundles.index(one.bundle), one.part))

    def _one(self, one: CarriedFile, folder: Path) -> None:
        place = place_of(folder, one)
        if not place.is_file():  # its copy is gone, and its writer still has everything
            self._note(replace(one, refused="handover.copy_gone"))
            return
        for went in stretches(self.far, self.identity, place, one.next):
            put(folder / f"{one.stem}.{one.next}{RECEIPT}", went.receipt)
            one = replace(
                one, next=went.reached, taken=one.taken + went.taken, spoilt=one.spoilt + went.spoilt,
                gaps=one.gaps + went.gaps,
            )  # fmt: skip
            self._note(one)
            if self.stopping():
                raise Trouble("send.stopped")
        self.call(partial(_note, one, is_handed_on=True))
        if not (one.gaps and self._has_gap_before(one)):
            with suppress(OSError):
                place.unlink()
        for later in self._all():  # what was of no use before this part was there goes once more, with the next sending
            is_here = later.gaps and place_of(folder, later).is_file()
            if later.bundle == one.bundle and later.part > one.part and is_here:
                self._note(replace(later, next=0, gaps=0, handed_on_at=None))

    def _note(self, one: CarriedFile) -> None:
        self.call(partial(_note, one))


def _note(one: CarriedFile, store: SyncStore, *, is_handed_on: bool = False) -> ChangeSet:
    return store.hand_over.carrying.note_file(one, is_handed_on=is_handed_on)
