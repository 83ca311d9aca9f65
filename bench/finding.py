"""Opening a vault of 100,000 notes and filtering it, against bare FTS5 on SQLCipher with the same words."""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bench.corpus import note
from bench.timing import Row, Samples, interleaved, ms, show
from bench.varied import FIRST_DAY, SPEAKERS, Field, new_field, record_varied
from bench.vaults import FRAMEWORK, PASSPHRASE, without_stretching
from fieldkit.app.filter_names import Known, understand
from fieldkit.app.ports import Vault
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.people import Person
from fieldkit.kernel.clock import FixedClock, SystemClock
from fieldkit.kernel.ids import AssessmentId, PersonId
from storage import keyfile, keys
from storage.vault import create_vault, open_unlocked, open_vault

NOTES = 100_000
CHARACTERS = 300
TO_REACH = 0.020
BARE = {
    "a word (1 in 1,000)": "rarely",
    "a word (1 in 20)": "sometimes",
    "a prefix": "somet*",
    "a phrase": '"recovery plan"',
}
FILTERS = {
    "a word (1 in 1,000)": "rarely",
    "a word (1 in 20)": "sometimes",
    "a prefix": "somet*",
    "a phrase": '"recovery plan"',
    "a statement": "qs:lc",
    "a category": "ec:pe",
    "a statement with a category": "qs:lc ec:pe",
    "either of two statements": "qs:gm,we",
    "a person": "who:dn",
    "the first of 25 days": "on:7sep2026",
    "a mark (1 in 500)": "is:risk",
    "untagged": "is:untagged",
    "kind of activity, visit and mark": 'from:case visit:"Visit 2" is:quote',
    "a word with a statement": "sometimes qs:lc",
    "a word with a rare pair": "sometimes qs:we ec:ou",
    "a word, a person and a day": "sometimes who:ph on:10sep2026",
    "nothing there": "qs:lc who:ph on:9sep2026 -is:mine",
}


def run(notes: int = NOTES) -> None:
    """Build both, measure opening and searching, print the ratios."""
    without_stretching()
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as name:
        folder = Path(name)
        started = time.perf_counter()
        clock = FixedClock(FIRST_DAY)
        vault: Vault = create_vault(folder / "vault", PASSPHRASE, name="A Bench", initials="AB", clock=clock)
        field = new_field(vault)
        record_varied(vault, clock, field, range(notes), CHARACTERS)
        print(f"\nrecorded {notes:,} notes in {time.perf_counter() - started:.0f} s")
        vault.close()
        key = secrets.token_hex(48)
        bare = _bare(folder / "bare.db", key, notes)
        _opening(folder, key, bare, notes)
        bare = _bare_open(folder / "bare.db", key)
        vault = open_vault(folder / "vault", PASSPHRASE, SystemClock())
        _searching(vault, _known(vault, field), field.assessment, bare, notes)
        vault.close()
        bare.close()


def _known(vault: Vault, field: Field) -> Known:
    questions = vault.questions
    return Known(
        today=date(2026, 12, 31), frameworks=(FRAMEWORK,), visits=tuple(questions.visits(field.assessment)),
        activities=field.activities, authors=tuple(questions.assessors(field.assessment)),
        people=tuple(
            Person(
                id=PersonId(code), assessment=field.assessment, visit=field.activities[0].visit, code=code, role=code
            )
            for code in SPEAKERS
        ),
    )  # fmt: skip


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


def _searching(vault: Vault, known: Known, assessment: AssessmentId, bare: Any, notes: int) -> None:
    """Whole rows ready for the screen, asked for as the evidence list asks: until 50 are there, or all is seen."""
    works = {f"bare {title}": _bare_search(bare, words) for title, words in BARE.items()}
    wanted = {title: _filter(text, known, assessment) for title, text in FILTERS.items()}
    works |= {title: _walk(vault, one) for title, one in wanted.items()}
    processor = {name: Samples(name) for name in works}
    found = interleaved({name: _with_processor(work, processor[name]) for name, work in works.items()}, 200)
    rows = [_reached(f"bare FTS5, all ids of {t}", found[f"bare {t}"], processor[f"bare {t}"]) for t in BARE]
    rows += [_reached(f"  FieldKit, {t}", found[t], processor[t], TO_REACH) for t in FILTERS]
    show(f"Find in {notes:,} notes; first 50 whole rows to reach p99 20 ms (cpu: processor time of the same)", rows)
    counting = interleaved({title: _count(vault, one) for title, one in wanted.items()}, 5, warm_up=1)
    longest = max(found_.percentile(99) for found_ in counting.values())
    show(
        "Counting all that match, behind the first rows, in steps between which other work gets its turn",
        [
            Row(work="slowest of these filters, from first to last step", figure=ms(longest)),
            Row(work="longest step: what a note being saved may wait", figure=ms(_longest_step(vault, wanted))),
        ],
    )


def _with_processor(work: Callable[[int], object], samples: Samples) -> Callable[[int], object]:
    """On a machine that others use, waiting for a processor is most of a p99; what it costs is told beside it."""

    def measured(number: int) -> None:
        started = time.thread_time()
        work(number)
        samples.seconds.append(time.thread_time() - started)

    return measured


def _reached(title: str, samples: Samples, processor: Samples, limit: float = 0) -> Row:
    verdict = "" if not limit else "  reached" if samples.percentile(99) <= limit else "  NOT reached"
    return Row(work=title, figure=f"{_middle(samples)}, cpu p99 {ms(processor.percentile(99))}{verdict}")


def _bare_search(bare: Any, words: str) -> Callable[[int], object]:
    return lambda _: bare.execute("SELECT rowid FROM words WHERE words MATCH ?", (words,)).fetchall()


def _filter(text: str, known: Known, assessment: AssessmentId) -> EntryFilter:
    found = understand(f"{text} ", known)
    assert not found.problems, found.problems
    return EntryFilter(assessment=assessment, words=found.words, terms=found.terms, limit=50)


def _walk(vault: Vault, wanted: EntryFilter) -> Callable[[int], object]:
    def work(_: int) -> None:
        rows, before = 0, None
        while rows < wanted.limit and before != 0:
            walk = vault.questions.walk(replace(wanted, before=before, limit=wanted.limit - rows))
            rows, before = rows + len(walk.rows), walk.reached

    return work


def _steps(vault: Vault, wanted: EntryFilter) -> Iterator[float]:
    before: int | None = None
    while before != 0:
        started = time.perf_counter()
        before = vault.questions.tally(replace(wanted, before=before)).reached
        yield time.perf_counter() - started


def _count(vault: Vault, wanted: EntryFilter) -> Callable[[int], object]:
    return lambda _: sum(_steps(vault, wanted))


def _longest_step(vault: Vault, wanted: dict[str, EntryFilter]) -> float:
    """The median of the longest steps of each filter's count, so that one hiccup of the machine is no figure."""
    return statistics.median(max(_steps(vault, one)) for one in wanted.values())
