"""How each visit stands, and reading records back from the disk before saying that they are saved."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from fieldkit.app.assessments import plan_visit
from fieldkit.app.entries import add_addendum
from fieldkit.app.rows import VisitCounts
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from storage.vault import OpenVault
from tests.storage.office import Office
from tests.support.vaults import a_meeting, do, new_vault, note, tag


def test_a_visit_is_counted_by_what_waits_and_what_stays(vault: OpenVault) -> None:
    board = a_meeting(vault)
    for text, tags in (("One", (tag(),)), ("Two", (tag(),)), ("Three", ())):
        note(vault, board, text, *tags)
    counts = vault.questions.visit_counts()
    assert counts == {
        board.visit: VisitCounts(activities=1, notes=3, waiting=2, staying=1, others_waiting=2, confirmed_at=None)
    }


def test_visits_do_not_count_each_others_notes(vault: OpenVault) -> None:
    board, other = a_meeting(vault), a_meeting(vault, name="Eastvale")
    note(vault, board, "One", tag())
    do(vault, lambda uow: plan_visit(uow, board.assessment, "Visit 2"))
    counts = vault.questions.visit_counts()
    assert (counts[board.visit].notes, counts[other.visit].notes) == (1, 0)
    assert len(counts) == 3


def test_receipts_turn_waiting_into_confirmed(vault: OpenVault, office: Office) -> None:
    board = a_meeting(vault)
    first = note(vault, board, "One", tag())
    office.take_all(vault)
    counts = vault.questions.visit_counts()[board.visit]
    assert (counts.waiting, counts.others_waiting) == (0, 0)
    assert counts.confirmed_at is not None
    do(vault, lambda uow: add_addendum(uow, first.id, "More", "Said so later"))
    again = vault.questions.visit_counts()[board.visit]
    assert (again.waiting, again.others_waiting) == (0, 1)


def test_every_record_of_an_assessment_is_read_back_page_by_page(vault: OpenVault) -> None:
    board = a_meeting(vault)
    for number in range(7):
        note(vault, board, f"Note {number}")
    read, after = 0, 0
    while not (page := vault.questions.read_back(board.assessment, after, 4)).is_end:
        assert (page.read, page.wrong) == (4, ())
        read, after = read + page.read, page.last
    assert read + page.read == 11  # assessment, visit, activity, the introduction and seven notes


@pytest.mark.parametrize("column", ["content", "envelope", "hash"])
def test_a_changed_record_is_found(vault: OpenVault, column: str) -> None:
    board = a_meeting(vault)
    entry = note(vault, board, "Nobody owns the plan")
    value = "0" * 64 if column == "hash" else b'{"a":1}'
    vault._db.run(f"UPDATE revisions SET {column} = ? WHERE id = ?", (value, entry.id))
    page = vault.questions.read_back(board.assessment, 0, 100)
    assert [str(one) for one in page.wrong] == [str(entry.id)]


def test_a_damaged_file_is_trouble_and_never_read_back(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "damaged"
    vault = new_vault(folder, clock)
    board = a_meeting(vault)
    for number in range(200):
        note(vault, board, f"Note {number} " + "of some length " * 20)
    vault._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    file = folder / "vault.db"
    data = bytearray(file.read_bytes())
    for at in range(20 * 4096, len(data), 4096):
        data[at + 100] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(Trouble):
        _read_all(vault, board)
    with suppress(Trouble):  # closing reads how far it had come
        vault.close()


def _read_all(vault: OpenVault, board: Activity) -> None:
    after = 0
    while True:
        page = vault.questions.read_back(board.assessment, after, 50)
        if page.is_end:
            return
        after = page.last
