"""A central store on each of its two databases, behind real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from central import admin
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.kernel.clock import FixedClock
from tests.central.kit import Office
from tests.support.postgres import fresh_database, postgres
from tests.support.stores import prepared, tables_file, tables_template

__all__ = ["postgres", "prepared", "tables_file", "tables_template"]


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Where a store of one office keeps its things; nothing is made yet."""
    folder = tmp_path / "central"
    if request.param == "sqlite":
        yield Settings(folder=folder, port=0)
        return
    with fresh_database(request.getfixturevalue("postgres")) as url:
        yield Settings(folder=folder, port=0, database_url=url)


@pytest.fixture
def office(prepared: Settings, clock: FixedClock) -> Iterator[Office]:
    """A running store that nobody has enrolled with."""
    settings = prepared
    made = admin.init(settings, "Northmoor office", clock)
    running = start_in_thread(settings, clock)
    try:
        yield Office(settings, running, made, clock)
    finally:
        running.stop()
