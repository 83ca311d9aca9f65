"""A stick in the place of a line: to the office and back, to a team-mate and back."""

from __future__ import annotations

from pathlib import Path

from fieldkit.domain.revision import Revision
from tests.central.kit import Office
from tests.handover.conftest import Team
from tests.handover.kit import at_office, centre, files, mate, read, write
from tests.support.laptop import Laptop


def test_what_a_stick_brings_to_the_office_is_confirmed_by_the_file_it_brings_back(
    office: Office, team: Team, stick: Path
) -> None:
    """Invariants 2 and 11: the ticks come from the receipt file and nothing before it."""
    ann = team("Ann Other")
    ann.open_meeting()
    for n in range(5):
        ann.note(f"point {n}")
    waiting = ann.call(lambda store: store.state()).unreceipted
    given = write(ann, centre(ann), stick)
    assert given.handed.revisions == waiting
    assert ann.call(lambda store: store.state()).unreceipted == waiting, "writing a file sends nothing"
    assert not ann.standing.everything_is_there

    (done,) = at_office(office, stick)
    assert done.told.is_whole
    assert ann.call(lambda store: store.state()).unreceipted == waiting, "nothing is confirmed before it came home"

    (home,) = read(ann, files(stick, ".fieldreceipt"))
    assert home.is_whole
    assert home.receipts == waiting
    assert ann.standing.everything_is_there


def test_a_team_mate_takes_in_what_is_theirs_and_both_hold_the_same(office: Office, team: Team, stick: Path) -> None:
    """Invariant 4: five times, and in any order, changes nothing after the first."""
    ann, ben = _team_of_two(team)
    ann.note("the queue is out of the door")
    ann.note("only for me", tagged=False)
    write(ann, mate(ann, "Ben Ode"), stick)
    (first,) = read(ben, files(stick))
    assert first.is_whole
    assert first.taken
    assert "the queue is out of the door" in ben.texts
    assert "only for me" not in ben.texts
    before = _everything(ben)
    for _ in range(4):
        (again,) = read(ben, [*files(stick), *files(stick)])
        assert (again.taken, again.aside, again.problems) == (0, 0, [])
    assert _everything(ben) == before


def test_a_stick_from_the_office_brings_the_teams_work_home(office: Office, team: Team, stick: Path) -> None:
    """Invariant 6: the cursor moves with what came on the stick, and the line has nothing left to bring."""
    ann, ben = _team_of_two(team)
    ben.note("said at the other site")
    ben.settle()
    ann.note("said here")
    write(ann, centre(ann), stick)
    at_office(office, stick)
    (home,) = read(ann, files(stick, ".fieldreceipt"))
    assert home.is_whole
    assert "said at the other site" in ann.texts
    assert ann.round().received == 0


def _team_of_two(team: Team) -> tuple[Laptop, Laptop]:
    """Two who know of each other, and of nothing since."""
    ann = team("Ann Other")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Ode", meeting.assessment)
    ben.settle()
    ben.note("hello")
    ben.settle()
    ann.settle()
    return ann, ben


def _everything(laptop: Laptop) -> dict[str, tuple[str, bool]]:
    log: dict[str, Revision] = laptop.log
    return {name: (one.hash, one.content is not None) for name, one in log.items()}
