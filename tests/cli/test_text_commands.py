"""Short texts by command: kept, listed, shown, changed, taken off; the window knows the same ones."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


def test_a_short_text_is_kept_listed_shown_changed_and_taken_off(settled: Shell) -> None:
    assert "fieldkit text add" in settled.ok("text", "list").out
    told = settled.json("text", "add", ";thanks", "Thank you\nfor “your” time 🙂")
    assert told == {"name": "thanks", "words": "Thank you\nfor “your” time 🙂", "is_own": True}
    settled.ok("text", "add", "opening", stdin="We are from the assessment team.\r\nYou may stop at any time.\r\n")
    assert [one["name"] for one in settled.json("text", "list")] == ["opening", "thanks"]
    assert ";thanks   own    Thank you for “your” time 🙂" in settled.ok("text", "list").out
    assert settled.ok("text", "show", "OPENING").out.splitlines()[2:] == [
        "We are from the assessment team.", "You may stop at any time.",
    ]  # fmt: skip
    assert settled.json("text", "add", "Thanks", "Thank you.", "--replace")["name"] == "Thanks"
    assert settled.json("text", "remove", "thanks")["words"] == "Thank you."
    assert [one["name"] for one in settled.json("text", "list")] == ["opening"]
    assert any(one["name"] == "ICB" and not one["is_own"] for one in settled.json("text", "list", "--all"))


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("add", "two words", "x"), "writing.text_name"), (("add", "a", "  "), "writing.text_empty"),
        (("add", "kept", "again"), "writing.text_taken"), (("add", "long", "x" * 5_001), "writing.text_long"),
        (("show", "none"), "writing.text_unknown"), (("remove", ";none"), "writing.text_unknown"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_and_changes_nothing(settled: Shell, argv: tuple[str, ...], problem: str) -> None:
    settled.ok("text", "add", "kept", "as it was")
    said = settled("text", *argv, "--json")
    assert (said.code, said.problem) == (2, problem)
    assert settled.json("text", "list") == [{"name": "kept", "words": "as it was", "is_own": True}]
