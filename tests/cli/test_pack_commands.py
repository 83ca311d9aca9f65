"""``fieldkit pack``: what came with the program, and a pack that is being written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import resources
from tests.cli.conftest import Shell

ICS = resources.path("frameworks", "ics", "2023.1")


def test_all_built_in_packs_are_listed_and_shown(shell: Shell) -> None:
    listed = {one["id"]: one for one in shell.json("pack", "list")}
    assert set(listed) == {"ics", "local-authority", "provider"}
    for pack, statements in (("ics", 17), ("local-authority@2023.1", 9)):
        shown = shell.json("pack", "show", pack)
        assert len(shown["statements"]) == statements
        assert shown["digest"] == listed[shown["id"]]["digest"]
    assert "#lc" in shell.ok("pack", "show", "ics").out


def test_a_published_pack_is_right(shell: Shell) -> None:
    assert shell.json("pack", "check", str(ICS)) == {"is_right": True, "problems": []}
    assert shell.ok("pack", "check", str(ICS)).out == "The pack is right, examples included.\n"


def test_a_wrong_pack_is_named_by_file_and_line_and_ends_with_1(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(ICS, folder)
    file = folder / "statements.yaml"
    lines = file.read_text("utf-8").splitlines()
    line = next(n for n, text in enumerate(lines) if "code:" in text)
    lines[line] = lines[line].replace("code: ", "code: x")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = shell("pack", "check", str(folder))
    assert said.code == 1
    assert f"statements.yaml:{line + 1}: " in said.out
    problems = shell("pack", "check", str(folder), "--json").json["problems"]
    assert {"file", "line", "code", "sentence"} == set(problems[0])


@pytest.mark.parametrize(
    ("argv", "problem"),
    [(("check", "no-such-folder"), "cli.file_missing"), (("show", "none"), "pack.unknown"),
     (("show", "ics@1999"), "pack.unknown")],
)  # fmt: skip
def test_what_is_not_there_is_said(shell: Shell, argv: tuple[str, ...], problem: str) -> None:
    said = shell("pack", *argv, "--json")
    assert (said.code, said.problem) == (2, problem)
