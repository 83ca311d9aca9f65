"""A vault held still is read whole while it goes on being written, and nothing typed waits for that."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path

import pytest

from fieldkit.app.drafts import keep_draft
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.lanes import Lanes
from fieldkit.app.ports import StillVault, UnitOfWork
from fieldkit.app.rows import Draft, Finding
from fieldkit.app.workspace import Workspace
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import FieldKitError, Trouble
from storage import words
from storage.vault import OpenVault, open_vault
from tests.storage.test_tidy import _pull
from tests.support.vaults import PASSPHRASE, a_meeting, new_vault, note, tag

NOTES = 10_000


def _many(uow: UnitOfWork, activity: Activity, count: int) -> None:
    for n in range(count):
        record_entry(uow, activity, NewEntry(text=f"Nobody owns the recovery plan, note {n}", evidence=(tag(),)))


def _type(uow: UnitOfWork, text: str) -> None:
    keep_draft(uow, Draft(place="capture/x", text=text, caret=len(text), noticed_at=None, kept_at=uow.clock.now()))


def _until(holds: threading.Event) -> None:
    assert holds.wait(60), "it did not come to be"


@pytest.mark.slow
def test_a_draft_is_on_disk_at_once_while_a_vault_of_10_000_notes_is_checked(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    activity = a_meeting(vault)
    vault.perform(partial(_many, activity=activity, count=NOTES))
    lanes = Lanes.threads(lambda call: call())
    workspace = Workspace(vault, lanes)
    begun, ended, found = threading.Event(), threading.Event(), list[list[Finding]]()

    def check(still: StillVault) -> list[Finding]:
        return still.verify(lambda stage, done, total: begun.set())

    def checked(findings: list[Finding]) -> None:
        found.append(findings)
        ended.set()

    started = time.perf_counter()
    workspace.look_over(check, checked)
    _until(begun)
    waits, n = list[float](), 0
    while not ended.is_set():
        n, pressed = n + 1, time.perf_counter()
        workspace.perform(partial(_type, text=f"words {n}")).result()
        waits.append(time.perf_counter() - pressed)
    took = time.perf_counter() - started
    assert found == [[]]
    assert len(waits) > 10, f"the check of {took:.1f} s let only {len(waits)} drafts in between"
    assert max(waits) < took / 2, f"a draft waited {max(waits):.2f} s of the {took:.1f} s that the check took"
    workspace.close().result()
    lanes.stop()
    again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert [draft.text for draft in again.questions.drafts()] == [f"words {n}"]
    again.close()


def test_what_is_written_meanwhile_is_not_in_what_is_read_and_is_in_the_vault(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    note(vault, activity, "before")
    with vault.hold_still() as still:
        for n in range(30):
            note(vault, activity, f"after {n} " + "long " * 2000)  # more than what is moved into the file by itself
            vault.tidy()
        assert still.verify() == []
        assert still.questions.info().entries == 1
    assert vault.questions.info().entries == 31
    assert vault.verify() == []


def test_the_log_is_moved_into_the_file_again_once_the_reading_is_over(vault: OpenVault) -> None:
    log = vault.folder / "vault.db-wal"
    activity = a_meeting(vault)
    with vault.hold_still():
        for n in range(12):
            note(vault, activity, f"{n} " + "long " * 100_000)
        assert not vault.tidy()
        assert log.stat().st_size > 4_096_000
    assert vault.tidy()
    assert log.stat().st_size == 0


def test_a_backup_of_what_was_held_still_is_whole_and_opens(
    vault: OpenVault, clock: FixedClock, tmp_path: Path
) -> None:
    activity = a_meeting(vault)
    note(vault, activity, "before")
    with vault.hold_still() as still:
        note(vault, activity, "after")
        made = Path(still.backup())
    place = tmp_path / "restored"
    place.mkdir()
    made.rename(place / "vault.db")
    made.with_suffix(".key").rename(place / "vault.key")
    again = open_vault(place, PASSPHRASE, clock)
    assert again.questions.info().entries == 1
    assert again.verify() == []
    again.close()


def test_closing_breaks_the_reading_off_and_loses_nothing(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    activity = a_meeting(vault)
    vault.perform(partial(_many, activity=activity, count=300))
    begun, problems = threading.Event(), list[FieldKitError]()

    def read() -> None:
        try:
            with still as held:
                while True:
                    held.verify(lambda *_: begun.set())
        except FieldKitError as problem:
            problems.append(problem)

    still = vault.hold_still()
    reader = threading.Thread(target=read)
    reader.start()
    _until(begun)
    note(vault, activity, "last words")
    vault.close()
    reader.join(10)
    assert [one.code for one in problems] == ["vault.closing"]
    again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert again.questions.info().entries == 301
    assert again.verify() == []
    again.close()


def test_what_was_not_begun_when_the_vault_closes_is_not_begun_afterwards(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    still = vault.hold_still()
    vault.close()
    with pytest.raises(Trouble, match=r"vault\.closing"), still:
        pytest.fail("a closed vault is not read")


def test_one_reading_waits_for_the_other_and_sees_what_was_written_in_between(vault: OpenVault) -> None:
    lanes = Lanes.threads(lambda call: call())
    workspace, activity = Workspace(vault, lanes), a_meeting(vault)
    go, ended = threading.Event(), threading.Event()
    counted: list[int] = []

    def first(still: StillVault) -> int:
        _until(go)
        return still.questions.info().entries

    def last(count: int) -> None:
        counted.append(count)
        ended.set()

    workspace.look_over(first, counted.append)
    workspace.look_over(lambda still: still.questions.info().entries, last)
    workspace.perform(lambda uow: record_entry(uow, activity, NewEntry(text="Words"))).result()
    go.set()
    _until(ended)
    assert counted == [0, 1]
    lanes.stop()


def test_notes_that_wait_to_be_indexed_are_no_fault_and_lost_words_are(vault: OpenVault) -> None:
    note(vault, a_meeting(vault), "the winter plan")
    _pull(vault, 150)
    assert vault.verify() == []
    assert len(vault._db.rows("SELECT n FROM unindexed")) == 150, "checking changes nothing"
    while vault.tidy():
        pass
    assert vault.verify() == []
    with vault._db.transaction():
        (n,) = vault._db.rows("SELECT min(n) FROM entries")[0]
        text = vault._db.rows("SELECT text, addenda FROM entry_text WHERE n = ?", (n,))[0]
        vault._db.run(
            "INSERT INTO entry_words (entry_words, rowid, text, addenda) VALUES ('delete', ?, ?, ?)", (n, *text)
        )
    assert [one.code for one in vault.verify()] == ["verify.search"]
    assert not words.is_level(vault._db)
