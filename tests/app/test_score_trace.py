"""The trace holds everything from a note to the rating, by id and source and without the words of notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fieldkit.app.assessments import plan_activity
from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.interviews import begin_interview
from fieldkit.app.score_trace import trace
from fieldkit.app.scores import NewJudgement, NewModeration, NewOverride, judge, moderate, override
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.consent import Agreed, Attribution, Quoting
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import PROVISIONAL, Judged
from fieldkit.domain.method import ScoredAt
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.reports.html import to_html
from fieldkit.reports.plain import to_plain
from fieldkit.reports.score_trace import compose
from storage.vault import OpenVault
from tests.support.vaults import do

WORDS = "Nobody told the night team"


@pytest.fixture(scope="module")
def ics() -> Framework:
    return Library().load("ics", "2023.1")


def _told(vault: OpenVault, board: Activity, ics: Framework, clock: FixedClock) -> str:
    return to_plain(compose(trace(vault.questions, board.assessment, ics, clock.now())))


def test_a_stranger_can_redo_it_from_note_to_rating(
    vault: OpenVault, board: Activity, ics: Framework, clock: FixedClock
) -> None:
    first = ics.statements[0]
    item = EvidenceItem.new("ics", first.id, ics.categories[3].id)
    note = do(vault, lambda uow: record_entry(uow, board, NewEntry(text=WORDS, speaker="ch", evidence=(item,))))
    for statement in ics.statements:
        new = NewJudgement(
            assessment=board.assessment, judged=Judged(pack="ics", subject=statement.id), text="Seen at the board",
            value=3, relied_on=(note.id,), carried_from=date(2024, 3, 1) if statement is first else None,
        )  # fmt: skip
        do(vault, lambda uow, new=new: judge(uow, ics, new))  # type: ignore[misc]
    clock.advance(86_400)
    settled = NewModeration(
        assessment=board.assessment, judged=Judged(pack="ics", subject=first.id), text="Agreed", reason="Partners",
        value=2,
    )  # fmt: skip
    do(vault, lambda uow: moderate(uow, ics, settled))
    over = NewOverride(
        assessment=board.assessment, pack="ics", band="inadequate", rationale="Safeguarding", approver="B. Chief"
    )
    do(vault, lambda uow: override(uow, ics, over))
    told = _told(vault, board, ics, clock)
    for words in (
        PROVISIONAL, "Q1 2 + Q2 3", "50/68", "Board, ch", note.id[-8:], "A. Lead: 3, a good standard",
        "2, some shortfalls",
        "from 1 March 2024, without new evidence", "1 day old", "Inadequate",
        "approved by B. Chief", ics.categories[3].short,
    ):  # fmt: skip
        assert words in told, words
    assert WORDS not in told
    document = compose(trace(vault.questions, board.assessment, ics, clock.now()))
    assert to_html(document) == to_html(compose(trace(vault.questions, board.assessment, ics, clock.now())))


def test_what_counts_no_more_and_who_may_not_be_named_stand_as_such(
    vault: OpenVault, board: Activity, ics: Framework, clock: FixedClock
) -> None:
    visit = vault.questions.visit(board.visit)
    talk = do(vault, lambda uow: plan_activity(uow, visit, ActivityKind.INTERVIEW, "Director of nursing"))
    do(vault, lambda uow: begin_interview(uow, talk.id))
    answers = Answers(agreed=Agreed.GIVEN, attribution=Attribution.NONE, quoting=Quoting.NO)
    do(vault, lambda uow: set_consent(uow, talk.id, answers))
    said = do(vault, lambda uow: record_entry(uow, talk, NewEntry(text=WORDS)))
    seen = do(vault, lambda uow: record_entry(uow, board, NewEntry(text="Rota has gaps")))
    new = NewJudgement(
        assessment=board.assessment, judged=Judged(pack="ics", subject=ics.statements[0].id), text="Thin", value=2,
        relied_on=(said.id, seen.id),
    )  # fmt: skip
    do(vault, lambda uow: judge(uow, ics, new))
    do(vault, lambda uow: withdraw_entry(uow, seen.id, "Wrong ward"))
    told = _told(vault, board, ics, clock)
    assert "Interview 01" in told
    assert "Director of nursing" not in told
    assert "withdrawn" in told
    assert "1 of 2 notes: look at the score again" in told


def test_where_categories_are_scored_the_trace_shows_how_they_make_the_statement_score(
    vault: OpenVault, board: Activity, ics: Framework, clock: FixedClock
) -> None:
    pack = replace(ics, method=replace(ics.method, scored_at=ScoredAt.EVIDENCE_CATEGORY))
    first = pack.statements[0]
    note = do(vault, lambda uow: record_entry(uow, board, NewEntry(text=WORDS)))
    for category, value in zip(pack.categories, (3, 2, 3, 3), strict=False):
        new = NewJudgement(
            assessment=board.assessment, judged=Judged(pack="ics", subject=first.id, category=category.id),
            text="Seen at the board", value=value, relied_on=(note.id,),
        )  # fmt: skip
        do(vault, lambda uow, new=new: judge(uow, pack, new))  # type: ignore[misc]
    told = _told(vault, board, pack, clock)
    for words in (f"{first.position} {first.title}: 11/16 = 69%, Good", "Good counts as statement score 3 of 4."):
        assert words in told
