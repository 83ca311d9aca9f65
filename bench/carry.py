"""Files from a vault to the store's signed word, against a plain PUT; and what both sides take of memory meanwhile.

The plain PUT hashes and flushes at its server too, and reads a plain file at its client; ours reads a sealed one and
keeps a row for it. The row *without a line* is what no way of sending can save of that on this machine: opening the
sealed pieces, SHA-256, writing, one flush, and nothing else.

Laptop and store are two processes, as in the field. Peaks are the kernel's own count (``VmHWM``), set back before each
measurement, so that a small file and a large one can be compared exactly.
"""

from __future__ import annotations

import hashlib
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
from fieldkit.app.attachments import Said, attach, take_bytes, take_in
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
        office, plain = Office(folder / "office"), PlainPut(folder / "plain")
        hand, mate = Hand(folder / "a", "A Bench"), Hand(folder / "b", "B Bench")
        try:
            activity = new_meeting(hand.vault)
            hand.join(office.url, office.code("A Bench"))
            mate.join(office.url, office.code("B Bench", activity.assessment))
            for _ in range(rounds + 1):  # the first warms up
                _round(folder, size, office, plain, hand, mate, activity, found)
        finally:
            hand.close()
            mate.close()
            plain.stop()
            office.stop()
    show("Sending files", _rows({name: statistics.median(values[1:]) for name, values in found.items()}, size))


def _round(
    folder: Path,
    size: int,
    office: Office,
    plain: PlainPut,
    hand: Hand,
    mate: Hand,
    activity: Activity,
    found: Found,
) -> None:
    for name, count, megabytes in (("one", 1, SMALL), ("many", MANY, SMALL), ("large", 1, size)):
        files = [_made(folder / f"{name}-{number}", megabytes * _MB) for number in range(count)]
        started = time.perf_counter()
        for file in files:
            plain.put(file)
        _note(found, f"plain {name}", time.perf_counter() - started)
        taken = [_attach(hand, activity, file, f"{name}-{number}.bin") for number, file in enumerate(files)]
        for file in files:
            file.unlink()
        _note(found, f"alone {name}", _alone(hand, taken, folder / "alone"))
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
        if name == "one":
            _again(mate, activity, b"".join(hand.vault.files.pieces(taken[0])), found)


def _again(mate: Hand, activity: Activity, data: bytes, found: Found) -> None:
    """A team-mate attaches what the store holds: what that file's sending costs, words and hello not counted."""
    mate.settle()
    taken = take_bytes(mate.vault.files, data, "again.bin")
    said = Said(assessment=activity.assessment, about=RecordId(activity.id), purpose="A second copy")
    mate.vault.perform(lambda uow: attach(uow, taken, said, again=True))
    mate.engine.round(with_files=False)
    before = mate.bytes
    words = mate.engine.round(with_files=False).turns
    nothing = mate.bytes - before
    turns = mate.engine.round().turns
    _note(found, "turns again", turns - words)
    _note(found, "bytes again", mate.bytes - before - 2 * nothing)
    assert mate.vault.questions.standing().everything_is_there


def _alone(hand: Hand, taken: list[str], target: Path) -> float:
    """Seconds to open, hash, write and flush what is to be sent, in one thread and without a line."""
    started = time.perf_counter()
    for sha256 in taken:
        digest = hashlib.sha256()
        with target.open("wb", buffering=0) as file:
            for piece in hand.vault.files.pieces(sha256):
                file.write(piece)
                digest.update(piece)
            os.fsync(file.fileno())
        assert digest.hexdigest() == sha256
    seconds = time.perf_counter() - started
    target.unlink()
    return seconds


def _rows(found: dict[str, float], size: int) -> list[Row]:
    def sent(name: str, what: str, to_reach: float) -> list[Row]:
        ours, plain = found[f"ours {name}"], found[f"plain {name}"]
        turns, extra, alone = found[f"turns {name}"], found[f"extra {name}"], found[f"alone {name}"]
        return [
            Row(work=f"{what}, plain PUT, hashed and flushed", figure=f"{plain:.2f} s"),
            Row(work=f"{what}, vault to receipt", figure=f"{ours:.2f} s", ratio=ours / plain, to_reach=to_reach),
            Row(work="  without a line: opened, hashed, written, flushed", figure=f"{alone:.2f} s", ratio=ours / alone),
            Row(work="  turns, and bytes beside the files", figure=f"{turns:.0f} and {extra / 1000:.0f} kB"),
        ]  # fmt: skip

    rows = sent("many", f"{MANY} x {SMALL} MB", 1.2) + sent("large", f"1 x {size} MB", 1.0)
    turns, bytes_ = found["turns again"], found["bytes again"]
    rows += [
        Row(work="a file that the store holds: turns", figure=f"{turns:.0f}", ratio=turns, to_reach=1),
        Row(work="  and bytes both ways, against 1 kB", figure=f"{bytes_:.0f}", ratio=bytes_ / 1000, to_reach=1),
    ]
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


def _attach(hand: Hand, activity: Activity, file: Path, name: str) -> str:
    with source_of(file) as source:
        taken = take_in(hand.vault.files, source, lambda done: None)
    said = Said(assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), purpose=name)
    hand.vault.perform(lambda uow: attach(uow, taken, said))
    return taken.sha256


def _forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak(pid: int) -> float:
    """Megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


def _note(found: Found, name: str, value: float) -> None:
    found.setdefault(name, []).append(value)
