"""Attaching a large file: into the vault while hashing, against a plain encrypted copy and ``cp`` with a flush."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import tempfile
import threading
import time
from pathlib import Path

from bench import carry
from bench.timing import Row, interleaved, show
from fieldkit.app.attachments import take_in
from fieldkit.app.drafts import capture_place
from fieldkit.app.rows import Draft
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.ids import ActivityId, new_id
from fieldkit.kernel.signing import PieceSealer
from fieldkit.media.source import source_of
from storage.keyfile import FLOOR
from storage.vault import OpenVault, create_vault

SIZE = 500
"""Megabytes of the file."""

ROUNDS = 3
_PIECE = 256 * 1024
_MB = 10**6


def run(size: int = SIZE, rounds: int = ROUNDS) -> None:
    """Print how long a file takes, what it costs in memory, and how long a draft waits meanwhile."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = folder / "recording.bin"
        _make(file, size * _MB)
        vault = create_vault(
            folder / "vault", "a bench needs a vault", name="B", initials="B", clock=SystemClock(), cost=FLOOR
        )
        works = {
            "cp and flush": lambda n: _copy(file, folder / "copy"),
            "encrypted copy, hashed, nothing else": lambda n: _sealed(file, folder / "sealed"),
            "attach": lambda n: _attach(vault, file),
        }
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = interleaved(works, rounds, warm_up=1)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
        plain = found["encrypted copy, hashed, nothing else"].median
        rows = [
            Row(
                work=f"{size} MB, {name}", figure=f"{one.median:.2f} s ({size / one.median:.0f} MB/s)",
                ratio=one.median / plain, to_reach=1.2 if name == "attach" else 0,
            )
            for name, one in found.items()
        ]  # fmt: skip
        waits = _drafts_meanwhile(vault, file)
        rows.append(Row(work="memory grown by (MB)", figure=f"{grown:.0f}"))
        rows.append(
            Row(work="a draft kept meanwhile, median and worst", figure=f"{waits[0]:.1f} and {waits[1]:.1f} ms")
        )
        show("Attaching a file", rows)
        vault.close()
    carry.run(size, rounds)


def _make(file: Path, size: int) -> None:
    block = os.urandom(_MB)
    with file.open("wb") as out:
        for number in range(size // _MB):
            out.write(number.to_bytes(8, "big") + block[8:])


def _copy(file: Path, target: Path) -> None:
    shutil.copyfile(file, target)
    with target.open("r+b") as out:
        os.fsync(out.fileno())


def _sealed(file: Path, target: Path) -> None:
    sealer, digest = PieceSealer(os.urandom(32)), hashlib.sha256()
    with file.open("rb", buffering=0) as source, target.open("wb", buffering=0) as out:
        while piece := source.read(_PIECE):
            digest.update(piece)
            out.write(sealer.seal(piece, b""))
        os.fsync(out.fileno())


def _attach(vault: OpenVault, file: Path) -> None:
    with source_of(file) as source:
        taken = take_in(vault.files, source, lambda done: None)
    vault._files.path(taken.sha256).unlink()


def _drafts_meanwhile(vault: OpenVault, file: Path) -> tuple[float, float]:
    """What somebody who types feels: drafts kept on this thread while another copies."""
    clock, place = SystemClock(), capture_place(ActivityId(new_id()))
    copying = threading.Thread(target=_attach, args=(vault, file))
    copying.start()
    waits = []
    while copying.is_alive():
        draft = Draft(place=place, text="being typed", caret=0, noticed_at=None, kept_at=clock.now())
        start = time.perf_counter()
        vault.perform(lambda uow, draft=draft: uow.keep_draft(draft))  # type: ignore[misc]
        waits.append((time.perf_counter() - start) * 1000)
        time.sleep(0.02)
    ordered = sorted(waits)
    return ordered[len(ordered) // 2], ordered[-1]
