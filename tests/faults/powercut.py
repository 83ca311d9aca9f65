"""Power cuts: record one run of the workload, then cut it at random points and open what is left."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults import cheap_keys, ledger
from tests.faults.disk import Disk, Operation, read_log

SOURCE = Path(__file__).with_name("oplog.c")


@dataclass(slots=True)
class Report:
    """How many states were opened and which of them broke a promise."""

    states: int = 0
    broken: list[str] = field(default_factory=list)


def recorder(folder: Path) -> Path:
    """Compile the recorder. Raises ``FileNotFoundError`` where there is no C compiler."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None:
        raise FileNotFoundError("no C compiler")
    library = folder / "oplog.so"
    subprocess.run(
        [compiler, "-O2", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl", "-lpthread"],
        check=True,
        capture_output=True,
    )
    return library


def record(folder: Path, notes: int, plant: str = "") -> tuple[list[Operation], str]:
    """Run the workload once under the recorder; its operations and the folder they happened in."""
    root = folder / "run"
    root.mkdir()
    environment = {
        **os.environ,
        "LD_PRELOAD": str(recorder(folder)),
        "OPLOG_ROOT": str(root),
        "OPLOG_FILE": str(folder / "oplog"),
    }
    command = [sys.executable, "-m", "tests.faults.workload", str(root), str(notes), *([plant] if plant else [])]
    subprocess.run(command, env=environment, check=True, timeout=300)
    return read_log(folder / "oplog"), str(root)


def anywhere(operations: list[Operation]) -> list[int]:
    """Every point of the run."""
    return list(range(1, len(operations) + 1))


def first_pages(operations: list[Operation]) -> list[int]:
    """The points just after the database's first page was written and before it was flushed."""
    page = (n for n, o in enumerate(operations) if o.op == "W" and o.offset == 0 and o.path.endswith("vault.db"))
    return [n + 1 for n in page]


def cut(operations: list[Operation], root: str, places: list[int], seed: int, into: Path) -> Report:
    """Cut at each of ``places``, in order, and compare each state left with the ledger."""
    cheap_keys.use()
    chance = random.Random(seed)
    lines = _acknowledged(operations, root)
    disk = Disk(operations, root)
    report = Report()
    for place in sorted(places):
        disk.run_to(place)
        mode = disk.crash(chance, into)
        seen = lines[: disk.acked]
        saved = {line.digest for line in seen if line.state == ledger.SAVED}
        begun = {line.digest for line in seen}
        found = ledger.faults_of(into / "vault", saved, begun)
        report.states += 1
        report.broken += [f"cut at {place} ({mode}), seed {seed}: {sentence}" for sentence in found]
    shutil.rmtree(into, ignore_errors=True)
    return report


def campaign(
    states: int,
    notes: int = 60,
    seed: int = 1,
    plant: str = "",
    where: Callable[[list[Operation]], list[int]] = anywhere,
) -> Report:
    """Record and cut ``states`` times at random among the points ``where`` names."""
    with tempfile.TemporaryDirectory(prefix="fieldkit-cuts-") as name:
        folder = Path(name)
        operations, root = record(folder, notes, plant)
        places = random.Random(seed).choices(where(operations), k=states)
        return cut(operations, root, places, seed, folder / "left")


def _acknowledged(operations: list[Operation], root: str) -> list[ledger.Line]:
    text = b"".join(o.data for o in operations if o.op == "W" and o.path == f"{root}/ack").decode("ascii")
    parts = (line.split() for line in text.splitlines())
    return [ledger.Line(state, int(number), digest) for state, number, digest in parts]
