"""Frameworks by command: a second one beside the first, a crosswalk seen before it is applied, ratings in words."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fieldkit.app.report_catalogue import REPORTS, About
from tests.cli.conftest import Shell

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "app" / "files" / "oversight-invented.csv"


@pytest.fixture
def noted(settled: Shell) -> Shell:
    """One note under a statement that goes over alone, one under a statement that splits."""
    for words in ("Alarms went unheard #sg-", "Two teams, one plan #ci+"):
        settled.ok("note", "add", words, "--activity", "Board meeting")
    return settled


def test_a_second_framework_is_added_used_and_removed_and_its_tags_stay(noted: Shell) -> None:
    assert (
        "Beside it · draft, unconfirmed · 24 statements · ratings in words"
        in noted.ok("framework", "add", "provider").out
    )
    noted.ok("note", "add", "Bed rails loose #ip- #sg-", "--activity", "Board meeting")
    said = noted.ok("note", "list").out
    assert "[S5 pr/ip−]" in said
    assert "[Q6 sg−] [S2 pr/sg−]" in said
    assert noted("framework", "add", "provider", "--json").problem == "framework.there"
    assert noted("framework", "remove", "ics", "--json").problem == "framework.main"
    assert "2 tags and 0 judgements stay" in noted.ok("framework", "remove", "provider").out
    assert [one["id"] for one in noted.json("framework", "list")["frameworks"]] == ["ics"]


def test_a_crosswalk_is_shown_first_applied_once_and_taken_back(noted: Shell) -> None:
    seen = noted.json("framework", "crosswalk", "provider")
    assert (seen["tags"], seen["left"]["to_choose"], seen["applied"]) == (1, 1, False)
    assert len(noted.json("framework", "list")["frameworks"]) == 1
    said = noted.ok("framework", "crosswalk", "provider").out
    assert "To choose for I2 Care provision, integration and continuity: R1 Care planned around the person or" in said
    assert "Nothing was written." in said
    assert "1 tag wait" in noted.ok("framework", "crosswalk", "provider", "--apply").out
    assert "[S2 pr/sg−]" in noted.ok("note", "list").out
    chosen = noted.json("framework", "crosswalk", "provider", "--choose", "ci=pl,cw", "--apply")
    assert (chosen["tags"], chosen["left"]["to_choose"], chosen["applied"]) == (2, 0, True)
    assert noted.json("framework", "crosswalk", "provider", "--choose", "ci=pl,cw", "--apply")["tags"] == 0
    assert noted("framework", "crosswalk", "provider", "--choose", "ci:pl", "--json").problem == "framework.choice_form"
    assert noted("framework", "crosswalk", "provider", "--choose", "ci=md", "--json").problem == "framework.bad_choice"
    assert noted.json("framework", "crosswalk", "provider", "--undo")["tags"] == 3
    assert "pr/" not in noted.ok("note", "list").out
    assert noted("framework", "crosswalk", "provider", "--undo", "--json").problem == "framework.not_carried"


def test_ratings_are_chosen_in_words_and_nobody_types_a_score(noted: Shell) -> None:
    noted.ok("framework", "crosswalk", "provider", "--apply")
    note = noted.json("note", "list")[-1]
    judge = ("score", "judge", "sg", "Alarms go unheard", "--relies-on", note["id"], "--pack", "provider")
    assert noted(*judge, "--score", "2", "--json").problem == "score.words_only"
    assert noted(*judge, "--rating", "fair", "--json").problem == "score.no_step"
    assert "Requires improvement" in noted.ok(*judge, "--rating", "requires improvement").out
    shown = noted.json("score", "show", "sg", "--pack", "provider")
    assert (shown["score"], shown["rating"]) == (None, "Requires improvement")
    said = noted.ok("score", "list", "--pack", "provider").out
    assert "S2  Safeguarding" in said
    assert "Requires improvement. One assessor's rating" in said
    assert "Nothing is added up, and there is no overall figure." in said
    page = noted.home / "trace.html"
    noted.ok("score", "trace", "--pack", "provider", "--to", str(page))
    words = page.read_text(encoding="utf-8")
    assert "What the ratings rest on" in words
    assert "Staff know what to do, but some act late or leave out what partners need." in words
    assert "2, requires" not in words
    told = re.sub(r"<[^>]*>", " ", words.partition("<body")[2])  # widths of columns are per cents too
    assert "%" not in told


def test_figures_are_seen_row_by_row_before_they_are_kept(noted: Shell) -> None:
    file = noted.home / "oversight.csv"
    head = "Metric,Value,Organisation,Period,Source,Better,Statement\n"
    good = "Segment,3,Northshire ICB,2025/26 Q2,Oversight framework,lower,gm\n"
    file.write_text(f"{head}{good}Waits,many,Trust,2025,Survey,lower,ea\n", encoding="utf-8")
    seen = noted("framework", "metrics", str(file))
    assert seen.code == 1
    assert "Row 3: ‘many’ is no figure." in seen.out
    assert noted("framework", "metrics", str(file), "--keep", "--json").problem == "metric.wrong_rows"
    assert "1 figure kept as held evidence." in noted.ok("framework", "metrics", str(file), "--keep", "--good-rows").out
    assert "a lower figure is better" in noted.ok("framework", "figures").out
    (found,) = noted.json("framework", "figures")
    assert (found["value"], found["polarity"], found["row"]) == ("3", "lower_is_better", 2)
    (note,) = [one for one in noted.json("note", "list") if "Segment" in one["text"]]
    assert [one["acquisition"] for one in note["standing_evidence"]] == ["held"]
    assert noted("note", "addendum", note["id"], "Really 2", "--reason", "x", "--json").problem == "entry.held_metric"
    page = noted.home / "figures.html"
    noted.ok("report", "make", "held-figures", "--out", str(page))
    printed = page.read_text(encoding="utf-8")
    assert "Segment, a lower figure is better" in printed
    assert "oversight.csv, row 2" in printed


def test_every_report_of_the_assessment_is_made_for_a_framework_without_scores(noted: Shell) -> None:
    noted.ok("framework", "crosswalk", "provider", "--apply")
    note = noted.json("note", "list")[-1]
    noted.ok("score", "judge", "sg", "People feel safe", "--rating", "good", "--relies-on", note["id"],
             "--pack", "provider")  # fmt: skip
    for kind in (one for one in REPORTS if one.about is About.ASSESSMENT):
        target = noted.home / f"{kind.id}.txt"
        noted.ok("report", "make", kind.id, "--out", str(target), "--pack", "provider")
        assert target.read_text(encoding="utf-8")
    rated = (noted.home / "draft-report-rated.txt").read_text(encoding="utf-8")
    assert "Good. One assessor's rating. Staff know the signs, act at once" in " ".join(rated.split())


def test_carried_tags_and_held_figures_leave_in_an_export_that_a_stranger_can_check(noted: Shell) -> None:
    noted.ok("framework", "crosswalk", "provider", "--apply")
    noted.ok("framework", "metrics", str(SAMPLE), "--keep")
    out = noted.home / "export.json"
    noted.ok("export", "json", "--out", str(out))
    export = json.loads(out.read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "resources" / "schema" / "export-1.schema.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(export)] == []
    assert any(tag.get("carried") == "ics 2023.1" for note in export["notes"] for tag in note["standing_evidence"])
    told = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "verify_export.py"), str(out)], capture_output=True, check=False
    )
    assert told.returncode == 0, told.stdout
