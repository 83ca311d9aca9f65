"""Keys with the real derivation: what opens the key file, and what does not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal, Trouble
from fieldkit.kernel.signing import new_box_keys
from storage import keyfile, keys, recovery_key
from storage.keyfile import FLOOR, KeyFile
from tests.support.vaults import PASSPHRASE

VAULT = "0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e"


@pytest.fixture(scope="module")
def made() -> tuple[KeyFile, bytes, str]:
    """A key file at the floor, its master key and its recovery key."""
    stored, master, recovery = keys.new_keys(VAULT, PASSPHRASE, "2026-11-12T09:00:00.000Z", FLOOR)
    return stored, bytes(master), recovery


def test_the_passphrase_opens_however_its_accents_are_typed(made: tuple[KeyFile, bytes, str]) -> None:
    stored, master, _ = made
    accented = keys.with_passphrase(stored, bytearray(master), "caf\u00e9 horse battery", FLOOR)
    assert keys.unlock(accented, "cafe\u0301 horse battery") == master
    assert keys.unlock(stored, PASSPHRASE) == master
    with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
        keys.unlock(stored, PASSPHRASE + " ")


def test_a_passphrase_may_hold_half_a_character(made: tuple[KeyFile, bytes, str]) -> None:
    stored, master, _ = made
    odd = keys.with_passphrase(stored, bytearray(master), "half a character \ud83d", FLOOR)
    assert keys.unlock(odd, "half a character \ud83d") == master


def test_the_key_file_is_small_private_and_holds_no_key(made: tuple[KeyFile, bytes, str], tmp_path: Path) -> None:
    stored, master, recovery = made
    private, public = new_box_keys()
    full = keys.with_office(stored, bytearray(master), public)
    keyfile.save(tmp_path, full)
    data = (tmp_path / "vault.key").read_bytes()
    assert len(data) < 1024
    assert oct((tmp_path / "vault.key").stat().st_mode & 0o777) == "0o600"
    assert master.hex().encode() not in data
    assert recovery.encode() not in data
    assert keys.unlock_by_office_key(keyfile.load(tmp_path), private) == master


def test_each_changed_digit_of_the_key_file_is_noticed(made: tuple[KeyFile, bytes, str]) -> None:
    data = made[0].to_bytes()
    for position, byte in enumerate(data):
        changed = bytearray(data)
        changed[position] = byte ^ 1
        if json.loads(data) == _json(bytes(changed)):
            continue  # white space between the fields
        with pytest.raises(FieldKitError, match=r"vault\.(key_damaged|key_altered|later_version)"):
            KeyFile.from_bytes(bytes(changed))


def _json(data: bytes) -> object:
    try:
        return json.loads(data)
    except ValueError:
        return None


def test_costs_altered_by_somebody_who_knows_the_check_number_do_not_open(made: tuple[KeyFile, bytes, str]) -> None:
    stored, _, _ = made
    dearer = replace(stored, cost=keyfile.Cost(t=4, m_kib=FLOOR.m_kib, p=FLOOR.p))
    with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
        keys.unlock(KeyFile.from_bytes(dearer.to_bytes()), PASSPHRASE)


@pytest.mark.parametrize(
    "cost", [(2, 65536, 4), (3, 65535, 4), (3, 65536, 3), (17, 65536, 4), (3, 2**21, 4), (3, 65536, 99)]
)
def test_costs_below_the_floor_or_beyond_reason_are_refused_on_reading(
    made: tuple[KeyFile, bytes, str], cost: tuple[int, int, int]
) -> None:
    weak = replace(made[0], cost=keyfile.Cost(t=cost[0], m_kib=cost[1], p=cost[2]))
    with pytest.raises(Refusal, match=r"vault\.key_altered"):
        KeyFile.from_bytes(weak.to_bytes())


def test_another_vaults_slot_does_not_open_here(made: tuple[KeyFile, bytes, str]) -> None:
    stored, master, recovery = made
    moved = replace(stored, vault=VAULT.replace("0199", "0200"))
    assert keys.unlock_by_recovery_key(stored, recovery) == master
    with pytest.raises(Trouble, match=r"vault\.recovery_key_wrong"):
        keys.unlock_by_recovery_key(moved, recovery)
    with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
        keys.unlock(moved, PASSPHRASE)
    with pytest.raises(Refusal, match=r"vault\.no_office_slot"):
        keys.unlock_by_office_key(stored, bytes(32))


def test_a_later_key_file_is_refused(made: tuple[KeyFile, bytes, str]) -> None:
    raw = json.loads(made[0].to_bytes())
    raw.pop("check")
    raw["v"] = 2
    raw["check"] = keyfile._check(raw)
    with pytest.raises(Refusal, match=r"vault\.later_version"):
        KeyFile.from_bytes(json.dumps(raw).encode())


@given(secret=st.binary(min_size=25, max_size=25))
def test_a_recovery_key_is_read_as_it_is_written_in_any_spelling(secret: bytes) -> None:
    text = recovery_key.to_text(secret)
    assert [len(group) for group in text.split("-")] == [5] * 8
    for typed in (text, text.lower(), text.replace("-", " "), text.replace("1", "l").replace("0", "O")):
        assert recovery_key.from_text(typed) == secret


def test_what_is_wrong_with_a_typed_recovery_key_is_said() -> None:
    text = recovery_key.to_text(bytes(25))
    with pytest.raises(Mistake, match=r"recovery_key_length.*38"):
        recovery_key.from_text(text[:-2])
    with pytest.raises(Mistake, match=r"recovery_key_letter.*U"):
        recovery_key.from_text("u" + text[1:])
    with pytest.raises(Mistake, match=r"recovery_key_empty"):
        recovery_key.from_text(" - ")


def test_the_database_key_is_raw_and_its_salt_lies_outside_the_file(made: tuple[KeyFile, bytes, str]) -> None:
    literal = keys.database_key(bytearray(made[1]))
    assert len(literal) == len("x''") + 96
    assert keys.database_key(bytearray(made[1])) == literal
    assert keys.database_key(bytearray(32)) != literal


def test_choosing_a_cost_never_goes_below_the_floor_nor_above_a_quarter_of_a_gigabyte() -> None:
    cost = keys.fitting_cost()
    assert (cost.t, cost.p) == (FLOOR.t, FLOOR.p)
    assert cost.m_kib in {64 * 1024, 128 * 1024, 256 * 1024}
