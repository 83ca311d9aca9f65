"""Timing on noisy machines: interleaved rounds, medians, and ratios to a limit of the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Samples:
    """Seconds of each repetition of one piece of work, by the clock and of the processor on this thread."""

    name: str
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def percentile(self, percent: float) -> float:
        """The value below which ``percent`` of the samples lie, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

    @property
    def median(self) -> float:
        """The middle sample, in seconds."""
        return statistics.median(self.seconds)


def interleaved(works: Mapping[str, Callable[[int], object]], rounds: int, warm_up: int = 3) -> dict[str, Samples]:
    """Run every work once per round, in turn, so that noise falls on all alike.

    Each work is called with its round number; the first ``warm_up`` rounds are not counted.
    """
    found = {name: Samples(name) for name in works}
    for number in range(rounds + warm_up):
        for name, work in works.items():
            start, busy = time.perf_counter(), time.thread_time()
            work(number)
            taken, worked = time.perf_counter() - start, time.thread_time() - busy
            if number >= warm_up:
                found[name].seconds.append(taken)
                found[name].processor.append(worked)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed line: a figure, the ratio to its limit, and the ratio to reach (0 = none set)."""

    work: str
    figure: str
    ratio: float | None = None
    to_reach: float = 0

    def words(self) -> str:
        """The line as printed."""
        if self.ratio is None:
            return f"{self.work:<58} {self.figure:>26}"
        verdict = ""
        if self.to_reach:
            verdict = f"  to reach {self.to_reach:g}x: {'reached' if self.ratio <= self.to_reach else 'NOT reached'}"
        return f"{self.work:<58} {self.figure:>26}   {self.ratio:6.2f}x{verdict}"


def show(title: str, rows: Sequence[Row]) -> None:
    """Print a table."""
    print(f"\n{title}\n{'-' * len(title)}")
    for row in rows:
        print(row.words(), flush=True)


def ms(seconds: float) -> str:
    """Seconds as milliseconds."""
    return f"{seconds * 1000:.2f} ms"
