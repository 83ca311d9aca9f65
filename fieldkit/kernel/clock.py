"""Clocks: wall time is a claim, monotonic time within one boot is a fact."""

from __future__ import annotations

import functools
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


class Clock(Protocol):
    """What the core needs to know of time. Injected everywhere so that tests can bend it."""

    def now(self) -> datetime:
        """Aware wall time in UTC."""

    def monotonic_ms(self) -> int:
        """Milliseconds since an arbitrary start, never going back within one ``boot``."""

    def boot(self) -> str:
        """An id of the run of the machine within which ``monotonic_ms`` can be compared."""


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000

    def boot(self) -> str:
        return _boot_id()


@functools.cache
def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:  # not Linux: one id per process is coarser, yet never wrong
        import uuid  # 3 ms that the first screen does not need

        return str(uuid.uuid4())


class FixedClock:
    """A clock that moves only when told to; for tests and for reproducible samples."""

    def __init__(self, start: datetime, boot: str = "00000000-0000-4000-8000-000000000000") -> None:
        self._now = start
        self._mono = 0
        self._boot = boot

    def now(self) -> datetime:
        return self._now

    def monotonic_ms(self) -> int:
        return self._mono

    def boot(self) -> str:
        return self._boot

    def advance(self, seconds: float) -> None:
        """Move both clocks forward."""
        self._now += timedelta(seconds=seconds)
        self._mono += int(seconds * 1000)

    def jump(self, seconds: float) -> None:
        """Move only the wall clock, as a wrong or corrected clock does."""
        self._now += timedelta(seconds=seconds)


def to_stamp(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: ``2026-11-12T10:42:07.123Z``; how log and wire write times."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def from_stamp(text: str) -> datetime:
    """Read what ``to_stamp`` wrote. Raises ``ValueError`` on any other spelling."""
    if _STAMP.fullmatch(text) is None:  # strptime would check this too, in 9 µs instead of 1
        raise ValueError(f"not a time stamp: {text!r}")
    return datetime.fromisoformat(text)
