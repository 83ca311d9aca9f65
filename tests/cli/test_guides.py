"""``fieldkit guide``: list, add, show, import with its report, export."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell
from tests.exchange.forms import DISCHARGE, KOBO, survey, workbook


def test_a_built_in_guide_is_added_listed_and_shown(settled: Shell) -> None:
    assert "No guides in Northshire yet" in settled.ok("guide", "list").out
    assert settled.ok("guide", "add", "people").out == "People and carers is in Northshire now\n"
    again = settled("guide", "add", "people")
    assert (again.code, again.err.strip()) == (
        2, "The guide ‘People and carers’ is already here in this form, as version 1. Nothing was changed.",
    )  # fmt: skip
    listed = settled.json("guide", "list")
    assert [one["title"] for one in listed["guides"]] == ["People and carers"]
    assert [one["id"] for one in listed["built_in"]] == [
        "leaders",
        "staff",
        "partners",
        "people",
        "focus-group",
        "meeting",
    ]
    shown = settled.ok("guide", "show", "People").out
    assert "  If you tell me that someone is at risk of serious harm, I have to pass that on." in shown
    assert "2. When you first needed help, how did you go about it, and how long did it take?" in shown
    assert "   For: Equity in access" in shown
    assert "“I can get help when I need it, wherever I live and whoever I am.”" in shown
    assert settled("guide", "show", "nobody").code == 2
    assert settled.ok("vault", "verify").code == 0


def test_a_form_is_added_only_with_what_was_told_agreed_to(settled: Shell, tmp_path: Path) -> None:
    form = tmp_path / "walk.xlsx"
    form.write_bytes(workbook(KOBO))
    told = settled("guide", "import", str(form))
    assert told.code == 1
    assert any(line.split()[:4] == ["survey,", "row", "6", "background_audio"] for line in told.out.splitlines())
    assert "A form never starts a recording here. Nothing is recorded" in told.out
    assert settled.json("guide", "list")["guides"] == []
    facts = settled.json("guide", "import", str(form), "--look")
    assert facts["can_be_added"]
    assert {(one["row"], one["code"]) for one in facts["report"]} >= {(6, "form.background_audio"), (10, "form.rule")}
    assert settled.ok("guide", "import", str(form), "--anyway").out.endswith("Walk round is in Northshire now\n")
    assert [one["questions"] for one in settled.json("guide", "list")["guides"]] == [9]


def test_a_form_with_mistakes_is_never_added(settled: Shell, tmp_path: Path) -> None:
    form = tmp_path / "wrong.xlsx"
    form.write_bytes(survey(["frobnicate", "a", "A"], ["text", "b", "B"]))
    said = settled("guide", "import", str(form), "--anyway")
    assert said.code == 1
    assert "survey, row 2  a     Put right  No form has the type ‘frobnicate’" in said.out
    assert settled.json("guide", "list")["guides"] == []
    form.write_bytes(b"\0\1\2\3" * 100)
    assert settled("guide", "import", str(form)).err.startswith("‘wrong.xlsx’ is not a spreadsheet")
    assert settled("guide", "import", str(tmp_path / "gone.xlsx")).code == 3


def test_a_guide_goes_out_as_a_form_and_comes_back_as_a_version(settled: Shell, tmp_path: Path) -> None:
    form = tmp_path / "discharge.xlsx"
    form.write_bytes(workbook(DISCHARGE))
    settled.ok("guide", "import", str(form), "--anyway")
    settled.ok("guide", "export", "leaving", str(tmp_path / "out"))
    same = settled("guide", "import", str(tmp_path / "out.xlsx"))
    assert (same.code, "already here" in same.err) == (2, True)
    changed = {**DISCHARGE, "survey": DISCHARGE["survey"][:-1]}
    form.write_bytes(workbook(changed))
    said = settled.ok("guide", "import", str(form), "--anyway").out
    assert "as version 2026111202. Interviews keep the version they used" in said
    before = settled.json("guide", "show", "leaving", "--version", "2026111201")
    assert (before["questions"], settled.json("guide", "show", "leaving")["questions"]) == (9, 8)
    assert settled("guide", "show", "leaving", "--version", "7").code == 2
    assert settled.ok("find", "hospital").code == 0
