"""An urgent item by a phone's camera and by voice: the same item when it comes again by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from central import urgent as at_office
from fieldkit.app.records import keep
from fieldkit.domain.escalation import FIRST, Danger, Escalation, Priority
from fieldkit.kernel.errors import Refusal
from fieldkit.kernel.ids import RecordId, new_id
from fieldkit.reports.qr import encode
from sync.bundle.urgent import urgent
from tests.central.kit import Office
from tests.handover.conftest import Team
from tests.support.laptop import Laptop

WHAT = "A resident fell this morning and lies in room 4 with nobody near; the call bell is out of reach. " * 3


def test_a_scanned_code_is_the_item_itself_and_comes_once(office: Office, team: Team) -> None:
    """Invariant 4 by the camera of a phone; a mail that broke the line and a second scan do no harm."""
    ann = team("Ann Other")
    record = _escalate(ann)
    made = urgent(ann.call, record)
    assert encode(made.text).rows
    assert len(made.phrase) == 6
    broken = "\n".join(made.text[at : at + 70].lower() for at in range(0, len(made.text), 70))
    (item,) = at_office.take(office.settings, broken, office.clock)
    assert (item.phrase, item.what) == (made.phrase, WHAT)
    assert at_office.take(office.settings, made.text, office.clock) == [item]
    waiting = ann.call(lambda store: store.state()).unreceipted
    assert waiting, "the laptop has no receipt of it yet"
    ann.settle()
    assert len(at_office.check(office.settings, made.phrase, clock=office.clock)) == 1
    assert ann.standing.everything_is_there


def test_what_was_told_by_voice_stands_beside_the_item_once_it_comes(office: Office, team: Team) -> None:
    """The office's own note is linked by the words, and nothing stands there twice."""
    ann = team("Ann Other")
    made = urgent(ann.call, _escalate(ann))
    for _ in range(2):
        assert at_office.check(office.settings, made.phrase, "Fall in room 4", "D. Desk", office.clock) == []
    (call,) = at_office.calls(office.settings, office.clock)
    assert call.item is None
    ann.settle()
    (call,) = at_office.calls(office.settings, office.clock)
    assert call.item is not None
    assert call.item.what == WHAT


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-8], lambda text: "FKURGENT1.", lambda text: "hello", lambda text: ""]
)
def test_what_is_no_code_is_told(office: Office, team: Team, spoil: object) -> None:
    ann = team("Ann Other")
    text = urgent(ann.call, _escalate(ann)).text
    with pytest.raises(Refusal, match=r"urgent\.text"):
        at_office.take(office.settings, spoil(text), office.clock)  # type: ignore[operator]


def _escalate(laptop: Laptop) -> str:
    meeting = laptop.open_meeting()
    now = laptop.clock.now()
    value = Escalation(
        id=RecordId(new_id()), assessment=meeting.assessment, visit=meeting.visit, about=None, what=WHAT,
        danger=Danger.YES, priority=Priority.P1, opened_at=now, due_at=now + timedelta(minutes=15), place="Room 4",
    )  # fmt: skip
    laptop.vault.perform(lambda uow: keep(uow, value, priority=FIRST))
    return value.id
