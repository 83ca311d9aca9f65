"""Notes by command: the whole grammar of the capture line, read back, corrected, found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from fieldkit.app.team_store import ROLES, Part, as_setting
from storage.vault import open_vault
from tests.cli.conftest import PASSPHRASE, Shell

Lines = Callable[..., list[Any]]


def test_a_line_means_what_it_means_in_the_window(lines: Lines) -> None:
    (note,) = lines("! ch: “We knew in June” and nothing was done #lc-- #sp.pr")
    assert (note["speaker"], note["risk"], note["text"]) == ("ch", "possible", "“We knew in June” and nothing was done")
    assert [(tag["statement"], tag["bearing"], tag["strong"]) for tag in note["standing_evidence"]] == [
        ("learning-culture", "shortfall", True), ("safe-systems", "neutral", False),
    ]  # fmt: skip
    assert note["remarks"] == ["Marked as a possible risk. No one has been told by this app"]


def test_each_line_of_standard_input_is_a_note_and_empty_lines_are_none(lines: Lines) -> None:
    assert [note["text"] for note in lines("one", "", "   ", "two #lc")] == ["one", "two"]


def test_what_was_said_of_a_line_is_printed_as_it_is_saved(settled: Shell) -> None:
    said = settled.ok("note", "add", "qq: rota had gaps #lc-")
    assert "qq: rota had gaps  [Q2 lc−]  Waiting to send" in said.out
    assert said.err == "  Person not recognised: qq. It was kept as a word\n"


def test_the_event_time_is_the_one_given_on_the_day_of_the_activity(settled: Shell) -> None:
    (note,) = settled.json("note", "add", "The gallery was full", "--at", "8.42", "--item", "1")
    assert note["noticed_at"].startswith("2026-11-12T")
    assert settled.ok("note", "show", note["id"]).out.splitlines()[1] == "Noticed:   12 November 2026 08:42"
    assert note["written_up_later"] is True
    assert note["agenda_item"] == settled.json("activity", "list")[0]["items"][0]["id"]


def test_a_note_written_on_paper_needs_its_time_and_says_so_everywhere(settled: Shell) -> None:
    refused = settled("note", "add", "The bell rang", "--on-paper")
    assert refused.code == 2
    assert "needs the time it was noticed" in refused.err
    (note,) = settled.json("note", "add", "The bell rang", "--at", "8.42", "--on-paper")
    assert note["origin"] == "Written on paper"
    shown = settled.ok("note", "show", note["id"]).out
    assert "Origin:    Written on paper\nEntered:   Written up later" in shown
    assert "The bell rang  Written on paper  " in settled.ok("note", "list").out


def test_a_moment_can_be_marked_without_words(settled: Shell) -> None:
    (note,) = settled.json("note", "add", "--mark")
    assert (note["is_mark"], note["text"]) == (True, "")


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("",), "entry.empty"),
        (("x", "--at", "23:59"), "entry.noticed_in_future"),
        (("x", "--at", "noon"), "activity.time"),
        (("x", "--item", "Money"), "cli.not_found"),
        (("x", "--activity", "Interview"), "cli.not_found"),
    ],
)
def test_a_note_that_is_not_right_is_not_saved(settled: Shell, argv: tuple[str, ...], problem: str) -> None:
    said = settled("note", "add", *argv, "--json")
    assert (said.code, said.problem) == (2, problem)
    assert settled.json("note", "list") == []


def test_without_words_and_at_a_terminal_it_says_how_to_give_them(settled: Shell) -> None:
    said = settled("note", "add", is_terminal=True)
    assert (said.code, said.err) == (2, "Enter a note after the command, or give lines on standard input.\n")


def test_lines_before_a_wrong_one_stay_saved(settled: Shell) -> None:
    said = settled("note", "add", stdin="first\n" + "x" * 1_000_001 + "\nthird\n")
    assert said.code == 2
    assert "first" in said.out
    assert [note["text"] for note in settled.json("note", "list")] == ["first"]


def test_a_note_is_corrected_by_an_addendum_and_stays_as_it_was(settled: Shell, lines: Lines) -> None:
    (note,) = lines("Reviewed on Monday #lc")
    after = settled.json("note", "addendum", note["id"][-8:], "It was Tuesday", "--reason", "Checked the rota")
    assert after["text"] == "Reviewed on Monday"
    assert [(one["text"], one["reason"]) for one in after["addenda"]] == [("It was Tuesday", "Checked the rota")]
    assert "It was Tuesday (Checked the rota)" in settled.ok("note", "show", note["id"]).out


def test_a_withdrawn_note_is_shown_as_such_and_can_come_back(settled: Shell, lines: Lines) -> None:
    (note,) = lines("Names a person #lc")
    assert settled.json("note", "withdraw", note["id"], "--reason", "Names a person")["withdrawn"] == "Names a person"
    assert "Withdrawn: Names a person" in settled.ok("note", "list").out
    assert settled.json("note", "list", "person") == []
    assert [note["text"] for note in settled.json("note", "list", "is:withdrawn")] == ["Names a person"]
    assert settled("note", "withdraw", note["id"], "--reason", "again", "--json").problem == "entry.withdrawn"
    assert settled.json("note", "restore", note["id"])["withdrawn"] is None
    assert settled("note", "restore", note["id"], "--json").problem == "entry.not_withdrawn"


def test_tags_are_put_on_and_taken_off(settled: Shell, lines: Lines) -> None:
    (note,) = lines("Minutes agreed #gm")
    after = settled.json("note", "tag", note["id"], "lc- #sp.pr", "--remove", "gm")
    assert [tag["statement"] for tag in after["standing_evidence"]] == ["learning-culture", "safe-systems"]
    assert [tag["statement"] for tag in after["evidence"]] == ["governance"]


def test_secondary_tags_are_put_on_and_taken_off_by_id_set_or_title(settled: Shell, lines: Lines) -> None:
    (note,) = lines("Minutes agreed #gm")
    tags = ("--also", "purposes/productivity", "--also", "Staff survey", "--also", "self-report")
    after = settled.json("note", "tag", note["id"], *tags)
    assert {(one["set"], one["tag"]) for one in after["standing_secondary"]} == {
        ("purposes", "productivity"), ("insight-sources", "staff-survey"), ("assurance", "self-report"),
    }  # fmt: skip
    said = settled.ok("note", "show", note["id"]).out
    assert "Insight source: Staff survey; Assurance: Self-report" in said
    after = settled.json("note", "tag", note["id"], "lc", "--not-also", "staff-survey", "--also", "self-report")
    assert {one["tag"] for one in after["standing_secondary"]} == {"productivity", "self-report"}
    assert len(after["standing_evidence"]) == 2
    for filtered, count in (("also:productivity", 1), ("also:staff-survey", 0), ("also:purposes/*", 1)):
        assert len(settled.json("note", "list", filtered)) == count


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("--also", "nothing"), "cli.also_unknown"), (("--also", "purposes/*"), "cli.also_unknown"),
        (("lc", "--not-also", ""), "cli.also_unknown"),
        (("#lx",), "cli.tag_unknown"), ((), "cli.tags_needed"), (("",), "cli.tags_needed"),
        (("lc", "--remove", "#zz"), "cli.tag_unknown"),
    ],
)  # fmt: skip
def test_what_is_no_tag_changes_nothing(settled: Shell, lines: Lines, argv: tuple[str, ...], problem: str) -> None:
    (note,) = lines("Minutes agreed #gm")
    said = settled("note", "tag", note["id"], *argv, "--json")
    assert (said.code, said.problem) == (2, problem)
    assert settled.json("note", "show", note["id"])["standing_evidence"] == note["standing_evidence"]


@pytest.mark.parametrize("wanted", ["ffffffff", "abc", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_note_is_said_to_be_unknown(settled: Shell, lines: Lines, wanted: str) -> None:
    lines("one")
    assert settled("note", "show", wanted, "--json").problem == "entry.unknown"


def test_lists_filter_by_everything_a_note_has(settled: Shell, lines: Lines) -> None:
    lines("ch: waits fell #lc+", "Corridor talk", "Papers late #gm.pr-")

    def texts(*filters: str) -> list[str]:
        return [note["text"] for note in settled.json("note", "list", *filters)]

    assert texts() == ["waits fell", "Corridor talk", "Papers late"]
    assert texts("is:untagged") == ["Corridor talk"]
    assert texts("who:CH") == texts("who:Chair") == ["waits fell"]
    assert texts("qs:#lc") == texts('qs:"Learning culture"') == ["waits fell"]
    assert texts("ec:pr") == ["Papers late"]
    assert texts("qs:lc,gm -ec:pr") == ["waits fell"]
    assert texts('on:"12 November 2026"', "in:board") == texts()
    assert texts("on:11nov2026") == []
    assert texts('visit:"Visit 2" waits') == ["waits fell"]
    assert texts("--limit", "1") == ["Papers late"]
    assert texts("--limit", "0") == texts()
    for none in ("-1", "9" * 21):  # more than SQLite can count to was a fault
        assert settled("note", "list", "--limit", none, "--json").problem == "cli.limit"
        assert settled("find", "papers", "--limit", none, "--json").problem == "cli.limit"


def test_a_value_that_means_nothing_is_told_and_searched_as_words(settled: Shell, lines: Lines) -> None:
    lines("talk of qs:zx here", "waits fell #lc")
    said = settled("note", "list", "qs:zx")
    assert said.err == "‘qs:zx’ is not a statement of this pack\n"
    assert "talk of qs:zx here" in said.out
    assert "waits fell" not in said.out
    assert "Did you mean ‘lc’?" in settled("find", "qs:lx").err


def test_a_list_for_people_has_a_heading_for_each_meeting_and_day(settled: Shell, lines: Lines) -> None:
    lines("one", "two")
    shown = settled.ok("note", "list").out.splitlines()
    assert shown[0] == "Board meeting, 12 November 2026"
    assert len(shown) == 3


def test_find_finds_words_phrases_and_beginnings_newest_first(settled: Shell, lines: Lines) -> None:
    lines("ch: discharge waits fell", "discharged late on the ward", "nothing of the kind")

    def texts(*words: str) -> list[str]:
        return [hit["text"] for hit in settled.json("find", *words)]

    assert texts("disch*") == ["discharged late on the ward", "discharge waits fell"]
    assert texts('"waits fell"') == ["discharge waits fell"]
    assert texts("ward", "late") == ["discharged late on the ward"]
    assert texts('"un(closed', "NEAR") == []
    assert texts("disch*", "who:ch") == ["discharge waits fell"]
    assert settled.ok("find", "absent").out == "No notes match.\n"


def test_a_hit_says_where_its_words_are(settled: Shell, lines: Lines) -> None:
    lines("ch: the winter plan is late, say winter wards")
    (hit,) = settled.json("find", "winter")
    assert [hit["snippet"][start:end] for start, end in hit["matches"]] == ["winter", "winter"]
    shown = settled.ok("find", "winter").out
    assert "\x02" not in shown
    assert "\x1b" not in shown


def test_who_only_reads_is_told_once_for_a_command_that_a_person_lets_their_notes_in(settled: Shell) -> None:
    with closing(open_vault(settled.home / "vault", PASSPHRASE, settled.clock)) as vault:
        (row,) = vault.questions.assessments()
        vault.perform(lambda uow: uow.set_setting(ROLES, as_setting({row.assessment.id: Part(role="reader")})))
    said = settled.ok("note", "add", stdin="Waits fell\nWaits rose\n")
    assert said.err.count("hands nothing in") == 1
    assert "Waits rose" in said.out
