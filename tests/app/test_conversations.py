"""Drop-ins: a conversation and its note are one step, both or neither, and nobody is named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fieldkit.app.assessments import plan_activity
from fieldkit.app.conversations import NewConversation, bring_back, read_drop_in, record_conversation, take_back
from fieldkit.app.entries import NewEntry
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.conversation import Conversation
from fieldkit.domain.framework import SpeakerKind
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, do, tag


def a_drop_in(vault: OpenVault) -> Activity:
    """A drop-in that is planned."""
    board = a_meeting(vault)
    visit = vault.questions.visit(board.visit)
    return do(vault, lambda uow: plan_activity(uow, visit, ActivityKind.DROP_IN, "Staff restaurant"))


def test_a_conversation_keeps_its_minutes_and_points_from_its_note(vault: OpenVault, clock: FixedClock) -> None:
    where, began = a_drop_in(vault), clock.now()
    clock.advance(61)
    note = NewEntry(text="Nobody answers the bell", evidence=(tag(),))
    new = NewConversation(began=began, people=3, band=SpeakerKind.STAFF)
    made, entry = do(vault, lambda uow: record_conversation(uow, where, new, note))
    assert entry is not None
    assert (made.people, made.minutes, made.at, entry.about, entry.noticed_at) == (3, 2, began, made.id, began)
    found = read_drop_in(vault.questions, where.id)
    assert (found.counted, found.notes[made.id].entry.text) == ((made,), "Nobody answers the bell")
    assert Conversation.from_content(made.id, made.to_content()) == made


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ({"people": 0}, "people"),
        ({"people": 100}, "people"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 601}, "minutes"),
    ],
)
def test_numbers_that_cannot_be_keep_everything_out(
    vault: OpenVault, clock: FixedClock, new: dict[str, int], problem: str
) -> None:
    where = a_drop_in(vault)
    with pytest.raises(Mistake, match=rf"dropin\.{problem}"):
        do(vault, lambda uow: record_conversation(uow, where, NewConversation(began=clock.now(), **new)))  # type: ignore[arg-type]
    assert read_drop_in(vault.questions, where.id).conversations == ()


def test_a_page_left_open_overnight_asks_for_the_minutes(vault: OpenVault, clock: FixedClock) -> None:
    where, began = a_drop_in(vault), clock.now()
    clock.advance(timedelta(hours=14).total_seconds())
    with pytest.raises(Mistake, match=r"dropin\.minutes"):
        do(vault, lambda uow: record_conversation(uow, where, NewConversation(began=began)))


def test_a_note_that_is_not_accepted_leaves_no_conversation(vault: OpenVault, clock: FixedClock) -> None:
    where, new = a_drop_in(vault), NewConversation(began=clock.now())
    for note, problem in ((NewEntry(text=" "), "entry.empty"), (NewEntry(text="x", speaker="dn"), "dropin.speaker")):
        with pytest.raises(Mistake, match=problem):
            do(vault, lambda uow, note=note: record_conversation(uow, where, new, note))  # type: ignore[misc]
    assert read_drop_in(vault.questions, where.id).conversations == ()


def test_what_was_recorded_by_mistake_counts_nowhere_until_it_is_back(vault: OpenVault, clock: FixedClock) -> None:
    where = a_drop_in(vault)
    new, note = NewConversation(began=clock.now()), NewEntry(text="x", evidence=(tag(),))
    made, entry = do(vault, lambda uow: record_conversation(uow, where, new, note))
    assert entry is not None
    do(vault, lambda uow: take_back(uow, made))
    found = read_drop_in(vault.questions, where.id)
    assert (found.counted, len(found.conversations)) == ((), 1)
    assert vault.questions.entry(entry.id).withdrawal is not None
    do(vault, lambda uow: bring_back(uow, found.conversations[0]))
    assert len(read_drop_in(vault.questions, where.id).counted) == 1
    assert vault.questions.entries(EntryFilter(activity=where.id))[0].withdrawal is None


@pytest.mark.parametrize(
    "wrong", [{"people": "3"}, {"minutes": -1}, {"at": "noon"}, {"band": "king"}, {"is_taken_back": 1}]
)
def test_what_is_no_conversation_is_refused(vault: OpenVault, clock: FixedClock, wrong: dict[str, object]) -> None:
    where = a_drop_in(vault)
    made, _ = do(vault, lambda uow: record_conversation(uow, where, NewConversation(began=clock.now())))
    with pytest.raises((KeyError, TypeError, ValueError)):
        Conversation.from_content(made.id, {**made.to_content(), **wrong})
