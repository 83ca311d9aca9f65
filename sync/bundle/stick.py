"""One stick at this laptop: what is for it is taken in, what is for its office is taken along, and both are answered.

Beside each file lies afterwards this laptop's word that it has it, and the store's receipts where it was handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fieldkit.app.changes import ChangeSet
from fieldkit.app.handing_over import CarriedFile
from fieldkit.app.ports import SyncStore
from fieldkit.domain.hand_over_account import Account
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import FieldKitError, Refusal, Trouble
from sync.bundle.along import RECEIPT, Along, TakingAlong, put, write_words
from sync.bundle.taking import Taker
from sync.link import Call
from sync.wire.bundles.heads import read_head


@dataclass(frozen=True, slots=True, kw_only=True)
class FromStick:
    """``accounts`` of what was for this laptop, ``along`` what goes to the office with its next sending.

    ``answers`` are the files written beside; ``unanswered`` is why none could be.
    """

    accounts: tuple[Account, ...]
    along: tuple[Along, ...]
    answers: tuple[Path, ...]
    unanswered: FieldKitError | None = None


def read(
    call: Call,
    clock: Clock,
    paths: Iterable[Path],
    stopping: Callable[[], bool] = lambda: False,
    progress: Callable[[int], None] = lambda count: None,
) -> FromStick:
    """Take in, take along and answer. Raises as ``Taker.run`` does; what is wrong with a file is in its account."""
    taking, taker, accounts, rest = TakingAlong(call, clock, stopping), Taker(call, progress, stopping), [], []
    for path in paths:
        if not taking.is_for_the_office(path):
            rest.append(path)
            continue
        try:
            taking.take(path)
        except (Refusal, Trouble) as error:
            if error.code == "send.stopped":
                raise
            accounts.append(Account(bundle=path.name, problems=[error]))
    accounts += taker.run(rest)
    found = [*taking.found.values(), *taker.read_here.values()]
    answers, unanswered = list[Path](), None
    try:
        answers += write_words(call, clock, found)
        for one in taking.found.values():
            answers += _receipts_beside(call, one)
    except Trouble as trouble:  # a stick that cannot be written: what was on it is here all the same
        unanswered = trouble
    return FromStick(
        accounts=tuple(accounts), along=tuple(taking.found.values()), answers=tuple(answers), unanswered=unanswered
    )


def give_back(call: Call, folder: Path, public: bytes | None = None) -> list[Path]:
    """Put the store's receipts that are kept for others into a folder: all, or those not yet given to this key.

    Raises ``Trouble('handover.stick')``.
    """
    kept: Path = call(lambda store: store.hand_over.carrying.folder)
    written = list[Path]()
    for one in call(lambda store: store.hand_over.carrying.files()):
        if public is not None and not one.has_receipts:
            continue
        mine = [path for path in receipts_of(kept, one) if public is None or is_for(path, public)]
        for number, path in enumerate(mine, 1):
            written.append(put(folder / f"carried-{one.bundle[-8:]}-{one.part}-{number}{RECEIPT}", path.read_bytes()))
        if mine and one.has_receipts:
            call(partial(_given, one))
    return written


def receipts_of(kept: Path, one: CarriedFile) -> list[Path]:
    """The store's receipts for a carried part, in the order they came."""
    return sorted(kept.glob(f"{one.stem}.*{RECEIPT}"), key=lambda path: path.stat().st_mtime_ns)


def is_for(path: Path, public: bytes) -> bool:
    """Whether a file is sealed to the holder of this key."""
    try:
        with path.open("rb") as source:
            return read_head(source).is_for(public)
    except (FieldKitError, OSError):
        return False


def _receipts_beside(call: Call, along: Along) -> list[Path]:
    kept: Path = call(lambda store: store.hand_over.carrying.folder)
    written = list[Path]()
    for one in call(lambda store: store.hand_over.carrying.files()):
        if one.bundle != along.bundle or not one.next:
            continue
        for number, path in enumerate(receipts_of(kept, one), 1):
            place, data = along.folder / f"{along.stem}.office{one.part}-{number}{RECEIPT}", path.read_bytes()
            if not _holds(place, data):
                written.append(put(place, data))
        if one.has_receipts:
            call(partial(_given, one))
    return written


def _holds(place: Path, data: bytes) -> bool:
    try:
        return place.read_bytes() == data
    except OSError:
        return False


def _given(one: CarriedFile, store: SyncStore) -> ChangeSet:
    return store.hand_over.carrying.note_given(one)
