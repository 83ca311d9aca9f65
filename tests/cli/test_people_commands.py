"""``fieldkit person``: codes, merging, and names that only their own passphrase shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Shell

NAME = "Amara Okafor"


@pytest.fixture
def boxed(settled: Shell, tmp_path: Path) -> tuple[Shell, tuple[str, str]]:
    """Two people and a key to names with its passphrase in a file."""
    for code, role in (("p+", "Resident"), ("s+", "Nurse")):
        settled.ok("person", "add", code, role, "--organisation", "Coast trust")
    file = tmp_path / "box.txt"
    file.write_text("velvet harbour copper 47 autumn\n", encoding="utf-8")
    with_key = ("--box-passphrase-file", str(file))
    settled.ok("person", "key-set-up", *with_key)
    settled.ok("person", "name", "p1", *with_key, stdin=f"{NAME}\n")
    return settled, with_key


def test_names_are_shown_with_their_passphrase_and_nowhere_else(
    boxed: tuple[Shell, tuple[str, str]], tmp_path: Path
) -> None:
    shell, with_key = boxed
    shell.ok("note", "add", "p1: Waited nine weeks #lc-")
    assert shell.json("person", "show", "p1", *with_key)["name"] == NAME
    assert NAME in shell.ok("person", "list", *with_key).out
    out = tmp_path / "out.json"
    shell.ok("export", "json", "--out", str(out))
    shell.ok("vault", "backup")
    said = [shell.ok("person", "list").out, shell.ok("person", "show", "p1").out, shell.ok("note", "list").out]
    said += [shell.ok("search", "okafor").out, out.read_text(encoding="utf-8")]
    assert not any("okafor" in one.casefold() for one in said)
    files = [one for one in (*shell.home.rglob("*"), *tmp_path.rglob("*")) if one.is_file()]
    assert not any(b"okafor" in one.read_bytes().lower() for one in files)
    assert shell("person", "name", "p1", stdin="x\n").code == 2
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("another thing entirely 99\n", encoding="utf-8")
    assert shell("person", "list", "--box-passphrase-file", str(wrong), "--json").problem == "box.passphrase_wrong"


def test_the_key_is_handed_over_sealed_after_its_words_were_compared(
    boxed: tuple[Shell, tuple[str, str]], tmp_path: Path
) -> None:
    shell, with_key = boxed
    key, sealed = tmp_path / "lead.fkrole", tmp_path / "names.fknames"
    words = shell.json("person", "key-give", "--out", str(key), *with_key)["words"]
    over = ("person", "key-hand-over", "--key", str(key), "--out", str(sealed), *with_key)
    assert shell(*over, "--words", "not the six words", "--json").problem == "names.words"
    assert shell.json(*over, "--words", words)["names"] == 1
    assert b"Okafor" not in sealed.read_bytes()
    shell.ok("person", "name", "p1", "--forget", *with_key)
    assert shell.json("person", "key-receive", str(sealed), *with_key)["received"] == 1
    assert shell.json("person", "show", "p1", *with_key)["name"] == NAME
    sealed.write_bytes(b"x" * 100)
    assert shell("person", "key-receive", str(sealed), *with_key, "--json").problem == "names.not_a_file"


def test_two_codes_of_one_person_are_merged_and_told_apart_again(boxed: tuple[Shell, tuple[str, str]]) -> None:
    shell, with_key = boxed
    shell.ok("person", "add", "p+", "Resident", "--organisation", "Coast trust")
    shell.ok("note", "add", "p2: One #lc")
    shell.ok("note", "add", "p1: Two #lc")
    shell.ok("person", "merge", "p1", "p2")
    assert [(one["code"], one["notes"], one["merged"]) for one in shell.json("person", "list")] == [
        ("ch", 0, []), ("p2", 2, ["p1"]), ("s1", 0, []),
    ]  # fmt: skip
    assert shell.json("person", "show", "p2", *with_key)["name"] == NAME
    assert "p2: Two" in shell.ok("note", "list").out
    assert len(shell.json("note", "list", "who:p2")) == 2
    assert "may tell who they are" in shell.ok("person", "list").out
    assert shell("person", "merge", "p1", "p2", "--json").problem == "person.merged"
    shell.ok("person", "unmerge", "p1")
    assert len(shell.json("person", "list")) == 4
    assert shell.ok("vault", "verify").code == 0


def test_the_sheet_of_names_is_private_marked_and_on_the_vaults_record(
    boxed: tuple[Shell, tuple[str, str]], tmp_path: Path
) -> None:
    shell, with_key = boxed
    out = tmp_path / "names.txt"
    before = shell.json("vault", "info")["revisions"]
    assert shell("person", "sheet", "--out", str(out), "--json").problem == "names.passphrase_needed"
    assert not out.exists()
    shell.ok("person", "sheet", "--out", str(out), *with_key)
    text = out.read_text(encoding="utf-8")
    assert NAME in text
    assert "CONFIDENTIAL: NAMES" in text
    assert out.stat().st_mode & 0o777 == 0o600
    assert shell.json("vault", "info")["revisions"] == before + 1
    assert shell("person", "sheet", "--out", str(out), *with_key, "--json").problem == "names.file_not_saved"
    assert shell.json("vault", "info")["revisions"] == before + 1, "nothing was made"
    assert NAME not in shell.ok("export", "json", "--out", "-").out


def test_every_mistake_of_a_command_is_said_each_on_its_line(boxed: tuple[Shell, tuple[str, str]]) -> None:
    shell, _ = boxed
    said = shell("person", "add", "nurse 1", " ", "--json")
    assert said.code == 2
    assert said.problem == "person.code"
    assert [one["code"] for one in said.json["problem"]["also"]] == ["person.no_role"]
    assert len(said.err.splitlines()) == 2
