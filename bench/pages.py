"""How long the screen's thread is held by one thing: opening each page for the first time and again, another look.

In processor time of that thread, so that what else the machine does is left out: the longest turn of the event loop,
which is what a person feels, and all of it together.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from bench.timing import Row, show
from bench.vaults import PASSPHRASE, new_meeting, new_vault, record_many, without_stretching
from fieldkit.app.assessments import plan_activity
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.kernel.ids import ActivityId
from ui.places import Places

NOTES = 2_000
_CHARACTERS = 160
_QUIET = 0.5
"""Seconds in which what was begun comes to its end."""
_LONGEST = 0.050


class Held:
    """Turns of the event loop, each timed by the processor time of its thread."""

    def __init__(self, turn: Callable[[], None]) -> None:
        self._turn = turn

    def by(self, do: Callable[[], object]) -> tuple[float, float]:
        """Seconds of the longest turn after ``do`` or of itself, and of all."""
        turns = [self._timed(do)]
        end = time.monotonic() + _QUIET
        while time.monotonic() < end:
            turns.append(self._timed(self._turn))
            time.sleep(0.001)
        return max(turns), sum(turns)

    @staticmethod
    def _timed(do: Callable[[], object]) -> float:
        before = time.thread_time()
        do()
        return time.thread_time() - before


def run(notes: int = NOTES) -> None:
    """Print both tables."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    without_stretching()
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as folder:
        home = Path(folder) / "laptop"
        vault = new_vault(Places(home=home).vault)
        meeting = new_meeting(vault)
        record_many(vault, meeting, range(notes), _CHARACTERS)
        kinds = (ActivityKind.INTERVIEW, ActivityKind.RECORD_REVIEW, ActivityKind.DROP_IN, ActivityKind.CASE_TRACK)
        added = {kind.value: vault.perform(partial(_add, kind, meeting))[0] for kind in kinds}
        vault.close()
        _measure(home, notes, added)


def _add(kind: ActivityKind, beside: Activity, uow: UnitOfWork) -> ActivityId:
    return plan_activity(uow, uow.questions.visit(beside.visit), kind=kind, title=f"A {kind.value}").id


def _measure(home: Path, notes: int, added: Mapping[str, ActivityId]) -> None:
    from ui.launch.application import make_application
    from ui.launch.house import House
    from ui.presenters.display import Colours
    from ui.presenters.fieldwork_pages import WAYS
    from ui.presenters.page import ABOUT, Of
    from ui.presenters.workbench import Page

    app = make_application(["pages"])
    house = House(app, Places(home=home))
    house.open()
    held = Held(app.processEvents)
    held.by(lambda: None)
    house.window.resize(1366, 688)
    entrance = house.entrance
    rows = [_row("the passphrase to Home", held.by(lambda: entrance.door.open(PASSPHRASE, entrance.entered, _raise)))]
    held.by(lambda: None)
    bench = house.window.bench
    assert bench is not None
    fieldwork = [page for page in WAYS if ABOUT[page] is not Of.RECORD]
    pages = (
        Page.VISIT, Page.EVIDENCE, Page.COVERAGE, Page.SEND, Page.EXPOSURE, Page.SETTINGS, Page.HELP, *fieldwork,
        Page.HOME,
    )  # fmt: skip
    for often in ("first", "again"):
        rows += [_row(f"{page.value}, {often}", held.by(lambda page=page: bench.go(page))) for page in pages]  # type: ignore[misc]
        rows += [
            _row(f"a {kind}, {often}", held.by(lambda one=one: bench.open_activity(one)))  # type: ignore[misc]
            for kind, one in added.items()
        ]
    show(f"Opening pages with {notes:,} notes: processor time of the longest turn, and of all", rows)
    display = house.display
    looks = [_row(f"colours: {one.value}", held.by(lambda one=one: display.colours(one))) for one in Colours]  # type: ignore[misc]
    looks += [_row(f"text size: {one} %", held.by(lambda one=one: display.size(one))) for one in (125, 200, 100)]  # type: ignore[misc]
    show("Another look with every page open", looks)
    house.shut_down()


def _row(work: str, took: tuple[float, float]) -> Row:
    longest, everything = took
    figure = f"{longest * 1000:.0f} ms, in all {everything * 1000:.0f}"
    return Row(work=work, figure=figure, ratio=longest / _LONGEST, to_reach=1.0)


def _raise(problem: Exception) -> None:
    raise problem
