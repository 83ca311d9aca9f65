"""The office decides by command: shown, set in part, left to each person again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell


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
