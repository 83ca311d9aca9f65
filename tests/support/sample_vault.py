"""The sample as it is shipped: the lead's vault of practice, with both visits and what came of the first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fieldkit.domain.framework import Framework
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from storage.vault import OpenVault, open_vault
from ui.practice.world import PASSPHRASE, build


def ics() -> Framework:
    """The pack of the sample."""
    return Library().load("ics", "2023.1")


def sample_vault(folder: Path) -> OpenVault:
    """The lead's vault, opened after the second visit: 2 s to build."""
    day = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    return open_vault(build(folder, FixedClock(day)).lead, PASSPHRASE, FixedClock(day))
