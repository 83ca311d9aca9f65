"""A risk is recorded, people are told, somebody sees it, and it closes with an outcome and not without."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from fieldkit.app.escalation_policy import NUMBERS, keep_numbers, policy_here, policy_of, shipped
from fieldkit.app.escalation_rows import EscalationRow, Stage, escalation, escalations
from fieldkit.app.escalations import (
    Decisions,
    NewContact,
    NewEscalation,
    add_contact,
    close_escalation,
    decide,
    escalate,
    mark_seen,
    reopen_escalation,
)
from fieldkit.app.quality_risks import NewReview, NewRisk, add_review, change_review, change_risk, risk, set_risk
from fieldkit.domain.assessment import Activity
from fieldkit.domain.escalation import Criterion, Danger, Escalation, How, Priority, Referral
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.domain.quality_risk import Authority, Level, ReviewKind
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId
from storage.vault import OpenVault
from tests.support.vaults import do

WHAT = "No out of hours medical cover on Ward 4 tonight"


def _new(board: Activity, **changes: object) -> NewEscalation:
    given = {"danger": Danger.NO, "what": WHAT, "place": "Ward 4", "who": "about 22 patients", **changes}
    return NewEscalation(assessment=board.assessment, visit=board.visit, about=RecordId(board.id), **given)  # type: ignore[arg-type]


def _made(vault: OpenVault, board: Activity, **changes: object) -> Escalation:
    return do(vault, lambda uow: escalate(uow, _new(board, **changes), shipped()))


def _code(vault: OpenVault, action: object) -> tuple[str, object]:
    with pytest.raises(Mistake) as caught:
        vault.perform(action)  # type: ignore[arg-type]
    return caught.value.code, caught.value.details.get("field")


def _row(vault: OpenVault, one: Escalation) -> EscalationRow:
    return escalation(vault.questions, one.id)


def test_a_risk_is_kept_with_its_clock_and_leaves_first(vault: OpenVault, board: Activity, clock: FixedClock) -> None:
    one = _made(vault, board)
    row = _row(vault, one)
    assert (row.stage, row.value.priority, row.value.due_at - row.value.opened_at) == (
        Stage.NO_CONTACT, Priority.P2, timedelta(days=1)
    )  # fmt: skip
    assert row.value.opened_at == clock.now()
    first = vault.sync_store.outgoing(0, 1)[0].revision
    assert (first.envelope.kind, first.envelope.priority) == (Escalation.KIND, 0)
    assert escalations(vault.questions, visit=board.visit) == [row]
    assert vault.questions.find_records("ward cover")[0].record == one.id
    assert vault.verify() == []


def test_not_knowing_counts_as_danger(vault: OpenVault, board: Activity) -> None:
    assert _made(vault, board, danger=Danger.UNKNOWN).priority is Priority.P1
    assert _made(vault, board, danger=Danger.YES).priority is Priority.P1


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"danger": None}, "escalation.no_danger", "danger"), ({"what": " \n"}, "escalation.no_what", "what"),
        ({"who": "x" * 1_000_000}, "escalation.too_long", "what"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(
    vault: OpenVault, board: Activity, change: dict[str, object], code: str, field: str
) -> None:
    assert _code(vault, lambda uow: escalate(uow, _new(board, **change), shipped())) == (code, field)
    assert escalations(vault.questions) == []


def test_any_text_is_kept_as_it_is(vault: OpenVault, board: Activity) -> None:
    odd = "خطر على الجناح 🚑 " + "w" * 10_000
    assert _row(vault, _made(vault, board, what=odd)).value.what == odd
    assert _row(vault, _made(vault, board, what="half \ud83d a pair")).value.what == "half � a pair"


def test_a_contact_says_who_when_how_and_what_they_will_do(
    vault: OpenVault, board: Activity, clock: FixedClock
) -> None:
    one = _made(vault, board)
    said = NewContact(told="Ward manager", said="will call the consultant", how=How.PHONE, at="09:20",
                      answer_due="08:00")  # fmt: skip
    made = do(vault, lambda uow: add_contact(uow, one.id, said))
    at = clock.now().astimezone().replace(hour=9, minute=20)
    assert (made.at, made.by, made.answer_due_at) == (at, "A. Lead", at.replace(hour=8, minute=0) + timedelta(days=1))
    row = _row(vault, one)
    assert (row.stage, row.needs_somebody(clock.now())) == (Stage.CONTACTED, False)
    clock.advance(24 * 3600)
    assert row.needs_somebody(clock.now())  # the answer that was promised has not come


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        (NewContact(said="yes"), "escalation.no_told", "told"),
        (NewContact(told="Site lead"), "escalation.no_said", "said"),
        (NewContact(told="Site lead", said="yes", at="half ten"), "escalation.time", "at"),
        (NewContact(told="Site lead", said="yes", at="23:59"), "escalation.time_ahead", "at"),
        (NewContact(told="Site lead", said="yes", answer_due="25:00"), "escalation.answer_time", "answer_due"),
    ],
)
def test_a_contact_that_lacks_something_is_not_kept(
    vault: OpenVault, board: Activity, said: NewContact, code: str, field: str
) -> None:
    one = _made(vault, board)
    assert _code(vault, lambda uow: add_contact(uow, one.id, said)) == (code, field)
    assert _row(vault, one).contacts == ()


def test_it_closes_with_an_outcome_only_and_with_a_word_about_the_referral(vault: OpenVault, board: Activity) -> None:
    one = _made(vault, board)
    applies = Decisions(criteria={Criterion.FIRST_TO_HEAR: True, Criterion.DOUBT_THEY_CAN: False})
    do(vault, lambda uow: decide(uow, one.id, applies, shipped()))
    assert _code(vault, lambda uow: close_escalation(uow, one.id, " ")) == ("escalation.no_outcome", "outcome")
    assert _code(vault, lambda uow: close_escalation(uow, one.id, "Done")) == ("escalation.no_referral", "referral")
    made = Decisions(referral=Referral.MADE, referral_reference="SG-1")
    do(vault, lambda uow: decide(uow, one.id, made, shipped()))
    do(vault, lambda uow: close_escalation(uow, one.id, "Cover found from 20:00"))
    row = _row(vault, one)
    assert (row.stage, row.value.outcome, row.value.closed_by) == (Stage.CLOSED, "Cover found from 20:00", "A. Lead")
    assert _code(vault, lambda uow: decide(uow, one.id, made, shipped())) == ("escalation.closed", "what")
    do(vault, lambda uow: reopen_escalation(uow, one.id))
    assert _row(vault, one).stage is Stage.NO_CONTACT
    assert [back.value.outcome for back in vault.questions.history(one.id)][-2:] == ["Cover found from 20:00", ""]


def test_another_priority_sets_the_clock_from_when_it_was_opened(
    vault: OpenVault, board: Activity, clock: FixedClock
) -> None:
    one = _made(vault, board)
    clock.advance(600)
    after = do(vault, lambda uow: decide(uow, one.id, Decisions(priority=Priority.P1), shipped()))
    assert after.due_at - one.opened_at == timedelta(minutes=60)
    assert not _row(vault, one).is_late(one.opened_at + timedelta(minutes=60))
    assert _row(vault, one).is_late(one.opened_at + timedelta(minutes=61))


def test_ones_own_escalation_is_never_marked_as_seen(vault: OpenVault, board: Activity) -> None:
    one = _made(vault, board)
    assert do(vault, lambda uow: mark_seen(uow, one.id)) is None
    assert _row(vault, one).seen == ()


def test_numbers_are_ones_own_to_change_and_the_policy_says_that_nobody_confirmed_it(vault: OpenVault) -> None:
    assert not policy_of(None).is_confirmed
    lead = PhoneNumber(title="Site lead", number="01632 960001")
    do(vault, lambda uow: keep_numbers(uow, [lead, PhoneNumber(title="", number="")]))
    assert policy_here(vault.questions, None).numbers == (lead,)
    assert _code(vault, lambda uow: keep_numbers(uow, [PhoneNumber(title="", number="1")]))[0] == (
        "escalation.number_title"
    )
    do(vault, lambda uow: uow.set_setting(NUMBERS, "not a list of numbers"))
    assert policy_here(vault.questions, None).numbers == shipped().numbers


def _risk(board: Activity, level: Level, authority: Authority, **more: object) -> NewRisk:
    given = {"reasons": "Two weeks without cover", "review_on": date(2026, 11, 26), **more}
    return NewRisk(assessment=board.assessment, concern="Cover at night", level=level, authority=authority, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "authority", "code"),
    [
        (Level.ROUTINE, Authority.NHS_ENGLAND, "risk.authority_routine"),
        (Level.ENHANCED, Authority.REGION, "risk.authority_enhanced"),
        (Level.INTENSIVE, Authority.ICB, "risk.authority_intensive"),
    ],
)
def test_a_level_is_refused_where_its_authoriser_does_not_match(
    vault: OpenVault, board: Activity, level: Level, authority: Authority, code: str
) -> None:
    assert _code(vault, lambda uow: set_risk(uow, _risk(board, level, authority))) == (code, "authority")


def test_a_risk_steps_up_freely_and_down_with_a_reason(vault: OpenVault, board: Activity) -> None:
    one = do(vault, lambda uow: set_risk(uow, _risk(board, Level.ROUTINE, Authority.PLACE)))
    do(vault, lambda uow: change_risk(uow, one.id, _risk(board, Level.INTENSIVE, Authority.NHS_ENGLAND)))
    down = _risk(board, Level.ENHANCED, Authority.ICB)
    assert _code(vault, lambda uow: change_risk(uow, one.id, down))[0] == "risk.no_step_down_reason"
    why = _risk(board, Level.ENHANCED, Authority.ICB, step_down_reason="Rota is full to March", with_region=True)
    after = do(vault, lambda uow: change_risk(uow, one.id, why))
    assert (after.step_down_reason, after.with_region) == ("Rota is full to March", True)
    levels = [row.value.level for row in vault.questions.history(one.id)]
    assert levels == [Level.ROUTINE, Level.INTENSIVE, Level.ENHANCED]


def test_a_rapid_review_brings_its_plan_and_the_next_date(vault: OpenVault, board: Activity) -> None:
    one = do(vault, lambda uow: set_risk(uow, _risk(board, Level.ENHANCED, Authority.ICB)))
    asked = NewReview(review=ReviewKind.RAPID_REVIEW, called_by=Authority.REGION, on=date(2026, 11, 18))
    assert _code(vault, lambda uow: add_review(uow, one.id, asked)) == ("review.caller", "called_by")
    good = NewReview(
        review=ReviewKind.RAPID_REVIEW, called_by=Authority.REGULATOR, on=date(2026, 11, 18), plan="Rota by Friday",
        next_on=date(2026, 11, 20),
    )  # fmt: skip
    review = do(vault, lambda uow: add_review(uow, one.id, good))
    assert risk(vault.questions, one.id).next_on == date(2026, 11, 20)
    ended = NewReview(review=review.review, called_by=review.called_by, on=review.on, plan=review.plan,
                      next_on=review.next_on, outcome="Plan met")  # fmt: skip
    do(vault, lambda uow: change_review(uow, review.id, ended))
    assert risk(vault.questions, one.id).next_on == date(2026, 11, 26)


def test_the_clock_of_the_card_runs_from_its_opening_and_never_from_the_future(
    vault: OpenVault, board: Activity, clock: FixedClock
) -> None:
    early = clock.now() - timedelta(minutes=3)
    assert _made(vault, board, opened_at=early).opened_at == early
    assert _made(vault, board, opened_at=datetime(2030, 1, 1, tzinfo=UTC)).opened_at == clock.now()
