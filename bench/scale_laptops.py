"""Some of the laptops of ``bench.scale``, in a process of their own: real vaults, the real engine, real HTTP.

Run as ``python -m bench.scale_laptops FOLDER STORE PLAN``: reads one command a line (``make``, ``send``, ``tell``,
``end``) and answers each with a line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.vaults import new_meeting, new_vault, record_many, without_stretching
from central import admin
from central.settings import Settings
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import RecordId
from storage.vault import OpenVault
from sync.engine import Engine
from sync.enrol import enrol
from sync.http import CentralStore

_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Plan:
    """``first`` numbers this process's laptops, ``count`` of them in teams of ``team``, ``at_once`` in parallel."""

    url: str
    first: int
    count: int
    team: int
    notes: int
    files: int
    size: int
    at_once: int

    def words(self) -> str:
        """For the command line."""
        return json.dumps(asdict(self))


class Timed(CentralStore):
    """The real client, which notes how long each question took, to the last byte of its answer."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.taken: list[tuple[str, float]] = []

    @contextmanager
    def _reply(self, route: Any, *more: Any, **named: Any) -> Iterator[Any]:
        start = time.perf_counter()
        with super()._reply(route, *more, **named) as reply:
            yield reply
        self.taken.append((route.name, time.perf_counter() - start))


class Member:
    """One laptop."""

    def __init__(self, folder: Path, number: int, plan: Plan) -> None:
        self.name, self._plan = f"P{number:04} Scale", plan
        self.vault: OpenVault = new_vault(folder / f"{number:04}", self.name)  # type: ignore[assignment]
        self.far = Timed(plan.url)
        self.engine = Engine(self.call, "bench", lambda _: self.far)
        self.troubles = 0

    def call(self, use: Any, /) -> Any:
        """One local transaction."""
        return use(self.vault.sync_store)

    def join(self, settings: Settings, *assessments: str) -> None:
        """Enrol, and read what is there."""
        identity = self.vault.perform(lambda uow: uow.identity)[0]
        code = admin.invite(settings, self.name, assessments).code
        enrol(self._plan.url, code, identity, self.call, clock=SystemClock(), app="bench", connect=CentralStore)
        self.settle()

    def write(self, activity: Activity, number: int) -> None:
        """A day's work: notes with two tags, and files."""
        record_many(self.vault, activity, range(number * self._plan.notes, (number + 1) * self._plan.notes))
        said = Said(
            assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), purpose="Shows it"
        )
        for place in range(self._plan.files):
            taken = take_bytes(self.vault.files, os.urandom(self._plan.size), f"file{place}.bin")
            self.vault.perform(lambda uow, taken=taken: attach(uow, taken, said))  # type: ignore[misc]

    def settle(self) -> None:
        """Rounds until nothing is left; what another time cures is tried again, as the worker does."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                if not self.engine.round().again and not self._left():
                    return
            except Trouble:
                self.troubles += 1
                time.sleep(1)
        raise AssertionError(f"{self.name} has not settled")

    def _left(self) -> int:
        return int(self.call(lambda store: store.state()).unreceipted)

    def told(self) -> dict[str, Any]:
        """What it holds, and how long its questions took."""
        held = [revision.envelope for revision in self.vault.questions.revisions()]
        taken, self.far.taken = self.far.taken, []
        return {
            "device": self.vault.perform(lambda uow: uow.identity)[0].device, "taken": taken, "left": self._left(),
            "held": len(held), "distinct": len({one.id for one in held}), "troubles": self.troubles,
        }  # fmt: skip


def main(folder: Path, settings: Settings, plan: Plan) -> None:
    """Answer commands until ``end``."""
    without_stretching()
    members: list[Member] = []
    pool = ThreadPoolExecutor(plan.at_once)
    for line in sys.stdin:
        command, answer = line.strip(), {}
        if command == "make":
            members = _teams(folder, settings, plan)
        elif command == "send":
            list(pool.map(Member.settle, members))
        elif command == "tell":
            answer = {"laptops": [member.told() for member in members]}
        print(json.dumps(answer), flush=True)
        if command == "end":
            break
    for member in members:
        member.engine.close()
        member.vault.close()


def _teams(folder: Path, settings: Settings, plan: Plan) -> list[Member]:
    """Each team shares one assessment, which its lead opens."""
    members: list[Member] = []
    for start in range(0, plan.count, plan.team):
        team = [Member(folder, plan.first + start + n, plan) for n in range(min(plan.team, plan.count - start))]
        activity = new_meeting(team[0].vault)
        for place, member in enumerate(team):
            member.join(settings, *([activity.assessment] if place else []))
        for place, member in enumerate(team):
            member.write(activity, plan.first + start + place)
        members += team
    for member in members:
        member.far.taken.clear()
    return members


if __name__ == "__main__":
    where, database = sys.argv[2].split(" ", 1)
    main(
        Path(sys.argv[1]), Settings(folder=Path(where), database_url=database, port=0), Plan(**json.loads(sys.argv[3]))
    )
