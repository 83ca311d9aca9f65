"""How far the files of one carrying have come: which of how many, bytes of all of them, and the time left."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.app.transfers import FileTask
from sync.estimate import Estimate
from sync.status import SyncPhase, SyncStatus


class Cargo:
    """Told where the file at hand stands; says how all of it stands. Every time is given by the caller."""

    def __init__(self, going: Sequence[FileTask], coming: Sequence[FileTask], now: float) -> None:
        self._coming = {task.exhibit for task in coming} - {task.exhibit for task in going}
        self._files = len(going) + len(coming)
        self._total = sum(task.size for task in (*going, *coming))
        self._finished = 0
        self._number = 0
        self._exhibit = ""
        self._reached = 0
        self._left = Estimate(now)

    def stands(self, exhibit: str, done: int, size: int, now: float) -> SyncStatus:
        """The file of this exhibit has come to ``done`` of ``size`` bytes."""
        if exhibit != self._exhibit:
            self._exhibit, self._reached = exhibit, done  # what the store had already has not moved now
            self._number += 1
        self._left.moved(max(0, done - self._reached), now)
        self._reached = max(self._reached, done)
        reached = min(self._total, self._finished + self._reached)
        if done >= size:
            self._finished, self._reached = self._finished + size, 0
            self._exhibit = ""
        return SyncStatus(
            phase=SyncPhase.SENDING, file=exhibit, file_done=done, file_size=size,
            file_number=min(self._number, self._files), files_total=self._files, bytes_done=reached,
            bytes_total=self._total, is_coming=exhibit in self._coming,
            seconds_left=self._left.left(self._total - reached, now),
        )  # fmt: skip
