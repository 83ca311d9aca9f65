"""Our store in a process of its own, and the file that clients of others bring to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.central.kit import Laptop, Office
from tests.interop.kit import open_office

DATA = hashlib.shake_128(b"a talk").digest(1_700_000)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A store that nobody has joined."""
    office = open_office(tmp_path)
    try:
        yield office
    finally:
        office.running.stop()


@pytest.fixture
def ada(office: Office) -> Laptop:
    """A laptop of somebody who leads an assessment."""
    return office.laptop("Ada Lead")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """The file."""
    path = tmp_path / "talk.wav"
    path.write_bytes(DATA)
    return path
