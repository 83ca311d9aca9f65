"""A vault is not made where another program would copy it between two writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from storage import places
from storage.places import copied_by
from tests.support.vaults import new_vault


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - North/Work", "OneDrive"), ("Dropbox (Personal)", "Dropbox"), ("Google Drive", "Google Drive"),
        ("Library/Mobile Documents/x", "iCloud"), ("Nextcloud", "Nextcloud"), ("boxes", None), ("onedriven", None),
        ("Box", None), ("old/mega/2026", None), ("Box Sync", "Box"), ("MEGAsync", "MEGA"),
    ],
)  # fmt: skip
def test_folders_of_cloud_services_are_known_by_name(tmp_path: Path, folder: str, service: str | None) -> None:
    assert copied_by(tmp_path / folder / "vault") == service


@pytest.mark.parametrize(("folder", "service"), [("Box", "Box"), ("MEGA", "MEGA"), ("papers/Box", None)])
def test_a_plain_word_is_a_service_only_where_its_program_puts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, service: str | None
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert copied_by(tmp_path / folder / "FieldKit" / "vault") == service


def test_a_service_is_known_by_its_marker_and_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".stfolder").mkdir()
    assert copied_by(tmp_path / "a" / "vault") == "Syncthing"
    (tmp_path / ".stfolder").rmdir()
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert copied_by(tmp_path / "Desktop" / "vault") == "OneDrive"


def test_a_network_drive_is_known_by_its_mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    table.write_text(
        "/dev/sda / ext4 rw 0 0\nserver:/x /mnt/team\\040files nfs4 rw 0 0\n/dev/sdb /mnt/usb ext4 rw 0 0\n"
    )
    monkeypatch.setattr(places, "MOUNTS", table)
    assert copied_by(Path("/mnt/team files/vault")) == "a network drive"
    assert copied_by(Path("/mnt/usb/vault")) is None


def test_creating_there_is_refused_and_leaves_nothing(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(Refusal, match=r"vault\.synced_folder.*OneDrive"):
        new_vault(tmp_path / "OneDrive" / "vault", clock)
    assert list(tmp_path.iterdir()) == []
