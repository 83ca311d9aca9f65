"""Scores in a real vault: words first, nothing without evidence, several assessors, moderation, override, what if."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fieldkit.app.blind_scores import choose_blind, is_blind
from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep
from fieldkit.app.score_ages import score_badges
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
from fieldkit.domain.blinding import in_sight
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged, Judgement
from fieldkit.domain.marks import Mark
from fieldkit.domain.score_age import BadgeKind
from fieldkit.domain.settling import Given, Stand
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, each_of
from fieldkit.kernel.ids import AuthorId, EntryId, RecordId, new_id
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


def test_settling_again_replaces_all_that_two_laptops_settled_and_none_of_it_comes_back(
    vault: OpenVault, board: Activity, ics: Framework
) -> None:
    note, judged = _note(vault, board), Judged(pack="ics", subject=ics.statements[0].id)
    own = do(vault, lambda uow: judge(uow, ics, _new(board, ics, note)))
    new = NewModeration(assessment=board.assessment, judged=judged, text="Agreed", reason="Partners confirmed", value=3)

    def stand() -> tuple[Stand, int | None]:
        found = _board(vault, board, ics).settled[judged]
        return found.stand, found.mark.value if found.mark else None

    first = do(vault, lambda uow: moderate(uow, ics, new))
    other = replace(first, id=RecordId(new_id()), value=1)
    do(vault, lambda uow: keep(uow, other))  # as it comes in from a laptop that did not know of the first
    assert stand() == (Stand.TWICE, None)
    between = do(vault, lambda uow: moderate(uow, ics, replace(new, value=2)))
    assert stand() == (Stand.MODERATED, 2)
    assert set(between.considered) == {own.id, first.id, other.id}
    assert {one for one in between.before if one.startswith("Settled by")} == {
        "Settled by A. Lead: 3, a good standard", "Settled by A. Lead: 1, significant shortfalls",
    }  # fmt: skip
    again = do(vault, lambda uow: moderate(uow, ics, replace(new, value=4)))
    assert (again.id, set(again.considered)) == (between.id, set(between.considered))
    assert stand() == (Stand.MODERATED, 4)


def test_others_scores_and_what_follows_of_them_are_hidden_until_ones_own_is_written(
    vault: OpenVault, board: Activity, ics: Framework
) -> None:
    subject, note = ics.statements[0].id, _note(vault, board)
    judged = Judged(pack="ics", subject=subject)
    own = Judgement(id=RecordId(new_id()), assessment=board.assessment, judged=judged, text="Seen", value=2)

    def given(*, is_mine: bool) -> Given:
        return Given(value=own, author=AuthorId("x"), name="B. Other", at=datetime.now(UTC), is_mine=is_mine)

    theirs = given(is_mine=False)
    assert in_sight([theirs], []) == ([], {judged: 1})
    waiting = replace(given(is_mine=True), value=replace(own, value=None))
    assert in_sight([theirs, waiting], []) == ([waiting], {judged: 1}), "words alone do not open it"
    mine = given(is_mine=True)
    assert in_sight([theirs, mine], []) == ([theirs, mine], {})
    do(vault, lambda uow: judge(uow, ics, _new(board, ics, note)))
    assert not is_blind(vault.questions, board.assessment, ics)
    do(vault, lambda uow: choose_blind(uow, board.assessment, ics, is_on=True))
    assert is_blind(vault.questions, board.assessment, ics)
    shown = _board(vault, board, ics, is_blind=True).settled[judged]
    assert (shown.stand, shown.hidden) == (Stand.ONE, 0)
    packed = replace(ics, method=replace(ics.method, blind=True))
    with pytest.raises(Mistake, match=r"score\.blind_by_pack"):
        vault.perform(lambda uow: choose_blind(uow, board.assessment, packed, is_on=False))


def test_a_score_wears_a_badge_where_its_evidence_is_newer_older_than_the_pack_allows_or_lost(
    vault: OpenVault, board: Activity, ics: Framework, clock: FixedClock
) -> None:
    item = EvidenceItem.new("ics", ics.statements[0].id, ics.categories[0].id)
    limited = replace(ics, method=replace(ics.method, evidence_days=30))

    def noted() -> EntryId:
        return do(vault, lambda uow: record_entry(uow, board, NewEntry(text="Waits fell", evidence=(item,)))).id

    def badges(framework: Framework = ics) -> list[BadgeKind]:
        found = score_badges(vault.questions, board.assessment, _board(vault, board, framework), clock.now().date())
        return [one.kind for several in found.values() for one in several]

    first = noted()
    clock.advance(60)
    do(vault, lambda uow: judge(uow, ics, _new(board, ics, first, carried_from=date(2024, 3, 1))))
    assert badges() == [BadgeKind.CARRIED]
    clock.advance(40 * 86_400)
    noted()
    assert badges() == [BadgeKind.CARRIED, BadgeKind.NEWER]
    assert badges(limited) == [BadgeKind.CARRIED, BadgeKind.NEWER, BadgeKind.OLD]
    do(vault, lambda uow: withdraw_entry(uow, first, "Wrong ward"))
    assert badges(limited) == [BadgeKind.CARRIED, BadgeKind.NEWER, BadgeKind.LOST]
    clock.advance(60)
    other = noted()
    do(vault, lambda uow: judge(uow, ics, _new(board, ics, other)))
    assert badges(limited) == []
    settled = NewModeration(
        assessment=board.assessment, judged=Judged(pack="ics", subject=ics.statements[0].id), text="Agreed",
        reason="Talked", value=2,
    )  # fmt: skip
    do(vault, lambda uow: moderate(uow, ics, settled))
    clock.advance(60)
    do(vault, lambda uow: judge(uow, ics, _new(board, ics, other, value=3)))
    assert badges(limited) == [BadgeKind.CHANGED]


def test_a_note_that_left_this_laptop_may_still_be_cited_by_who_cited_it(
    vault: OpenVault, board: Activity, ics: Framework
) -> None:
    gone = EntryId(new_id())
    made = Judgement(
        id=RecordId(new_id()), assessment=board.assessment, text="Seen", value=2, relied_on=(gone,),
        judged=Judged(pack="ics", subject=ics.statements[0].id),
    )  # fmt: skip
    do(vault, lambda uow: keep(uow, made))
    assert do(vault, lambda uow: judge(uow, ics, _new(board, ics, gone, value=3))).relied_on == (gone,)
    elsewhere = Judged(pack="ics", subject=ics.statements[1].id)
    assert _codes(vault, ics, _new(board, ics, gone, judged=elsewhere)) == {("score.unknown_note", "relied_on")}


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
    assert shown.overrides[""].band == "requires-improvement"
    assert shown.scores.overall is not None
    assert shown.scores.overall.band is not None
    assert shown.scores.overall.band.id == "good", "the arithmetic's own figure stands beside it"
    do(vault, lambda uow: override(uow, ics, replace(new, band=None, rationale="Taken back after calibration")))
    assert _board(vault, board, ics).overrides == {}
    do(vault, lambda uow: override(uow, ics, replace(new, rationale="Late care")))
    assert _board(vault, board, ics).overrides[""].band == "requires-improvement"
