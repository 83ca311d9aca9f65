"""Files of the vault: whole or not there, readable by their own vault and name only, counted by verify."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.app.attachments import Said, attach, take_bytes, withdraw
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import RecordId
from storage import erase, restore
from storage.blob_reader import HEAD, PIECE, SEALED_PIECE
from storage.blobs import BlobStore
from storage.carried import pack, unpacked
from storage.vault import OpenVault, open_vault
from tests.support.vaults import PASSPHRASE, a_meeting, do, new_vault

_MASTER = bytes(range(32))
_LENGTHS = (1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7)


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    (tmp_path / "vault").mkdir()
    return BlobStore(tmp_path / "vault", _MASTER)


def _keep(store: BlobStore, data: bytes) -> str:
    taking = store.take(size=len(data))
    taking.write(data)
    return taking.keep()


def _bytes(length: int) -> bytes:
    return hashlib.shake_128(str(length).encode()).digest(length)


@pytest.mark.parametrize("length", _LENGTHS)
def test_a_file_comes_back_byte_for_byte_whole_and_in_part(store: BlobStore, length: int) -> None:
    data = _bytes(length)
    sha256 = _keep(store, data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert b"".join(store.pieces(sha256)) == data
    with store.open(sha256) as file:
        file.seek(length // 3)
        assert file.read(1000) == data[length // 3 : length // 3 + 1000]
    assert store.size(sha256) == length


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, HEAD + 2 * SEALED_PIECE + 500), bit=st.integers(0, 7))
def test_one_turned_bit_anywhere_is_noticed(store: BlobStore, place: int, bit: int) -> None:
    sha256 = _keep(store, _bytes(2 * PIECE + 500))
    path = store.path(sha256)
    sealed = bytearray(path.read_bytes())
    place = min(place, len(sealed) - 1)
    sealed[place] ^= 1 << bit
    path.write_bytes(sealed)
    with pytest.raises(Trouble, match=r"attach\.damaged"):
        store.check(sha256)


def _cut(data: bytes) -> bytes:
    return data[: HEAD + 2 * SEALED_PIECE]


def _cut_within(data: bytes) -> bytes:
    return data[:-5]


def _swapped(data: bytes) -> bytes:
    first, second = data[HEAD : HEAD + SEALED_PIECE], data[HEAD + SEALED_PIECE : HEAD + 2 * SEALED_PIECE]
    return data[:HEAD] + second + first + data[HEAD + 2 * SEALED_PIECE :]


def _longer(data: bytes) -> bytes:
    return data + data[HEAD : HEAD + SEALED_PIECE]


@pytest.mark.parametrize("harm", [_cut, _cut_within, _swapped, _longer, lambda data: data[:20], lambda data: b""])
def test_pieces_that_are_missing_moved_or_added_are_noticed(store: BlobStore, harm: Callable[[bytes], bytes]) -> None:
    sha256 = _keep(store, _bytes(3 * PIECE + 9))
    path = store.path(sha256)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(Trouble, match=r"attach\.damaged"):
        store.check(sha256)


def test_a_file_under_another_ones_name_does_not_open(store: BlobStore) -> None:
    one, other = _keep(store, b"one"), _keep(store, b"other")
    store.path(one).write_bytes(store.path(other).read_bytes())
    with pytest.raises(Trouble, match=r"attach\.damaged"):
        store.check(one)


def test_neither_name_nor_content_tells_what_a_file_is(store: BlobStore, tmp_path: Path) -> None:
    data = b"the words of a known document " * 100
    sha256 = _keep(store, data)
    names = [path.name for path in (tmp_path / "vault").rglob("*") if path.is_file()]
    assert len(names) == 1
    assert sha256 not in names[0]
    assert b"known document" not in store.path(sha256).read_bytes()
    elsewhere = BlobStore(tmp_path / "vault", bytes(32))
    assert elsewhere.name_of(sha256) != store.name_of(sha256), "another vault names it in another way"


def test_what_was_begun_goes_on_after_a_kill_and_what_was_torn_is_taken_again(store: BlobStore) -> None:
    data = _bytes(6 * PIECE + 11)
    sha256 = hashlib.sha256(data).hexdigest()
    taking = store.take(sha256, len(data))
    taking.write(data[: 3 * PIECE + 50])
    taking.leave()
    with store.part(sha256).open("r+b") as part:
        part.truncate(HEAD + 3 * SEALED_PIECE - 20)  # the last piece was half written when the power went
    again = store.take(sha256, len(data))
    assert again.done == 2 * PIECE
    again.write(data[again.done :])
    assert again.keep() == sha256
    store.check(sha256)
    assert not store.part(sha256).exists()


def test_what_arrives_as_something_else_is_thrown_away(store: BlobStore) -> None:
    taking = store.take("ab" * 32, 4)
    taking.write(b"lies")
    with pytest.raises(Trouble, match=r"attach\.differs"):
        taking.keep()
    assert not store.has("ab" * 32)
    again = store.take("ab" * 32, 4)
    assert again.done == 0
    again.leave()


def test_a_disk_that_would_run_under_a_gigabyte_is_told_before_a_byte_is_written(tmp_path: Path) -> None:
    store = BlobStore(tmp_path, _MASTER, kept_free=2**62)
    with pytest.raises(Trouble, match=r"attach\.disk_full") as told:
        store.take(size=10)
    assert set(told.value.details) == {"free", "needed", "kept"}
    assert list(store.folder.iterdir()) == []


# The vault ----------------------------------------------------------------------------------------------------


def _attached(vault: OpenVault, data: bytes = b"a letter", name: str = "letter.txt") -> Attachment:
    rows = vault.questions.assessments()
    if not rows:
        a_meeting(vault)
        rows = vault.questions.assessments()
    visit = rows[0].visits[0]
    activity = vault.questions.activities(visit.id)[0].activity
    taken = take_bytes(vault.files, data, name)
    said = Said(
        assessment=activity.assessment, visit=visit.id, about=RecordId(activity.id), purpose="Shows the waiting list"
    )
    return do(vault, lambda uow: attach(uow, taken, said))


def _file(vault: OpenVault, value: Attachment) -> Path:
    return vault._files.path(value.sha256)


def test_verify_reads_every_file_and_names_what_is_wrong(vault: OpenVault) -> None:
    whole, gone, harmed = (_attached(vault, data) for data in (b"whole", b"gone", b"harmed"))
    assert vault.verify() == []
    _file(vault, gone).unlink()
    _file(vault, harmed).write_bytes(_file(vault, whole).read_bytes())
    left = vault._files.path(_keep(vault._files, b"nobody's"))
    os.utime(left, (time.time() - 7200, time.time() - 7200))
    found = {finding.code: finding.sentence for finding in vault.verify()}
    assert set(found) == {"verify.file_missing", "verify.file_damaged", "verify.file_surplus"}
    assert gone.exhibit in found["verify.file_missing"]
    assert harmed.exhibit in found["verify.file_damaged"]


def test_what_no_record_names_is_put_aside_at_the_next_opening_and_nothing_is_deleted(
    tmp_path: Path, clock: FixedClock
) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    value = _attached(vault)
    left = vault._files.path(_keep(vault._files, b"cut off before its record"))
    os.utime(left, (time.time() - 7200, time.time() - 7200))
    torn = vault._files.begin()
    torn.write_bytes(b"half")
    vault.close()
    again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert again.verify() == []
    assert b"".join(again.files.pieces(value.sha256)) == b"a letter"
    assert (tmp_path / "vault" / "blobs" / "unused" / left.name).is_file()
    assert not torn.exists()
    again.close()


def test_a_withdrawn_attachment_keeps_its_file(vault: OpenVault) -> None:
    value = _attached(vault)
    do(vault, lambda uow: withdraw(uow, value.id, "Shows a patient"))
    assert vault.questions.record("attachment", value.id).value.withdrawn == "Shows a patient"
    vault.put_aside_left_over()
    assert vault.verify() == []


def test_a_backup_that_is_carried_away_brings_its_files_back(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    data = _bytes(PIECE + 5)
    value = _attached(vault, data)
    database = Path(vault.backup())
    pack(database, tmp_path / "carried.fkbackup")
    vault.close()
    erase.erase(tmp_path / "vault")
    assert not (tmp_path / "vault").exists()
    with unpacked(tmp_path / "carried.fkbackup", tmp_path / "vault") as found:
        restored = restore.restore_vault(found, tmp_path / "vault", PASSPHRASE, clock).vault
    assert b"".join(restored.files.pieces(value.sha256)) == data
    assert restored.verify() == []
    restored.close()


def test_going_back_to_a_backup_keeps_the_files_attached_after_it(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    before = _attached(vault, b"before")
    database = Path(vault.backup())
    after = _attached(vault, b"after")
    os.utime(_file(vault, after), (time.time() - 7200, time.time() - 7200))
    vault.close()
    restored = restore.restore_vault(database, tmp_path / "vault", PASSPHRASE, clock).vault
    assert b"".join(restored.files.pieces(before.sha256)) == b"before"
    assert b"".join(restored.files.pieces(after.sha256)) == b"after"
    assert restored.verify() == []
    restored.close()
