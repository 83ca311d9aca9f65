"""``fieldkit vault``: every way in, every way it says no, and never a secret on the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE, Shell
from ui.cli.passphrase import NEW_VARIABLE

CREATE = ("vault", "create", "--name", "A. Lead", "--initials", "AL")
NEW = "quite another phrase 52"


def test_a_new_vault_shows_its_recovery_key_once(shell: Shell) -> None:
    made = shell.json(*CREATE)
    assert len(made["recovery_key"].replace("-", "")) == 40
    assert Path(made["folder"]) == shell.home / "vault"
    later = shell.ok("vault", "info").out + shell.ok("vault", "info", "--json").out
    assert made["recovery_key"][:11] not in later


def test_with_a_sheet_the_key_is_on_paper_only(shell: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.txt"
    made = shell.ok(*CREATE, "--sheet", str(sheet))
    groups = [word for word in sheet.read_text("utf-8").split() if re.fullmatch("[0-9A-HJKMNP-TV-Z]{5}", word)]
    assert len(groups) >= 8
    assert not any(group in made.out for group in groups)
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert "not encrypted" in made.out


def test_a_sheet_that_cannot_be_written_shows_the_key_rather_than_lose_it(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "sheet.pdf"
    folder.mkdir()
    (folder / "in the way").touch()
    said = shell(*CREATE, "--sheet", str(folder))
    assert said.code == 3
    assert "Your recovery key, shown this once" in said.err
    shell.ok("vault", "unlock-check")


@pytest.mark.parametrize(
    ("argv", "passphrase", "problem"),
    [
        (("vault", "create", "--name", " ", "--initials", "AL"), PASSPHRASE, "setup.no_name"),
        (("vault", "create"), PASSPHRASE, "setup.no_name"),
        (("vault", "create", "--name", "A", "--initials", " "), PASSPHRASE, "setup.no_initials"),
        ((*CREATE, "--sheet", "nowhere/sheet.pdf"), PASSPHRASE, "cli.no_folder"),
        (CREATE, "short", "setup.passphrase_short"),
        (CREATE, "correct horse battery staple 7", "setup.passphrase_common"),
        (CREATE, "", "setup.no_passphrase"),
    ],
)
def test_what_cannot_make_a_vault_makes_nothing(
    shell: Shell, argv: tuple[str, ...], passphrase: str, problem: str
) -> None:
    shell.environ["FIELDKIT_PASSPHRASE"] = passphrase
    said = shell(*argv, "--json")
    assert (said.code, said.problem) == (2, problem)
    assert not (shell.home / "vault").exists()


def test_at_a_terminal_name_and_initials_are_asked_for(shell: Shell) -> None:
    said = shell("vault", "create", stdin="A. Lead\nAL\n", is_terminal=True)
    assert (said.code, said.err) == (0, "Your name: Your initials: ")
    made = shell.json("vault", "info")
    assert (made["name"], made["initials"]) == ("A. Lead", "AL")


def test_a_vault_is_never_made_over_another(shell: Shell) -> None:
    shell.ok(*CREATE)
    said = shell(*CREATE, "--json")
    assert (said.code, said.problem) == (4, "vault.exists")


def test_a_typed_passphrase_is_asked_for_twice_and_never_shown(shell: Shell) -> None:
    shell.environ.clear()
    shell.answers = [PASSPHRASE, PASSPHRASE]
    said = shell.ok(*CREATE)
    assert shell.prompts == ["New passphrase: ", "Type it again: "]
    assert PASSPHRASE not in said.out + said.err
    shell.answers = [PASSPHRASE]
    assert PASSPHRASE not in shell.ok("vault", "info").out


def test_two_different_passphrases_make_nothing(shell: Shell) -> None:
    shell.environ.clear()
    shell.answers = [PASSPHRASE, NEW]
    said = shell(*CREATE)
    assert (said.code, said.err) == (2, "Both passphrases must match.\n")
    assert not (shell.home / "vault").exists()


def test_where_nobody_can_type_the_ways_to_give_it_are_named(shell: Shell) -> None:
    shell.ok(*CREATE)
    shell.environ.clear()
    said = shell("vault", "info")
    assert said.code == 2
    assert "--passphrase-file" in said.err
    assert "FIELDKIT_PASSPHRASE" in said.err


def test_a_passphrase_file_opens_the_vault_and_is_looked_after(shell: Shell, tmp_path: Path) -> None:
    shell.ok(*CREATE)
    shell.environ.clear()
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\nsecond line\n", encoding="utf-8")
    file.chmod(0o600)
    assert shell.ok("vault", "unlock-check", "--passphrase-file", str(file)).err == ""
    file.chmod(0o644)
    assert "chmod 600" in shell.ok("vault", "unlock-check", "--passphrase-file", str(file)).err


@pytest.mark.parametrize(("name", "problem"), [("missing", "cli.file_missing"), ("latin", "cli.not_utf8")])
def test_a_passphrase_file_that_cannot_be_read_says_so(shell: Shell, tmp_path: Path, name: str, problem: str) -> None:
    shell.ok(*CREATE)
    (tmp_path / "latin").write_bytes("ünlocked door 1234".encode("latin-1"))
    said = shell("vault", "info", "--passphrase-file", str(tmp_path / name), "--json")
    assert (said.code, said.problem) == (2, problem)


def test_a_wrong_passphrase_is_trouble_and_harms_nothing(shell: Shell) -> None:
    shell.ok(*CREATE)
    said = shell("vault", "unlock-check", "--json", env={"FIELDKIT_PASSPHRASE": NEW})
    assert (said.code, said.problem) == (3, "vault.passphrase_wrong")
    shell.ok("vault", "unlock-check")


def test_no_vault_is_said_before_a_passphrase_is_asked_for(shell: Shell) -> None:
    shell.environ.clear()
    said = shell("vault", "verify")
    assert said.code == 2
    assert "fieldkit vault create" in said.err
    assert shell.prompts == []


def test_a_vault_elsewhere_is_named_by_its_folder(shell: Shell, tmp_path: Path) -> None:
    shell.ok(*CREATE, "--vault", str(tmp_path / "stick"))
    assert shell.json("vault", "info", "--vault", str(tmp_path / "stick"))["folder"] == str(tmp_path / "stick")
    assert not (shell.home / "vault").exists()


def test_info_says_what_is_there_and_what_losing_it_would_cost(settled: Shell) -> None:
    settled.ok("note", "add", "ch: waits fell again")
    said = settled.json("vault", "info")
    assert (said["notes"], said["unconfirmed_notes"], said["office"]) == (1, 1, None)
    words = settled.ok("vault", "info").out
    assert "Working on this laptop only" in words
    assert "If this laptop were lost now: 1 minute of notes" in words


def test_the_new_passphrase_opens_and_the_old_one_does_not(shell: Shell) -> None:
    shell.ok(*CREATE)
    shell.environ[NEW_VARIABLE] = NEW
    shell.ok("vault", "passphrase")
    assert shell("vault", "unlock-check").code == 3
    shell.environ["FIELDKIT_PASSPHRASE"] = NEW
    shell.ok("vault", "unlock-check")


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(shell: Shell, tmp_path: Path) -> None:
    key = shell.json(*CREATE)["recovery_key"]
    file = tmp_path / "key"
    file.write_text(key.lower().replace("-", " "), encoding="ascii")
    file.chmod(0o600)
    shell.environ["FIELDKIT_PASSPHRASE"] = NEW
    shell.ok("vault", "recover", "--recovery-key-file", str(file))
    shell.ok("vault", "unlock-check")


@pytest.mark.parametrize(
    ("key", "code", "problem"),
    [("ABC", 2, "vault.recovery_key_length"), ("0" * 40, 3, "vault.recovery_key_wrong")],
)
def test_a_wrong_recovery_key_changes_nothing(shell: Shell, key: str, code: int, problem: str) -> None:
    shell.ok(*CREATE)
    shell.answers = [key]
    said = shell("vault", "recover", "--json", env={"FIELDKIT_PASSPHRASE": NEW})
    assert (said.code, said.problem) == (code, problem)
    shell.ok("vault", "unlock-check")


def test_verify_is_clean_and_rebuild_changes_nothing(settled: Shell) -> None:
    settled.ok("note", "add", "ch: waits fell again #lc+")
    before = settled.json("note", "list")
    assert settled.json("vault", "verify")["is_whole"] is True
    settled.ok("vault", "rebuild")
    assert settled.json("note", "list") == before
    assert "Everything holds" in settled.ok("vault", "verify").out


def test_verify_names_what_is_wrong_and_ends_with_1(settled: Shell) -> None:
    from contextlib import closing

    from storage.engine import Database
    from storage.keyfile import load
    from storage.keys import database_key, unlock

    settled.ok("note", "add", "ch: waits fell again #lc+")
    folder = settled.home / "vault"
    with closing(Database(folder / "vault.db", database_key(unlock(load(folder), PASSPHRASE)))) as db:
        db.run("UPDATE revisions SET content = CAST(replace(content, 'fell', 'rose') AS BLOB) WHERE kind = 'entry'")
    said = settled("vault", "verify", "--json")
    assert said.code == 1
    assert said.json["findings"]
    assert settled("vault", "verify").out.strip().endswith("records.")


def test_a_backup_says_where_it_lies(settled: Shell) -> None:
    assert Path(settled.json("vault", "backup")["backup"]).is_file()
