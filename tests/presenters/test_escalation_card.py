"""What is typed on the card while it saves, closes or hears of other numbers: nothing of it is lost or set back."""

from __future__ import annotations

from dataclasses import replace

from fieldkit.app.escalation_rows import EscalationRow, escalations
from fieldkit.domain.escalation import Danger, Priority
from tests.presenters.room import Room
from tests.presenters.slow_lane import behind
from ui.presenters.escalation.card import PLACE, EscalationCard
from ui.presenters.escalation.source import from_activity

WHAT = "No medical cover on Ward 4"


def _rows(room: Room) -> list[EscalationRow]:
    return room.session.workspace.ask(escalations).result()


def test_what_is_written_on_while_the_risk_is_saved_stands_on_the_card_until_it_is_saved_too(room: Room) -> None:
    session, lane = behind(room)
    card = EscalationCard(session)
    card.open(from_activity(room.activity))
    lane.go()
    card.put("danger", "no")
    card.put("what", WHAT)
    card.save()
    card.put("what", f"{WHAT} tonight, and Ward 5")
    card.put("danger", "yes")
    room.later.pass_seconds(1.0)  # the draft is written behind the saving
    lane.go()
    (row,) = _rows(room)
    assert (row.value.what, row.value.danger) == (WHAT, Danger.NO)
    assert card.state.is_changed, "it is not in the record yet"
    assert card.state.values["what"] == f"{WHAT} tonight, and Ward 5"
    card.close()  # the vault is locked at this moment
    lane.go()
    later = EscalationCard(room.session)
    later.open(from_activity(room.activity))
    assert later.state.saved == row.value.id, "it is known to be saved, so that it is not recorded twice"
    assert later.state.is_changed
    assert later.state.values["what"] == f"{WHAT} tonight, and Ward 5"
    later.save()
    (row,) = _rows(room)
    assert (row.value.what, row.value.danger) == (f"{WHAT} tonight, and Ward 5", Danger.YES)
    assert row.value.priority is Priority.P1
    assert not later.state.is_changed
    assert room.vault.questions.draft(PLACE) is None


def test_a_contact_that_is_typed_while_the_risk_is_saved_is_still_there(room: Room) -> None:
    session, lane = behind(room)
    card = EscalationCard(session)
    card.open(from_activity(room.activity))
    lane.go()
    card.put("danger", "no")
    card.put("what", WHAT)
    card.add_contact()
    card.put("told", "Site lead")
    card.put("said", "will come")
    card.save()
    card.put("said", "will come at once")
    card.put("answer_due", "11:30")
    lane.go()
    (row,) = _rows(room)
    assert [one.value.said for one in row.contacts] == ["will come"]
    state = card.state
    assert state.is_contact_open
    assert (state.values["told"], state.values["said"], state.values["answer_due"]) == (
        "", "will come at once", "11:30",
    )  # fmt: skip


def test_a_card_that_was_begun_anew_while_the_last_one_was_saved_is_not_taken_for_it(room: Room) -> None:
    session, lane = behind(room)
    card = EscalationCard(session)
    card.open(from_activity(room.activity))
    lane.go()
    card.put("danger", "no")
    card.put("what", WHAT)
    card.save()
    card.start_again()
    card.put("what", "Another risk")
    lane.go()
    assert card.state.saved is None
    assert card.state.values["what"] == "Another risk"
    assert not card.state.is_saving
    card.put("danger", "yes")
    card.save()
    lane.go()
    assert {row.value.what for row in _rows(room)} == {WHAT, "Another risk"}


def test_other_numbers_and_closing_set_nothing_back_that_was_filled_in(room: Room) -> None:
    card = EscalationCard(room.session)
    card.open(replace(from_activity(room.activity), place="Board room", organisation="Coast trust"))
    card.put("what", WHAT)
    card.numbers_changed()
    assert (card.state.values["place"], card.state.values["organisation"]) == ("Board room", "Coast trust")
    card.dismiss()
    card.open(from_activity(room.activity))
    assert (card.state.values["place"], card.state.values["what"]) == ("Board room", WHAT)
    assert card.state.source.words == f"From {room.activity.title}"
