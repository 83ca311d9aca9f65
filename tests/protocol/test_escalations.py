"""An escalation leaves before everything else, is shown as delivered only by a receipt, and comes back as seen."""

from __future__ import annotations

import pytest

from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalation_rows import escalation, escalations
from fieldkit.app.escalations import NewContact, NewEscalation, add_contact, close_escalation, escalate, mark_seen
from fieldkit.app.rows import SendStatus
from fieldkit.domain.assessment import Activity
from fieldkit.domain.escalation import Danger, Escalation
from fieldkit.kernel.ids import RecordId
from sync.wire.frames import FrameReader, Kind, read_frames
from tests.protocol.conftest import Team
from tests.support.fault_proxy import FaultProxy
from tests.support.laptop import Laptop
from ui.presenters.escalation.needs import contact_words, news_words

ONE_STORE = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)


def _escalate(laptop: Laptop, meeting: Activity) -> Escalation:
    new = NewEscalation(
        assessment=meeting.assessment, visit=meeting.visit, about=RecordId(meeting.id), danger=Danger.YES,
        what="No cover on Ward 4 tonight",
    )  # fmt: skip
    return laptop.vault.perform(lambda uow: escalate(uow, new, shipped()))[0]


def _tell(laptop: Laptop, one: Escalation, told: str) -> None:
    said = NewContact(told=told, said="will ring back")
    laptop.vault.perform(lambda uow: add_contact(uow, one.id, said))


@ONE_STORE
def test_the_first_frame_of_the_push_is_the_escalation_though_thousands_of_notes_wait(
    team: Team, network: FaultProxy
) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    ada.note_many(3000)
    one = _escalate(ada, meeting)
    network.exchanges.clear()
    ada.round()
    push = next(exchange for exchange in network.exchanges if exchange.path == "/v1/push")
    kind, payload = next(iter(read_frames([push.request_body])))
    revision, _ = FrameReader().revision(payload)
    assert kind is Kind.REVISION
    assert b'"kind":"escalation"' in revision.envelope
    assert one.id.encode() in revision.envelope
    ada.settle()
    assert escalation(ada.vault.questions, one.id).delivered_at is not None


def test_delivered_and_seen_are_shown_back_and_both_contact_lists_are_kept(team: Team) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    one = _escalate(ada, meeting)
    assert escalation(ada.vault.questions, one.id).delivered_at is None
    ada.settle()
    assert escalation(ada.vault.questions, one.id).row.status is SendStatus.CONFIRMED
    bob.settle()
    (there,) = escalations(bob.vault.questions)
    assert news_words([there]) == "1 escalation from your team, not seen by you yet"
    assert contact_words([there], bob.clock.now()) == "1 escalation has no contact recorded"
    assert (there.is_news, there.needs_somebody(bob.clock.now()), there.delivered_at) == (True, True, None)
    for laptop, told in ((ada, "Ward manager"), (bob, "Duty desk")):
        _tell(laptop, one, told)
    assert bob.vault.perform(lambda uow: mark_seen(uow, one.id))[0] is not None
    assert bob.vault.perform(lambda uow: mark_seen(uow, one.id))[0] is None
    for laptop in (bob, ada, bob):
        laptop.settle()
    for laptop in (ada, bob):
        row = escalation(laptop.vault.questions, one.id)
        assert {two.value.told for two in row.contacts} == {"Ward manager", "Duty desk"}
        assert [(two.author_name, two.value.revision) for two in row.seen] == [("Bob Brown", row.row.revision)]
        assert laptop.vault.verify() == []
    ada.vault.perform(lambda uow: close_escalation(uow, one.id, "Cover found"))
    ada.settle()
    bob.settle()
    assert escalation(bob.vault.questions, one.id).value.outcome == "Cover found"
