"""Files from a vault to the store's signed word, against a plain PUT; and what both sides take of memory meanwhile.

Laptop and store are two processes, as in the field. Peaks are the kernel's own count (``VmHWM``), set back before each
measurement, so that a small file and a large one can be compared exactly.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from bench.hands import Hand
from bench.office import Office
from bench.plain_put import PlainPut
from bench.timing import Row, show
from bench.vaults import new_meeting
from fieldkit.app.attachments import Said, attach, take_in
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.ids import RecordId
from fieldkit.media.source import source_of

_MB = 10**6
Found = dict[str, list[float]]
SMALL, MANY = 10, 20
"""Megabytes, and how many files of them."""


def run(size: int, rounds: int) -> None:
    """Print seconds, ratios, turns and peaks; ``size`` in megabytes is that of the large file."""
    found: Found = {}
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as place:
        folder = Path(place)
        office, plain, hand = Office(folder / "office"), PlainPut(folder / "plain"), Hand(folder / "a", "A Bench")
        try:
            activity = new_meeting(hand.vault)
            hand.join(office.url, office.code("A Bench"))
            for _ in range(rounds + 1):  # the first warms up
                _round(folder, size, office, plain, hand, activity, found)
        finally:
            hand.close()
            plain.stop()
            office.stop()
    show("Sending files", _rows({name: statistics.median(values[1:]) for name, values in found.items()}, size))


def _round(
    folder: Path,
    size: int,
    office: Office,
    plain: PlainPut,
    hand: Hand,
    activity: Activity,
    found: Found,
) -> None:
    for name, count, megabytes in (("one", 1, SMALL), ("many", MANY, SMALL), ("large", 1, size)):
        files = [_made(folder / f"{name}-{number}", megabytes * _MB) for number in range(count)]
        started = time.perf_counter()
        for file in files:
            plain.put(file)
        _note(found, f"plain {name}", time.perf_counter() - started)
        for number, file in enumerate(files):
            _attach(hand, activity, file, f"{name}-{number}.bin")
            file.unlink()
        os.sync()
        for pid in (office.pid, os.getpid()):
            _forget_peak(pid)
        before = hand.bytes
        seconds, turns = hand.settle()
        _note(found, f"ours {name}", seconds)
        _note(found, f"turns {name}", turns)
        _note(found, f"extra {name}", hand.bytes - before - count * megabytes * _MB)
        _note(found, f"store {name}", _peak(office.pid))
        _note(found, f"laptop {name}", _peak(os.getpid()))
        assert hand.vault.questions.standing().everything_is_there


def _rows(found: dict[str, float], size: int) -> list[Row]:
    def sent(name: str, what: str, to_reach: float) -> list[Row]:
        ours, plain = found[f"ours {name}"], found[f"plain {name}"]
        turns, extra = found[f"turns {name}"], found[f"extra {name}"]
        return [
            Row(work=f"{what}, plain PUT, hashed and flushed", figure=f"{plain:.2f} s"),
            Row(work=f"{what}, vault to receipt", figure=f"{ours:.2f} s", ratio=ours / plain, to_reach=to_reach),
            Row(work="  turns, and bytes beside the files", figure=f"{turns:.0f} and {extra / 1000:.0f} kB"),
        ]  # fmt: skip

    rows = sent("many", f"{MANY} x {SMALL} MB", 1.2) + sent("large", f"1 x {size} MB", 1.0)
    for side in ("store", "laptop"):
        small, large = found[f"{side} one"], found[f"{side} large"]
        rows.append(
            Row(
                work=f"peak memory of the {side}, {SMALL} MB and {size} MB",
                figure=f"{small:.0f} and {large:.0f} MB", ratio=large / small, to_reach=1.2,
            )
        )  # fmt: skip
    return rows


def _made(file: Path, size: int) -> Path:
    block = os.urandom(_MB)
    with file.open("wb") as out:
        for number in range(size // _MB):
            out.write(number.to_bytes(8, "big") + block[8:])
        os.fsync(out.fileno())
    return file


def _attach(hand: Hand, activity: Activity, file: Path, name: str) -> None:
    with source_of(file) as source:
        taken = take_in(hand.vault.files, source, lambda done: None)
    said = Said(assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), purpose=name)
    hand.vault.perform(lambda uow: attach(uow, taken, said))


def _forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak(pid: int) -> float:
    """Megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


def _note(found: Found, name: str, value: float) -> None:
    found.setdefault(name, []).append(value)
