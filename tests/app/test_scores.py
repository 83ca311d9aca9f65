"""Scores in a real vault: words first, nothing without evidence, several assessors, moderation, override, what if."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.scores import (
    NewJudgement,
    NewModeration,
    NewOverride,
    ScoreBoard,
    judge,
    moderate,
    override,
    score_board,
)
from fieldkit.domain.assessment import Activity
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged, Judgement
from fieldkit.domain.marks import Mark
from fieldkit.domain.settling import Stand
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, each_of
from fieldkit.kernel.ids import EntryId
from storage.vault import OpenVault
from tests.support.vaults import do


@pytest.fixture(scope="module")
def ics() -> Framework:
    return Library().load("ics", "2023.1")


def _note(vault: OpenVault, board: Activity, words: str = "Heard nothing for six weeks") -> EntryId:
    return do(vault, lambda uow: record_entry(uow, board, NewEntry(text=words))).id


def _new(board: Activity, ics: Framework, note: EntryId, **changes: object) -> NewJudgement:
    plain = NewJudgement(
        assessment=board.assessment, judged=Judged(pack="ics", subject=ics.statements[0].id), text="Some wait too long",
        value=2, relied_on=(note,),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def _score_all(vault: OpenVault, board: Activity, ics: Framework, note: EntryId, value: int) -> None:
    def judge_all(uow: UnitOfWork) -> None:
        for one in ics.statements:
            judge(uow, ics, _new(board, ics, note, judged=Judged(pack="ics", subject=one.id), value=value))

    do(vault, judge_all)


def _codes(vault: OpenVault, ics: Framework, new: NewJudgement) -> set[tuple[str, object]]:
    with pytest.raises(Mistake) as caught:
        vault.perform(lambda uow: judge(uow, ics, new))
    return {(one.code, one.details.get("field")) for one in each_of(caught.value)}


def _board(vault: OpenVault, board: Activity, ics: Framework, **more: object) -> ScoreBoard:
    return score_board(vault.questions, board.assessment, ics, **more)  # type: ignore[arg-type]


def test_words_come_first_and_a_score_wants_evidence_or_says_that_there_is_too_little(
    vault: OpenVault, board: Activity, ics: Framework
) -> None:
    note = _note(vault, board)
    assert _codes(vault, ics, _new(board, ics, note, text=" ", relied_on=())) == {
        ("score.no_text", "text"), ("score.no_evidence", "relied_on"),
    }  # fmt: skip
    assert _codes(vault, ics, _new(board, ics, note, value=5)) == {("score.off_scale", "value")}
    assert _codes(vault, ics, _new(board, ics, note, insufficient=True)) == {("score.both", "value")}
    assert _codes(vault, ics, _new(board, ics, note, against=(note,))) == {("score.both_ways", "against")}
    assert _codes(vault, ics, _new(board, ics, note, relied_on=(EntryId("0" * 8),))) == {
        ("score.unknown_note", "relied_on")
    }
    do(vault, lambda uow: withdraw_entry(uow, note, "Wrong meeting"))
    assert _codes(vault, ics, _new(board, ics, note)) == {("score.withdrawn_note", "relied_on")}
    do(vault, lambda uow: judge(uow, ics, _new(board, ics, note, value=None, relied_on=(), insufficient=True)))
    found = _board(vault, board, ics).of(ics.statements[0].id)
    assert found is not None
    assert (found.stand, found.mark and found.mark.insufficient) == (Stand.ONE, True)


def test_ones_own_judgement_is_one_record_with_its_history(
    vault: OpenVault, board: Activity, ics: Framework, clock: FixedClock
) -> None:
    note = _note(vault, board)
    first = do(vault, lambda uow: judge(uow, ics, _new(board, ics, note, value=None, relied_on=())))
    clock.advance(60)
    second = do(vault, lambda uow: judge(uow, ics, _new(board, ics, note)))
    assert first.id == second.id
    told: list[Judgement] = [row.value for row in vault.questions.history(first.id)]
    assert {(one.value, one.text) for one in told} == {(None, "Some wait too long"), (2, "Some wait too long")}
    assert vault.verify() == []


def test_all_scored_the_sum_is_the_packs_and_what_if_saves_nothing(
    vault: OpenVault, board: Activity, ics: Framework
) -> None:
    note = _note(vault, board)
    _score_all(vault, board, ics, note, 3)
    overall = _board(vault, board, ics).scores.overall
    assert overall is not None
    assert (str(overall.share), overall.band and overall.band.id) == ("51/68", "good")
    tried = [Mark(subject=one.id, value=4) for one in ics.statements[:9]]
    tried_board = _board(vault, board, ics, what_if=tried).scores.overall
    assert tried_board is not None
    assert (str(tried_board.share), tried_board.band and tried_board.band.id) == ("60/68", "outstanding")
    after = _board(vault, board, ics).scores.overall
    assert after is not None
    assert str(after.share) == "51/68"


def test_a_moderation_keeps_what_was_before_and_why(vault: OpenVault, board: Activity, ics: Framework) -> None:
    note, judged = _note(vault, board), Judged(pack="ics", subject=ics.statements[0].id)
    new = NewModeration(assessment=board.assessment, judged=judged, text="Agreed", reason="Partners confirmed", value=3)
    with pytest.raises(Mistake, match=r"score\.nothing_to_moderate"):
        vault.perform(lambda uow: moderate(uow, ics, new))
    own = do(vault, lambda uow: judge(uow, ics, _new(board, ics, note)))
    with pytest.raises(Mistake, match=r"score\.no_reason"):
        vault.perform(lambda uow: moderate(uow, ics, replace(new, reason="")))
    made = do(vault, lambda uow: moderate(uow, ics, new))
    assert (made.considered, made.before) == ((own.id,), ("A. Lead: 2, some shortfalls",))
    found = _board(vault, board, ics).of(judged.subject)
    assert found is not None
    assert (found.stand, found.mark and found.mark.value) == (Stand.MODERATED, 3)
    assert do(vault, lambda uow: moderate(uow, ics, replace(new, value=2))).id == made.id


def test_an_override_wants_rationale_and_approver_and_both_figures_stay(
    vault: OpenVault, board: Activity, ics: Framework
) -> None:
    note = _note(vault, board)
    _score_all(vault, board, ics, note, 3)
    new = NewOverride(
        assessment=board.assessment,
        pack="ics",
        band="requires-improvement",
        rationale="Safeguarding",
        approver="B. Chief",
    )

    def codes(wrong: NewOverride) -> set[str]:
        with pytest.raises(Mistake) as caught:
            vault.perform(lambda uow: override(uow, ics, wrong))
        return {one.code for one in each_of(caught.value)}

    assert codes(replace(new, rationale="", approver=" ")) == {"score.no_rationale", "score.no_approver"}
    assert codes(replace(new, band="good")) == {"score.same_band"}
    assert codes(replace(new, band="superb")) == {"score.no_band"}
    assert codes(replace(new, figure="nowhere")) == {"score.no_figure"}
    assert codes(replace(new, band=None)) == {"score.no_override"}
    made = do(vault, lambda uow: override(uow, ics, new))
    assert made.worked_out == "51/68 Good"
    shown = _board(vault, board, ics)
    assert shown.overrides[""].value.band == "requires-improvement"
    assert shown.scores.overall is not None
    assert shown.scores.overall.band is not None
    assert shown.scores.overall.band.id == "good", "the arithmetic's own figure stands beside it"
    do(vault, lambda uow: override(uow, ics, replace(new, band=None, rationale="Taken back after calibration")))
    assert _board(vault, board, ics).overrides == {}
