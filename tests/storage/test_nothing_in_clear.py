"""Nothing an assessor types lies on disk in clear: not in the vault, its log, its backups, or a temporary file."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from storage.engine import Database
from storage.vault import DATABASE, OpenVault, open_vault
from tests.storage.programs import CANARY
from tests.support.vaults import PASSPHRASE, new_vault

_ROOT = Path(__file__).parents[2]
_IN_CREATE, _IN_MODIFY = 0x100, 0x2
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="temporary files are watched by inotify")


def _traces(folder: Path) -> list[str]:
    """Files below ``folder`` that hold a planted word, in any encoding a library might write."""
    shapes = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")] + [b"words of a long talk"]
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(shape in path.read_bytes() or shape in str(path).encode() for shape in shapes)
    )


@contextmanager
def _watching(folder: Path) -> Iterator[list[str]]:
    """Names of everything made in ``folder`` meanwhile, even if it was unlinked at once, as SQLite's are."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(handle, os.fsencode(folder), _IN_CREATE | _IN_MODIFY) >= 0
    names: list[str] = []
    try:
        yield names
        while events := _read(handle):
            while events:
                size = int.from_bytes(events[12:16], sys.byteorder)
                names.append(events[16 : 16 + size].rstrip(b"\0").decode())
                events = events[16 + size :]
    finally:
        os.close(handle)


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except BlockingIOError:
        return b""


def _a_day(root: Path, plant: str = "") -> list[str]:
    """Run the day with everything it could write to inside ``root``; the temporary files it made."""
    for name in ("home", "tmp", "vaults"):
        (root / name).mkdir()
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(root / "home"), "TMPDIR": str(root / "tmp"),
        "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.storage.programs", "day", str(root / "vaults" / "vault"), plant]
    with _watching(root / "tmp") as made:
        done = subprocess.run(command, cwd=root / "home", env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 137, done.stderr
    assert CANARY not in done.stdout + done.stderr
    return made


@linux_only
def test_a_day_of_work_leaves_no_planted_word_and_makes_no_temporary_file(tmp_path: Path, clock: FixedClock) -> None:
    made = _a_day(tmp_path)
    assert made == []
    assert _traces(tmp_path) == []
    files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert {"vault.db", "vault.db-wal", "vault.key"} <= files, "the crash left a log behind, and it was looked at"
    assert any(name.startswith("vault-2026") for name in files), "so were backups"
    vault = open_vault(tmp_path / "vaults" / "vault", PASSPHRASE, clock)
    assert [draft.text for draft in vault.questions.drafts()][-1:] == [f"{CANARY} unfinished"]
    vault.close()


@linux_only
def test_temporary_files_on_disk_are_caught_when_planted(tmp_path: Path) -> None:
    assert any(name.startswith("etilqs_") for name in _a_day(tmp_path, "temp_store"))


def test_the_scan_finds_a_word_in_a_file_and_in_a_name(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_bytes(b"\0" + CANARY.encode("utf-16-le"))
    (tmp_path / f"{CANARY}.txt").touch()
    (tmp_path / "clean.txt").write_text("nothing")
    assert _traces(tmp_path) == ["log.txt", f"{CANARY}.txt"]


@pytest.mark.parametrize("value", ["FILE", "1"])
def test_a_library_that_would_write_temporary_files_does_not_open_the_vault(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    new_vault(tmp_path / "vault", clock).close()
    monkeypatch.setattr("storage.engine._PRAGMAS", ("journal_mode=WAL", f"temp_store={value}"))
    with pytest.raises(Trouble, match=r"vault\.temporary_files"):
        open_vault(tmp_path / "vault", PASSPHRASE, clock)


def test_an_unencrypted_file_in_the_vaults_place_is_not_opened(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "vault"
    new_vault(folder, clock).close()
    (folder / DATABASE).write_bytes(b"SQLite format 3\0" + bytes(4080))
    with pytest.raises(Trouble, match=r"vault\.not_encrypted"):
        open_vault(folder, PASSPHRASE, clock)


def test_a_malformed_key_is_never_taken_for_a_passphrase(tmp_path: Path) -> None:
    # SQLCipher would silently derive a key from anything that is not the raw literal.
    for literal in (b"x'" + b"0f" * 47 + b"'", b"0f" * 48, b""):
        with pytest.raises(ValueError, match="raw key"):
            Database(tmp_path / "x.db", bytearray(literal))
    assert list(tmp_path.iterdir()) == []


def test_settings_of_the_connection_are_those_that_were_measured(vault: OpenVault) -> None:
    wanted = {
        "journal_mode": "wal", "synchronous": 2, "locking_mode": "exclusive", "foreign_keys": 1, "secure_delete": 1,
        "trusted_schema": 0, "cell_size_check": 1, "fullfsync": 1, "checkpoint_fullfsync": 1,
    }  # fmt: skip
    assert {name: vault._db.rows(f"PRAGMA {name}")[0][0] for name in wanted} == wanted
    assert not (vault.folder / "vault.db-shm").exists()
    assert vault._db.connection.engine.pool.size() == 1  # type: ignore[attr-defined]


def test_no_error_of_the_database_holds_what_was_written(vault: OpenVault) -> None:
    sql = "INSERT INTO settings (name, value) VALUES (?, ?)"
    vault._db.run(sql, ("a", CANARY))
    with vault._db.transaction(), pytest.raises(IntegrityError) as caught:
        vault._db.connection.exec_driver_sql(sql, ("a", CANARY))
    assert CANARY not in str(caught.value)
    assert "hidden" in str(caught.value)
