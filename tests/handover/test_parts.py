"""A hand-over file in several parts, and what becomes of parts on sticks: lost, renamed, mixed up, copied in half."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.domain.hand_over_account import Account
from fieldkit.kernel.ids import RecordId
from sync.wire.bundles.heads import HEAD
from sync.wire.bundles.pieces import PIECE
from tests.central.kit import Office
from tests.handover.conftest import Team
from tests.handover.kit import at_office, centre, files, read, write
from tests.support.laptop import Laptop

LIMIT = HEAD + 24 * PIECE
"""Bytes of a part here: 1.5 MiB, one entry of a file with what goes around it."""

SIZE = 3_900_000


@pytest.fixture
def four(office: Office, team: Team, stick: Path) -> Laptop:
    """Somebody who wrote notes and attached a letter, and has handed both over in at least four parts."""
    ann = team("Ann Other")
    ann.open_meeting()
    ann.note_many(10)
    _attach(ann)
    given = write(ann, centre(ann), stick, limit=LIMIT)
    assert len(given.parts) >= 4
    assert all(part.stat().st_size <= LIMIT for part in given.parts)
    return ann


def _whole(account: Account) -> None:
    assert account.is_whole, (account.missing, account.cut, account.problems, account.files_open)


def _renamed(stick: Path) -> None:
    """Names as gateways and hands make them, in the reverse of the right order."""
    for number, path in enumerate(reversed(files(stick))):
        path.rename(stick / f"{number} copy of something.fieldbundle")


def _out_of_order(stick: Path) -> None:
    """Modification times and names of every order."""
    paths = files(stick)
    random.Random(7).shuffle(paths)
    for moment, path in enumerate(paths):
        os.utime(path, (moment, moment))
        path.rename(stick / f"{moment:02}.fieldbundle")


def _twice(stick: Path) -> None:
    """Every part lies there two times."""
    for path in files(stick):
        shutil.copyfile(path, stick / f"again {path.name}")


@pytest.mark.parametrize("handle", [_renamed, _out_of_order, _twice])
def test_parts_are_put_together_by_what_is_in_them(
    office: Office, four: Laptop, stick: Path, handle: Callable[[Path], None]
) -> None:
    """Invariant 4: neither names nor order nor copies matter."""
    handle(stick)
    (done,) = at_office(office, stick)
    _whole(done.told)
    read(four, files(stick, ".fieldreceipt"))
    assert four.standing.everything_is_there


@pytest.mark.parametrize("gone", ["first", "middle", "last"])
def test_a_part_that_is_missing_is_named_and_what_is_here_is_taken(
    office: Office, four: Laptop, stick: Path, tmp_path: Path, gone: str
) -> None:
    """Invariant 2: nothing is confirmed that is not there, and the part alone, brought later, makes it whole."""
    parts = files(stick)
    lost = {"first": parts[0], "middle": parts[len(parts) // 2], "last": parts[-1]}[gone]
    later = tmp_path / "later"
    later.mkdir()
    lost.rename(later / lost.name)
    (done,) = at_office(office, stick)
    assert not done.told.is_whole
    assert done.told.missing or done.told.last is None
    read(four, files(stick, ".fieldreceipt"))
    assert not four.standing.everything_is_there
    for path in files(stick):
        shutil.copyfile(path, later / path.name)
    (done,) = at_office(office, later)
    _whole(done.told)
    read(four, files(later, ".fieldreceipt"))
    assert four.standing.everything_is_there


def test_a_last_part_that_was_copied_in_half_costs_its_end_and_no_more(
    office: Office, four: Laptop, stick: Path, tmp_path: Path
) -> None:
    """Invariants 3 and 4: half a file is never a file; the good part goes on where the half one ended."""
    last = files(stick)[-1]
    good = last.read_bytes()
    last.write_bytes(good[: HEAD + (len(good) - HEAD) // 2 + 100])
    (done,) = at_office(office, stick)
    assert done.told.cut
    assert not done.told.is_whole
    assert not done.told.files
    last.write_bytes(good)
    (done,) = at_office(office, stick)
    _whole(done.told)
    assert done.told.files
    read(four, files(stick, ".fieldreceipt"))
    assert four.standing.everything_is_there


def test_a_part_of_another_file_in_between_is_told_apart(
    office: Office, four: Laptop, stick: Path, tmp_path: Path
) -> None:
    """Parts of two files on one stick, one in the other's place by name: each keeps to its own file."""
    other = tmp_path / "other"
    other.mkdir()
    four.note("written after the first file")
    write(four, centre(four), other, limit=LIMIT)
    mine, theirs = files(stick), files(other)
    theirs[1].replace(mine[1])  # under the name of the part that it takes the place of
    done = at_office(office, stick)
    assert len(done) == 2
    assert not any(one.told.is_whole for one in done)
    assert {len(one.told.missing) or int(one.told.last is None) for one in done} != {0}
    assert not four.standing.everything_is_there
    shutil.copyfile(theirs[0], stick / "00.fieldbundle")
    for path in theirs[2:]:
        shutil.copyfile(path, stick / f"x{path.name}")
    whole = [one.told.is_whole for one in at_office(office, stick)]
    assert sorted(whole) == [False, True], "the second file is whole now, the first still lacks a part"
    read(four, files(stick, ".fieldreceipt"))
    assert four.standing.everything_is_there, "and the second held everything that the first did"


def _attach(laptop: Laptop) -> None:
    activity = laptop.meeting()
    taken = take_bytes(laptop.vault.files, random.Random(5).randbytes(SIZE), "letter.pdf")
    said = Said(
        assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id), purpose="Shows the waits"
    )
    laptop.vault.perform(lambda uow: attach(uow, taken, said))
