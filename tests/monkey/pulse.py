"""Does the window's thread stand still? Measured as often as its loop comes round, and looked at in between.

A second thread that looked would hold frames, and with them what they paint with: whatever it was the last to hold was
deleted on the wrong thread, which ended the program now and then. A signal interrupts the thread itself, between two
steps of Python; what takes long in Qt is seen where it comes back.

A stall is time in which the event loop does not come round. What the machine gave to other processes meanwhile is not
the program's doing and is taken off (``schedstat``: time spent runnable and waiting for a processor). How much of it
was work of this thread is told beside it: the rest it slept, for a lock, for a disk, or in the system: closing its
watch of a folder, as Qt's own file dialog does at its end, takes Linux up to 45 ms.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

LIMIT = 0.050
"""Seconds: three frames of a screen at 60 a second; from there on a person feels that the program sticks."""
_LOOK = 0.005
"""Seconds of the program's own time from look to look."""
_OURS = ("/ui/", "/fieldkit/", "/storage/", "/sync/", "/central/")
_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """``seconds`` without what other processes took, ``worked`` of this thread; ``where`` it was seen most often."""

    seconds: float
    wall: float
    worked: float
    during: str
    where: str

    def __str__(self) -> str:
        beside = f"{self.wall * 1000:.0f} on the clock, {self.worked * 1000:.0f} of work"
        return f"{self.seconds * 1000:.0f} ms ({beside}) during {self.during}\n{self.where}"


class Pulse:
    """``beat`` is called by the window's thread, the main one, as often as its loop comes round. Start it there."""

    def __init__(self, limit: float = LIMIT) -> None:
        self._limit = limit
        schedstat = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._told = os.open(schedstat, os.O_RDONLY) if schedstat.exists() else None
        self._beat = self._now("the start")
        self._seen: Counter[str] = Counter()
        self.stalls: list[Stall] = []
        self.longest = 0.0
        self.beats = 0

    def start(self) -> None:
        """Begin to watch."""
        self._beat = self._now("the start")
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _LOOK, _LOOK)

    def stop(self) -> None:
        """Watch no more; it is not started again."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_IGN)  # one may be on its way
        if self._told is not None:
            os.close(self._told)
            self._told = None

    def beat(self, doing: str) -> None:
        """The loop came round; ``doing`` is what happens next."""
        now, worked, waited = time.monotonic(), time.thread_time(), self._waited()
        began, worked_before, waited_before, did = self._beat
        wall = now - began
        own = wall - (waited - waited_before)
        self.beats += 1
        self.longest = max(self.longest, own)
        if own > self._limit:
            self.stalls.append(
                Stall(seconds=own, wall=wall, worked=worked - worked_before, during=did, where=self._most_seen())
            )
        self._seen = Counter()
        self._beat = self._now(doing)

    def pause(self) -> None:
        """What follows is the watcher's own doing, not the program's."""
        self._beat = self._now("a pause")

    def _now(self, doing: str) -> tuple[float, float, float, str]:
        """The time last: asking what the others took may itself be kept waiting."""
        waited = self._waited()
        return time.monotonic(), time.thread_time(), waited, doing

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        if time.monotonic() - self._beat[0] > self._limit / 2:
            self._seen[_place(frame)] += 1

    def _waited(self) -> float:
        """Seconds for which the thread wanted to run and others did. 0 where the system does not tell."""
        if self._told is None:
            return 0.0
        return int(os.pread(self._told, 100, 0).split()[1]) / 1e9

    def _most_seen(self) -> str:
        seen, self._seen = self._seen, Counter()  # a look may come meanwhile
        return "\n".join(f"  seen {count} times\n{place}" for place, count in seen.most_common(3))


def _place(frame: FrameType | None) -> str:
    """Where the thread stands, in the last few of our own lines."""
    places: list[str] = []
    while frame is not None:
        places.append(f"{frame.f_code.co_filename}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    ours = [one for one in places if any(part in one for part in _OURS)] or places
    return "\n".join(f"    {one}" for one in reversed(ours[:_LINES]))
