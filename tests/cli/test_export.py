"""The export: valid by its schema, checked by a program that shares no code with ours, and private."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import resources
from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.app.assessments import plan_activity
from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.export import SCHEMA
from fieldkit.app.paging import every_note
from fieldkit.app.records import keep, revise
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import ActivityId, RecordId, new_id
from storage.vault import OpenVault, open_vault
from tests.cli.conftest import NINE, OPENS, PASSPHRASE, Shell
from tests.support.tree import ROOT
from tests.support.vaults import quick_keys

CHECKER = ROOT / "docs" / "verify_export.py"
Export = dict[str, Any]


SMALL = "Fewer than 5 people may have this role there: Chair, Northshire ICB. It may tell who they are"


@pytest.fixture(scope="module")
def exported_once(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The export's text; made once for all tests here, each of which reads it afresh."""
    folder = tmp_path_factory.mktemp("export")
    shutil.copytree(settled_home, folder / "home")
    with quick_keys():
        return _export(Shell(home=folder / "home", clock=FixedClock(NINE), environ=dict(OPENS)), folder)


@pytest.fixture
def exported(exported_once: str) -> Export:
    """A meeting with everything in it, handed in to a real store, exported."""
    found: Export = json.loads(exported_once)
    return found


def _export(settled: Shell, tmp_path: Path) -> str:
    settled.clock.advance(600)
    settled.ok("note", "add", stdin="ch: waits fell “again” in Łódź 🙂 #lc+\nCorridor talk\nPapers late #gm-\n")
    first, _, third = settled.json("note", "list")
    settled.ok("note", "addendum", first["id"], "In Moor only", "--reason", "Checked")
    settled.ok("note", "tag", third["id"], "sp", "--remove", "gm")
    settled.ok("note", "tag", first["id"], "--also", "staff-survey", "--also", "productivity")
    settled.ok("note", "tag", first["id"], "--not-also", "productivity")
    store = tmp_path / "office"
    settled.ok("central", "init", str(store), "--office", "Northshire team")
    running = start_in_thread(replace(Settings.load(store), port=0), settled.clock)
    try:
        code = settled.json("central", "invite", str(store), "--name", "A. Lead")["code"]
        settled.ok("enrol", running.url, code)
        settled.ok("send")
    finally:
        running.stop()
    settled.ok("note", "withdraw", third["id"], "--reason", "Twice")
    settled.ok("assessment", "add", "Elsewhere", "--subject", "la")
    settled.ok("export", "json", "--assessment", "Northshire", "--out", str(tmp_path / "out.json"))
    return (tmp_path / "out.json").read_text("utf-8")


def check(export: Export, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the stranger's checker on it, where none of our packages can be imported."""
    file = folder / "given.json"
    file.write_text(json.dumps(export, ensure_ascii=False), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", str(CHECKER), str(file), *more],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
        check=False,
    )


def test_it_is_valid_by_the_schema_that_is_shipped(exported: Export) -> None:
    schema = json.loads(resources.read_text("schema", SCHEMA))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(exported)] == []


def test_it_holds_everything_of_the_assessment_and_no_word_of_another(exported: Export) -> None:
    assert [note["text"] for note in exported["notes"]] == [
        "waits fell “again” in Łódź 🙂", "Corridor talk", "Papers late",
    ]  # fmt: skip
    assert [note["status"] for note in exported["notes"]] == ["confirmed", "stays", "waiting"]
    assert exported["notes"][0]["addenda"][0]["text"] == "In Moor only"
    assert exported["notes"][2]["withdrawn"] == "Twice"
    assert exported["store"]["office"] == "Northshire team"
    assert [one["id"] for one in exported["frameworks"]] == ["ics"]
    assert "Elsewhere" not in json.dumps(exported)


def test_secondary_tags_that_stand_are_told_where_there_are_any(exported: Export) -> None:
    first, second, _ = exported["notes"]
    assert [(one["set"], one["tag"]) for one in first["standing_secondary"]] == [("insight-sources", "staff-survey")]
    assert "standing_secondary" not in second


def test_a_stranger_finds_that_everything_holds(exported: Export, tmp_path: Path) -> None:
    said = check(exported, tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert "is not in this file" not in said.stdout  # our own chain has no hole
    assert said.stdout.endswith("everything in this file holds\n")


def altered_text(export: Export) -> None:
    export["notes"][0]["text"] = "waits rose"


def altered_content(export: Export) -> None:
    for item in export["revisions"]:
        if "waits fell" in item.get("content", ""):
            item["content"] = item["content"].replace("waits fell", "waits rose")


def altered_envelope(export: Export) -> None:
    item = next(item for item in export["revisions"] if '"kind":"activity"' in item["envelope"])
    item["envelope"] = item["envelope"].replace('"kind":"activity"', '"kind":"visit"')


def left_out_note(export: Export) -> None:
    export["notes"].pop()


def left_out_addendum(export: Export) -> None:
    export["notes"][0]["addenda"] = []


def altered_tags(export: Export) -> None:
    export["notes"][0]["standing_evidence"] = []


def altered_secondary(export: Export) -> None:
    (export["notes"][0]["standing_secondary"][0]["id"],) = [export["notes"][1]["id"]]


def altered_receipt(export: Export) -> None:
    export["receipts"][0]["data"] = export["receipts"][0]["data"].replace("accepted", "Accepted", 1)


def foreign_key(export: Export) -> None:
    export["devices"][0]["public_key"] = "00" * 32


def altered_author(export: Export) -> None:
    export["notes"][0]["author"] = export["notes"][0]["id"]


@pytest.mark.parametrize(
    "alter",
    [
        altered_text, altered_content, altered_envelope, left_out_note, left_out_addendum, altered_tags,
        altered_secondary, altered_receipt, foreign_key, altered_author,
    ],
)  # fmt: skip
def test_a_stranger_finds_every_alteration(exported: Export, tmp_path: Path, alter: Callable[[Export], None]) -> None:
    alter(exported)
    said = check(exported, tmp_path)
    assert said.returncode == 1, said
    assert said.stdout.endswith("something was altered\n")


def test_a_stranger_sees_where_a_record_was_taken_out(exported: Export, tmp_path: Path) -> None:
    del exported["revisions"][2]
    said = check(exported, tmp_path)
    assert "is not in this file" in said.stdout


def test_a_key_known_from_elsewhere_is_held_against_the_file(exported: Export, tmp_path: Path) -> None:
    device = exported["devices"][0]
    assert check(exported, tmp_path, "--key", f"{device['device']}={device['public_key']}").returncode == 0
    assert check(exported, tmp_path, "--key", f"{device['device']}={'11' * 32}").returncode == 1


def test_what_is_no_export_is_said_to_be_none(tmp_path: Path) -> None:
    assert check({"format": "other"}, tmp_path).returncode == 3


def test_the_file_is_private_and_whole_and_the_person_is_warned(settled: Shell, tmp_path: Path) -> None:
    target = tmp_path / "out" / "northshire.json"
    target.parent.mkdir()
    said = settled.ok("export", "json", "--out", str(target))
    assert target.stat().st_mode & 0o777 == 0o600
    small, warned = said.err.splitlines()
    assert small == SMALL, "before a byte is written"
    assert warned.startswith("This file is not encrypted")
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_an_export_is_on_the_vaults_own_record(settled: Shell) -> None:
    before = settled.json("vault", "info")["revisions"]
    settled.ok("export", "json", "--out", "-")
    assert settled.json("vault", "info")["revisions"] == before + 1
    assert settled.json("vault", "verify")["is_whole"] is True


def test_standard_output_gets_the_export_and_nothing_else(settled: Shell) -> None:
    said = settled.ok("export", "json", "--out", "-")
    assert said.json["format"] == "fieldkit-export"
    assert said.err.splitlines() == [SMALL]


@pytest.mark.parametrize(
    ("argv", "code", "problem"),
    [
        (("--out", "nowhere/x.json"), 2, "cli.no_folder"),
        (("--out", "x.json", "--assessment", "Southshire"), 2, "cli.not_found"),
    ],
)
def test_what_cannot_be_exported_writes_nothing(settled: Shell, argv: tuple[str, ...], code: int, problem: str) -> None:
    said = settled("export", "json", *argv, "--json")
    assert (said.code, said.problem) == (code, problem)


def test_a_folder_in_the_place_of_the_file_is_said_and_stays_as_it_is(settled: Shell, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "in the way").touch()
    said = settled("export", "json", "--out", str(tmp_path / "taken"), "--json")
    assert (said.code, said.problem) == (2, "export.is_folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "taken"]
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["in the way"]


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9])
def test_pages_of_notes_come_oldest_first_each_note_once(settled: Shell, count: int) -> None:
    if count:
        settled.ok("note", "add", stdin="".join(f"note {n}\n" for n in range(count)))
    with closing(open_vault(settled.home / "vault", PASSPHRASE, settled.clock)) as vault:
        found = [row.entry.text for row in every_note(vault.questions, page_size=4)]
    assert found == [f"note {n}" for n in range(count)]


@pytest.fixture(scope="module")
def held_once(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An export after the consent for one of two activities was withdrawn, and an earlier account held a name."""
    folder = tmp_path_factory.mktemp("held")
    shutil.copytree(settled_home, folder / "home")
    with quick_keys():
        settled = Shell(home=folder / "home", clock=FixedClock(NINE), environ=dict(OPENS))
        settled.ok("note", "add", stdin="said in confidence #lc+\n")
        (entry,) = settled.json("note", "list")
        settled.ok("note", "addendum", entry["id"], "whispered later", "--reason", "Checked")
        with closing(open_vault(settled.home / "vault", PASSPHRASE, settled.clock)) as vault:
            _withdraw(vault, entry["activity"])
        settled.ok("export", "json", "--out", str(folder / "out.json"))
        return (folder / "out.json").read_text("utf-8")


def _withdraw(vault: OpenVault, activity: str) -> None:
    subject = vault.questions.activity(ActivityId(activity))
    case = Case(
        id=RecordId(new_id()), assessment=subject.assessment, code="C01", activity=subject.id, need="stroke care"
    )
    given = Consent(
        id=RecordId(new_id()), assessment=subject.assessment, about=RecordId(activity), agreed=Agreed.GIVEN,
        attribution=Attribution.NAME, name="Mary Example",
    )  # fmt: skip
    taken_back = replace(given, agreed=Agreed.WITHDRAWN, attribution=Attribution.NONE, name="")
    vault.perform(lambda uow: keep(uow, case))
    vault.perform(lambda uow: keep(uow, given))
    vault.perform(lambda uow: revise(uow, taken_back))


@pytest.fixture
def with_held(held_once: str) -> Export:
    found: Export = json.loads(held_once)
    return found


def test_no_word_of_what_a_consent_bars_is_in_an_export_and_the_proof_holds(with_held: Export, tmp_path: Path) -> None:
    schema = json.loads(resources.read_text("schema", SCHEMA))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(with_held)] == []
    assert [note["barred"] for note in with_held["notes"]] == ["withdrawn"]
    assert {one["kind"]: one["barred"] for one in with_held["records"]} == {"consent": None, "case": "withdrawn"}
    text = json.dumps(with_held, ensure_ascii=False)
    assert not [words for words in ("confidence", "whispered", "Mary", "stroke") if words in text]
    said = check(with_held, tmp_path)
    assert said.stdout.endswith("everything in this file holds\n"), said
    assert "is not in this file" not in said.stdout


def words_of_a_held_note(export: Export) -> None:
    export["notes"][0]["barred"] = None


def content_of_a_held_record(export: Export) -> None:
    next(one for one in export["records"] if one["kind"] == "case")["content"] = {"need": "care"}


def held_without_a_consent(export: Export) -> None:
    export["notes"][0]["activity"] = export["notes"][0]["visit"]


def altered_consent(export: Export) -> None:
    next(one for one in export["records"] if one["kind"] == "consent")["content"]["agreed"] = "given"


@pytest.mark.parametrize(
    "alter", [words_of_a_held_note, content_of_a_held_record, held_without_a_consent, altered_consent]
)
def test_a_stranger_finds_what_was_altered_of_the_held(
    with_held: Export, tmp_path: Path, alter: Callable[[Export], None]
) -> None:
    alter(with_held)
    said = check(with_held, tmp_path)
    assert said.returncode in (1, 3), said
    assert "everything in this file holds" not in said.stdout


def test_a_code_that_may_not_be_told_any_more_is_in_no_export(settled_home: Path, tmp_path: Path) -> None:
    shutil.copytree(settled_home, tmp_path / "home")
    with quick_keys():
        settled = Shell(home=tmp_path / "home", clock=FixedClock(NINE), environ=dict(OPENS))
        with closing(open_vault(settled.home / "vault", PASSPHRASE, settled.clock)) as vault:
            _interview_of_one_who_thought_again(vault)
        settled.ok("export", "json", "--out", str(tmp_path / "out.json"))
    text = (tmp_path / "out.json").read_text("utf-8")
    export = json.loads(text)
    schema = json.loads(resources.read_text("schema", SCHEMA))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(export)] == []
    assert "ZQ7-not-told" not in text
    (note,) = [one for one in export["notes"] if one["text"] == "Nobody rang back"]
    assert (note["speaker"], note["speaker_withheld"]) == (None, True)
    said = check(export, tmp_path)
    assert said.stdout.endswith("everything in this file holds\n"), said
    assert "its speaker is withheld" in said.stdout
    note["author"] = note["visit"]
    assert check(export, tmp_path).returncode == 1


def _interview_of_one_who_thought_again(vault: OpenVault) -> None:
    (assessment,) = vault.questions.assessments()
    (visit, *_) = vault.questions.visits(assessment.assessment.id)
    talk, _ = vault.perform(lambda uow: plan_activity(uow, visit, ActivityKind.INTERVIEW, "Interview: matron"))
    agreed = Answers(agreed=Agreed.GIVEN, how="spoken", attribution=Attribution.ROLE, role="Nurse", quoting=Quoting.YES)
    less = replace(agreed, attribution=Attribution.NONE, role="")
    vault.perform(lambda uow: set_consent(uow, talk.id, agreed))
    vault.perform(lambda uow: record_entry(uow, talk, NewEntry(text="Nobody rang back", speaker="ZQ7-not-told")))
    vault.perform(lambda uow: set_consent(uow, talk.id, less))
