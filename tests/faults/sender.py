"""A laptop that writes and sends, in a process of its own that the campaign kills at any point.

Run as ``python -m tests.faults.sender FOLDER URL CODE NOTES``. Ends by itself once all notes are written and
everything that leaves is confirmed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.ports import SyncStore
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.errors import FieldKitError, Refusal
from storage.vault import OpenVault, create_vault, open_vault
from sync.engine import Engine
from sync.enrol import enrol
from sync.http import CentralStore
from tests.faults import cheap_keys
from tests.faults.ledger import BEGUN, SAVED, Ledger, read
from tests.faults.workload import meeting

T = TypeVar("T")
APP = "0.1.0"
NOTES_BETWEEN_ROUNDS = 2


def text_of(number: int) -> str:
    """The words of a note; untagged ones say so, so that a scan can look for them at the office."""
    kind = "shared" if is_tagged(number) else "private"
    return f"{kind} note {number} of the campaign " + "word " * (number % 40)


def is_tagged(number: int) -> bool:
    """Two of three notes leave the laptop."""
    return number % 3 != 0


def main(folder: Path, url: str, code: str, notes: int) -> None:
    """Join the office if that is still to be done, then write and send."""
    cheap_keys.use()
    vault = _vault(folder / "vault")

    def call(use: Callable[[SyncStore], T], /) -> T:
        return use(vault.sync_store)

    def connect(address: str) -> CentralStore:
        return CentralStore(address, stall=1.0, connect=1.0)

    ledger = Ledger(folder / "ack")
    while not _has_joined(vault):
        _try(
            lambda: enrol(
                url,
                code,
                vault.perform(lambda uow: uow.identity)[0],
                call,
                clock=SystemClock(),
                app=APP,
                connect=connect,
            )
        )
    engine = Engine(call, APP, connect)
    for number in range(1 + max((line.number for line in read(folder / "ack")), default=-1), notes):
        _write(vault, number, ledger)
        if number % NOTES_BETWEEN_ROUNDS == 0:
            _try(engine.round)
    while not vault.questions.standing().everything_is_there:
        _try(engine.round)
    engine.close()
    vault.close()


def _vault(place: Path) -> OpenVault:
    if place.exists():
        return open_vault(place, cheap_keys.PASSPHRASE, SystemClock())
    return create_vault(place, cheap_keys.PASSPHRASE, name="A Person", initials="AP", clock=SystemClock())


def _has_joined(vault: OpenVault) -> bool:
    try:
        vault.sync_store.state()
    except Refusal:
        return False
    return True


def _write(vault: OpenVault, number: int, ledger: Ledger) -> None:
    activity, text = meeting(vault), text_of(number)
    tags = (EvidenceItem.new("ics", "learning-culture", "observation"),) if is_tagged(number) else ()
    ledger.note(BEGUN, number, text)
    vault.perform(lambda uow: record_entry(uow, activity, NewEntry(text=text, evidence=tags)))
    ledger.note(SAVED, number, text)


def _try(job: Callable[[], object]) -> None:
    try:
        job()
    except FieldKitError:
        time.sleep(0.01)  # the campaign's back-off: it wants many tries, not polite ones


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
