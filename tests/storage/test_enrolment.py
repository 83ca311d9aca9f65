"""The office a vault hands in to: replaced until its first receipt, pinned for ever after it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from fieldkit.app.rows import EntryFilter
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.signing import SigningKey, new_box_keys
from storage import keyfile, keys
from storage.vault import OpenVault, recover_vault_by_office
from tests.storage.office import Office
from tests.storage.waiting import WITNESS
from tests.support.vaults import a_meeting, new_vault, note, tag


def test_the_first_office_is_pinned_and_its_recovery_key_opens_the_vault(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder, clock)
    private, public = new_box_keys()
    office = Office()
    office.enrol(vault, recovery_key=public)
    office.take_all(vault)
    with pytest.raises(Refusal, match=r"vault\.enrolled_elsewhere"):
        Office(key=SigningKey.generate()).enrol(vault)
    note(vault, a_meeting(vault), "kept")
    vault.close()
    recovered = recover_vault_by_office(folder, private, "a new passphrase for it", clock)
    assert [row.entry.text for row in recovered.questions.entries(EntryFilter())] == ["kept"]
    recovered.close()


def test_an_office_that_never_gave_a_receipt_is_replaced_and_opens_nothing_any_more(
    tmp_path: Path, clock: FixedClock
) -> None:
    folder = tmp_path / "vault"
    vault = new_vault(folder, clock)
    wrong_private, wrong_public = new_box_keys()
    private, public = new_box_keys()
    wrong = Office(key=SigningKey.generate(), epoch="epoch-9")
    wrong.enrol(vault, recovery_key=wrong_public)
    vault.backup()
    vault.sync_store.meet_epoch("epoch-9")
    vault.sync_store.keep_witness(dataclasses.replace(WITNESS, epoch="epoch-9"))
    vault.sync_store.keep_certificate(wrong.certificate(vault.sync_store.state().head, 0))
    note(vault, a_meeting(vault), "kept", tag())
    office = Office()
    office.enrol(vault, recovery_key=public)
    state = vault.sync_store.state()
    assert (state.epoch, state.witnesses, state.cursors, state.reoffer) == (None, (), (), False)
    assert state.enrolment.store_key == office.key.public
    assert office.take_all(vault)
    assert vault.verify() == []
    vault.close()
    for path in (*folder.rglob("*.key"), folder / "vault.key.1"):
        with pytest.raises(Trouble, match=r"vault\.recovery_key_wrong"):
            keys.unlock_by_office_key(keyfile.KeyFile.from_bytes(path.read_bytes()), wrong_private)
    recover_vault_by_office(folder, private, "a new passphrase for it", clock).close()


def test_an_office_without_a_recovery_key_takes_the_former_one_away(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    _, public = new_box_keys()
    Office(key=SigningKey.generate()).enrol(vault, recovery_key=public)
    Office().enrol(vault)
    assert keyfile.load(tmp_path / "vault").slot("office") is None
    vault.close()


def test_an_enrolment_that_is_refused_lets_nobody_in(vault: OpenVault, office: Office) -> None:
    office.take_all(vault)
    before = (vault.folder / "vault.key").read_bytes()
    with pytest.raises(Refusal, match=r"vault\.enrolled_elsewhere"):
        Office(key=SigningKey.generate()).enrol(vault, recovery_key=new_box_keys()[1])
    assert (vault.folder / "vault.key").read_bytes() == before


def test_a_vault_on_its_own_has_nothing_to_say_to_an_office(vault: OpenVault) -> None:
    with pytest.raises(Refusal, match=r"send\.not_enrolled"):
        vault.sync_store.state()
