"""The commands that take work out, end to end from a vault with one meeting."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldkit.exchange.refi.checking import check_project
from fieldkit.kernel.clock import FixedClock
from tests.cli.conftest import NINE, OPENS, Shell
from tests.support.vaults import quick_keys
from tests.takeout.refi_checks import wrong_in_project


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    made = Shell(home=tmp_path_factory.mktemp("out") / "home", clock=FixedClock(NINE), environ=dict(OPENS))
    with quick_keys():
        made.ok("vault", "create", "--name", "A. Lead", "--initials", "AL")
        made.ok("assessment", "add", "Northshire", "--subject", "ics")
        made.ok("visit", "add", "Visit 2", "--on", "12 November 2026")
        made.ok("activity", "add", "Board meeting")
        made.ok("note", "add", stdin="ch: waits fell 🙂 #lc+\n")
    return made


@pytest.fixture(autouse=True)
def _quick() -> object:
    with quick_keys():
        yield


def test_each_format_is_written_privately_and_put_on_the_vaults_record(shell: Shell, tmp_path: Path) -> None:
    before = shell.json("vault", "info")["revisions"]
    for command, name in (
        ("tables", "t.xlsx"),
        ("tables", "csv"),
        ("markdown", "pages"),
        ("refi", "p.qdpx"),
        ("codebook", "c.qdc"),
    ):
        said = shell.ok("export", command, "--out", str(tmp_path / name))
        assert "exported to" in said.out
        assert ("not encrypted" in said.err) == (command != "codebook")
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert shell.json("vault", "info")["revisions"] == before + 5
    assert check_project(tmp_path / "p.qdpx") == wrong_in_project(tmp_path / "p.qdpx") == []
    assert sorted(one.suffix for one in (tmp_path / "csv").iterdir())[0] == ".csv"


def test_what_a_project_cannot_hold_is_said_first(shell: Shell, tmp_path: Path) -> None:
    said = shell("export", "refi", "--out", str(tmp_path / "p.qdpx"), "--json")
    assert "Not in it: Signatures" in said.err
    assert said.json["losses"]


def test_a_codebook_goes_out_and_comes_back_as_a_pack_that_is_right(shell: Shell, tmp_path: Path) -> None:
    shell.ok("export", "codebook", "--out", str(tmp_path / "ours.qdc"))
    made = shell.json("framework", "import-codebook", str(tmp_path / "ours.qdc"), "--out", str(tmp_path / "pack"))
    assert (made["statements"], made["categories"], made["problems"]) == (17, 6, [])
    assert {one["code"] for one in made["losses"]} >= {"colours"}
    shell.ok("pack", "check", str(tmp_path / "pack"))
    again = shell("framework", "import-codebook", str(tmp_path / "ours.qdc"), "--out", str(tmp_path / "pack"), "--json")
    assert (again.code, again.problem) == (2, "export.exists")
    (tmp_path / "bad.qdc").write_text("<a/>")
    bad = shell("framework", "import-codebook", str(tmp_path / "bad.qdc"), "--out", str(tmp_path / "x"), "--json")
    assert (bad.code, bad.problem) == (2, "refi.not_codebook")


def test_what_goes_nowhere_leaves_nothing(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert shell("export", "markdown", "--out", str(tmp_path / "there"), "--json").problem == "cli.folder_used"
    assert shell("export", "refi", "--out", str(tmp_path / "no" / "x.qdpx"), "--json").problem == "cli.no_folder"
    shutil.rmtree(tmp_path / "there")
    assert list(tmp_path.iterdir()) == []
