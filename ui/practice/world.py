"""The world of the sample visit: a central store, the lead's laptop and the specialist adviser's.

Everything in it is real (vaults, keys, engine, HTTP on loopback); only the meeting is invented. It is built once into
one folder and may be thrown away at any time.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from central import admin
from central.serve import Running, start_in_thread
from central.settings import Settings
from fieldkit import __version__
from fieldkit.app.ports import SyncStore
from fieldkit.app.sample import SamplePlan, plan_sample, sample_start, write_afterwards, write_points
from fieldkit.app.sample_data import SampleVisit
from fieldkit.app.sample_reader import read_sample
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


def build(folder: Path) -> World:
    """Build the world, replacing a half-built one; returns at once where it is whole.

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
        running = start_in_thread(settings)
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


def _write(world: World, settings: Settings, url: str) -> None:
    framework = Library().load("ics", "2023.1")
    sample = read_sample(framework)
    first = sample.assessors[0]
    clock = FixedClock(sample_start(sample))
    lead = _new_vault(world.lead, first.name, first.initials, clock)
    try:
        plan = plan_sample(lead, sample, framework)
        _join(lead, settings, url, clock)
        send(lead)
        _write_adviser(world, settings, url, sample, plan, framework)
        send(lead)
        write_points(lead, clock, sample, plan, framework, by=first.initials)
        write_afterwards(lead, clock, sample, plan, framework, by=first.initials)
    finally:
        lead.close()


def _write_adviser(
    world: World, settings: Settings, url: str, sample: SampleVisit, plan: SamplePlan, framework: Framework
) -> None:
    who = sample.assessors[1]
    clock = FixedClock(sample_start(sample))
    adviser = _new_vault(world.adviser, who.name, who.initials, clock)
    try:
        _join(adviser, settings, url, clock, plan.visit.assessment)
        send(adviser)
        write_points(adviser, clock, sample, plan, framework, by=who.initials)
        write_afterwards(adviser, clock, sample, plan, framework, by=who.initials)
        send(adviser)
    finally:
        adviser.close()


def _new_vault(folder: Path, name: str, initials: str, clock: Clock) -> OpenVault:
    return create_vault(folder, PASSPHRASE, name=name, initials=initials, clock=clock, is_practice=True, cost=FLOOR)


def _join(vault: OpenVault, settings: Settings, url: str, clock: Clock, *assessments: str) -> None:
    identity, _ = vault.perform(lambda uow: uow.identity)
    code = admin.invite(settings, identity.name, assessments).code
    enrol(url, code, identity, _calling(vault), clock=clock, app=__version__, connect=CentralStore)


def _calling(vault: OpenVault) -> Callable[[Callable[[SyncStore], T]], T]:
    return lambda use: use(vault.sync_store)
