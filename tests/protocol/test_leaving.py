"""Leaving a team: hidden at once, wiped only when nothing of it is owed, and all there again after joining again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from central import admin
from fieldkit.app.drafts import keep_draft
from fieldkit.app.left_out import without_left
from fieldkit.app.rows import Draft, EntryFilter
from fieldkit.app.team_store import Left
from fieldkit.app.teams import leave, left, roles, stay
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId
from storage.log import COLUMNS
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.protocol.test_lost_replies import try_round
from tests.support.fault_proxy import Fault, FaultProxy, in_turn
from tests.support.laptop import Laptop

pytestmark = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
"""What the store does with teams is tested on both its databases in ``tests/central/test_need_to_know.py``."""

Pair = tuple[Laptop, Laptop, AssessmentId]


@pytest.fixture
def pair(team: Team) -> Pair:
    """Ada leads; Ben is on the team; both hold what both wrote."""
    ada = team("Ada Lovelace")
    place = ada.open_meeting().assessment
    ada.note("Ada saw the board")
    ada.settle()
    ben = team("Ben Brown", place)
    ben.settle()
    ben.note("Ben saw it too")
    ben.settle()
    ada.settle()
    return ada, ben, place


def shown(laptop: Laptop) -> list[str]:
    """The words of every note that a screen would show."""
    seen = without_left(laptop.vault.questions)
    return sorted(row.entry.text for row in seen.entries(EntryFilter(limit=100)))


def words_held(laptop: Laptop, place: AssessmentId) -> int:
    """Contents of an assessment that lie in the vault."""
    return sum(one.content is not None for one in laptop.vault.questions.revisions(place))


def state_of(laptop: Laptop, place: AssessmentId) -> Left:
    return left(laptop.vault.questions)[place]


def go(laptop: Laptop, place: AssessmentId, *, may_lose: bool = False) -> None:
    laptop.vault.perform(lambda uow: leave(uow, place, may_lose=may_lose))


def test_what_is_left_is_hidden_at_once_and_wiped_when_the_office_has_all_of_it(pair: Pair, office: Office) -> None:
    """Invariants 14 and 16."""
    ada, ben, place = pair
    ben.note("Written before leaving")
    go(ben, place)
    assert shown(ben) == []
    assert without_left(ben.vault.questions).assessments() == []
    assert words_held(ben, place) > 0
    ben.settle()
    assert state_of(ben, place).wiped_at
    assert words_held(ben, place) == 0
    assert ben.vault.verify() == []
    ben.vault.rebuild()
    assert ben.notes == []
    ada.settle()
    assert "Written before leaving" in ada.texts
    assert [one.name for one in admin.members(office.settings) if place in one.teams] == ["Ada Lovelace"]


def test_nothing_without_a_receipt_is_wiped_whatever_the_network_does(pair: Pair, network: FaultProxy) -> None:
    """Invariant 14: not while a line is cut, and not for the rest of it either."""
    _, ben, place = pair
    ben.note("Not sent yet")
    held = words_held(ben, place)
    go(ben, place)
    network.plan = lambda path, body: Fault.E500 if path == "/v1/push" else Fault.PASS
    for _ in range(3):
        assert try_round(ben) == "send.store_fault"
    assert words_held(ben, place) == held
    assert not state_of(ben, place).is_told
    network.plan = in_turn()
    ben.engine.start_afresh()
    ben.settle()
    assert words_held(ben, place) == 0


def test_whoever_the_office_takes_off_sees_no_more_of_it_and_their_work_is_kept(pair: Pair, office: Office) -> None:
    """Invariants 14 and 16: taken off while something was unsent."""
    _, ben, place = pair
    ben.note("Written when nobody had told Ben")
    admin.remove_member(office.settings, "Ben Brown", place, office.clock)
    ben.settle()
    assert shown(ben) == []
    assert state_of(ben, place).why == "office"
    ben.settle()
    assert words_held(ben, place) == 0
    waiting = admin.show(office.settings).waiting
    assert [one.kind for one in waiting if one.code == "not_member"] == ["entry"]
    admin.add_member(office.settings, "Ben Brown", place, "inspector", office.clock)
    for _ in range(3):
        ben.settle()
    assert shown(ben) == ["Ada saw the board", "Ben saw it too", "Written when nobody had told Ben"]


def test_joining_again_brings_everything_again(pair: Pair, office: Office) -> None:
    """Invariant 20: what was wiped comes whole, one's own work too."""
    ada, ben, place = pair
    go(ben, place)
    ben.settle()
    assert words_held(ben, place) == 0
    ada.note("While Ben was away")
    ada.settle()
    ben.settle()
    assert shown(ben) == []
    admin.add_member(office.settings, "Ben Brown", place, "inspector", office.clock)
    for _ in range(3):
        ben.settle()
    assert shown(ben) == ["Ada saw the board", "Ben saw it too", "While Ben was away"]
    assert ben.texts == ada.texts
    assert ben.vault.verify() == []
    assert not left(ben.vault.questions)


def _untagged(ben: Laptop, place: AssessmentId) -> None:
    ben.note("Only on this laptop", tagged=False)


def _draft(ben: Laptop, place: AssessmentId) -> None:
    meeting = ben.meeting()
    now = ben.clock.now()
    draft = Draft(place=f"capture/{meeting.id}", text="Begun and not sav", caret=3, noticed_at=now, kept_at=now)
    ben.vault.perform(lambda uow: keep_draft(uow, draft))


@pytest.mark.parametrize("left_behind", [_untagged, _draft])
def test_what_only_this_laptop_has_is_never_wiped_by_itself(
    pair: Pair, left_behind: Callable[[Laptop, AssessmentId], None]
) -> None:
    """Invariant 14."""
    _, ben, place = pair
    left_behind(ben, place)
    go(ben, place)
    for _ in range(3):
        ben.round()
    owed = ben.call(lambda store: store.team.owed(place))
    assert owed.only_here + owed.drafts == 1
    assert words_held(ben, place) > 0
    assert shown(ben) == []
    if owed.only_here:
        go(ben, place, may_lose=True)
        ben.settle()
        assert words_held(ben, place) == 0


def test_leaving_is_taken_back_until_the_office_knows(pair: Pair) -> None:
    _, ben, place = pair
    go(ben, place)
    ben.vault.perform(lambda uow: stay(uow, place))
    assert shown(ben) == ["Ada saw the board", "Ben saw it too"]
    go(ben, place)
    ben.settle()
    with pytest.raises(Mistake, match=r"team\.told"):
        ben.vault.perform(lambda uow: stay(uow, place))


def test_the_last_lead_stays_and_hears_why(pair: Pair) -> None:
    ada, _, place = pair
    go(ada, place)
    report = ada.round()
    assert report.problem is not None
    assert report.problem.code == "send.last_lead"
    assert shown(ada) == ["Ada saw the board", "Ben saw it too"]


def test_a_laptop_knows_its_role_in_each_team(pair: Pair, office: Office) -> None:
    ada, ben, place = pair
    assert roles(ada.vault.questions)[place].role == "lead"
    admin.add_member(office.settings, "Ben Brown", place, "expert", office.clock)
    ben.settle()
    assert roles(ben.vault.questions)[place].role == "expert"


def test_no_word_of_what_was_wiped_is_left_in_the_vault(pair: Pair) -> None:
    _, ben, place = pair
    go(ben, place)
    ben.settle()
    db = ben.vault._db
    for table in ("entries", "sieve", "tags", "pointers", "records", "unindexed"):
        assert db.rows(f"SELECT 1 FROM {table}") == [], table
    assert db.rows("SELECT 1 FROM entry_words WHERE entry_words MATCH 'board'") == []
    assert not [row for row in db.rows(f"SELECT {COLUMNS} FROM revisions WHERE assessment = ?", (place,)) if row[5]]
