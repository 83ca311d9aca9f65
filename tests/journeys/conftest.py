"""An office, and a laptop's folder, for one journey each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.keys import stretch
from tests.journeys.office import Office, an_office

_STRETCH = stretch
"""As it is when tests are collected: nothing has made it quick yet."""


@pytest.fixture(autouse=True)
def slow_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A journey's vault is opened by programs of their own, whose keys are as slow as anybody's.

    A fixture of another folder may still hold ``quick_keys`` open in this process.
    """
    monkeypatch.setattr("storage.keys.stretch", _STRETCH)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A central store that nobody has joined, and the network to it."""
    with an_office(tmp_path / "central") as found:
        yield found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The person's folder on a new laptop: nothing is in it."""
    return tmp_path / "laptop"
