"""What FieldKit asks of the laptop: room, clock, folder, encryption, text size, printing; and damaged vaults."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldkit.app.lanes import Lanes
from fieldkit.kernel.clock import FixedClock
from storage.backup import newest
from storage.places import is_share
from tests.support.vaults import PASSPHRASE, a_meeting, new_vault, note, quick_keys
from ui.launch.checks import Checks
from ui.launch.disk_encryption import disk_encryption
from ui.launch.last_good import open_or_go_back
from ui.places import find_places, long_path
from ui.presenters.services import Check
from ui.qt.computer import text_percent, wants_less_movement


def _look(
    folder: Path, clock: FixedClock, *, free: int = 50_000_000_000, crypt: bool | None = True
) -> dict[str, Check]:
    found: list[tuple[Check, ...]] = []
    Checks(folder, Lanes.inline(), clock, lambda _: free, lambda _: crypt).look(found.append)
    return {check.name: check for check in found[0]}


def test_a_fit_laptop_has_nothing_wrong(tmp_path: Path, clock: FixedClock) -> None:
    checks = _look(tmp_path / "not" / "there" / "yet", clock)
    assert [name for name, check in checks.items() if check.is_wrong] == []
    assert checks["Disk space"].words == "50\N{NO-BREAK SPACE}GB of disk space free"
    assert checks["Disk encryption"].words == "Disk encryption is on"


def test_too_little_space_is_told_in_its_words(tmp_path: Path, clock: FixedClock) -> None:
    check = _look(tmp_path, clock, free=800_000_000)["Disk space"]
    assert check.is_wrong
    assert check.words == (
        "This laptop needs 2 GB of free space. It has 0.8\N{NO-BREAK SPACE}GB. "
        "Delete some files, then select Check again"
    )


def test_a_wrong_clock_is_told_in_its_words(tmp_path: Path) -> None:
    check = _look(tmp_path, FixedClock(datetime(2019, 3, 3, 12, tzinfo=UTC)))["Clock"]
    assert check.is_wrong
    assert check.words.startswith("The clock on this laptop says 3 March 2019. Set the correct date in ")
    assert check.words.endswith(", then select Check again")


def test_a_folder_that_a_service_copies_stands_in_the_way(tmp_path: Path, clock: FixedClock) -> None:
    check = _look(tmp_path / "OneDrive - Office" / "FieldKit" / "vault", clock)["Folder"]
    assert check.is_wrong
    assert check.words.startswith("OneDrive copies ")


@pytest.mark.parametrize(("crypt", "words"), [(False, "Disk encryption is off"), (None, "could not be checked")])
def test_disk_encryption_is_told_and_never_stands_in_the_way(
    tmp_path: Path, clock: FixedClock, crypt: bool | None, words: str
) -> None:
    check = _look(tmp_path, clock, crypt=crypt)["Disk encryption"]
    assert not check.is_wrong
    assert words in check.words


def test_an_encrypted_device_below_the_one_with_the_folder_counts(tmp_path: Path) -> None:
    number = tmp_path.stat().st_dev
    device = tmp_path / f"{number >> 8 & 0xFFF}:{number & 0xFF | number >> 12 & 0xFFF00}"
    below = device / "slaves" / "dm-0" / "dm"
    below.mkdir(parents=True)
    assert disk_encryption(tmp_path, "linux", tmp_path) is False
    (below / "uuid").write_text("CRYPT-LUKS2-0123", encoding="ascii")
    assert disk_encryption(tmp_path, "linux", tmp_path) is True
    assert disk_encryption(tmp_path, "linux", tmp_path / "no such") is None


@pytest.mark.parametrize(
    ("value", "percent"), [(None, 100), ("150", 150), (225, 225), (90, 100), ("no", 100), (300, 100)]
)
def test_the_computers_text_size_is_read_and_never_trusted(value: object, percent: int) -> None:
    assert text_percent(lambda: value) == percent


def test_without_windows_nothing_is_known_of_the_computer() -> None:
    assert text_percent() == 100
    assert not wants_less_movement()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"C:\Users\asha\AppData\Local\FieldKit", r"C:\Users\asha\AppData\Local\FieldKit"),
        ("C:\\" + "a" * 200, "\\\\?\\C:\\" + "a" * 200),
        ("\\\\server\\share\\" + "b" * 200, "\\\\?\\UNC\\server\\share\\" + "b" * 200),
        ("\\\\?\\C:\\" + "c" * 200, "\\\\?\\C:\\" + "c" * 200),
    ],
)
def test_long_paths_of_windows_are_spelled_so_that_windows_takes_them(path: str, expected: str) -> None:
    assert long_path(path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"\\server\share", True), (r"\\?\UNC\server\share", True), (r"\\?\C:\Users", False), (r"C:\Users", False),
    ],
)  # fmt: skip
def test_a_long_path_of_this_laptop_is_no_network_drive(path: str, expected: bool) -> None:
    assert is_share(path) is expected


def test_the_data_folder_is_the_users_own_and_not_one_that_is_copied() -> None:
    from storage.places import copied_by

    assert copied_by(find_places({}).vault) is None


def test_a_damaged_vault_opens_by_its_last_good_save_and_says_so(tmp_path: Path, clock: FixedClock) -> None:
    with quick_keys():
        vault = new_vault(tmp_path / "vault", clock)
        meeting = a_meeting(vault)
        note(vault, meeting, "Before the backup")
        vault.close()
        backup = newest(tmp_path / "vault")
        assert backup is not None
        file = tmp_path / "vault" / "vault.db"
        data = bytearray(file.read_bytes())
        data[:8192] = b"\1" * 8192
        file.write_bytes(data)
        opened, notice = open_or_go_back(tmp_path / "vault", PASSPHRASE, clock)
        assert notice.startswith(
            "The vault did not open cleanly. FieldKit has kept a copy and opened the last good save from "
        )
        assert notice.endswith("Check your last note")
        assert opened.questions.info().entries == 1
        assert opened.verify() == []
        opened.close()
        kept = [path for path in tmp_path.iterdir() if path.name.startswith("vault-before-")]
        assert len(kept) == 1  # nothing was deleted
        again, quiet = open_or_go_back(tmp_path / "vault", PASSPHRASE, clock)
        assert quiet == ""
        again.close()
