"""Interviews and drop-ins by command: the same rules as on their pages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit.exchange.xlsx import write_xlsx
from tests.cli.conftest import Shell
from tests.support.tree import ROOT

TALK = "Interview: matron"
AGREE = ("interview", "consent", TALK, "--agreed", "yes", "--quotes", "unnamed")


@pytest.fixture
def talk(settled: Shell) -> Shell:
    """An interview is planned."""
    settled.ok("activity", "add", TALK, "--kind", "interview")
    return settled


def test_nothing_is_noted_before_consent_by_any_command(talk: Shell) -> None:
    for command in (("note", "add", "x #lc", "--activity", TALK), ("interview", "answer", TALK, "-", "x #lc")):
        said = talk(*command, "--json")
        assert (said.code, said.problem) == (2, "interview.no_consent")
    assert talk.json("note", "list") == []
    talk.ok(*AGREE)
    talk.ok("note", "add", "x #lc", "--activity", "Interview 01")
    assert "Interview 01: x" in talk.ok("note", "list").out


def test_an_interview_from_consent_to_withdrawal(talk: Shell) -> None:
    talk.ok(*AGREE, "--band", "staff")
    shown = talk.json("interview", "start", "Interview 01", "--guide", "staff")
    assert (shown["title"], len(shown["questions"]) > 5) == ("Interview 01", True)
    note = talk.json("interview", "answer", "Interview 01", "1", '"Nobody rang back" #lc-')
    assert {tag["statement"] for tag in note["standing_evidence"]} >= {"learning-culture", "working-together"}
    talk.ok("interview", "skip", "Interview 01", "2", "--reason", "No time")
    talk.ok("interview", "skip", "Interview 01", "3", "--elsewhere")
    lines = talk.ok("interview", "show", "Interview 01").out
    for words in (
        "Answered",
        "Skipped. No time",
        "Answered elsewhere",
        "Interview 01: Nobody rang back",
        "Quotes unnamed",
    ):
        assert words in lines
    assert [one["answered"] for one in talk.json("interview", "list")] == [1]
    said = talk("interview", "consent", "Interview 01", "--agreed", "yes", "--quotes", "yes", "--json")
    assert said.problem == "consent.reason"
    talk.ok("interview", "withdraw", "Interview 01", "--reason", "Worried")
    assert "Withdrawn" in talk.ok("interview", "show", "Interview 01").out
    assert talk("interview", "answer", "Interview 01", "-", "more", "--json").problem == "interview.withdrawn"
    talk.ok("vault", "verify")
    assert talk("interview", "answer", "Interview 01", "99", "more", "--json").problem == "cli.not_found"


def test_what_does_not_apply_is_listed_with_when_it_would_and_follows_the_answers(talk: Shell, tmp_path: Path) -> None:
    book = tmp_path / "carers.xlsx"
    book.write_bytes(write_xlsx({
        "survey": [
            ["type", "name", "label", "relevant"],
            ["select_one yes_no", "care", "Do you care for somebody?", ""],
            ["text", "whom", "For whom?", "${care} = 'yes'"],
        ],
        "choices": [["list_name", "name", "label"], ["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]],
    }))  # fmt: skip
    talk.ok("guide", "import", str(book))
    talk.ok(*AGREE)
    started = talk.ok("interview", "start", "Interview 01", "--guide", "carers").out
    assert "For whom?  Does not apply, only if question 1 is ‘Yes’" in started
    talk.ok("interview", "answer", "Interview 01", "1", "No")
    shown = talk.json("interview", "show", "Interview 01")
    assert [(one["applies"], one["only_if"]) for one in shown["questions"]] == [
        (True, ""), (False, "question 1 is ‘Yes’"),
    ]  # fmt: skip
    assert "1 of 1" in talk.ok("interview", "list").out
    talk.ok("interview", "answer", "Interview 01", "1", "Yes")
    assert all(one["applies"] for one in talk.json("interview", "show", "Interview 01")["questions"])
    talk.ok("interview", "answer", "Interview 01", "2", "My father #lc")


def test_an_export_of_what_is_not_attributable_names_no_role_and_can_be_checked(talk: Shell, tmp_path: Path) -> None:
    talk.ok("interview", "consent", TALK, "--agreed", "yes", "--quotes", "yes", "--attribution", "by-name",
            "--name", "Dr Amara Obi")  # fmt: skip
    talk.ok("interview", "answer", "Interview", "-", "Nobody rang back #lc")
    talk.ok("interview", "consent", "Interview", "--agreed", "yes", "--quotes", "unnamed")
    file = tmp_path / "out.json"
    talk.ok("export", "json", "--out", str(file))
    text = file.read_text(encoding="utf-8")
    assert "Nobody rang back" in text
    assert "matron" not in text.casefold()
    assert "Amara" not in text
    checked = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "verify_export.py"), str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert json.loads(text)["activities"][-1]["title"] == "Interview 01"


def test_a_focus_group_has_people_and_one_of_them_may_withdraw(settled: Shell) -> None:
    settled.ok("activity", "add", "Carers", "--kind", "focus-group")
    settled.ok("interview", "consent", "Carers", "--agreed", "yes", "--quotes", "no")
    settled.ok("interview", "start", "Focus group 01", "--people", "4")
    settled.ok("interview", "answer", "Focus group 01", "-", "2: nobody rings back #lc-")
    assert "Focus group 01, person 2: nobody rings back" in settled.ok("interview", "show", "Focus group 01").out
    settled.ok("interview", "withdraw", "Focus group 01", "--person", "2")
    said = settled("interview", "answer", "Focus group 01", "-", "2: more", "--json")
    assert said.problem == "interview.person_held"
    settled.ok("interview", "answer", "Focus group 01", "-", "3: same for us #lc-")


def test_people_join_and_leave_and_a_question_of_ones_own_is_asked(settled: Shell) -> None:
    settled.ok("activity", "add", "Carers", "--kind", "focus-group")
    settled.ok("interview", "consent", "Carers", "--agreed", "yes", "--quotes", "no")
    group = "Focus group 01"
    settled.ok("interview", "start", group, "--guide", "focus-group", "--people", "2")
    assert "Here are persons 1, 2 and 3" in settled.ok("interview", "join", group).out
    said = settled.ok("interview", "leave", group, "2", "--at", "10:05").out
    assert "Here are persons 1 and 3. Person 2 has left" in said
    assert settled("interview", "leave", group, "2", "--json").problem == "interview.person_unknown"
    assert settled("interview", "join", group, "3", "--json").problem == "interview.is_there"
    assert settled("interview", "leave", group, "1", "--at", "ten", "--json").problem == "activity.time"
    settled.ok("interview", "join", group, "2")
    shown = settled.json("interview", "show", group)
    assert [one["person"] for one in shown["session"]["presence"]] == ["1", "2", "3", "2"]
    before = [one["text"] for one in shown["questions"]]
    settled.ok("interview", "ask", group, "Who helps at night? #st", "--after", "1")
    settled.ok("interview", "ask", group, "What else?")
    after = [one["text"] for one in settled.json("interview", "show", group)["questions"]]
    assert after == [before[0], "Who helps at night?", *before[1:], "What else?"]
    note = settled.json("interview", "answer", group, "2", "3: nobody")
    assert [tag["statement"] for tag in note["standing_evidence"]] == ["safe-staffing"]
    assert settled("interview", "ask", group, " ", "--json").problem == "interview.no_question"
    assert settled("interview", "ask", group, "Why?", "--after", "99", "--json").problem == "cli.not_found"


def test_an_override_of_direction_in_what_was_typed_turns_no_line_round(talk: Shell) -> None:
    talk.ok("person", "add", "zz", "Head \u202eof nursing")
    talk.ok("activity", "add", "Round \u202eWard 4", "--kind", "observation")
    for command in (("person", "list"), ("activity", "list"), ("programme", "show")):
        assert "\u202e" not in talk.ok(*command).out
    assert "سارة" in talk.ok("activity", "add", "سارة", "--kind", "observation").out, "right-to-left words stay"


def test_drop_ins_are_counted_by_band_and_theme(settled: Shell) -> None:
    settled.ok("activity", "add", "Drop-in: staff restaurant", "--kind", "drop-in")
    settled.ok("dropin", "add", "3s10", "Nobody answers the bell at night #st- #sp")
    settled.ok("dropin", "add", "p")
    settled.ok("dropin", "add", "2s", "The rota #st")
    (found,) = settled.json("dropin", "list")
    assert (found["conversations"], found["people"]) == (3, 6)
    assert found["by_band"] == {"Staff": 5, "People who use services": 1}
    assert found["by_theme"] == {"Safe and effective staffing": 2, "Safe systems, pathways and transitions": 1}
    talks = settled.json("dropin", "show")
    assert [(one["people"], one["minutes"], one["note"]) for one in talks] == [
        (3, 10, "Nobody answers the bell at night"), (1, 1, None), (2, 1, "The rota"),
    ]  # fmt: skip
    assert "3 staff. 10 minutes" in settled.ok("dropin", "show").out
    settled.ok("vault", "verify")
    said = settled("dropin", "add", "many", "--json")
    assert (said.code, said.problem) == (2, "dropin.who")


def test_a_code_that_may_not_be_told_any_more_is_in_no_list_of_notes(talk: Shell) -> None:
    talk.ok("interview", "consent", TALK, "--agreed", "yes", "--quotes", "yes", "--attribution", "by-role",
            "--role", "Nurse")  # fmt: skip
    (noted,) = talk.json("note", "add", "ch: nobody rang back #lc", "--activity", "Interview")
    assert (noted["speaker"], "speaker_withheld" in noted) == ("ch", False)
    talk.ok("interview", "consent", "Interview", "--agreed", "yes", "--quotes", "unnamed", "--reason", "Worried")
    (listed,) = talk.json("note", "list")
    shown = talk.json("note", "show", noted["id"])
    (found,) = talk.json("find", "nobody")
    (searched,) = talk.json("search", "nobody")["notes"]
    for note in (listed, shown, found, searched):
        assert (note["text"], note["speaker"], note["speaker_withheld"]) == ("nobody rang back", None, True)


def test_no_search_list_or_history_tells_who_it_was_once_the_consent_protects_more(talk: Shell, tmp_path: Path) -> None:
    for_them = ("interview", "consent", "Interview", "--agreed", "for-them", "--given-by", "His daughter Amara",
                "--why", "He had gone to sleep", "--quotes", "yes")  # fmt: skip
    talk.ok("interview", "consent", TALK, *for_them[3:], "--attribution", "by-role", "--role", "Staff nurse")
    (noted,) = talk.json("note", "add", "ch: nobody rang back #lc", "--activity", "Interview")
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all", encoding="utf-8")
    talk.ok("attach", str(letter), "--purpose", "Shown by them", "--note", noted["id"], "--from", "ch")
    assert [one["id"] for one in talk.json("find", "who:ch")] == [noted["id"]]
    talk.ok(*for_them, "--attribution", "by-name", "--name", "Dr Amara Obi", "--reason", "They asked")
    talk.ok("interview", "consent", "Interview", "--agreed", "yes", "--quotes", "unnamed", "--reason", "Worried")
    assert talk.json("find", "who:ch") == []
    assert [one["id"] for one in talk.json("find", "nobody -who:ch")] == [noted["id"]]

    def told() -> str:
        records = talk.json("record", "list")
        pages = [talk.ok("record", "show", one["id"], "--history").out for one in records]
        pages += [talk.ok("record", "show", one["id"], "--history", "--json").out for one in records]
        talks = talk.ok("interview", "show", "Interview 01", "--json").out + talk.ok("interview", "list", "--json").out
        files = talk.ok("attachment", "list", "--json").out + talk.ok("search", "nobody", "--json").out
        out = tmp_path / f"out{len(list(tmp_path.iterdir()))}.json"
        talk.ok("export", "json", "--out", str(out))
        everything = "".join((json.dumps(records), *pages, talks, files, out.read_text(encoding="utf-8")))
        return everything.replace('\\"', '"').replace('": "', '":"')  # what was signed stands in the export as text

    said = told()
    for word in ("Dr Amara Obi", "Staff nurse", "matron", '"speaker":"ch"', '"from_whom":"ch"', "from_whom: ch"):
        assert word not in said, word
    talk.ok("interview", "consent", *for_them[2:], "--reason", "Asleep again")
    talk.ok("interview", "withdraw", "Interview 01", "--reason", "Worried")
    said = told()
    for word in ("His daughter Amara", "gone to sleep", "Dr Amara Obi"):
        assert word not in said, word


def test_what_was_written_on_paper_has_its_time_and_says_so(talk: Shell) -> None:
    talk.ok("interview", "start", TALK)
    talk.ok(*AGREE)
    refused = talk("interview", "answer", "Interview 01", "-", "Bell rang", "--on-paper", "--json")
    assert (refused.code, refused.problem) == (2, "cli.paper_time")
    note = talk.json("interview", "answer", "Interview 01", "-", "Bell rang", "--on-paper", "--at", "8.42")
    assert (note["origin"], note["written_up_later"]) == ("Written on paper", True)
    assert (
        talk("interview", "answer", "Interview 01", "-", "x", "--at", "23:59", "--json").problem
        == "entry.noticed_in_future"
    )
    talk.ok("activity", "add", "Canteen", "--kind", "drop-in")
    for wrong, problem in (
        (("2s", "x", "--at", "8:50"), "dropin.paper_minutes"), (("2s4", "x", "--on-paper"), "cli.paper_time"),
        (("2s4", "x", "--at", "23:59"), "entry.noticed_in_future"),
    ):  # fmt: skip
        assert talk("dropin", "add", *wrong, "--json").problem == problem
    made = talk.json("dropin", "add", "2s4", "The rota #st", "--at", "8:50", "--on-paper")
    assert (made["minutes"], talk.json("note", "show", made["note"])["origin"]) == (4, "Written on paper")
    assert "The rota  Written on paper  " in talk.ok("note", "list").out
