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
from tests.support.contested import contest, follow
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


def test_a_printed_case_and_a_comparison_over_an_open_question_say_why_they_are_made(
    settled: Shell, tmp_path: Path
) -> None:
    """Invariant 8. What is open elsewhere in the assessment holds up no print of a case."""
    clock = FixedClock(NINE)
    vault = open_vault(Places(home=settled.home).vault, PASSPHRASE, clock)
    try:
        (row,) = vault.questions.assessments()
        meeting = vault.questions.activities(row.visits[0].id)[0].activity
        two = TwoLaptops(tmp_path / "two", clock, mine=vault, meeting=meeting)
        follow(two, "Admitted")
        _, event = follow(two, "Discharged, no letter")
        two.here(partial(_titled, meeting.id, {"title": "Board in public"}))
        two.there(partial(_titled, meeting.id, {"title": "Open board"}))
        contest(two, event, happened=("Discharged at noon", "Discharged at night"))
        two.close()
    finally:
        vault.close()
    file = tmp_path / "C02.txt"
    for command in (("show", "C02"), ("compare",), ("compare", "C02")):
        refused = settled("case", *command, "--save", str(file), "--json")
        assert (refused.code, refused.problem) == (4, "final.open"), command
        assert not file.exists()
        settled.ok("case", *command, "--save", str(file), "--although", "the panel meets today")
        made = " ".join(file.read_text(encoding="utf-8").replace("|", " ").split())
        assert "1 question was open when this was made." in made, command
        assert "the panel meets today" in made
        assert not ("at night" in made and "at noon" in made), "only what stands is on the paper"
        file.unlink()
    for command in (("show", "C01"), ("compare", "C01")):
        settled.ok("case", *command, "--save", str(file))
        assert "question" not in file.read_text(encoding="utf-8"), "nothing of this case is open"
    assert settled.ok("case", "show", "C02").code == 0, "to look at it needs no reason"
