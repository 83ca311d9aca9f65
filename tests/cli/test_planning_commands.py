"""Assessments, visits, activities and people: added, listed, named by name or by the end of an id."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell
from ui.cli.choose import short


def test_an_assessment_pins_the_newest_pack_of_its_subject(shell: Shell) -> None:
    shell.ok("vault", "create", "--name", "A. Lead", "--initials", "AL")
    made = shell.json("assessment", "add", "Moor council", "--subject", "la")
    assert made["subject"] == "local_authority"
    assert [pin["id"] for pin in made["packs"]] == ["local-authority"]
    assert len(made["packs"][0]["digest"]) == 64


def test_packs_can_be_named_and_several_pinned(shell: Shell) -> None:
    shell.ok("vault", "create", "--name", "A. Lead", "--initials", "AL")
    made = shell.json(
        "assessment", "add", "Both", "--subject", "ics", "--pack", "ics@2023.1", "--pack", "local-authority"
    )
    assert [pin["id"] for pin in made["packs"]] == ["ics", "local-authority"]


def test_lists_of_a_new_vault_say_that_there_is_nothing_yet(shell: Shell) -> None:
    shell.ok("vault", "create", "--name", "A. Lead", "--initials", "AL")
    assert "No assessments yet" in shell.ok("assessment", "list").out
    for what in ("visit", "activity"):
        assert shell.json(what, "list") == []
    assert shell("person", "list", "--json").problem == "cli.none_yet"


def test_an_agenda_is_read_from_a_file_from_standard_input_and_from_options(settled: Shell, tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "agenda.txt"
    file.write_text("\ufeff09:30 Welcome\n2. Winter plan\n", encoding="utf-8")
    made = settled.json("activity", "add", "Quality committee", "--agenda", str(file), "--item", "11.15 Questions")
    assert [(item["starts"], item["title"]) for item in made["items"]] == [
        ("09:30", "Welcome"), ("", "Winter plan"), ("11:15", "Questions"),
    ]  # fmt: skip


def test_everything_added_is_listed(settled: Shell) -> None:
    settled.ok("note", "add", "ch: waits fell again #lc+")
    (assessment,) = settled.json("assessment", "list")
    assert (assessment["name"], assessment["notes"], assessment["waiting"]) == ("Northshire", 1, 1)
    (visit,) = settled.json("visit", "list")
    assert (visit["starts_on"], visit["ends_on"]) == ("2026-11-12", "2026-11-13")
    (activity,) = settled.json("activity", "list", "--visit", "Visit 2")
    assert (activity["title"], activity["notes"], len(activity["items"])) == ("Board meeting", 1, 2)
    (person,) = settled.json("person", "list")
    assert (person["code"], person["role"], person["organisation"]) == ("ch", "Chair", "Northshire ICB")


def test_tables_for_people_are_aligned_and_end_in_the_short_id(settled: Shell) -> None:
    record = settled.json("visit", "list")[0]["id"]
    head, row = settled.ok("visit", "list", "--assessment", "north").out.splitlines()
    assert head.index("Assessment") == row.index("Northshire")
    assert row.endswith(short(record))
    assert "12 November 2026 to 13 November 2026" in row


@pytest.mark.parametrize("wanted", ["Visit 2", "visit 2", "vis", "sit 2"])
def test_a_visit_is_named_by_any_part_of_its_name(settled: Shell, wanted: str) -> None:
    assert settled.json("activity", "list", "--visit", wanted)


def test_a_visit_is_named_by_the_end_of_its_id(settled: Shell) -> None:
    record = settled.json("visit", "list")[0]["id"]
    assert settled.json("person", "list", "--visit", short(record)) == settled.json("person", "list", "--visit", record)


def test_with_two_visits_one_has_to_be_named(settled: Shell) -> None:
    settled.ok("visit", "add", "Visit 3")
    said = settled("person", "list")
    assert said.code == 2
    assert said.err.startswith("Several could be meant, so say which visit: Visit 2 (")
    assert settled("person", "list", "--visit", "visit", "--json").problem == "cli.which"
    assert settled("person", "list", "--visit", "Visit 9", "--json").problem == "cli.not_found"


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("assessment", "add", " ", "--subject", "ics"), "assessment.no_name"),
        (("assessment", "add", "Northshire", "--subject", "ics"), "assessment.name_taken"),
        (("assessment", "add", "Other", "--subject", "ics", "--pack", "none"), "pack.unknown"),
        (("assessment", "add", "Other", "--subject", "ics", "--pack", "ics@1999"), "pack.unknown"),
        (("visit", "add", ""), "visit.no_name"),
        (("visit", "add", "X", "--on", "31 February 2026"), "visit.date"),
        (("visit", "add", "X", "--on", "2 March 2026", "--until", "1 March 2026"), "visit.ends_before_start"),
        (("visit", "add", "X", "--assessment", "Southshire"), "cli.not_found"),
        (("activity", "add", "X", "--starts", "25:00"), "activity.starts"),
        (("activity", "add", "X", "--starts", "10:00", "--ends", "09:00"), "activity.ends_before_start"),
        (("activity", "add", "X", "--agenda", "no-such-file"), "cli.file_missing"),
        (("person", "add", "a name", "Chair"), "person.code"),
        (("person", "add", "ch", "Chair"), "person.code_taken"),
        (("person", "add", "ce", " "), "person.no_role"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_added(settled: Shell, argv: tuple[str, ...], problem: str) -> None:
    before = settled.json("vault", "info")["revisions"]
    said = settled(*argv, "--json")
    assert (said.code, said.problem) == (2, problem)
    assert said.err.count("\n") == 1
    assert settled.json("vault", "info")["revisions"] == before
