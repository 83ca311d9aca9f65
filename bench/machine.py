"""What processes cost: processor seconds and memory of a program and all it started, read from ``/proc`` (Linux)."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import psycopg

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """``processor`` in seconds, ``memory`` in bytes: what is shared between processes is counted once (Pss)."""

    processor: float
    memory: int

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.processor + other.processor, self.memory + other.memory)

    def since(self, before: Cost) -> float:
        """Processor seconds between two looks."""
        return self.processor - before.processor


def cost(root: int) -> Cost:
    """Of the process ``root`` with all below it, those that ended included."""
    found = Cost(0.0, 0)
    for pid in _family(root):
        found += _one(pid)
    return found


def postmaster(database_url: str) -> int:
    """The process id of the PostgreSQL server on this machine that holds this database."""
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    return int((Path(row[0]) / "postmaster.pid").read_text().split()[0])


class Peak:
    """The most memory that processes had together while the block ran, looked at twice a second."""

    def __init__(self, **roots: int) -> None:
        self._roots = roots
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.memory = dict.fromkeys(roots, 0)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            for name, root in self._roots.items():
                self.memory[name] = max(self.memory[name], cost(root).memory)


def _family(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents.setdefault(int(_fields(place)[1]), []).append(int(place.parent.name))
        except OSError:  # ended while we looked
            continue
    family, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        family.append(pid)
        waiting += parents.get(pid, [])
    return family


def _fields(place: Path) -> list[str]:
    """Of a ``stat`` file, behind the name, which may hold anything."""
    return place.read_text().rpartition(")")[2].split()


def _one(pid: int) -> Cost:
    try:
        ticks = sum(int(one) for one in _fields(Path(f"/proc/{pid}/stat"))[11:15])
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return Cost(0.0, 0)
    shares = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return Cost(ticks / _TICKS, sum(shares) * 1024)
