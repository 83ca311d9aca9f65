"""Hand in and erase in the real window, by keys, with a real store: asked by the office, proved, typed, gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from central import admin, admin_devices
from central.serve import Running, start_in_thread
from central.settings import Settings
from fieldkit.app.entries import withdraw_entry
from fieldkit.app.rows import EntryFilter
from fieldkit.kernel.clock import FixedClock
from storage.vault import OpenVault, open_vault
from sync.engine import Engine
from sync.enrol import enrol
from sync.http import CentralStore
from tests.gui import worlds
from tests.gui.stage import NOON, PASSPHRASE, Stage
from tests.gui.tour_interview import unlock
from tests.support.vaults import quick_keys
from ui.launch.statements import read_statement
from ui.places import Places
from ui.presenters.page import Page
from ui.qt.theme import Appearance
from ui.views.handing.page import HandInView

_Key = Qt.Key
APP = "0.1.0"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[tuple[Settings, Running]]:
    """A running store that nobody has joined."""
    settings, clock = Settings(folder=tmp_path / "central", port=0), FixedClock(NOON)
    admin.init(settings, "Northmoor office", clock)
    running = start_in_thread(settings, clock)
    yield settings, running
    running.stop()


def _handed_in(home: Path, settings: Settings, url: str) -> None:
    """A vault whose tagged notes are all at the office, which asks for it to be erased."""
    worlds.own(home, notes=3)
    clock = FixedClock(NOON)
    vault = open_vault(Places(home=home).vault, PASSPHRASE, clock)
    try:
        identity = vault.perform(lambda uow: uow.identity)[0]
        call = lambda use: use(vault.sync_store)  # noqa: E731
        code = admin.invite(settings, "Asha Smith", (), "member", clock).code
        enrol(url, code, identity, call, clock=clock, app=APP, connect=CentralStore)
        _withdraw_untagged(vault)
        engine = Engine(call, APP, CentralStore)
        while engine.round().again:
            pass
        admin_devices.ask_to_erase(settings, identity.device, by="O. Office", reason="The visit is over", clock=clock)
        engine.round()
        engine.close()
        vault.perform(lambda uow: uow.set_setting("recovery_stored", "yes"))
    finally:
        vault.close()


def _withdraw_untagged(vault: OpenVault) -> None:
    for row in vault.questions.entries(EntryFilter()):
        if not row.evidence:
            vault.perform(partial(withdraw_entry, entry=row.entry.id, reason="not needed"))


@pytest.mark.usefixtures("look")
def test_a_vault_that_the_office_wants_erased_is_erased_by_keys_after_its_certificate_lies_elsewhere(
    store: tuple[Settings, Running], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Appearance
) -> None:
    settings, running = store
    home, certificate = tmp_path / "home", tmp_path / "stick" / "wipe.pdf"
    certificate.parent.mkdir()
    chosen = [str(Places(home=home).vault / "wipe.pdf"), str(certificate)]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen.pop(0), ""))
    with quick_keys():
        _handed_in(home, settings, running.url)
        with Stage(home) as stage:
            unlock(stage)
            stage.until(lambda: any("erase" in need.text.casefold() for need in stage.bench.home.state.needs))
            stage.chord(_Key.Key_9)
            stage.until(lambda: stage.bench.state.page is Page.SETTINGS)
            stage.settle()
            for _ in range(12):
                if stage.shows("office.hand_in"):
                    break
                stage.press(_Key.Key_Down)
                stage.settle()
            stage.tab_to("office.hand_in")
            stage.press(_Key.Key_Return)
            stage.until(lambda: stage.bench.state.page is Page.HAND_IN)
            stage.until(lambda: stage.shows("hand_in.typed"))
            stage.settle()
            stage.tab_to("hand_in.typed")
            stage.type("erase\n")
            assert len(chosen) == 2, "nothing is asked before the word is typed as it stands"
            stage.find("hand_in.typed").selectAll()  # type: ignore[attr-defined]
            stage.type("ERASE\n")
            stage.until(lambda: stage.shows("hand_in.fault"))
            assert Places(home=home).vault.exists(), "the certificate must not lie in what is erased"
            stage.type("\n")
            stage.until(lambda: stage.window.desk is None, 60)
            stage.until(lambda: not (Places(home=home).vault / "vault.key").exists())
            stage.settle()
            assert certificate.read_bytes().startswith(b"%PDF")
            assert "Northmoor office" in certificate.with_suffix(".html").read_text(encoding="utf-8")
            assert list(Places(home=home).vault.glob("**/vault.db*")) == []
        statement, is_new = admin_devices.take_wiped(settings, read_statement(certificate.with_suffix(".fieldwipe")))
        assert (statement.name, is_new) == ("Asha Smith", False), "the office was told before anything was erased"


@pytest.mark.usefixtures("look")
def test_where_the_office_cannot_be_told_the_statement_lies_beside_the_certificate_and_a_second_press_erases(
    store: tuple[Settings, Running], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, running = store
    home, certificate = tmp_path / "home", tmp_path / "wipe.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(certificate), ""))
    with quick_keys():
        _handed_in(home, settings, running.url)
        running.stop()
        with Stage(home) as stage:
            unlock(stage)
            stage.bench.go(Page.HAND_IN)
            stage.until(lambda: stage.shows("hand_in.typed"))
            stage.settle()
            stage.tab_to("hand_in.typed")
            stage.type("ERASE\n")
            stage.until(lambda: stage.shows("hand_in.fault"))
            page = stage.window.findChild(HandInView).page  # type: ignore[union-attr]
            assert page.state.fault.startswith("Your office could not be told now. Give it the signed statement ‘wipe.")
            assert Places(home=home).vault.exists()
            stage.tab_to("hand_in.erase")
            stage.press(_Key.Key_Return)
            stage.until(lambda: not (Places(home=home).vault / "vault.key").exists())
            stage.settle()
        _, is_new = admin_devices.take_wiped(settings, read_statement(certificate.with_suffix(".fieldwipe")))
        assert is_new, "the office takes it from the file"
