"""The practice world is real: what it shows went through vaults, keys and HTTP."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from fieldkit.app.rows import EntryFilter, SendStatus
from fieldkit.app.sample_reader import read_sample
from fieldkit.frameworks.library import Library
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.signing import SigningKey
from tests.support.vaults import quick_keys
from ui.practice import world


def test_the_lead_sees_the_team_mates_tagged_notes_and_has_their_own_to_send(tmp_path: Path) -> None:
    with quick_keys():
        made = world.build(tmp_path / "practice")
        running = world.start_office(made)
        vault = world.open_lead(made, running.url)
        sample = read_sample(Library().load("ics", "2023.1"))
        first, second = sorted(vault.questions.assessments()[0].visits, key=lambda one: str(one.starts_on))
        rows = vault.questions.entries(EntryFilter(visit=second.id, limit=1000))
        before = vault.questions.entries(EntryFilter(visit=first.id, limit=1000))
        theirs = [row for row in rows if row.author_initials == "BA"]
        mine = [row for row in rows if row.is_mine]
        assert len(mine) == sum(point.by == "AL" for point in sample.points)
        assert theirs
        assert {row.status for row in before if row.evidence} == {SendStatus.CONFIRMED, SendStatus.FROM_TEAM}
        assert all(row.evidence and row.status is SendStatus.FROM_TEAM for row in theirs)
        assert vault.questions.send_preview().entries_leaving > 50
        world.send(vault)
        assert vault.questions.standing().everything_is_there
        assert vault.verify() == []
        vault.close()
        running.stop()


def test_a_half_built_world_is_built_again_and_a_whole_one_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    (folder / "vault").mkdir(parents=True)
    with quick_keys():
        made = world.build(folder)
        before = (made.lead / "vault.key").read_bytes()
        world.build(folder)
    assert (made.lead / "vault.key").read_bytes() == before


def test_practice_knows_its_own_office_and_no_other(tmp_path: Path) -> None:
    """What is noted in practice can never be sent to a real office: its vault has pinned the key of its own."""
    with quick_keys():
        made = world.build(tmp_path / "practice")
        running = world.start_office(made)
        vault = world.open_lead(made, running.url)
        mine = vault.sync_store.state().enrolment
        real = SigningKey.generate()
        with pytest.raises(Refusal):
            vault.sync_store.keep_enrolment(dataclasses.replace(mine, office="Real office", store_key=real.public))
        assert vault.sync_store.state().enrolment == mine
        assert all(row.assessment.is_practice for row in vault.questions.assessments())
        assert vault.questions.info().is_practice
        vault.close()
        running.stop()
