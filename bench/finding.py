"""Opening a vault of 100,000 notes and searching it, against bare FTS5 on SQLCipher with the same words."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.corpus import note
from bench.timing import Row, Samples, interleaved, ms, show
from bench.vaults import PASSPHRASE, new_meeting, new_vault, record_many, without_stretching
from fieldkit.app.ports import Vault
from fieldkit.app.rows import EntryFilter
from fieldkit.kernel.clock import SystemClock
from storage import keyfile, keys
from storage.vault import open_unlocked, open_vault

NOTES = 100_000
CHARACTERS = 300
SEARCHES = {
    "a word (1 in 1,000)": ("rarely", "rarely"),
    "a word (1 in 20)": ("sometimes", "sometimes"),
    "a prefix": ("somet*", "somet*"),
    "a phrase": ('"recovery plan"', '"recovery plan"'),
}


def run(notes: int = NOTES) -> None:
    """Build both, measure opening and searching, print the ratios."""
    without_stretching()
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as name:
        folder = Path(name)
        started = time.perf_counter()
        vault = new_vault(folder / "vault")
        activity = new_meeting(vault)
        record_many(vault, activity, range(notes), CHARACTERS)
        print(f"\nrecorded {notes:,} notes in {time.perf_counter() - started:.0f} s")
        vault.close()
        key = secrets.token_hex(48)
        bare = _bare(folder / "bare.db", key, notes)
        _opening(folder, key, bare, notes)
        bare = _bare_open(folder / "bare.db", key)
        vault = open_vault(folder / "vault", PASSPHRASE, SystemClock())
        _searching(vault, bare, notes)
        vault.close()
        bare.close()


def _bare_open(path: Path, key: str) -> Any:
    from sqlcipher3 import dbapi2

    db: Any = dbapi2.connect(str(path), isolation_level=None)
    db.execute(f"PRAGMA key=\"x'{key}'\"")
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        db.execute(f"PRAGMA {pragma}")
    return db


def _bare(path: Path, key: str, notes: int) -> Any:
    db = _bare_open(path, key)
    db.execute("CREATE TABLE note(n INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    db.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    db.execute("BEGIN")
    for number in range(notes):
        text = note(number, CHARACTERS)
        row = db.execute("INSERT INTO note(text) VALUES (?)", (text,)).lastrowid
        db.execute("INSERT INTO words(rowid, text) VALUES (?, ?)", (row, text))
    db.execute("COMMIT")
    return db


def _opening(folder: Path, key: str, bare: Any, notes: int) -> None:
    bare.close()

    def open_bare(_: int) -> None:
        db = _bare_open(folder / "bare.db", key)
        db.execute("SELECT n, text FROM note ORDER BY n DESC LIMIT 50").fetchall()
        db.close()

    shown: list[float] = []

    def open_ours(_: int) -> None:
        master = keys.unlock(keyfile.load(folder / "vault"), PASSPHRASE)
        started = time.perf_counter()
        vault = open_unlocked(folder / "vault", master, SystemClock())
        vault.questions.entries(EntryFilter(limit=50))
        shown.append(time.perf_counter() - started)
        vault.close()

    found = interleaved({"bare": open_bare, "ours": open_ours}, 30)
    ours, limit = Samples("ours", shown[3:]), found["bare"].median
    ratio = ours.median / limit
    show(
        f"Open a vault of {notes:,} notes and read the newest 50, once the key is at hand",
        [
            Row(work="bare SQLCipher (open, 50 rows, close)", figure=ms(limit)),
            Row(work="FieldKit (open, checks, first write, 50 whole rows)", figure=_middle(ours), ratio=ratio),
            Row(work="  to reach 10 ms; the quickest of 30", figure=ms(min(ours.seconds))),
        ],
    )


def _middle(samples: Samples) -> str:
    return f"p50 {ms(samples.median)}, p99 {ms(samples.percentile(99))}"


def _searching(vault: Vault, bare: Any, notes: int) -> None:
    rows = []
    for title, (theirs, mine) in SEARCHES.items():
        found = interleaved({"bare": _bare_search(bare, theirs), "ours": _search(vault, mine)}, 60)
        ours = found["ours"]
        rows.append(Row(work=f"bare FTS5, ids of {title}", figure=_middle(found["bare"])))
        rows.append(Row(work="  FieldKit, first 50 whole rows with excerpts", figure=_middle(ours)))
    show(f"Search {notes:,} notes; first 50 shown to reach p99 20 ms", rows)


def _bare_search(bare: Any, words: str) -> Callable[[int], object]:
    return lambda _: bare.execute("SELECT rowid FROM words WHERE words MATCH ?", (words,)).fetchall()


def _search(vault: Vault, words: str) -> Callable[[int], object]:
    return lambda _: vault.questions.search(words, EntryFilter(limit=50))
