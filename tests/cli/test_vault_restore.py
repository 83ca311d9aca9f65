"""``fieldkit vault restore``: back to a backup, and nothing that can still be read is given up."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Shell

CREATE = ("vault", "create", "--name", "A. Lead", "--initials", "AL")


def _damage(shell: Shell) -> None:
    file = shell.home / "vault" / "vault.db"
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)


def test_a_damaged_vault_goes_back_to_its_newest_backup(shell: Shell) -> None:
    shell.ok(*CREATE)
    revisions = shell.json("vault", "info")["revisions"]
    _damage(shell)
    said = shell("vault", "info", "--json")
    assert (said.code, said.problem) == (3, "vault.damaged")
    assert "fieldkit vault restore" in shell("vault", "info").err
    restored = shell.json("vault", "restore")
    assert Path(restored["restored"]).parent.name == "backups"
    assert (Path(restored["moved_to"]) / "vault.db").exists()
    assert shell.json("vault", "info")["revisions"] >= revisions
    shell.ok("vault", "verify")


def test_a_named_backup_is_taken_and_what_was_written_after_it_saved(shell: Shell) -> None:
    shell.ok(*CREATE)
    first = shell.json("vault", "backup")["backup"]
    shell.ok("vault", "backup")
    said = shell.ok("vault", "restore", first)
    assert "written after it were saved" in said.out or "written after it was saved" in said.out
    shell.ok("vault", "verify")


def test_without_a_backup_nothing_is_touched(shell: Shell) -> None:
    said = shell("vault", "restore", "--json")
    assert (said.code, said.problem) == (2, "cli.no_backup")
    assert not (shell.home / "vault").exists()
    said = shell("vault", "restore", str(shell.home / "letter.db"), "--json")
    assert (said.code, said.problem) == (3, "vault.not_a_backup")
