"""Start to the painted locked screen, and unlock to the painted visit: each beside a bare window of the same run.

Every start is a process of its own with its modules compiled beforehand, as an installed program has them. Wall time
and processor time; on a busy machine only the second is worth anything.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.timing import Row, Samples, interleaved, ms, show
from bench.vaults import new_meeting, new_vault, record_many, without_stretching
from ui.places import Places
from ui.presenters.workbench import LAST_PLACE

NOTES, ROUNDS = 10_000, 7
_ROOT = Path(__file__).resolve().parents[1]
_TO_FIRST, _TO_VISIT = 2.0, 1.0
_CHARACTERS = 160
"""Of a note taken in a meeting."""
_BARE = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1366, 688)
window.show()
app.processEvents()
window.repaint()
print(json.dumps([seconds(), time.process_time()]))
"""
_FIRST = """
from ui.launch.application import make_application
app = make_application(["start"])
from pathlib import Path
from ui.launch.house import House
from ui.places import Places
house = House(app, Places(home=Path(sys.argv[1])))
house.open()
app.processEvents()
house.window.repaint()
print(json.dumps([seconds(), time.process_time()]))
sys.stdout.flush()
os._exit(0)
"""
_VISIT = """
from ui.launch.application import make_application
app = make_application(["start"])
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from bench.vaults import PASSPHRASE, without_stretching
without_stretching()
from ui.launch.house import House
from ui.places import Places
house = House(app, Places(home=Path(sys.argv[1])))
house.open()
end = time.monotonic() + 2.0
while time.monotonic() < end:  # a person types a passphrase for longer; what unlocking needs is imported meanwhile
    app.processEvents()
    time.sleep(0.005)
window = house.window
QTest.keyClicks(app.focusWidget(), PASSPHRASE)
began, processor = time.monotonic(), time.process_time()
QTest.keyClick(app.focusWidget(), Qt.Key.Key_Return)
def rows():
    table = window.findChild(QTableView, "log.table")
    return table.model().rowCount() if table is not None and table.isVisible() else 0
while not rows():
    app.processEvents()
    time.sleep(0.001)
window.repaint()
print(json.dumps([time.monotonic() - began, time.process_time() - processor]))
sys.stdout.flush()
house.shut_down()  # else the next round would open what a crash left, and check every page of it
"""
_CLOCK = """
import json, os, sys, time
def seconds():
    return time.time() - float(os.environ["FIELDKIT_BENCH_BEGAN"])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Seconds from the start of a process until its window is painted."""

    wall: float
    processor: float


def run(notes: int = NOTES, rounds: int = ROUNDS) -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as folder:
        home = Path(folder) / "laptop"
        _vault(Places(home=home).vault, notes)
        _starts(home, rounds)
        _visits(home, notes, rounds)


def _starts(home: Path, rounds: int) -> None:
    found: dict[str, list[Start]] = {"bare": [], "locked": []}

    def start(program: str, name: str, number: int) -> None:
        done = _started(program, home)
        if number >= 1:
            found[name].append(done)

    interleaved({"bare": partial(start, _BARE, "bare"), "locked": partial(start, _FIRST, "locked")}, rounds, warm_up=1)
    wall = {name: Samples(name, [one.wall for one in list_]) for name, list_ in found.items()}
    processor = {name: Samples(name, [one.processor for one in list_]) for name, list_ in found.items()}
    rows = [
        Row(work="a bare window, painted (limit)", figure=_both(wall["bare"], processor["bare"])),
        Row(
            work="FieldKit, the locked screen painted", figure=_both(wall["locked"], processor["locked"]),
            ratio=wall["locked"].median / wall["bare"].median, to_reach=_TO_FIRST,
        ),
        Row(
            work="... in processor time", figure=ms(processor["locked"].median),
            ratio=processor["locked"].median / processor["bare"].median, to_reach=_TO_FIRST,
        ),
    ]  # fmt: skip
    show(f"Start to a painted window, medians of {rounds} interleaved", rows)


def _both(wall: Samples, processor: Samples) -> str:
    return f"{ms(wall.median)}, cpu {ms(processor.median)}"


def _started(program: str, home: Path) -> Start:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(home.parent / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", _CLOCK + program, str(home)]
    environment["FIELDKIT_BENCH_BEGAN"] = repr(time.time())
    done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=True)
    wall, processor = json.loads(done.stdout.splitlines()[-1])
    return Start(wall=wall, processor=processor)


def _visits(home: Path, notes: int, rounds: int) -> None:
    """Each round beside a bare window of its own."""
    pairs = [(_started(_VISIT, home), _started(_BARE, home)) for _ in range(rounds)]
    wall, processor = (Samples(name, [getattr(one, name) for one, _ in pairs]) for name in ("wall", "processor"))
    bare_wall, bare_cpu = (Samples(name, [getattr(one, name) for _, one in pairs]) for name in ("wall", "processor"))
    work = f"Enter on the passphrase to the painted log of {notes:,} notes, without Argon2id"
    rows = [
        Row(work="a bare window, painted (limit)", figure=_both(bare_wall, bare_cpu)),
        Row(work=work, figure=_both(wall, processor), ratio=wall.median / bare_wall.median, to_reach=_TO_VISIT),
        Row(
            work="... in processor time", figure=ms(processor.median), ratio=processor.median / bare_cpu.median,
            to_reach=_TO_VISIT,
        ),
    ]  # fmt: skip
    show("Unlock to the painted visit, against the bare window of the same rounds", rows)


def _vault(folder: Path, notes: int) -> None:
    """A vault whose place is the log of its one meeting, made with keys that are not stretched."""
    without_stretching()
    vault = new_vault(folder)
    activity = new_meeting(vault)
    record_many(vault, activity, range(notes), _CHARACTERS)
    vault.perform(lambda uow: uow.set_setting(LAST_PLACE, f"log {activity.id}"))
    vault.close()
