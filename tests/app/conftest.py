"""A real vault in a folder of its own, with a meeting planned, on a clock the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.domain.assessment import Activity, ActivityKind, PackPin, SubjectKind, Visit
from fieldkit.kernel.clock import FixedClock
from storage.vault import OpenVault
from tests.support.vaults import new_vault, quick_keys

PIN = PackPin(id="ics", version="2023.1", digest="0" * 64)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 12, 9, 30, tzinfo=UTC))


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> Iterator[OpenVault]:
    with quick_keys():
        made = new_vault(tmp_path / "vault", clock, name="A. Lead", initials="AL")
        yield made
        made.close()


@pytest.fixture
def visit(vault: OpenVault) -> Visit:
    subject = SubjectKind.INTEGRATED_CARE_SYSTEM
    assessment, _ = vault.perform(lambda uow: open_assessment(uow, "Northshire", subject, [PIN]))
    return vault.perform(lambda uow: plan_visit(uow, assessment.id, "Visit 1", starts_on=date(2026, 11, 12)))[0]


@pytest.fixture
def board(vault: OpenVault, visit: Visit) -> Activity:
    return vault.perform(lambda uow: plan_activity(uow, visit, ActivityKind.OBSERVATION, "Board", starts="9.30"))[0]
