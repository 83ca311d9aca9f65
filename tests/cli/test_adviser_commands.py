"""A specialist adviser by command: the same part of the vault as in the window, and a sentence that says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.app.policies import call_myself_adviser
from storage.questions import VaultQuestions
from storage.vault import open_vault
from tests.cli.conftest import OPENS, Shell
from tests.support.tree import ROOT

SECRET = "xylophone"
NARROWED = "Narrowed to what is allotted to you or yours, as in the window: 1 more activity is not shown\n"


@pytest.fixture
def adviser(settled: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Goes to the board meeting; the other activity is a team-mate's, as what one planned is one's own for ever."""
    settled.ok("activity", "change", "Board meeting", "--who", "AL")
    settled.ok("activity", "add", f"Ward {SECRET}", "--who", "ZZ")
    settled.ok("note", "add", f"They keep the {SECRET} locked #lc", "--activity", f"Ward {SECRET}")
    settled.ok("note", "add", "ch: we learn from it #lc", "--activity", "Board meeting")
    vault = open_vault(settled.home / "vault", OPENS["FIELDKIT_PASSPHRASE"], settled.clock)
    vault.perform(lambda uow: call_myself_adviser(uow, is_one=True))
    vault.close()
    monkeypatch.setattr(VaultQuestions, "own_activities", lambda _: frozenset())
    return settled


def test_lists_and_searches_show_what_is_allotted_and_say_how_much_is_outside(adviser: Shell) -> None:
    for command in (
        ("activity", "list"), ("note", "list"), ("find", "is:untagged OR #lc"), ("search", "keep"), ("coverage",),
        ("assessment", "list"), ("visit", "list"), ("record", "list"),
    ):  # fmt: skip
        said = adviser.ok(*command, "--json")
        assert (SECRET in said.out, said.err) == (False, NARROWED), command
    assert [one["title"] for one in adviser.json("activity", "list")] == ["Board meeting"]
    said = adviser("note", "add", "more", "--activity", f"Ward {SECRET}", "--json")
    assert said.code == 2
    assert adviser.ok("note", "add", "more", "--activity", "Board meeting").err == ""
    assert adviser.ok("vault", "verify").err == ""  # the whole vault, whoever asks


def test_an_export_of_an_adviser_has_no_word_from_outside_and_can_be_checked(adviser: Shell, tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    said = adviser.ok("export", "json", "--out", str(file))
    assert NARROWED in said.err
    text = file.read_text(encoding="utf-8")
    assert "we learn from it" in text
    assert SECRET not in text
    command = [sys.executable, str(ROOT / "docs" / "verify_export.py"), str(file)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
