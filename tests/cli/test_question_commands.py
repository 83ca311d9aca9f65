"""``fieldkit question``: what two people changed at once, by command; and an export that says why it is made."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from fieldkit.app.ports import UnitOfWork
from fieldkit.app.replanning import change_activity
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import ActivityId
from storage.vault import open_vault
from tests.cli.conftest import NINE, PASSPHRASE, Shell
from tests.support.two_laptops import TwoLaptops
from ui.places import Places


def _titled(activity: ActivityId, fields: dict[str, str], uow: UnitOfWork) -> None:
    change_activity(uow, activity, **fields)


@pytest.fixture
def asked(settled: Shell, tmp_path: Path) -> Shell:
    """A vault in which a team-mate named a meeting otherwise."""
    clock = FixedClock(NINE)
    vault = open_vault(Places(home=settled.home).vault, PASSPHRASE, clock)
    try:
        (row,) = vault.questions.assessments()
        meeting = vault.questions.activities(row.visits[0].id)[0].activity
        two = TwoLaptops(tmp_path / "two", clock, mine=vault, meeting=meeting)
        two.here(partial(_titled, meeting.id, {"title": "Board in public"}))
        two.there(partial(_titled, meeting.id, {"title": "Open board", "place": "Room 4"}))
        two.meet()
        two.close()
    finally:
        vault.close()
    return settled


def test_a_question_is_listed_shown_decided_and_asked_again(asked: Shell) -> None:
    (listed,) = asked.json("question", "list")["questions"]
    assert (listed["number"], listed["kind"], listed["fields"]) == (1, "activity", ["title"])
    shown = asked.ok("question", "show", "1").out
    for words in ("Board in public", "Open board", "On this laptop", "Ben Mate", "before"):
        assert words in shown
    assert asked("question", "decide", "1", "--keep", "3", "--why", "x", "--json").problem == "question.no_account"
    assert asked("question", "decide", "1", "--keep", "place=1", "--why", "x", "--json").problem == "question.no_field"
    assert asked("question", "decide", "1", "--why", "x", "--json").problem == "question.no_choice"
    assert asked("question", "show", "9", "--json").problem == "question.unknown"
    assert asked.json("question", "decide", "1", "--say", "title=Our board", "--why", "agreed")["left"] == 0
    assert "No decisions needed" in asked.ok("question", "list").out
    asked.ok("question", "reopen", listed["record"], "--why", "an old agenda")
    assert len(asked.json("question", "list")["questions"]) == 1
    assert asked("question", "let-in", "3", "--json").problem == "flood.none"
    assert asked.ok("vault", "verify").code == 0


def test_an_export_over_an_open_question_says_why_it_is_made(asked: Shell, tmp_path: Path) -> None:
    """Invariant 8."""
    out = tmp_path / "northshire.json"
    refused = asked("export", "json", "--out", str(out), "--json")
    assert (refused.code, refused.problem) == (4, "final.open")
    assert not out.exists()
    asked.ok("export", "json", "--out", str(out), "--although", "the board meets tomorrow")
    made = json.loads(out.read_text(encoding="utf-8"))
    assert made["made_although"]["reason"] == "the board meets tomorrow"
    assert [one["kind"] for one in made["open_questions"]] == ["activity"]
