"""Whether this laptop is fit for a vault: room on the disk, the clock, the folder, and the disk's own encryption."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from fieldkit.app.lanes import Lanes, run
from fieldkit.kernel.clock import Clock
from ui.presenters.services import Check
from ui.presenters.wording import sentence, ui

LEAST_BYTES = 2_000_000_000
"""ux S1: a year of visits with photographs, and room for backups beside them."""
_EARLIEST, _LATEST = date(2026, 1, 1), date(2046, 1, 1)
"""FieldKit did not exist before, and this version will not be in use after: the clock is wrong."""
_ENCRYPTION = {
    True: "Disk encryption is on",
    False: "Disk encryption is off. Your vault is encrypted all the same. Ask IT to turn disk encryption on",
    None: "Disk encryption could not be checked. Ask IT whether it is on. Your vault is encrypted all the same",
}
"""Here and not among the sentences by code: to read one of those imports fifty modules beside the first paint."""


class Checks:
    """Implements ``ui.presenters.services.LaptopChecks``. ``free`` and ``encryption`` are this laptop's."""

    def __init__(
        self,
        folder: Path,
        lanes: Lanes,
        clock: Clock,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
        encryption: Callable[[Path], bool | None] | None = None,
    ) -> None:
        self._folder = folder
        self._lanes = lanes
        self._clock = clock
        self._free = free
        self._encryption = encryption or _encryption_of_disk

    def look(self, done: Callable[[tuple[Check, ...]], None]) -> None:
        """On the work lane: asking Windows about its disk takes a second."""
        run(self._lanes.work, self._lanes.deliver, self._look, done)

    def _look(self) -> tuple[Check, ...]:
        there = next(one for one in (self._folder, *self._folder.parents) if one.exists())
        return (self._disk(there), self._time(), self._place(), self._encrypted(there))

    def _disk(self, there: Path) -> Check:
        try:
            free = self._free(there)
        except OSError:
            return Check(name="Disk space", words="Disk space could not be checked")
        if free < LEAST_BYTES:
            return Check(name="Disk space", words=sentence("setup.disk", free=_gigabytes(free)), is_wrong=True)
        return Check(name="Disk space", words=f"{_gigabytes(free)} of disk space free")

    def _time(self) -> Check:
        now = self._clock.now().astimezone()
        if not _EARLIEST <= now.date() < _LATEST:
            where = "Windows" if sys.platform == "win32" else "the settings of this laptop"
            return Check(
                name="Clock", words=sentence("setup.clock", day=ui.day(now.date()), where=where), is_wrong=True
            )
        return Check(name="Clock", words=f"The clock says {_moment(now)}")

    def _place(self) -> Check:
        from storage.places import copied_by

        if service := copied_by(self._folder):
            words = sentence("setup.synced_folder", service=service, folder=self._folder)
            return Check(name="Folder", words=words, is_wrong=True)
        return Check(name="Folder", words=f"Your vault will lie in {self._folder}, which nothing else copies")

    def _encrypted(self, there: Path) -> Check:
        found = self._encryption(there)
        return Check(name="Disk encryption", words=_ENCRYPTION[found])


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}\N{NO-BREAK SPACE}GB" if size < 10e9 else f"{size / 1e9:,.0f}\N{NO-BREAK SPACE}GB"


def _moment(now: datetime) -> str:
    return f"{ui.clock(now)} on {ui.weekday(now.date())} {now.year}"


def _encryption_of_disk(folder: Path) -> bool | None:
    from ui.launch.disk_encryption import disk_encryption  # starts programs: nothing for the first screen

    return disk_encryption(folder)
