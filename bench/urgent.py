"""How soon something urgent is confirmed by the store while a film of 500 MB is being sent over a phone line.

10 kbit/s each way, of which 40 % is lost: once as a radio loses it (frames of 200 bytes, which it repeats itself),
once as packets that TCP has to send again, which no phone company would sell. The store runs on this machine.
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from bench.timing import Row, show
from bench.vaults import without_stretching
from central import admin
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.app.attachments import Said, attach, take_in
from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalation_rows import escalation
from fieldkit.app.escalations import NewEscalation, escalate
from fieldkit.app.lanes import ThreadLane
from fieldkit.domain.escalation import Danger
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.ids import RecordId
from fieldkit.media.source import source_of
from sync.http import CentralStore
from sync.worker import SyncWorker
from tests.support.bad_line import BadLine
from tests.support.laptop import APP, Laptop

T = TypeVar("T")


class On(Protocol):
    """Runs a job on the thread of the vault."""

    def __call__(self, job: Callable[[], T], /) -> T: ...


TIMES, SIZE = 12, 500
"""Urgent items, and megabytes of the film."""

RATE, LOSS = 10_000, 0.4
_BETWEEN = 20.0
"""Seconds between two items: each is to meet the line as it usually is."""

_MB = 10**6


def run(times: int = TIMES, size: int = SIZE) -> None:
    """Print median and worst for both kinds of loss, and for a line without any."""
    without_stretching()
    rows = []
    for name, loss, repeats in (
        ("nothing lost", 0.0, True), ("40 % of radio frames lost", LOSS, True), ("40 % of packets lost", LOSS, False),
    ):  # fmt: skip
        with tempfile.TemporaryDirectory(prefix="fieldkit-bench-") as folder:
            found, carried = _measure(Path(folder), times, size, loss, repeats)
        middle, worst = statistics.median(found), max(found)
        soon = sum(one <= 5.0 for one in found)
        rows.append(Row(work=f"{name}: median, worst", figure=f"{middle:.1f} s, {worst:.1f} s"))
        rows.append(
            Row(work=f"{name}: within 5 s; film sent meanwhile", figure=f"{soon} of {times}; {carried:,} bytes")
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    rows.append(Row(work="most memory, laptop and store in one program", figure=f"{peak / _MB:,.0f} MB"))
    show(f"Something urgent over 10 kbit/s while {size} MB are being sent", rows)


def _measure(folder: Path, times: int, size: int, loss: float, repeats: bool) -> tuple[list[float], int]:
    with _desk(folder, size, repeats) as (line, on, laptop, worker):
        line.turn(RATE, loss)
        worker.start()
        _until(lambda: worker.status.bytes_total > 0, 300)
        time.sleep(_BETWEEN)
        found = []
        for _ in range(times):
            found.append(_one(on, laptop, worker))
            time.sleep(_BETWEEN)
        return found, worker.status.bytes_done


def _one(on: On, laptop: Laptop, worker: SyncWorker) -> float:
    meeting = on(laptop.meeting)
    new = NewEscalation(
        assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), danger=Danger.YES,
        what="No cover on Ward 4 tonight",
    )  # fmt: skip
    made = on(lambda: laptop.vault.perform(lambda uow: escalate(uow, new, shipped()))[0])
    began = time.monotonic()
    worker.nudge(urgent=True)
    _until(lambda: on(lambda: escalation(laptop.vault.questions, made.id).delivered_at) is not None, 300)
    return time.monotonic() - began


@contextmanager
def _desk(folder: Path, size: int, repeats: bool) -> Iterator[tuple[BadLine, On, Laptop, SyncWorker]]:
    admin.init(Settings(folder=folder / "office"), "Office")
    settings = replace(Settings.load(folder / "office"), port=0)
    store = start_in_thread(settings)
    line = BadLine(urlsplit(store.url).port or 0, repeats_itself=repeats)
    lane = ThreadLane("store")

    def on(job: Callable[[], T], /) -> T:
        return lane.submit(job).result(600)

    laptop = on(lambda: Laptop(folder / "laptop", "Ada Lovelace", SystemClock()))
    on(lambda: laptop.join(settings, line.url))
    on(laptop.open_meeting)
    on(lambda: _film(laptop, folder / "film.mp4", size))
    on(lambda: laptop.engine.round(with_files=False))
    on(laptop.engine.close)
    worker = SyncWorker(
        lambda use: on(lambda: laptop.call(use)),
        lambda tell: tell(),
        laptop.clock,
        app=APP,
        chance=lambda: 0.5,
        connect=CentralStore,
    )
    try:
        yield line, on, laptop, worker
    finally:
        worker.stop()
        line.close()
        on(laptop.close)
        lane.stop()
        store.stop()


def _film(laptop: Laptop, file: Path, size: int) -> None:
    with file.open("wb") as out:
        for _ in range(size):
            out.write(os.urandom(_MB))
    meeting = laptop.meeting()
    with source_of(file) as source:
        taken = take_in(laptop.vault.files, source, lambda done: None)
    said = Said(assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), purpose="The ward")
    laptop.vault.perform(lambda uow: attach(uow, taken, said))


def _until(truth: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not truth():
        if time.monotonic() > end:
            raise TimeoutError("it did not come true")
        time.sleep(0.02)
