"""Findings and the written parts of the report by command: linked, warned of, traced, taken off."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


def _note(shell: Shell, words: str) -> str:
    made = shell.json("note", "add", words, "--activity", "Board meeting")
    return str((made[0] if isinstance(made, list) else made)["id"])


@pytest.fixture
def found(settled: Shell) -> tuple[Shell, str]:
    note = _note(settled, "Nobody told the night team #lc-")
    settled.ok(
        "finding", "add", "Learning is shared late", "--statement", "lc", "--bearing", "shortfall", "--note", note
    )
    return settled, note


def test_a_finding_is_made_linked_shown_and_listed_with_where_else_its_note_stands(found: tuple[Shell, str]) -> None:
    shell, note = found
    said = shell.ok("finding", "add", "Nights are thin", "--statement", "Q3", "--note", note[-8:])
    assert "already supports finding F1 under Learning culture" in said.err + said.out
    shown = shell.json("finding", "show", "F1")
    assert shown["evidence"][0]["elsewhere"] == ["F2 under Safe and effective staffing"]
    assert (shown["strength"], shown["triangulation"]["is_single_source"]) == ("limited", True)
    listed = shell.json("finding", "list")
    assert (listed["notes_cited"], listed["notes_in_several"], len(listed["findings"])) == (1, 1, 2)
    assert "Notes cited: 1, of which in more than one finding: 1" in shell.ok("finding", "list").out
    assert "F1 under Learning culture" in shell.ok("note", "show", note).out
    assert shell.json("note", "show", note)["findings"][0]["reference"] == "F1"


def test_evidence_is_linked_by_words_turned_round_and_taken_off(found: tuple[Shell, str]) -> None:
    shell, _ = found
    other = _note(shell, "The ward learns each week #lc+")
    part = shell.json("finding", "link", "F1", other, "--against", "--words", "learns each week")
    assert [(one["side"], one["words"]) for one in part["evidence"]][1] == ("contradicts", "learns each week")
    assert shell("finding", "link", "F1", other, "--words", "never said", "--json").problem == "finding.not_in_note"
    assert len(shell.json("finding", "unlink", "F1", other)["evidence"]) == 1
    assert shell("finding", "unlink", "F1", other, "--json").problem == "finding.not_cited"
    changed = shell.json("finding", "change", "F1", "--sentence", "Learning comes late.", "--ready")
    assert (changed["state"], changed["claim"]) == ("ready", "Learning is shared late")
    assert shell("finding", "change", "F1", "--strength", "strong", "--json").problem == "finding.no_why"


def test_a_withdrawn_note_marks_its_finding_and_its_words_are_not_shown(found: tuple[Shell, str]) -> None:
    shell, note = found
    shell.ok("note", "withdraw", note, "--reason", "Wrong meeting")
    said = shell.ok("finding", "show", "F1").out
    assert "! A note under it was withdrawn." in said
    assert "Nobody told" not in said
    assert shell("finding", "drop", "F1", "--json").problem == "finding.no_reason"
    shell.ok("finding", "drop", "F1", "--reason", "Nothing stands under it")
    assert shell.ok("finding", "list").out.strip() == "No findings yet."
    assert shell.json("finding", "restore", "F1")["is_dropped"] is False


def test_parts_of_the_report_are_written_and_what_is_missing_is_named(found: tuple[Shell, str]) -> None:
    shell, _ = found
    shell.ok("section", "set", "direction", "Q", "Improving since the last visit.")
    shell.ok("section", "set", "message", "lc", "-", stdin="Learning is shared,\nbut late.\n")
    told = shell.ok("section", "list").out
    assert "Learning is shared, but late." in told
    assert "Not written yet" in told
    assert shell("section", "set", "message", "nowhere", "x", "--json").problem == "section.no_subject"
    shell.ok("section", "set", "direction", "Q", "")
    assert "Improving" not in shell.ok("section", "list").out
