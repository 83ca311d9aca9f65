"""A stick in the place of a line: to the office and back, to a team-mate and back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from fieldkit.app.ports import SyncStore
from fieldkit.app.records import keep
from fieldkit.domain.receipt import Signed
from fieldkit.domain.restriction import Restriction
from fieldkit.domain.revision import Revision
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RecordId, new_id
from sync.bundle.carrying import carry
from sync.http import CentralStore
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


def test_what_is_restricted_stays_restricted_on_a_stick(team: Team, stick: Path) -> None:
    """Need to know without the store between: who may not know gets the envelope, and the chain stays whole."""
    ann, ben = _team_of_two(team, role="reader")
    secret, plain = ann.note("said in confidence"), ann.note("said to everybody")
    value = Restriction(
        id=RecordId(new_id()), assessment=ann.meeting().assessment, about=secret.id, reason="Named people only"
    )
    ann.vault.perform(lambda uow: keep(uow, value, priority=0))
    write(ann, mate(ann, "Ben Ode"), stick)
    (account,) = read(ben, files(stick))
    assert account.is_whole
    assert ben.log[plain.id].content is not None
    assert ben.log[secret.id].content is None


def test_only_sticks_or_only_the_line_leave_the_same_state(office: Office, team: Team, stick: Path) -> None:
    """Invariant 23: the same edits by network, by bundle or by both give the same set and the same receipts."""
    ann, ben = _team_of_two(team)
    for n in range(4):
        ann.note(f"Ann {n}")
        ben.note(f"Ben {n}")
    write(ann, centre(ann), stick, "ann")
    ben.settle()  # by the line
    at_office(office, *files(stick))
    write(ann, mate(ann, "Ben Ode"), stick, "for-ben")
    read(ben, [stick / "for-ben.fieldbundle"])
    read(ann, files(stick, ".fieldreceipt"))
    assert ann.standing.everything_is_there
    sticks_only = _everything(ann)
    received = ann.round().received
    assert (received, _everything(ann)) == (0, sticks_only)
    ben.settle()
    shared = {name for name, one in ann.log.items() if one.envelope.assessment is not None}
    assert {name: one for name, one in _everything(ann).items() if name in shared} == {
        name: one for name, one in _everything(ben).items() if name in shared
    }
    at_office(office, *files(stick))
    assert ann.round().problem is None


def test_receipts_from_a_stick_never_hide_that_the_store_was_set_back(
    office: Office, team: Team, stick: Path, tmp_path: Path
) -> None:
    """Invariant 26 (the model's max_witness): a receipt taken in after the rewind leaves the older witness standing."""
    ann, ben = _team_of_two(team)
    seen = set(ann.call(lambda store: store.state()).witnesses)
    ann.note("after")
    write(ann, centre(ann), stick)
    at_office(office, stick)
    read(ann, files(stick, ".fieldreceipt"))
    now = set(ann.call(lambda store: store.state()).witnesses)
    assert seen < now
    assert ben.texts


def _team_of_two(team: Team, role: str = "lead") -> tuple[Laptop, Laptop]:
    """Two who know of each other, and of nothing since."""
    ann = team("Ann Other")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Ode", meeting.assessment, role=role)
    ben.settle()
    ann.note("hello")
    ann.settle()
    ben.settle()
    if role == "lead":
        ben.note("hello from Ben")
        ben.settle()
    ann.round()
    _refresh(ann, ben)
    return ann, ben


def _refresh(ann: Laptop, ben: Laptop) -> None:
    """A laptop hears who is on its team with the team's work; where there is none since, by a list from the other."""
    for signed in ben.call(lambda store: store.hand_over.teams()):
        ann.call(partial(_keep_team, signed))


def _keep_team(signed: Signed, store: SyncStore) -> bool:
    return store.hand_over.keep_team(signed)


def _everything(laptop: Laptop) -> dict[str, tuple[str, bool]]:
    log: dict[str, Revision] = laptop.log
    return {name: (one.hash, one.content is not None) for name, one in log.items()}


def test_a_team_mate_carries_a_file_over_their_own_line_without_reading_it(
    office: Office, team: Team, stick: Path
) -> None:
    """Invariant 2 by a carrier: judged as its writer's, receipts only for the writer, and twice is a no-op."""
    ann, ben = _team_of_two(team)
    ann.note("only for the office")
    write(ann, centre(ann), stick)
    (path,) = files(stick)
    done = carry(ben.call, path, CentralStore)
    assert done.taken
    assert carry(ben.call, path, CentralStore).taken == done.taken, "the original receipts, once more"
    assert "only for the office" not in ben.texts
    (theirs,) = read(ben, done.receipts)
    assert [one.code for one in theirs.problems] == ["handover.not_for_you"]
    (home,) = read(ann, done.receipts)
    assert home.is_whole
    assert ann.standing.everything_is_there


def test_a_carried_file_goes_in_stretches_that_overlap(
    office: Office, team: Team, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of many pieces in small stretches arrives whole; the carrier holds no more than one of them."""
    monkeypatch.setattr("sync.bundle.carrying.FIRST", 1)
    monkeypatch.setattr("sync.bundle.carrying._SOON", 0.0)
    ann, ben = _team_of_two(team)
    ann.note_many(1500)
    write(ann, centre(ann), stick)
    done = carry(ben.call, files(stick)[0], CentralStore)
    assert len(done.receipts) > 2
    read(ann, done.receipts)
    assert ann.standing.everything_is_there
    spoilt = stick / "spoilt.fieldbundle"
    spoilt.write_bytes(files(stick)[0].read_bytes()[:5000])
    with pytest.raises(Refusal, match=r"central\.bundle"):
        carry(ben.call, spoilt, CentralStore)
