"""Real laptops around a real store: on SQLite and on PostgreSQL, with a network in between that tests can spoil."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from central import admin
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.kernel.clock import FixedClock
from tests.central.kit import Office
from tests.support.backups import StoreBackups
from tests.support.fault_proxy import FaultProxy
from tests.support.laptop import Laptop
from tests.support.postgres import postgres
from tests.support.stores import prepared, tables_file, tables_template

__all__ = ["postgres", "prepared", "tables_file", "tables_template"]

Team = Callable[..., Laptop]


@pytest.fixture
def settings(prepared: Settings) -> Settings:
    """Where the office keeps its store, on each of the two databases."""
    return prepared


@pytest.fixture
def office(settings: Settings, clock: FixedClock) -> Iterator[Office]:
    """A running store that nobody has joined."""
    made = admin.init(settings, "Northmoor office", clock)
    office = Office(settings, start_in_thread(settings, clock), made, clock)
    try:
        yield office
    finally:
        office.running.stop()  # not the one started above, where a test went back to a backup


@pytest.fixture
def network(office: Office) -> Iterator[FaultProxy]:
    """The way from laptops to the store; everything passes until a test gives it another plan."""
    proxy = FaultProxy(office.running.url, record=True)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()


@pytest.fixture
def team(office: Office, network: FaultProxy, tmp_path: Path, clock: FixedClock) -> Iterator[Team]:
    """Makes laptops that have joined the office (and the assessments named) through ``network``."""
    made: list[Laptop] = []

    def laptop(name: str, *assessments: str) -> Laptop:
        new = Laptop(tmp_path / name.replace(" ", "-"), name, clock)
        made.append(new)
        new.join(office.settings, network.url, *assessments)
        return new

    yield laptop
    for one in made:
        one.close()


@pytest.fixture
def backups(
    request: pytest.FixtureRequest, office: Office, settings: Settings, network: FaultProxy
) -> Iterator[StoreBackups]:
    """Backups of the store, and going back to them."""
    server = request.getfixturevalue("postgres") if settings.database_url else None
    made = StoreBackups(office, network, server)
    yield made
    made.forget()
