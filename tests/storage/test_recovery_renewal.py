"""A recovery key that was never stored can be replaced: the new one opens the vault, the old one nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from storage.vault import open_vault, recover_vault
from tests.support.vaults import PASSPHRASE, new_vault, quick_keys

FRESH = "another four words entirely"


def test_a_new_recovery_key_takes_the_place_of_the_old_one(tmp_path: Path, clock: FixedClock) -> None:
    with quick_keys():
        vault = new_vault(tmp_path / "vault", clock)
        old = vault.new_recovery_key
        new = vault.renew_recovery_key()
        assert vault.verify() == []
        vault.close()
        assert old is not None
        assert new != old
        with pytest.raises(Trouble, match=r"vault\.recovery_key_wrong"):
            recover_vault(tmp_path / "vault", old, FRESH, clock)
        open_vault(tmp_path / "vault", PASSPHRASE, clock).close()
        recover_vault(tmp_path / "vault", new, FRESH, clock).close()
        open_vault(tmp_path / "vault", FRESH, clock).close()
