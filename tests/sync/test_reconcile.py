"""What a round does after hello: a table of cases, and never more than three turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.ports import Enrolment, Identity, Outgoing, SyncState
from fieldkit.domain.receipt import Certificate, Cursor, Witness
from fieldkit.domain.revision import ChainHead
from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId
from fieldkit.kernel.signing import SigningKey
from sync.reconcile import MOST_TURNS, Heard, Offer, lost_receipt, plan_round
from tests.support.chains import ChainBuilder, plain_id

DEVICE = DeviceId(plain_id(1))
WITNESS = Witness(epoch="e1", seq=9, chain="aa" * 32)
STATE = SyncState(
    identity=Identity(
        author=AuthorId(plain_id(2)), name="Ada", initials="AD", device=DEVICE, key=SigningKey(b"d" * 32)
    ),
    enrolment=Enrolment(
        office="Office", url="https://store.example.org", user="ada", store_key=bytes(32), recovery_key=None,
        enrolled_at=datetime(2026, 11, 12, tzinfo=UTC),
    ),
    epoch="e1", witnesses=(WITNESS,), cursors=(Cursor(assessment=AssessmentId(plain_id(5)), epoch="e1", seq=3),),
    head=ChainHead(device=DEVICE, seq=5, hash="cc" * 32), unreceipted=0, reoffer=False,
)  # fmt: skip
HEARD = Heard(
    epoch="e1", is_fork=False, is_revoked=False, news=frozenset(), witness=WITNESS,
    certificate=Certificate(
        store="ff" * 32, epoch="e1", device=DEVICE, high=5, hash="cc" * 32, contents=2,
        issued_at="2026-11-12T10:00:00.000Z",
    ),
)  # fmt: skip
NEWS = frozenset({plain_id(5)})


def heard(**changes: Any) -> Heard:
    certificate = {key: changes.pop(key) for key in ("high", "hash") if key in changes}
    return replace(HEARD, certificate=replace(HEARD.certificate, **certificate), **changes)


def state(**changes: Any) -> SyncState:
    return replace(STATE, **changes)


FIRST = state(epoch=None, witnesses=(), cursors=(), unreceipted=5)
NOTHING_THERE = heard(high=0, hash="")

CASES = [
    ("nothing to do", STATE, HEARD, {}),
    ("news", STATE, heard(news=NEWS), {"pull": True}),
    ("something to send", state(unreceipted=2), heard(high=3), {"offer": Offer.UNRECEIPTED}),
    ("both", state(unreceipted=2), heard(high=3, news=NEWS), {"offer": Offer.UNRECEIPTED, "pull": True}),
    ("first contact", FIRST, NOTHING_THERE,
     {"meet_epoch": True, "first_contact": True, "offer": Offer.UNRECEIPTED}),
    ("first contact with a team", FIRST, heard(high=0, hash="", news=NEWS),
     {"meet_epoch": True, "first_contact": True, "offer": Offer.UNRECEIPTED, "pull": True}),
    ("first contact with nothing", replace(FIRST, unreceipted=0, head=ChainHead(device=DEVICE)), NOTHING_THERE,
     {"meet_epoch": True, "first_contact": True}),
    ("store restored", STATE, heard(epoch="e2", high=3),
     {"meet_epoch": True, "offer": Offer.HELD, "again": True}),
    ("store restored, offer broken off", state(reoffer=True), heard(news=NEWS),
     {"offer": Offer.HELD, "again": True}),
    ("store lacks what it confirmed", STATE, heard(high=3), {"offer": Offer.HELD}),
    ("other end of our chain", STATE, heard(hash="dd" * 32), {"offer": Offer.HELD}),
    ("fork", state(unreceipted=2), heard(is_fork=True, high=4),
     {"succeed": True, "offer": Offer.UNRECEIPTED, "again": True}),
    ("fork with news", state(unreceipted=2), heard(is_fork=True, high=4, news=NEWS),
     {"succeed": True, "offer": Offer.UNRECEIPTED, "again": True}),
    ("fork and nothing to send", STATE, heard(is_fork=True, news=NEWS), {"succeed": True, "again": True}),
    ("restored laptop", STATE, heard(high=8, hash="dd" * 32), {"succeed": True, "again": True}),
    ("restored laptop and store", STATE, heard(epoch="e2", high=8),
     {"meet_epoch": True, "succeed": True, "again": True}),
    ("revoked", state(unreceipted=2), heard(is_revoked=True, high=3, news=NEWS), {"offer": Offer.UNRECEIPTED}),
    ("revoked and forked", STATE, heard(is_revoked=True, is_fork=True, high=9), {}),
    ("revoked after a restore", STATE, heard(is_revoked=True, epoch="e2", high=1),
     {"meet_epoch": True, "offer": Offer.UNRECEIPTED}),
]  # fmt: skip
NONE = {
    "meet_epoch": False, "first_contact": False, "succeed": False, "offer": Offer.NOTHING, "pull": False, "again": False
}  # fmt: skip


@pytest.mark.parametrize(("before", "reply", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_round_is_decided_by_what_is_held_and_what_is_proved(
    before: SyncState, reply: Heard, expected: dict[str, Any]
) -> None:
    plan = plan_round(before, reply)
    assert {name: getattr(plan, name) for name in NONE} == {**NONE, **expected}


def test_a_disagreement_that_was_looked_into_is_not_looked_into_again() -> None:
    assert plan_round(STATE, heard(high=3), repaired=True).offer is Offer.NOTHING


def test_a_restore_is_looked_into_whatever_was_looked_into_before() -> None:
    assert plan_round(STATE, heard(epoch="e2"), repaired=True).offer is Offer.HELD


@given(
    st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.integers(0, 9), st.integers(0, 1),
    st.sampled_from([None, "e1", "e2"]), st.booleans(),
)  # fmt: skip
def test_no_round_takes_more_than_three_turns_and_nothing_is_forgotten(
    fork: bool, revoked: bool, news: bool, reoffer: bool, high: int, unreceipted: int, epoch: str | None, repaired: bool
) -> None:
    before = state(epoch=epoch, unreceipted=unreceipted, reoffer=reoffer)
    reply = heard(is_fork=fork, is_revoked=revoked, news=NEWS if news else frozenset(), high=high)
    plan = plan_round(before, reply, repaired=repaired)
    turns = 1 + plan.succeed + {Offer.NOTHING: 0, Offer.UNRECEIPTED: 1, Offer.HELD: 2}[plan.offer] + plan.pull
    assert turns <= MOST_TURNS
    if revoked:
        assert not plan.pull
        assert not plan.succeed
        assert plan.offer is not Offer.HELD
    if unreceipted:
        assert plan.offer is not Offer.NOTHING or plan.again
    if news and not revoked:
        assert plan.pull or plan.again


def test_a_lost_receipt_is_told_from_a_content_that_is_owed_and_from_another_device_s_work() -> None:
    mine, other = ChainBuilder(1), ChainBuilder(2)
    first, second, third = mine.write_many(3)
    certificate = heard(high=2).certificate
    assert lost_receipt(Outgoing(n=1, revision=first), DEVICE, certificate)
    assert lost_receipt(Outgoing(n=2, revision=second), DEVICE, certificate)
    assert not lost_receipt(Outgoing(n=3, revision=third), DEVICE, certificate)
    assert not lost_receipt(Outgoing(n=1, revision=first, disclosure=True), DEVICE, certificate)
    assert not lost_receipt(Outgoing(n=4, revision=other.write()), DEVICE, certificate)
