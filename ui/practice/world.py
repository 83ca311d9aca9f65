"""The world of the sample visit: a central store, the lead's laptop and the specialist adviser's.

Everything in it is real (vaults, keys, engine, HTTP on loopback); only the meeting is invented. It is built once into
one folder and may be thrown away at any time.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from central import admin
from central.serve import Running, start_in_thread
from central.settings import Settings
from fieldkit import __version__
from fieldkit.app.ports import SyncStore
from fieldkit.app.sample import plan_sample, sample_start, write_afterwards, write_points
from fieldkit.app.sample_data import SampleAssessor, SamplePlan, SampleVisit
from fieldkit.app.sample_reader import read_first_visit, read_sample
from fieldkit.app.sample_story import (
    tell_advisers_days,
    tell_leads_corrections,
    tell_leads_days,
    tell_verdict,
    tell_what_followed,
)
from fieldkit.app.sample_telling import Telling
from fieldkit.app.sample_verdict import tell_answers, tell_scores
from fieldkit.domain.framework import Framework
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import Clock, FixedClock, SystemClock
from fieldkit.kernel.errors import Trouble
from storage.keyfile import FLOOR
from storage.vault import OpenVault, create_vault, open_vault
from sync.engine import Engine
from sync.enrol import enrol
from sync.http import CentralStore

PASSPHRASE = "practice makes nothing secret"
"""Of every practice vault: there is nothing in them to protect, and nobody is asked for it."""

OFFICE = "Practice office"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Where the parts lie. ``lead`` is the vault that practice opens, ``adviser`` the team-mate's."""

    folder: Path

    @property
    def lead(self) -> Path:
        return self.folder / "vault"

    @property
    def adviser(self) -> Path:
        return self.folder / "team-mate"

    @property
    def office(self) -> Path:
        return self.folder / "office"

    @property
    def is_whole(self) -> bool:
        """Whether the world was built to its end; half of one is built again."""
        return (self.folder / "whole").exists()


def build(folder: Path, clock: Clock | None = None) -> World:
    """Build the world, replacing a half-built one; returns at once where it is whole. Its central store goes by the
    machine's clock, or by ``clock``.

    Afterwards the team-mate's notes are at the central store and on the lead's laptop, and the lead's own wait to be
    sent. Raises ``Trouble`` where a folder cannot be written or no port is free.
    """
    world = World(folder=folder)
    if world.is_whole:
        return world
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
        settings = Settings(folder=world.office, port=0)
        admin.init(settings, OFFICE)
        running = start_in_thread(settings, clock)
        try:
            _write(world, settings, running.url)
        finally:
            running.stop()
        (folder / "whole").touch()
    except OSError as error:
        raise Trouble("sample.not_built", folder=str(folder)) from error
    return world


def start_office(world: World, clock: Clock | None = None) -> Running:
    """Start the world's central store on a free port of this laptop, by the machine's clock or by ``clock``."""
    return start_in_thread(dataclasses.replace(Settings.load(world.office), port=0), clock)


def open_lead(world: World, url: str, clock: Clock | None = None) -> OpenVault:
    """Open the lead's vault, pointed at the central store as it runs now."""
    vault = open_vault(world.lead, PASSPHRASE, clock or SystemClock())
    point_to(vault, url)
    return vault


def point_to(vault: OpenVault, url: str) -> None:
    """Tell an enrolled vault that its own central store now answers at ``url``."""
    enrolment = vault.sync_store.state().enrolment
    if enrolment.url != url:
        vault.sync_store.keep_enrolment(dataclasses.replace(enrolment, url=url))


def send(vault: OpenVault) -> None:
    """Rounds with the central store until nothing is left to do."""
    with closing(Engine(_calling(vault), __version__, CentralStore)) as engine:
        while engine.round().again:
            pass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Office:
    """The world's central store while the world is built, as laptops join it."""

    settings: Settings
    url: str

    def join(self, seat: _Seat, *assessments: str) -> None:
        identity, _ = seat.vault.perform(lambda uow: uow.identity)
        code = admin.invite(self.settings, identity.name, assessments).code
        enrol(
            self.url, code, identity, _calling(seat.vault), clock=seat.clock, app=__version__, connect=CentralStore
        )  # fmt: skip
        send(seat.vault)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seat:
    """Somebody's laptop, and the clock that is moved along on it."""

    vault: OpenVault
    clock: FixedClock

    def telling(self, sample: SampleVisit, plan: SamplePlan, framework: Framework) -> Telling:
        return Telling(vault=self.vault, clock=self.clock, sample=sample, plan=plan, framework=framework)


def _write(world: World, settings: Settings, url: str) -> None:
    framework, office = Library().load("ics", "2023.1"), _Office(settings=settings, url=url)
    first, sample = read_first_visit(framework), read_sample(framework)
    with ExitStack() as stack:
        lead, adviser = (
            _seat(stack, folder, who, sample_start(first))
            for folder, who in zip((world.lead, world.adviser), first.assessors, strict=True)
        )
        before = plan_sample(lead.vault, first, framework)
        office.join(lead)
        office.join(adviser, before.visit.assessment)
        _write_first_visit(lead, adviser, first, before, framework)
        _write_review(world, office, lead, lead.telling(first, before, framework))
        lead.clock.advance((sample_start(sample) - lead.clock.now()).total_seconds())
        plan = plan_sample(lead.vault, sample, framework, before.visit.assessment)
        send(lead.vault)
        send(adviser.vault)
        _write_second_visit(adviser.telling(sample, plan, framework), 1)
        send(adviser.vault)
        send(lead.vault)
        _write_second_visit(lead.telling(sample, plan, framework), 0)


def _write_first_visit(lead: _Seat, adviser: _Seat, first: SampleVisit, plan: SamplePlan, framework: Framework) -> None:
    """What the two noted and judged; the lead has the adviser's before anything rests on it."""
    told = adviser.telling(first, plan, framework)
    tell_advisers_days(told)
    tell_scores(told, "adviser_scores")
    send(adviser.vault)
    send(lead.vault)
    mine = lead.telling(first, plan, framework)
    tell_leads_days(mine)
    send(lead.vault)
    tell_leads_corrections(mine)


def _write_review(world: World, office: _Office, lead: _Seat, told: Telling) -> None:
    """The verdict, its check by somebody who was on no visit (their laptop is gone afterwards), and what followed."""
    tell_verdict(told)
    send(lead.vault)
    who = told.part("accuracy")["reviewer"]
    folder = world.folder / "reviewer"
    with ExitStack() as stack:
        reviewer = _seat(stack, folder, SampleAssessor(**who), lead.clock.now())
        office.join(reviewer, told.assessment)
        tell_answers(reviewer.telling(told.sample, told.plan, told.framework))
        send(reviewer.vault)
    shutil.rmtree(folder)
    send(lead.vault)
    tell_what_followed(told)


def _write_second_visit(to: Telling, place: int) -> None:
    by = to.sample.assessors[place].initials
    write_points(to.vault, to.clock, to.sample, to.plan, to.framework, by=by)
    write_afterwards(to.vault, to.clock, to.sample, to.plan, to.framework, by=by)


def _seat(stack: ExitStack, folder: Path, who: SampleAssessor, at: datetime) -> _Seat:
    clock = FixedClock(at)
    vault = create_vault(
        folder, PASSPHRASE, name=who.name, initials=who.initials, clock=clock, is_practice=True, cost=FLOOR
    )
    return _Seat(vault=stack.enter_context(closing(vault)), clock=clock)


def _calling(vault: OpenVault) -> Callable[[Callable[[SyncStore], T]], T]:
    return lambda use: use(vault.sync_store)
