"""Scores by command: words first, provisional everywhere, what was tried out is not saved, the trace on paper."""

from __future__ import annotations

import pytest

from fieldkit.frameworks.library import Library
from tests.cli.conftest import Shell

ICS = Library().load("ics", "2023.1")


@pytest.fixture
def scored(settled: Shell) -> Shell:
    """Every statement scored 3 on one note."""
    note = settled.json("note", "add", "Nobody told the night team #lc-", "--activity", "Board meeting")
    noted = note[0] if isinstance(note, list) else note
    for one in ICS.statements:
        settled.ok("score", "judge", one.code, "Seen at the board", "--score", "3", "--relies-on", noted["id"])
    return settled


def test_what_follows_is_shown_and_what_was_tried_out_is_not_saved(scored: Shell) -> None:
    said = scored.ok("score", "list").out
    assert "Overall: 51/68 = 75%, Good (provisional)" in said
    assert "not a judgement of the regulator" in said
    tried = scored.json("score", "list", "--what-if", "lc=1", "Q1=4")
    overall = tried["figures"][-1]
    assert (overall["numerator"], overall["rating"], tried["what_if"][0]["value"]) == (50, "good", 1)
    limited = scored.json("score", "list", "--what-if", "lc=1", "--limiter", "good-with-1")
    assert limited["figures"][0]["rating"] == "requires-improvement"
    assert scored.json("score", "list")["figures"][-1]["numerator"] == 51


def test_several_are_moderated_and_a_rating_overridden_with_both_figures_shown(scored: Shell) -> None:
    scored.ok("score", "moderate", "Q2", "Learning is late", "--score", "2", "--reason", "Two sources agree")
    shown = scored.json("score", "show", "Q2")
    assert (shown["stand"], shown["score"], shown["before"]) == ("moderated", 2, ["A. Lead: 3, a good standard"])
    said = scored.ok("score", "override", "overall", "--rating", "Inadequate", "--rationale", "Safeguarding",
                     "--approver", "B. Chief").out  # fmt: skip
    assert "Overall: 50/68 = 74%, Good (provisional)" in said
    assert "Override: Inadequate, approved by B. Chief" in said
    assert "Inadequate: Safeguarding" in said
    page = scored.home / "trace.html"
    scored.ok("score", "trace", "--to", str(page))
    words = page.read_text(encoding="utf-8")
    assert "How the scores were worked out" in words
    assert "Nobody told the night team" not in words


def test_the_history_of_a_score_and_of_a_rating_says_who_old_new_and_why(scored: Shell) -> None:
    scored.ok("score", "judge", "Q2", "On reflection thin", "--too-little-evidence")
    told = scored.json("score", "history", "Q2")
    assert [(one["by"], one["before"], one["after"], one["why"]) for one in told] == [
        ("A. Lead", None, "3, a good standard", "Seen at the board"),
        ("A. Lead", "3, a good standard", "Too little evidence", "On reflection thin"),
    ]
    scored.ok("score", "judge", "Q2", "Seen again", "--score", "2", "--relies-on", told_note(scored))
    scored.ok("score", "override", "overall", "--rating", "inadequate", "--rationale", "Late", "--approver", "B. Chief")
    said = scored.ok("score", "history", "overall").out
    assert "A. Lead, override: Inadequate. Late. Approved by B. Chief." in said


def told_note(shell: Shell) -> str:
    """The one note of the vault."""
    relied: str = shell.json("score", "show", "Q1")["judgements"][0]["relied_on"][0]
    return relied


def test_others_scores_may_be_hidden_and_the_command_says_that_they_lie_here(scored: Shell) -> None:
    assert "lies on this laptop all the same" in scored.ok("score", "blind", "on").out
    shown = scored.json("score", "show", "Q2")
    assert (shown["score"], shown["provisional"]) == (3, True), "one's own is never hidden"
    assert "All scores are shown" in scored.ok("score", "blind", "off").out


def test_what_is_wrong_is_said_at_its_place_and_nothing_is_saved(scored: Shell) -> None:
    assert scored("score", "judge", "Q2", "Why", "--score", "9", "--json").code == 2
    assert scored("score", "judge", "nowhere", "Why", "--score", "3", "--json").problem == "score.unknown"
    assert scored("score", "list", "--what-if", "Q2:3", "--json").problem == "score.what_if"
    assert scored("score", "moderate", "Q2", "Agreed", "--score", "2", "--json").problem == "score.no_reason"
    assert scored(
        "score", "override", "overall", "--none", "--rationale", "x", "--approver", "y", "--json"
    ).problem == ("score.no_override")
    assert scored.json("score", "show", "Q2")["score"] == 3
