"""A store put back to a backup, and receipt files that come by hand before the laptop has heard of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.central.kit import Office
from tests.handover.kit import at_office, centre, files, read, write
from tests.protocol.conftest import Team
from tests.support.backups import StoreBackups


@pytest.mark.parametrize("made", ["before", "after"])
def test_a_receipt_file_taken_in_first_hides_no_restored_backup(
    office: Office, team: Team, backups: StoreBackups, tmp_path: Path, made: str
) -> None:
    """Invariants 1 and 8 (the model's max_witness): nothing is lost, whether the file is of before or after.

    Kept alone, the highest witness would be that of the receipt file: it fits the store as it stands now, and what was
    confirmed before the backup was put back would be offered by nobody.
    """
    ann = team("Ann Other")
    meeting = ann.open_meeting()
    ann.settle()
    backup = backups.make()
    ann.note("First")
    if made == "after":
        ann.settle()
    else:
        write(ann, centre(ann), tmp_path, "first")
        at_office(office, *files(tmp_path))
    backups.go_back_to(backup)
    if made == "after":
        for n in range(5):  # more than were lost: the witness of the file is the highest
            ann.note(f"Second {n}")
        write(ann, centre(ann), tmp_path, "second")
        at_office(office, *files(tmp_path))
    (home,) = read(ann, files(tmp_path, ".fieldreceipt"))
    assert home.receipts
    ann.settle(most=6)
    assert ann.standing.everything_is_there
    ben = team("Ben Ode", meeting.assessment)
    ben.settle(most=6)
    assert "First" in ben.texts
    assert ben.texts == ann.texts
    assert [one.vault.verify() for one in (ann, ben)] == [[], []]
