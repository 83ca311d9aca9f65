"""The factual accuracy check: own clocks, comments of any length, reviewers who were not there, nothing ever stuck."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fieldkit.app.accuracy import NewAnswer, NewComment, add_comment, add_comments, answer, rescore, send_out
from fieldkit.app.accuracy_report import accuracy_page
from fieldkit.app.accuracy_rows import CommentRow, comments_of
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.improvement import (
    action_row,
    actions_of,
    complete,
    follow_up,
    hold_summit,
    plan_action,
    rescored,
)
from fieldkit.app.replanning import change_activity
from fieldkit.app.scores import NewJudgement, NewModeration, judge, moderate
from fieldkit.domain.accuracy import AccuracyComment, Says, SendOut
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, each_of
from fieldkit.reports.accuracy import compose, compose_changes
from fieldkit.reports.plain import to_plain
from storage.vault import OpenVault
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import do, quick_keys

SHA = "ab" * 32
NEW = NewComment(paragraph="3.2", says=Says.ADDITIONAL, text="The plan was renewed in May")
YES = NewAnswer(accepted=True, reason="The minutes show it", was="no plan", becomes="a plan of May")


@pytest.fixture(scope="module")
def ics() -> Framework:
    return Library().load("ics", "2023.1")


@pytest.fixture
def sent(vault: OpenVault, visit: Visit) -> SendOut:
    return do(vault, lambda uow: send_out(uow, visit.assessment, ["Northshire ICB"], "Draft 1", SHA))[0]


def _comment(vault: OpenVault, sent: SendOut, new: NewComment = NEW) -> AccuracyComment:
    return do(vault, lambda uow: add_comment(uow, sent.id, new))


def _rows(vault: OpenVault, sent: SendOut) -> list[CommentRow]:
    return comments_of(vault.questions, sent.assessment)


def _said(vault: OpenVault, sent: SendOut) -> tuple[str, str]:
    assessment = vault.questions.assessment(sent.assessment)
    page = accuracy_page(vault.questions, assessment, datetime(2026, 11, 30, tzinfo=UTC))
    return " ".join(to_plain(compose(page)).split()), " ".join(to_plain(compose_changes(page)).split())


def test_a_draft_goes_to_several_bodies_each_with_its_clock(vault: OpenVault, visit: Visit) -> None:
    bodies = ["Northshire ICB", "Northshire ICP", "Northshire ICB", " "]
    made = do(vault, lambda uow: send_out(uow, visit.assessment, bodies, "Draft 1", SHA, date(2026, 11, 6)))
    assert [(one.body, one.due_on) for one in made] == [
        ("Northshire ICB", date(2026, 11, 20)), ("Northshire ICP", date(2026, 11, 20)),
    ]  # fmt: skip
    whole, _ = _said(vault, made[0])
    assert "Left out: 7 November 2026 (weekend)" in whole
    with pytest.raises(Mistake) as caught:
        do(vault, lambda uow: send_out(uow, visit.assessment, [], "Draft", "", date(2026, 12, 1)))
    assert {one.code for one in each_of(caught.value)} == {
        "accuracy.no_body", "accuracy.no_report", "accuracy.sent_ahead",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewComment(says=Says.ADDITIONAL, text="x"), "accuracy.no_paragraph"),
        (NewComment(paragraph="1", text="x"), "accuracy.no_kind"),
        (NewComment(paragraph="1", says=Says.ADDITIONAL), "accuracy.no_text"),
        (NewComment(paragraph="1", says=Says.CONTESTED, text="x"), "accuracy.no_evidence"),
        (
            NewComment(paragraph="1", says=Says.ADDITIONAL, text="x", evidence_on=date(2027, 1, 1)),
            "accuracy.evidence_ahead",
        ),
    ],
)
def test_what_a_comment_lacks_is_said(vault: OpenVault, sent: SendOut, new: NewComment, code: str) -> None:
    with pytest.raises(Mistake) as caught:
        _comment(vault, sent, new)
    assert caught.value.code == code


def test_a_comment_has_no_longest_length_and_comes_out_whole(vault: OpenVault, sent: SendOut) -> None:
    long = NewComment(paragraph="1", says=Says.ADDITIONAL, text="Ünsaid. " * 25_000 + "End")
    longer = NewComment(paragraph="2", says=Says.ADDITIONAL, text="é" * 1_100_000 + "End")
    do(vault, lambda uow: add_comments(uow, sent.id, [long, longer, NEW]))
    rows = _rows(vault, sent)
    assert [one.text for one in rows] == [long.text, longer.text, NEW.text]
    assert [one.value.reference for one in rows] == ["F-AL-1", "F-AL-2", "F-AL-3"]
    assert vault.verify() == []


def test_a_contested_fact_keeps_its_evidence_and_the_day_of_it(vault: OpenVault, sent: SendOut) -> None:
    new = NewComment(
        paragraph="4", says=Says.CONTESTED, text="We met", evidence="Minutes", evidence_on=date(2026, 3, 12)
    )
    _comment(vault, sent, new)
    whole, _ = _said(vault, sent)
    assert "Minutes (of 12 March 2026)" in whole


def test_an_answer_wants_a_reason_and_every_earlier_one_stays(vault: OpenVault, sent: SendOut) -> None:
    made = _comment(vault, sent)
    with pytest.raises(Mistake) as caught:
        do(vault, lambda uow: answer(uow, made.id, NewAnswer()))
    assert {one.code for one in each_of(caught.value)} == {"accuracy.not_decided", "accuracy.no_reason"}
    with pytest.raises(Mistake, match=r"accuracy\.no_words"):
        do(vault, lambda uow: answer(uow, made.id, NewAnswer(accepted=False, reason="No", becomes="x")))
    do(vault, lambda uow: answer(uow, made.id, NewAnswer(accepted=False, reason="No proof")))
    whole, changes = _said(vault, sent)
    assert "Not accepted" in whole
    assert "No words and no score changed." in changes
    last = do(vault, lambda uow: answer(uow, made.id, YES))
    assert [one.value.accepted for one in vault.questions.history(last.id)] == [False, True]
    _, changes = _said(vault, sent)
    assert "a plan of May" in changes


def test_whoever_was_on_the_visit_does_not_review(vault: OpenVault, sent: SendOut, board: Activity) -> None:
    made = _comment(vault, sent)
    do(vault, lambda uow: change_activity(uow, board.id, assigned=("B. Other", "al")))
    with pytest.raises(Mistake) as caught:
        do(vault, lambda uow: answer(uow, made.id, YES))
    assert (caught.value.code, caught.value.details["where"]) == (
        "accuracy.reviewer_visited", f"put down for {board.title}",
    )  # fmt: skip
    do(vault, lambda uow: change_activity(uow, board.id, assigned=()))
    do(vault, lambda uow: record_entry(uow, board, NewEntry(text="Seen by me")))
    with pytest.raises(Mistake, match=r"accuracy\.reviewer_visited"):
        do(vault, lambda uow: answer(uow, made.id, YES))
    whole, changes = _said(vault, sent)
    assert NEW.text in whole, "not answered, and still on paper"
    assert "Not answered yet: F-AL-1." in changes


def test_two_answers_unknown_to_each_other_both_show_until_somebody_answers_again(
    tmp_path: Path, clock: FixedClock
) -> None:
    with quick_keys():
        two = TwoLaptops(tmp_path, clock)
        (sent,) = two.here(lambda uow: send_out(uow, two.meeting.assessment, ["ICB"], "Draft", SHA))
        made = two.here(lambda uow: add_comment(uow, sent.id, NEW))
        two.meet()
        two.here(lambda uow: answer(uow, made.id, YES))
        two.there(lambda uow: answer(uow, made.id, NewAnswer(accepted=False, reason="Not of that time")))
        two.meet()
        for vault in (two.mine, two.theirs):
            whole, _ = _said(vault, sent)
            assert "The minutes show it" in whole
            assert "Not of that time" in whole
        two.here(lambda uow: answer(uow, made.id, YES))
        two.meet()
        assert all(_rows(vault, sent)[0].others == () for vault in (two.mine, two.theirs))
        two.close()


def test_an_answer_by_somebody_of_the_visit_that_came_from_elsewhere_is_marked(
    tmp_path: Path, clock: FixedClock
) -> None:
    with quick_keys():
        two = TwoLaptops(tmp_path, clock)
        (sent,) = two.here(lambda uow: send_out(uow, two.meeting.assessment, ["ICB"], "Draft", SHA))
        made = two.here(lambda uow: add_comment(uow, sent.id, NEW))
        two.meet()
        two.there(lambda uow: answer(uow, made.id, YES))
        two.here(lambda uow: change_activity(uow, two.meeting.id, assigned=("BM",)))
        two.meet()
        whole, _ = _said(two.mine, sent)
        assert "was on the visit (put down for System board)" in whole
        two.close()


def _scored(vault: OpenVault, board: Activity, ics: Framework) -> Judged:
    judged = Judged(pack=ics.id, subject=ics.statements[1].id)
    note = do(vault, lambda uow: record_entry(uow, board, NewEntry(text="Late"))).id
    new = NewJudgement(assessment=board.assessment, judged=judged, text="Late", value=2, relied_on=(note,))
    do(vault, lambda uow: judge(uow, ics, new))
    return judged


def test_a_score_changes_because_of_a_comment_with_that_reason_and_its_history(
    tmp_path: Path, clock: FixedClock, ics: Framework
) -> None:
    with quick_keys():
        two = TwoLaptops(tmp_path, clock)
        judged = _scored(two.mine, two.meeting, ics)
        (sent,) = two.here(lambda uow: send_out(uow, two.meeting.assessment, ["ICB"], "Draft", SHA))
        made = two.here(lambda uow: add_comment(uow, sent.id, NEW))
        two.meet()
        with pytest.raises(Mistake, match=r"accuracy\.not_accepted"):
            two.there(lambda uow: rescore(uow, ics, made.id, judged, "Renewed", 3))
        two.there(lambda uow: answer(uow, made.id, YES))
        after = two.there(lambda uow: rescore(uow, ics, made.id, judged, "Renewed", 3))
        assert (after.score_was[0], after.score_is[0]) == ("2", "3")
        settled = two.theirs.questions.record("moderation", after.moderation or "").value
        assert settled.reason == "Factual accuracy, comment F-AS-1: The minutes show it"
        _, changes = _said(two.theirs, sent)
        assert "→" in changes
        clock.jump(200 * 86_400)
        later = NewModeration(
            assessment=sent.assessment, judged=judged, text="Embedded", value=4, reason="Follow-up after a year"
        )
        two.there(lambda uow: moderate(uow, ics, later))
        history = rescored(two.theirs.questions, sent.assessment, ics)
        assert [(one.before.split(": ")[-1][0], one.after[0], one.reason[:9]) for one in history] == [
            ("2", "3", "Factual a"), ("3", "4", "Follow-up"),
        ]  # fmt: skip
        two.close()


def test_an_action_has_an_owner_a_day_and_a_proof_and_keeps_every_look(
    vault: OpenVault, visit: Visit, clock: FixedClock
) -> None:
    where = visit.assessment
    do(vault, lambda uow: hold_summit(uow, where, date(2027, 1, 12), "Moor", "ICB, trust", "Plan agreed"))
    with pytest.raises(Mistake) as caught:
        do(vault, lambda uow: plan_action(uow, where, "", "", None))
    assert len(each_of(caught.value)) == 3
    made = do(vault, lambda uow: plan_action(uow, where, "Night cover", "Medical director, trust", date(2026, 11, 20)))
    clock.jump(10 * 86_400)
    assert actions_of(vault.questions, where)[0].value.is_late(clock.now().date())
    with pytest.raises(Mistake, match=r"improve\.no_evidence"):
        do(vault, lambda uow: complete(uow, made.id, " "))
    do(vault, lambda uow: complete(uow, made.id, "Rota of March"))
    do(vault, lambda uow: follow_up(uow, made.id, "Empty on two nights", is_done=False))
    row = action_row(vault.questions, where, "i-al-1")
    assert (row.value.done_on, row.value.evidence) == (None, "Rota of March")
    assert len(vault.questions.history(made.id)) == 3
