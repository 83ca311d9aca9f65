"""A room for each test: an open vault on one thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from tests.presenters.room import Room
from tests.support.vaults import quick_keys


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock) -> Iterator[Room]:
    with quick_keys():
        made = Room(tmp_path / "vault", clock)
        yield made
        made.close()
