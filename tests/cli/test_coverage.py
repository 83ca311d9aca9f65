"""Coverage by command: the matrix, its gaps, one visit, and JSON that says the sum."""

from __future__ import annotations

from tests.cli.conftest import Shell


def _noted(shell: Shell) -> None:
    shell.ok("note", "add", "--activity", "Board", stdin="one #lc\nch: two #lc\nch: three #lc #st\ndocuments #lc.pr\n")


def test_the_matrix_says_the_state_and_the_number_of_every_cell(settled: Shell) -> None:
    _noted(settled)
    said = settled.ok("coverage").out.splitlines()
    assert said[0] == "Northshire, all evidence: Integrated care systems, interim guidance 2023"
    assert said[2].split() == [
        "People", "@pe", "Staff", "@sl", "Partners", "@pa", "Observation", "@ob", "Processes", "@pr", "Outcomes", "@ou",
    ]  # fmt: skip
    (row,) = (line for line in said if line.startswith("Q2"))
    assert " ".join(row.split()) == "Q2 Learning culture Gap 0 Gap 0 Gap 0 Enough 3 Thin 1 Gap 0"
    assert "1 of 102 needed cells have enough evidence." in said
    assert "Enough: 3 notes or more from 2 sources or more." in "\n".join(said)
    assert sum(line.startswith("Unconfirmed: ") for line in said) == 2


def test_gaps_are_listed_by_statement(settled: Shell) -> None:
    _noted(settled)
    lines = settled.ok("coverage", "north", "--gaps").out.splitlines()
    assert lines[2:4] == [
        "Q1 Supporting people to live healthier lives: 6 gaps"
        " (People, Staff, Partners, Observation, Processes, Outcomes)",
        "Q2 Learning culture: 4 gaps (People, Staff, Partners, Outcomes), 1 thin (Processes)",
    ]
    cells = settled.json("coverage", "--gaps")["cells"]
    assert len(cells) == 102 - 3
    assert {cell["state"] for cell in cells} == {"gap"}


def test_json_says_the_sum_and_the_rule(settled: Shell) -> None:
    _noted(settled)
    facts = settled.json("coverage")
    (cell,) = (
        one for one in facts["cells"] if (one["statement"], one["category"]) == ("learning-culture", "observation")
    )
    assert cell == {
        "statement": "learning-culture", "category": "observation", "need": "expected", "state": "enough",
        "items": 3, "sources": 2, "activities": 1,
    }  # fmt: skip
    assert (facts["enough"], facts["needed"], len(facts["cells"])) == (1, 102, 102)
    assert facts["rule"]["enough_items"] == 3
    assert facts["framework"]["id"] == "ics"


def test_one_visit_is_counted_alone(settled: Shell) -> None:
    _noted(settled)
    settled.ok("visit", "add", "Visit 3")
    assert settled.json("coverage", "--visit", "Visit 2")["enough"] == 1
    later = settled.json("coverage", "--visit", "Visit 3")
    assert (later["enough"], {cell["items"] for cell in later["cells"]}) == (0, {0})
    assert "No evidence yet, so every needed cell is a gap." in settled.ok("coverage", "--visit", "Visit 3").out


def test_a_place_or_an_organisation_is_counted_alone(settled: Shell) -> None:
    settled.ok("visit", "add", "Visit 3", "--place", "Moor")
    settled.ok("activity", "add", "Ward round", "--visit", "Visit 3", "--organisation", "Acute trust")
    settled.ok("note", "add", "Heard it twice #lc", "--activity", "Ward round")
    for option, name in (("--place", "moor"), ("--organisation", "acute")):
        found = settled.json("coverage", option, name)
        assert sum(cell["items"] for cell in found["cells"]) == 1
        assert found["part"]["kind"] == {"--place": "place", "--organisation": "org"}[option]
    said = settled("coverage", "--place", "Elsewhere", "--json")
    assert (said.code, said.problem) == (2, "coverage.no_part")


def test_a_council_is_measured_by_its_own_pack(settled: Shell) -> None:
    settled.ok("assessment", "add", "Moor council", "--subject", "la")
    facts = settled.json("coverage", "Moor")
    assert (facts["needed"], len(facts["cells"])) == (36, 54)
    assert {cell["category"] for cell in facts["cells"] if cell["need"] == "not_used"} == {"observation", "outcomes"}
    assert "Not needed" in settled.ok("coverage", "Moor").out


def test_a_pack_that_the_assessment_does_not_have_is_said_so(settled: Shell) -> None:
    said = settled("coverage", "--pack", "local-authority", "--json")
    assert (said.code, said.problem) == (2, "cli.not_found")
