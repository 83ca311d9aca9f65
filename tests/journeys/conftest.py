"""An office, and a laptop's folder, for one journey each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.office import Office, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A central store that nobody has joined, and the network to it."""
    with an_office(tmp_path / "central") as found:
        yield found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The person's folder on a new laptop: nothing is in it."""
    return tmp_path / "laptop"
