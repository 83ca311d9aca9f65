"""A vault on a disk that may only be read says that, and not that the disk is at fault."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from tests.support.vaults import PASSPHRASE, new_vault

_MOUNTED = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
_NOW = "FixedClock(datetime(2026, 11, 12, 10, tzinfo=UTC))"
_OPENING = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from storage.vault import open_vault
from tests.support.vaults import quick_keys
try:
    with quick_keys():
        open_vault(Path(sys.argv[1]), sys.argv[2], {_NOW})
except Trouble as trouble:
    print(trouble.code)
"""


def _on_a_read_only_disk(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run with ``folder`` mounted so that nobody, root neither, may write there."""
    spaces = ("unshare", "--map-root-user", "--mount", "sh", "-c", _MOUNTED, "sh")
    return subprocess.run([*spaces, str(folder), *command], capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts of its own are Linux's")
def test_a_disk_that_may_only_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    new_vault(folder, FixedClock(datetime(2026, 11, 12, 9, tzinfo=UTC))).close()
    if _on_a_read_only_disk(folder, "true").returncode != 0:
        pytest.skip("this machine allows no mounts of one's own")
    said = _on_a_read_only_disk(folder, sys.executable, "-c", _OPENING, str(folder), PASSPHRASE)
    assert said.stdout == "vault.read_only\n", said.stderr
