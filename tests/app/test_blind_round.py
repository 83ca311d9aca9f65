"""In a blind round nothing tells what others gave until one's own is saved: no search, list, count, trace or report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.app.blind_scores import choose_blind, is_blind, nobody_scores_here
from fieldkit.app.draft_report import draft_report
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.open_questions import hidden_questions, open_questions, questions_here
from fieldkit.app.score_trace import trace
from fieldkit.app.scores import NewJudgement, NewModeration, judge, moderate
from fieldkit.app.scores_to_settle import to_settle
from fieldkit.app.told import found_records, shown
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged, Judgement
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.reports.draft_report import compose as compose_draft
from fieldkit.reports.plain import to_plain
from fieldkit.reports.score_trace import BLIND, compose
from storage.vault import OpenVault
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import quick_keys

THEIRS, OURS = "Zebra crossings are late", "Seen to be early"


@pytest.fixture(scope="module")
def ics() -> Framework:
    return Library().load("ics", "2023.1")


@pytest.fixture
def two(tmp_path: Path, clock: FixedClock, ics: Framework) -> Iterator[TwoLaptops]:
    """A team-mate has scored the first statement; the one who looks has not, and scores blind."""
    with quick_keys():
        two = TwoLaptops(tmp_path, clock)
        _score(two, two.theirs, ics, THEIRS, 2)
        two.meet()
        two.here(lambda uow: choose_blind(uow, two.meeting.assessment, ics, is_on=True))
        yield two
        two.close()


def _score(two: TwoLaptops, vault: OpenVault, ics: Framework, text: str, value: int) -> None:
    note = vault.perform(lambda uow: record_entry(uow, two.meeting, NewEntry(text="A note")))[0]
    new = NewJudgement(assessment=two.meeting.assessment, judged=_first(ics), text=text, value=value,
                       relied_on=(note.id,))  # fmt: skip
    vault.perform(lambda uow: judge(uow, ics, new))


def _first(ics: Framework) -> Judged:
    return Judged(pack=ics.id, subject=ics.statements[0].id)


def _papers(two: TwoLaptops, ics: Framework, clock: FixedClock) -> tuple[str, str]:
    questions = two.mine.questions
    assessment = questions.assessment(two.meeting.assessment)
    made = (
        compose(trace(questions, assessment.id, ics, clock.now())),
        compose_draft(draft_report(questions, assessment, ics, clock.now(), ratings=True)),
    )
    first, second = (" ".join(to_plain(one).replace("|", " ").split()) for one in made)
    return first, second


def test_search_lists_and_records_tell_nothing_of_what_others_gave(two: TwoLaptops, ics: Framework) -> None:
    questions = two.mine.questions
    assert found_records(questions, "zebra") == []
    (row,) = shown(questions, questions.records(Judgement.KIND))
    assert (row.value.text, row.value.value, row.content["text"], row.content["value"]) == ("", None, "", None)
    assert "blind round" in row.content["hidden"]
    _score(two, two.mine, ics, OURS, 3)
    assert len(found_records(questions, "zebra")) == 1
    assert {one.value.value for one in shown(questions, questions.records(Judgement.KIND))} == {2, 3}


def test_the_trace_and_the_draft_report_leave_it_out_and_say_so(
    two: TwoLaptops, ics: Framework, clock: FixedClock
) -> None:
    for said in _papers(two, ics, clock):
        assert THEIRS not in said
        assert "some shortfalls" not in said
        assert BLIND[1:] in said
    _score(two, two.mine, ics, OURS, 3)
    for said in _papers(two, ics, clock):
        assert THEIRS in said
        assert BLIND[1:] not in said


def test_the_office_gives_no_scores_and_sees_all(two: TwoLaptops, ics: Framework) -> None:
    packed = replace(ics, method=replace(ics.method, blind=True))
    assert is_blind(two.mine.questions, two.meeting.assessment, packed)
    two.here(nobody_scores_here)
    assert not is_blind(two.mine.questions, two.meeting.assessment, packed)


def test_home_counts_no_open_score_that_the_board_hides(two: TwoLaptops, ics: Framework) -> None:
    where = two.meeting.assessment
    (row,) = two.theirs.questions.records(Judgement.KIND)

    def fork(value: int) -> None:
        changed = replace(row.value, value=value)
        two.there(lambda uow: uow.append(row.record, changed, assessment=where, parents=(row.revision,)))

    for value in (3, 4):
        fork(value)
    two.meet()
    assert two.mine.questions.record(Judgement.KIND, row.record).heads == 2
    assert to_settle(two.mine.questions) == {}
    assert (questions_here(two.mine.questions), len(open_questions(two.mine.questions))) == ([], 1)
    assert hidden_questions(two.mine.questions, [where]) == 1
    two.here(lambda uow: choose_blind(uow, where, ics, is_on=False))
    assert to_settle(two.mine.questions) == {(where, ics.id): 1}
    assert len(questions_here(two.mine.questions)) == 1
    assert hidden_questions(two.mine.questions, [where]) == 0


def test_what_was_scored_again_has_its_history_in_the_trace(two: TwoLaptops, ics: Framework, clock: FixedClock) -> None:
    _score(two, two.mine, ics, OURS, 2)
    assert "over time" not in _papers(two, ics, clock)[0]
    new = NewModeration(
        assessment=two.meeting.assessment, judged=_first(ics), text="Agreed", value=2, reason="As given"
    )
    two.here(lambda uow: moderate(uow, ics, new))
    clock.jump(180 * 86_400)
    later = replace(new, value=3, reason="Follow-up after half a year")
    two.here(lambda uow: moderate(uow, ics, later))
    said = _papers(two, ics, clock)[0]
    assert "Q1 over time" in said
    assert "Follow-up after half a year" in said.partition("Q1 over time")[2]
