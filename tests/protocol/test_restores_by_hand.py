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


def test_a_receipt_file_does_not_hide_that_a_team_mates_work_is_gone_from_the_office(
    office: Office, team: Team, backups: StoreBackups, tmp_path: Path
) -> None:
    """Invariants 1 and 8 (the model's max_witness): whose laptop is lost is healed by whoever read their work.

    Her own chain shows Ann that her own notes are gone; of Ben's only what she saw of the log before tells her.
    """
    ann = team("Ann Other")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Ode", meeting.assessment)
    ben.settle()
    backup = backups.make()
    ben.note("First")
    ben.settle()
    ann.round()
    assert "First" in ann.texts
    ben.close()  # for good: the laptop is lost
    backups.go_back_to(backup)
    for n in range(5):  # more than were lost: the witness of the file is the highest
        ann.note(f"Second {n}")
    write(ann, centre(ann), tmp_path, "second")
    at_office(office, *files(tmp_path))
    (home,) = read(ann, files(tmp_path, ".fieldreceipt"))
    assert home.receipts
    for _ in range(4):
        ann.round()
    cal = team("Cal Reed", meeting.assessment)
    cal.settle(most=6)
    assert "First" in cal.texts
    assert cal.texts == ann.texts
