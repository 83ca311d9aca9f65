"""Escalations without a screen: what the card keeps, what the page says, what Home asks, and what is never claimed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalation_rows import EscalationRow, escalations
from fieldkit.app.escalations import NewEscalation, escalate
from fieldkit.domain.consent import Agreed
from fieldkit.domain.escalation import Danger, Escalation
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.quality_risk import Level
from fieldkit.kernel.ids import RecordId
from tests.presenters.room import Room, type_line
from ui.presenters.escalation import words
from ui.presenters.escalation.card import PLACE, EscalationCard
from ui.presenters.escalation.card_state import CardState, draft_text, read_draft
from ui.presenters.escalation.form_parts import read_numbers
from ui.presenters.escalation.page import EscalationsPage, way
from ui.presenters.escalation.source import RiskSource, from_activity, from_note
from ui.presenters.home import Home, Need
from ui.presenters.services import Connection, OfficeState

WHAT = "No medical cover on Ward 4 tonight"


def _card(room: Room) -> EscalationCard:
    card = EscalationCard(room.session)
    card.open(from_activity(room.activity))
    return card


def _recorded(room: Room, danger: Danger = Danger.NO) -> Escalation:
    new = NewEscalation(
        assessment=room.activity.assessment, visit=room.activity.visit, about=RecordId(room.activity.id),
        danger=danger, what=WHAT,
    )  # fmt: skip
    return room.session.workspace.perform(lambda uow: escalate(uow, new, shipped())).result()[0]


def _page(room: Room) -> EscalationsPage:
    facts = room.session.workspace.ask(lambda q: way().read(room.session, q, room.activity.assessment)).result()
    return EscalationsPage(room.session, facts)


def _rows(room: Room) -> list[EscalationRow]:
    return room.session.workspace.ask(escalations).result()


def test_what_a_consent_holds_back_is_not_taken_into_an_escalation_unasked(room: Room) -> None:
    log = room.open_log()
    type_line(log, WHAT)
    log.save()
    (row,) = room.rows()
    assert from_note(row, room.activity).what == WHAT
    held = from_note(replace(row, barred=Agreed.WITHDRAWN), room.activity)
    assert (held.what, str(held.about)) == ("", str(row.entry.id))


def test_the_card_is_filled_from_what_is_up_and_says_by_when_somebody_is_to_be_told(room: Room) -> None:
    card = EscalationCard(room.session)
    card.open(replace(from_activity(room.activity), place="Board room", what="A note's words"))
    assert (card.state.values["what"], card.state.values["place"]) == ("A note's words", "Board room")
    assert card.state.source.words == f"From {room.activity.title}"
    card.put("danger", "unknown")
    assert card.state.due.startswith("Priority P1. Tell somebody by ")
    assert words.UNCONFIRMED in card.state.due
    card.put("danger", "no")
    assert card.state.due.startswith("Priority P2. ")


def test_yes_is_said_at_once_with_the_numbers(room: Room) -> None:
    card = _card(room)
    card.put("danger", "yes")
    assert room.said[-1].startswith("! Call 999 first. Then tell: CQC customer service centre")
    card.put("what", "x")
    assert len([one for one in room.said if one.startswith("! Call")]) == 1


def test_what_is_typed_is_on_disk_within_a_second_and_in_nothing_else(room: Room) -> None:
    card = _card(room)
    card.put("what", "Half a ri")
    room.later.pass_seconds(1)
    draft = room.session.workspace.ask(lambda q: q.draft(PLACE)).result()
    assert draft is not None
    kept = read_draft(draft.text)
    assert kept is not None
    assert (kept.values["what"], str(kept.source.about)) == ("Half a ri", room.activity.id)
    assert _rows(room) == []
    home = Home(room.session)
    home.load()
    assert Need.ESCALATION_DRAFT in [one.need for one in home.state.needs]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"source": 1}', '{"values": {}}', "no json", '{"source": {}}'])
def test_a_draft_that_cannot_be_read_is_no_draft(text: str) -> None:
    assert read_draft(text) is None


def test_what_was_only_filled_in_is_no_draft(room: Room) -> None:
    card = EscalationCard(room.session)
    card.open(replace(from_activity(room.activity), what="A note's words"))
    card.add_contact()
    card.dismiss()
    room.later.pass_seconds(1)
    assert draft_text(card.state) == ""
    card.open(from_activity(room.activity))
    assert card.state.values["what"] == ""


def test_a_contact_that_lacks_its_words_is_told_and_the_risk_is_kept_on_the_screen(room: Room) -> None:
    card = _card(room)
    card.put("danger", "no")
    card.put("what", WHAT)
    card.add_contact()
    card.put("told", "Site lead")
    card.save()
    assert [one.text for one in card.state.errors] == ["Enter what they said they would do"]
    assert _rows(room) == []
    card.put("said", "will come")
    card.put("at", "half ten")
    card.save()
    assert [one.text for one in card.state.errors] == ["Time must be like 10:34"]
    card.put("at", "")
    card.save()
    (row,) = _rows(room)
    assert (row.value.what, len(row.contacts)) == (WHAT, 1)
    assert room.said[-1].endswith("Contact recorded 10:30") or "Contact recorded" in room.said[-1]


def test_without_any_assessment_nothing_is_lost_and_it_is_said_what_to_do(room: Room) -> None:
    card = EscalationCard(room.session)
    card.open(RiskSource())
    card.put("danger", "no")
    card.put("what", WHAT)
    assert card.state.source.assessment == room.activity.assessment  # the only one there is
    card._show(replace(card.state, source=RiskSource()))
    card.save()
    assert card.state.fault == "Create a visit first. An escalation belongs to an assessment"
    assert card.state.values["what"] == WHAT


def test_over_a_hidden_screen_nobodys_words_are_filled_in(room: Room) -> None:
    card = EscalationCard(room.session)
    card.open(replace(from_activity(room.activity), what="A secret", place="Ward 9"), is_covered=True)
    assert str(card.state.source.about) == room.activity.id
    assert not [text for text in (*card.state.values.values(), card.state.source.words) if text]


def test_home_asks_first_of_all_and_stops_once_somebody_was_told(room: Room) -> None:
    home = Home(room.session)
    home.load()
    one = _recorded(room)
    assert (home.state.needs[0].need, home.state.needs[0].text) == (
        Need.ESCALATIONS, "1 escalation has no contact recorded"
    )  # fmt: skip
    page = _page(room)
    page.open(one.id)
    page.add_contact()
    panel = page.state.panel
    assert panel is not None
    panel.form.put("told", "Site lead")
    panel.form.put("said", "will come")
    panel.form.submit()
    assert page.state.panel is None
    assert Need.ESCALATIONS not in [need.need for need in home.state.needs]


def test_an_escalation_that_could_not_be_sent_says_to_phone(room: Room) -> None:
    _recorded(room)
    room.office.become(OfficeState(connection=Connection.TROUBLE, office="Office"))
    home = Home(room.session)
    home.load()
    assert (home.state.needs[0].need, home.state.needs[0].text) == (Need.PHONE_LEAD, words.NOT_DELIVERED)


def test_the_page_shows_lateness_by_its_clock_and_status_by_receipts_only(room: Room) -> None:
    page, one = _page(room), _recorded(room, Danger.YES)
    today = room.clock.now().astimezone().date()
    (row,) = page.state.rows
    assert words.status(row, today) == "Recorded, no contact yet"
    assert words.delivered(row, today, is_alone=True) == "Working on this laptop only"
    assert words.delivered(row, today, is_alone=False) == "Waiting to send"
    assert words.due(one, row, room.clock.now()).startswith("Tell somebody by ")
    before = page.state.minute
    room.later.pass_seconds(3700)
    assert page.state.minute != before
    assert words.due(one, row, room.clock.now()).startswith("Late: somebody should have been told by ")


def test_closing_is_undone_and_done_again_by_the_usual_keys(room: Room) -> None:
    page, one = _page(room), _recorded(room)
    page.choose(one.id)
    page.close_it()
    assert page.state.panel is not None
    page.state.panel.form.submit()
    assert [error.text for error in page.state.panel.form.state.errors] == [
        "Enter the outcome. An escalation cannot be closed without one"
    ]
    page.state.panel.form.put("outcome", "Cover found")
    page.state.panel.form.submit()
    assert page.state.notice.startswith("Closed ")
    assert page.state.rows[0].value.is_closed
    assert room.session.undo.undo()
    assert not page.state.rows[0].value.is_closed
    assert room.session.undo.redo()
    assert page.state.rows[0].value.outcome == "Cover found"


def test_the_criteria_are_asked_and_hold_a_closing_back(room: Room) -> None:
    page, one = _page(room), _recorded(room)
    page.choose(one.id)
    page.decide()
    assert page.state.panel is not None
    form = page.state.panel.form
    form.put("criteria", "first_to_hear\ndoubt_they_can")
    form.put("priority", "p1")
    form.submit()
    value = page.state.rows[0].value
    assert sorted(name.value for name, said in value.criteria.items() if said) == ["doubt_they_can", "first_to_hear"]
    assert len(value.criteria) == 5
    page.close_it()
    assert page.state.panel is not None
    page.state.panel.form.put("outcome", "Done")
    page.state.panel.form.submit()
    assert "referred to safeguarding yourself" in page.state.panel.form.state.fault


def test_a_quality_risk_is_set_from_an_escalation_and_refused_without_its_authoriser(room: Room) -> None:
    page, one = _page(room), _recorded(room)
    page.choose(one.id)
    page.set_risk()
    assert page.state.panel is not None
    form = page.state.panel.form
    assert form.state.values["concern"] == WHAT
    entered = {"level": "intensive", "authority": "icb", "reasons": "Third time", "review_on": "30 feb 2027"}
    for name, text in entered.items():
        form.put(name, text)
    form.submit()
    assert [(error.field, error.text) for error in form.state.errors] == [("review_on", "Date must be a real date")]
    form.put("review_on", "26 November 2026")
    form.submit()
    assert form.state.errors[0].field == "authority"
    form.put("authority", "nhs_england")
    form.submit()
    (risk,) = page.state.risks
    assert (risk.value.level, risk.value.about) == (Level.INTENSIVE, one.id)


def test_numbers_are_typed_one_a_line(room: Room) -> None:
    assert read_numbers("Site lead: 01632 960001\n\nMy lead\nDuty desk: day: 0300 123") == (
        PhoneNumber(title="Site lead", number="01632 960001"), PhoneNumber(title="My lead"),
        PhoneNumber(title="Duty desk: day", number="0300 123"),
    )  # fmt: skip
    page = _page(room)
    page.change_numbers()
    assert page.state.panel is not None
    page.state.panel.form.put("numbers", "Site lead: 01632 960001")
    page.state.panel.form.submit()
    assert _card(room).state.numbers == (PhoneNumber(title="Site lead", number="01632 960001"),)


def test_no_word_of_a_state_that_was_not_confirmed_claims_that_it_was(room: Room) -> None:
    card = _card(room)
    card.put("danger", "yes")
    card.put("what", WHAT)
    card.save()
    said = " ".join(str(value) for value in (card.state.saved_words, card.state.due, *room.said)).casefold().split()
    assert not {"sent", "notified", "alerted"} & {word.strip(".,:") for word in said}


def test_a_marked_note_offers_one_press_after_enter(room: Room) -> None:
    log = room.open_log()
    type_line(log, "!! Patients wait on the floor")
    assert not log.state.remarks
    log.save()
    remark = log.state.remarks[0]
    assert remark.text == "Marked as a possible risk. No one has been told by this app"
    assert remark.button == "Escalate"


def test_an_empty_card_holds_nothing() -> None:
    assert draft_text(CardState()) == ""
