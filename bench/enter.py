"""Enter to durable: a note with two tags, signed, projected and searchable, against what a few lines would do."""

from __future__ import annotations

import os
import secrets
import statistics
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from bench.corpus import note
from bench.timing import Row, Samples, interleaved, ms, show
from bench.vaults import new_meeting, new_vault, two_tags, without_stretching
from fieldkit.app.entries import NewEntry, record_entry

ROUNDS = 1500
WARM_UP = 50


@cache
def invented(number: int) -> str:
    """The note of a round, made before it is timed: inventing it takes a twelfth of what keeping it does."""
    return note(number)


class BareDisk:
    """The physical limit: write the note's bytes and flush them."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._place = 0

    def __call__(self, number: int) -> None:
        data = invented(number).encode()
        os.pwrite(self._fd, data, self._place)
        os.fdatasync(self._fd)
        self._place += len(data)

    def close(self) -> None:
        os.close(self._fd)


class BareCipher:
    """A table and a search index in SQLCipher with the same safety, and nothing of what FieldKit promises."""

    def __init__(self, path: Path) -> None:
        from sqlcipher3 import dbapi2

        self._db: Any = dbapi2.connect(str(path), isolation_level=None)
        self._db.execute(f"PRAGMA key=\"x'{secrets.token_hex(48)}'\"")
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute("CREATE TABLE note(n INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        self._db.execute("CREATE VIRTUAL TABLE words USING fts5(text)")

    def __call__(self, number: int) -> None:
        text = invented(number)
        self._db.execute("BEGIN IMMEDIATE")
        row = self._db.execute("INSERT INTO note(text) VALUES (?)", (text,)).lastrowid
        self._db.execute("INSERT INTO words(rowid, text) VALUES (?, ?)", (row, text))
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()


def run(rounds: int = ROUNDS) -> None:
    """Print p50 and p99 of all three and the ratios of the medians."""
    without_stretching()
    for number in range(rounds + WARM_UP):
        invented(number)
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as name:
        folder = Path(name)
        disk, cipher, vault = BareDisk(folder / "bare"), BareCipher(folder / "bare.db"), new_vault(folder / "vault")
        activity = new_meeting(vault)

        def ours(number: int) -> None:
            new = NewEntry(text=invented(number), evidence=two_tags())
            vault.perform(lambda uow: record_entry(uow, activity, new))

        found = interleaved({"disk": disk, "cipher": cipher, "ours": ours}, rounds, warm_up=WARM_UP)
        vault.close()
        disk.close()
        cipher.close()
    _print(found)


def _print(found: dict[str, Samples]) -> None:
    mine = found["ours"].median
    worked = {name: statistics.median(samples.processor) for name, samples in found.items()}

    def figure(name: str) -> str:
        return f"p50 {ms(found[name].median)}, p99 {ms(found[name].percentile(99))}"

    show(
        f"Enter to durable ({len(found['ours'].seconds)} interleaved rounds, 1 kB, 2 tags)",
        [
            Row(work="bare write + fdatasync", figure=figure("disk")),
            Row(work="bare SQLCipher + FTS5 insert, same safety", figure=figure("cipher")),
            Row(work="FieldKit: Enter -> durable", figure=figure("ours")),
            Row(work="  against bare SQLCipher + FTS5", figure="", ratio=mine / found["cipher"].median, to_reach=2),
            Row(work="  against bare write + fdatasync", figure="", ratio=mine / found["disk"].median, to_reach=6),
            Row(
                work=f"  processor alone (bare: {ms(worked['cipher'])}), which no busy disk hides",
                figure=ms(worked["ours"]),
                ratio=worked["ours"] / worked["cipher"],
            ),
        ],
    )
