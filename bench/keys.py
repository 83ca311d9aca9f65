"""Key press to paint in the live log, at rest and while 10,000 notes of a team-mate come in; opening; memory.

The window runs in a process of its own, off the screen, and so does the limit row: a bare window with one
``QPlainTextEdit``. Both are typed into in turn, block by block, so that noise falls on both alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.hands import Hand
from bench.office import Office
from bench.timing import Row, Samples, show
from bench.vaults import new_meeting, new_vault, plan_another, record_many, without_stretching

SIZES = (2_000, 10_000)
BLOCKS, KEYS = 6, 120
EXCHANGES = 3
"""One of 10,000 notes is over after 130 keys: p99 would be the one slowest key."""
OPENINGS = 5
_CHARACTERS = 160
"""A note taken in a meeting: a sentence or two."""
P95, P99, STALL = 16.0, 50.0, 50.0
READY = 100.0
MEMORY = 150.0
Answer = dict[str, Any]


class Child:
    """A window in a process of its own, asked by lines of JSON."""

    def __init__(self, module: str, *arguments: str) -> None:
        surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings,
        )  # fmt: skip

    def ask(self, what: str, **more: object) -> Answer:
        """Ask and wait."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self._process.stdin.flush()
        answer: Answer = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End it."""
        self._process.communicate("")


def run(sizes: tuple[int, ...] = SIZES, blocks: int = BLOCKS) -> None:
    """Print everything."""
    without_stretching()
    bare = Child("bench.bare_keys")
    empty = bare.ask("memory")["mb"]
    try:
        for notes in sizes:
            show(*_at_rest(bare, notes, blocks, empty))
        show(*_while_sending(bare, sizes[-1], blocks))
    finally:
        bare.close()


def _at_rest(bare: Child, notes: int, blocks: int, empty: float) -> tuple[str, list[Row]]:
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as home:
        vault = new_vault(Path(home) / "vault")
        activity = new_meeting(vault)
        other = plan_another(vault, activity)
        record_many(vault, activity, range(notes), _CHARACTERS)
        vault.close()
        window = Child("bench.log_window", home)
        try:
            window.ask("unlock")
            openings = [window.ask("open_log", activity=activity.id)]
            memory = window.ask("memory")["mb"]
            openings += [_opened(window, activity.id, other.id) for _ in range(OPENINGS - 1)]
            typed, limit = _in_turn(window, bare, blocks)
            assert not window.ask("close")["crashed"]
        finally:
            window.close()
    rows = _key_rows(typed, limit)
    ready = sorted(one["ready"] for one in openings)[OPENINGS // 2]
    stall = max(gap for one in openings for gap in one["gaps"])
    whole = sorted(one["whole"] for one in openings)[OPENINGS // 2]
    rows += [
        _row("opening the log: key to painted line", f"{ready:.0f} ms", ready, READY),
        _row(
            f"  {openings[0]['rows']:,} of {notes:,} notes there after {whole / 1000:.1f} s; longest stall",
            f"{stall:.0f} ms",
            stall,
            STALL,
        ),
        _row(f"memory, the log open (bare window {empty:.0f} MB)", f"{memory:.0f} MB", memory, MEMORY),
    ]
    return f"Typing with {notes:,} notes in the log", rows


def _while_sending(bare: Child, notes: int, blocks: int, exchanges: int = EXCHANGES) -> tuple[str, list[Row]]:
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as folder:
        home = Path(folder) / "home"
        office = Office(Path(folder) / "office")
        mate, me = Hand(Path(folder) / "mate", "A Mate"), Hand(home / "vault", "A Bench")
        activity = new_meeting(mate.vault)
        mate.join(office.url, office.code("A Mate"))
        me.join(office.url, office.code("A Bench", activity.assessment))
        me.close()
        window = Child("bench.log_window", str(home))
        try:
            window.ask("unlock")
            window.ask("open_log", activity=activity.id)
            limit = bare.ask("type", keys=blocks * KEYS)
            typed: Answer = {"keys": [], "enters": [], "gaps": [], "lost": 0, "waits": [], "came": 0}
            for number in range(exchanges):
                record_many(mate.vault, activity, range(number * notes, (number + 1) * notes), _CHARACTERS)
                mate.settle()
                office.come_to_rest()
                for name, value in window.ask("type_while_sending").items():
                    typed[name] += value
            # A round that was due by itself may have begun while the team-mate still sent.
            assert typed["came"] >= exchanges * notes * 0.9, typed["came"]
            assert not window.ask("close")["crashed"]
        finally:
            window.close()
            mate.close()
            office.stop()
    rows = [*_key_rows(typed, limit), _waiting(Samples("waits", typed["waits"]))]
    return f"Typing while {notes:,} notes of a team-mate come in over HTTP, {exchanges} times", rows


def _waiting(waits: Samples) -> Row:
    """What is typed is kept by the lane that takes in what comes."""
    return Row(work=f"wait for the store lane, {len(waits.seconds)} times: p50, p95, p99", figure=_percentiles(waits))


def _opened(window: Child, activity: str, other: str) -> Answer:
    """The log of another activity first, so that this one is opened anew."""
    window.ask("open_log", activity=other)
    return window.ask("open_log", activity=activity)


def _in_turn(window: Child, bare: Child, blocks: int) -> tuple[Answer, Answer]:
    typed: Answer = {"keys": [], "enters": [], "gaps": [], "lost": 0}
    limit: Answer = {"keys": [], "enters": [], "gaps": [], "lost": 0}
    for _ in range(blocks):
        for child, all_of_it in ((window, typed), (bare, limit)):
            found = child.ask("type", keys=KEYS)
            for name, value in found.items():
                all_of_it[name] += value
    return typed, limit


def _key_rows(typed: Answer, limit: Answer) -> list[Row]:
    assert typed["lost"] == 0, typed["lost"]
    keys, bare = Samples("keys", typed["keys"]), Samples("bare", limit["keys"])
    enters = Samples("enters", typed["enters"])
    stall, held, slowest = max(typed["gaps"]), max(limit["gaps"]), max(keys.seconds)
    enter = max(enters.seconds)
    return [
        Row(work=f"bare QPlainTextEdit, {len(bare.seconds)} keys: p50, p95, p99", figure=_percentiles(bare)),
        Row(
            work=f"key to paint, {len(keys.seconds)} keys: p50, p95, p99",
            figure=_percentiles(keys), ratio=keys.median / bare.median,
        ),
        _row("  p95", f"{keys.percentile(95):.1f} ms", keys.percentile(95), P95, bare.percentile(95)),
        _row("  p99", f"{keys.percentile(99):.1f} ms", keys.percentile(99), P99, bare.percentile(99)),
        Row(work="  the slowest key", figure=f"{slowest:.1f} ms", ratio=slowest / max(bare.seconds)),
        _row(f"Enter to the painted empty line, the slowest of {len(enters.seconds)}", f"{enter:.1f} ms", enter, READY),
        _row(f"longest stall of the screen's thread (bare: {held:.0f} ms)", f"{stall:.0f} ms", stall, STALL, held),
    ]  # fmt: skip


def _percentiles(samples: Samples) -> str:
    return " / ".join(f"{samples.percentile(at):.1f}" for at in (50, 95, 99)) + " ms"


def _row(work: str, figure: str, value: float, to_reach: float, limit: float = 0.0) -> Row:
    """A figure against a number that does not depend on the limit row; the ratio to it is told all the same."""
    verdict = "reached" if value <= to_reach else "NOT reached"
    return Row(work=work, figure=f"{figure}, to reach {to_reach:g}: {verdict}", ratio=value / limit if limit else None)
