"""The sample visit in a real vault reads as it would have on the day."""

from __future__ import annotations

from pathlib import Path

from fieldkit.app.quality_risks import risks
from fieldkit.app.rows import EntryFilter
from fieldkit.app.sample import plan_sample, sample_start, write_afterwards, write_points
from fieldkit.app.sample_reader import read_sample
from fieldkit.domain.quality_risk import Level
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from tests.support.vaults import new_vault


def test_the_sample_is_recorded_with_its_own_times_tags_and_corrections(tmp_path: Path) -> None:
    framework = Library().load("ics", "2023.1")
    sample = read_sample(framework)
    clock = FixedClock(sample_start(sample))
    vault = new_vault(tmp_path / "vault", clock, name="A. Lead", initials="AL")
    plan = plan_sample(vault, sample, framework)
    written = write_points(vault, clock, sample, plan, framework)
    done = write_afterwards(vault, clock, sample, plan, framework)
    rows = vault.questions.entries(EntryFilter(visit=plan.visit.id, limit=1000))
    assert written == len(rows) == len(sample.points)
    assert done == len(sample.afterwards)
    assert sum(len(row.addenda) for row in rows) == len(sample.addenda)
    assert sum(row.withdrawal is not None for row in rows) == len(sample.withdrawals)
    assert sum(not row.evidence for row in rows) >= 20
    assert any(row.entry.written_up_later for row in rows)
    assert not all(row.entry.written_up_later for row in rows)
    (risk,) = risks(vault.questions)
    assert (risk.value.level, risk.row.heads) == (Level.ENHANCED, 1)
    assert risk.value.concern == sample.risks[0].concern
    assert vault.verify() == []
    vault.close()
