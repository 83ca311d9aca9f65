"""Erasing by command a vault that was handed in: never with anything unreceipted, never without its certificate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from central.serve import Running, start_in_thread
from central.settings import Settings
from fieldkit.app.boxes import RESTRICTED, keep_box
from fieldkit.app.tapes import Mark
from storage.boxes import StoredBoxes
from storage.keyfile import FLOOR
from storage.vault import open_vault
from tests.cli.conftest import PASSPHRASE, Shell


@pytest.fixture
def office(shell: Shell, tmp_path: Path) -> Iterator[Running]:
    shell.ok("central", "init", str(tmp_path / "office"), "--office", "Northshire team")
    running = start_in_thread(replace(Settings.load(tmp_path / "office"), port=0), shell.clock)
    yield running
    running.stop()


def _join(shell: Shell, office: Running) -> None:
    code = shell.json("central", "invite", str(office.core.settings.folder), "--name", "A. Lead")["code"]
    shell.ok("enrol", office.url, code)


def _vault(shell: Shell) -> Path:
    return shell.home / "vault"


def test_a_vault_is_erased_only_once_everything_in_it_is_receipted(
    settled: Shell, office: Running, tmp_path: Path
) -> None:
    page = tmp_path / "wipe.txt"
    asked = ("vault", "wipe", "--certificate", str(page), "--confirm", "ERASE", "--json")
    assert settled(*asked).problem == "wipe.not_enrolled"
    settled.ok("note", "add", stdin="ch: waits fell #lc+\nCorridor talk\n")
    _join(settled, office)
    assert settled(*asked).problem == "wipe.untagged"
    untagged = next(one for one in settled.json("note", "list") if one["text"] == "Corridor talk")
    settled.ok("note", "withdraw", untagged["id"], "--reason", "not needed")
    assert settled(*asked).problem == "wipe.unsent"
    assert not page.exists()
    settled.ok("send")
    settled.ok("note", "add", "Heard later #lc")
    assert settled.json("vault", "info")["notes"] == 3
    assert settled(*asked).problem == "wipe.unsent"
    settled.ok("send")
    told = settled.json("vault", "wipe", "--certificate", str(page), "--confirm", "ERASE")
    words = page.read_text(encoding="utf-8")
    assert (told["erased"], told["log_digest"] in words) == (True, True)
    for part in ("Wipe certificate", "Northshire team", "entry", "A. Lead"):
        assert part in words
    assert "waits fell" not in words
    assert not _vault(settled).exists()
    assert settled("vault", "info").code == 2
    store, day = str(office.core.settings.folder), settled.clock.now().date().isoformat()
    assert settled.json("central", "show", store)["laptops"][0]["wiped_at"][:10] == day
    for shown in (("central", "show"), ("central", "device", "list")):
        out = settled.ok(*shown, store).out
        assert (f"wiped {day}" in out, "active" in out) == (True, False), shown


def test_what_lies_under_a_passphrase_of_its_own_is_not_erased_unsaid(
    settled: Shell, office: Running, tmp_path: Path
) -> None:
    settled.ok("note", "add", "waits fell #lc+")
    with closing(open_vault(_vault(settled), PASSPHRASE, settled.clock)) as vault:
        box = StoredBoxes(FLOOR).make(RESTRICTED, "three green boats go by")
        vault.perform(lambda uow: keep_box(uow, RESTRICTED, box.sealed({})))
        tape = vault.files.tapes.begin()
        tape.put(Mark.SOUND, b"said")
        tape.close()
    _join(settled, office)
    settled.ok("send")
    page = tmp_path / "wipe.txt"
    asked = ("vault", "wipe", "--certificate", str(page), "--confirm", "ERASE")
    assert settled(*asked, "--json").problem == "wipe.recordings"
    with closing(open_vault(_vault(settled), PASSPHRASE, settled.clock)) as vault:
        for name in vault.files.tapes.left():
            vault.files.tapes.drop(name)
    assert settled(*asked, "--json").problem == "wipe.boxes"
    assert _vault(settled).exists()
    settled.ok(*asked, "--boxes")
    assert not _vault(settled).exists()
    assert "disclos" not in page.read_text(encoding="utf-8")  # whoever files the page learns nothing of it


def test_nothing_is_erased_by_accident_or_with_its_own_certificate(
    settled: Shell, office: Running, tmp_path: Path
) -> None:
    settled.ok("note", "add", "waits fell #lc+")
    _join(settled, office)
    settled.ok("send")
    page = str(tmp_path / "wipe.html")
    wrong = (
        (("--certificate", page), "wipe.not_typed"), (("--certificate", page, "--confirm", "erase"), "wipe.not_typed"),
        (("--confirm", "ERASE"), "wipe.no_certificate"),
        (("--certificate", str(_vault(settled) / "x.txt"), "--confirm", "ERASE"), "wipe.inside"),
        (("--certificate", str(tmp_path / "none" / "x.txt"), "--confirm", "ERASE"), "cli.no_folder"),
    )  # fmt: skip
    for more, code in wrong:
        assert settled("vault", "wipe", *more, "--json").problem == code
    assert settled.ok("vault", "wipe", "--look").out.strip() == "Nothing stands in the way"
    assert settled.json("vault", "info")["notes"] == 1
    said = settled("vault", "wipe", "--certificate", page, stdin="ERASE\n", is_terminal=True)
    assert (said.code, _vault(settled).exists()) == (0, False)


@pytest.fixture
def handed_in(settled: Shell, office: Running) -> Shell:
    """Somebody whose vault may be erased."""
    settled.ok("note", "add", "waits fell #lc+")
    _join(settled, office)
    settled.ok("send")
    return settled


def test_an_erasing_that_is_broken_off_before_it_begins_leaves_the_vault_and_no_certificate(
    handed_in: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "wipe.txt"
    asked = ("vault", "wipe", "--certificate", str(page), "--confirm", "ERASE")

    def interrupted(*_: object) -> None:
        assert page.exists()
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("sync.laptop.tell_wiped", interrupted)
        assert handed_in(*asked).code == 130
    assert handed_in.json("vault", "info")["notes"] == 1
    assert list(tmp_path.glob("wipe.*")) == []
    handed_in.ok(*asked)


def test_an_erasing_that_is_broken_off_after_it_began_is_finished_by_the_same_command(
    handed_in: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "wipe.txt"
    asked = ("vault", "wipe", "--certificate", str(page), "--confirm", "ERASE")

    def interrupted(place: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("storage.erase._burn_keys", interrupted)
        assert handed_in(*asked).code == 130
    left = _vault(handed_in).with_name("vault.deleting")
    assert (left / "vault.key").exists()
    assert handed_in("vault", "wipe", "--look").code == 1
    assert "broken off" in handed_in.ok(*asked).out
    assert not left.exists()
    assert page.exists()
    assert handed_in("vault", "wipe", "--look", "--json").problem == "cli.no_vault"
