"""Real laptops, a real store and sticks: folders between them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from central import admin
from central.serve import start_in_thread
from central.settings import DATABASE_FILE, Settings
from fieldkit.kernel.clock import FixedClock
from tests.central.kit import Office
from tests.support.laptop import Laptop
from tests.support.stores import tables_file

__all__ = ["tables_file"]

Team = Callable[..., Laptop]


@pytest.fixture
def settings(tmp_path: Path, tables_file: Path) -> Settings:
    """Where the office keeps its store; its tables are there already, made once for all tests."""
    folder = tmp_path / "central"
    folder.mkdir(mode=0o700)
    shutil.copy(tables_file, folder / DATABASE_FILE)
    return Settings(folder=folder, port=0)


@pytest.fixture
def office(settings: Settings, clock: FixedClock) -> Iterator[Office]:
    """A running store that nobody has joined."""
    made = admin.init(settings, "Northmoor office", clock)
    office = Office(settings, start_in_thread(settings, clock), made, clock)
    try:
        yield office
    finally:
        office.running.stop()


@pytest.fixture
def team(office: Office, tmp_path: Path, clock: FixedClock) -> Iterator[Team]:
    """Makes laptops that have joined the office and the assessments named."""
    made: list[Laptop] = []

    def laptop(name: str, *assessments: str, role: str = "lead") -> Laptop:
        new = Laptop(tmp_path / name.replace(" ", "-"), name, clock)
        made.append(new)
        new.join(office.settings, office.running.url, *assessments, role=role)
        return new

    yield laptop
    for one in made:
        one.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
