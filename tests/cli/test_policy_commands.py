"""The office decides by command: shown, set in part, left to each person again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldkit.app.purging import PurgeRow
from tests.cli.conftest import Shell
from ui.cli.purging import lines_of


@pytest.fixture
def store(shell: Shell, tmp_path: Path) -> str:
    shell.ok("central", "init", str(tmp_path / "office"), "--office", "Northshire team")
    return str(tmp_path / "office")


def test_what_is_decided_is_shown_and_what_is_not_named_stays(shell: Shell, store: str) -> None:
    told = shell.json(
        "central", "policy", "set", store, "--lock-minutes", "10", "--record-audio", "no", "--number",
        "Duty lead=020 7946 0000", "--due", "P1=15",
    )  # fmt: skip
    assert (told["lock_minutes"], told["record_audio"], told["minutes"]) == (10, False, {"p1": 15})
    told = shell.json("central", "policy", "set", store, "--purge-days", "30", "--lock-minutes", "own")
    assert (told["lock_minutes"], told["purge_days"], told["numbers"][0]["title"]) == (None, 30, "Duty lead")
    out = shell.ok("central", "policy", "show", store).out
    assert "30 days after all is confirmed" in out
    assert "P1: 15 minutes" in out


@pytest.mark.parametrize(
    "wrong", [("--lock-minutes", "0"), ("--lock-minutes", "soon"), ("--number", "999"), ("--due", "P7=5")]
)
def test_what_cannot_be_decided_changes_nothing(shell: Shell, store: str, wrong: tuple[str, str]) -> None:
    said = shell("central", "policy", "set", store, "--purge-days", "9", *wrong, "--json")
    assert (said.code, said.problem) == (2, "central.policy")
    assert shell.json("central", "policy", "show", store)["purge_days"] is None


def test_an_adviser_is_made_and_unmade_by_the_office(shell: Shell, store: str) -> None:
    shell.ok("central", "invite", store, "--name", "B. Adviser")
    assert shell.json("central", "role", store, "B. Adviser", "adviser")["holds"] is True
    assert shell.json("central", "role", store, "B. Adviser", "adviser", "--remove")["holds"] is False


def test_what_of_the_team_is_removed_is_told_beside_ones_own() -> None:
    row = PurgeRow(
        visit="v", name="Visit 1", assessment="a", notes=0, files=0, size=0, staying=0, due_at=None, is_due=False,
        team=2, team_files=1, team_due_at=datetime(2026, 12, 1, tzinfo=UTC), is_team_due=False,
    )  # fmt: skip
    said = "Visit 1: 2 notes and additions of your team, 1 file of your team"
    assert lines_of([row], is_done=False) == [f"{said} stay until 2026-12-01 at least."]
    due = replace(row, is_team_due=True)
    assert lines_of([due], is_done=True) == [
        f"{said} go with the next sending, as far as the office says that it has them: fieldkit send"
    ]
    held_up = replace(row, why_not="purge.not_all_there", notes=1, staying=1)
    assert len(lines_of([held_up], is_done=False)) == 2
