"""Every vault in these tests opens quickly; ``test_keys.py`` measures the real derivation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from storage.vault import OpenVault
from tests.storage.office import Office
from tests.support.vaults import new_vault, quick_keys


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.path.name == "test_keys.py":
        yield
        return
    with quick_keys():
        yield


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> Iterator[OpenVault]:
    """A new open vault, closed afterwards."""
    opened = new_vault(tmp_path / "vault", clock)
    yield opened
    opened.close()


@pytest.fixture
def office(vault: OpenVault) -> Office:
    """An office this vault is enrolled with."""
    office = Office()
    office.enrol(vault)
    vault.sync_store.meet_epoch(office.epoch)
    vault.sync_store.offered_all()
    return office
