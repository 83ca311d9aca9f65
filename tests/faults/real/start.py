"""The office every schedule starts from, made once and copied (3 ms) for each: making it takes most of a second."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from central import admin
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.kernel.clock import FixedClock
from tests.support.laptop import Laptop

NAMES = ("Ada Lovelace", "Bob Brown")
BEGAN = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A folder with an office and two laptops of one team; ``made`` is what its admin got."""

    folder: Path
    made: admin.MadeStore
    assessment: str

    def copy(self, to: Path) -> None:
        """The same once more, to be spoilt."""
        shutil.copytree(self.folder, to, dirs_exist_ok=True)

    def forget(self) -> None:
        """Remove it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def memory_folder() -> str | None:
    """Where a schedule's files lie: in memory where the system has such a place (a flush costs nothing there).

    Power cuts have a campaign of their own (``powercut``); these schedules kill programs, and what a killed program
    wrote is kept by the system whatever lies underneath.
    """
    place = Path("/dev/shm")
    return str(place) if place.is_dir() else None


def make_start() -> Start:
    """Two laptops that know the office, their meeting and each other."""
    folder = Path(tempfile.mkdtemp(prefix="fieldkit-start-", dir=memory_folder()))
    clock = FixedClock(BEGAN)
    place = Settings(folder=folder / "central", port=0)
    made = admin.init(place, "Northmoor office", clock)
    running = start_in_thread(place, clock)
    try:
        ada = Laptop(folder / "0", NAMES[0], clock)
        ada.join(place, running.url, role="lead")
        meeting = ada.open_meeting()
        ada.settle()
        bob = Laptop(folder / "1", NAMES[1], clock)
        bob.join(place, running.url, meeting.assessment, role="lead")
        bob.settle()
        for laptop in (bob, ada, bob, ada):
            laptop.note(f"{laptop.name} is here")
            laptop.settle()
        for signed in bob.call(lambda store: store.hand_over.teams()):
            with suppress(ValueError):
                ada.call(lambda store, signed=signed: store.hand_over.keep_team(signed))  # type: ignore[misc]
        ada.close()
        bob.close()
    finally:
        running.stop()
    return Start(folder=folder, made=made, assessment=meeting.assessment)
