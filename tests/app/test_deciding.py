"""Decisions, finality and floods on real vaults: both laptops, by file, without an office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from fieldkit.app.account_rows import By, Decision
from fieldkit.app.assessments import cancel_activity
from fieldkit.app.deciding import decide, decide_note, take_back, take_back_note
from fieldkit.app.entries import add_addendum, withdraw_entry
from fieldkit.app.finalising import check_final, finalise
from fieldkit.app.floods import allow, flood_of, is_flood
from fieldkit.app.open_questions import combined_lately, open_question, open_questions
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.replanning import change_activity
from fieldkit.domain.case import Case
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.kernel.ids import ActivityId, EntryId, RecordId, new_id
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import note, quick_keys, tag


@pytest.fixture
def two(tmp_path: Path, clock: FixedClock) -> Iterator[TwoLaptops]:
    with quick_keys():
        made = TwoLaptops(tmp_path, clock)
        yield made
        made.close()


def _titled(activity: ActivityId, uow: UnitOfWork, **fields: object) -> None:
    change_activity(uow, activity, **fields)


def _both_name_it(two: TwoLaptops) -> None:
    two.here(partial(_titled, two.meeting.id, title="Mine"))
    two.there(partial(_titled, two.meeting.id, title="Theirs", place="Room 4"))
    two.meet()


def test_a_decision_cites_every_account_and_both_are_found_afterwards(two: TwoLaptops) -> None:
    _both_name_it(two)
    before = open_question(two.mine.questions, two.meeting.id)
    assert [row.author_name for row in before.rows] == ["Asha Smith", "Ben Mate"]
    two.here(lambda uow: decide(uow, two.meeting.id, {"title": {"title": "Ours"}}, "agreed by telephone"))
    accounts = {row.revision: row for row in two.mine.questions.accounts(two.meeting.id)}
    (head,) = two.mine.questions.heads(two.meeting.id)
    assert accounts[head].account.parents == before.merge.heads
    assert accounts[head].decision == Decision(by=By.PERSON, reason="agreed by telephone")
    assert {row.body["title"] for row in accounts.values()} >= {"Mine", "Theirs", "Ours"}
    two.meet()
    assert two.theirs.questions.activity(two.meeting.id).title == "Ours"
    assert two.mine.verify() == two.theirs.verify() == []


def test_an_undone_decision_asks_again_what_was_asked_and_of_whom(two: TwoLaptops) -> None:
    _both_name_it(two)
    two.here(lambda uow: decide(uow, two.meeting.id, {"title": {"title": "Mine"}}, "mine"))
    two.here(lambda uow: take_back(uow, two.meeting.id, "undone"))
    two.meet()
    for vault in (two.mine, two.theirs):
        question = open_question(vault.questions, two.meeting.id)
        assert [part.name for part in question.asked] == ["title"]
        assert {row.author_name: row.body["title"] for row in question.rows} == {
            "Asha Smith": "Mine", "Ben Mate": "Theirs",
        }  # fmt: skip
        assert vault.questions.activity(two.meeting.id).place == "Room 4", "what was combined stays so"
    with pytest.raises(Mistake, match=r"question\.not_decided"):
        two.here(lambda uow: take_back(uow, two.meeting.id, "again"))


def test_what_was_combined_is_listed_and_can_be_asked_about_instead(two: TwoLaptops) -> None:
    two.here(partial(_titled, two.meeting.id, title="Mine"))
    two.there(partial(_titled, two.meeting.id, place="Room 4"))
    two.meet()
    (found,) = combined_lately(two.mine.questions)
    assert (str(found.record), set(found.names)) == (two.meeting.id, {"Asha Smith", "Ben Mate"})
    two.there(lambda uow: take_back(uow, two.meeting.id, "to be looked at"))
    two.meet()
    assert {part.name for part in open_question(two.mine.questions, two.meeting.id).asked} == {"title", "place"}
    assert combined_lately(two.mine.questions) == []


def test_cancelled_by_one_and_changed_by_the_other_goes_on_until_somebody_decides(two: TwoLaptops) -> None:
    two.here(lambda uow: cancel_activity(uow, two.meeting.id))
    two.there(partial(_titled, two.meeting.id, title="Board in public"))
    two.meet()
    for vault in (two.mine, two.theirs):
        assert not vault.questions.activity(two.meeting.id).is_cancelled
        assert open_question(vault.questions, two.meeting.id).is_deletion
    two.there(lambda uow: decide(uow, two.meeting.id, {"is_cancelled": {"is_cancelled": True}}, "no quorum"))
    two.meet()
    now = two.mine.questions.activity(two.meeting.id)
    assert (now.is_cancelled, now.title) == (True, "Board in public")


def test_choices_that_make_no_record_are_not_taken(two: TwoLaptops) -> None:
    case = Case(id=RecordId(new_id()), assessment=two.meeting.assessment, code="C01")
    two.here(lambda uow: keep(uow, case))
    two.meet()
    two.here(lambda uow: revise(uow, replace(case, code="C02")))
    two.there(lambda uow: revise(uow, replace(case, code="C03")))
    two.meet()
    with pytest.raises(Mistake, match=r"question\.not_together"):
        two.here(lambda uow: decide(uow, case.id, {"code": {"code": "Mrs Okafor"}}, "her name"))
    with pytest.raises(Mistake, match=r"question\.no_choice"):
        two.here(lambda uow: decide(uow, case.id, {}, "why"))
    with pytest.raises(Mistake, match=r"question\.none"):
        open_question(two.mine.questions, two.meeting.id)


def test_a_withdrawal_and_an_addition_that_did_not_know_of_each_other_are_decided_and_undone(two: TwoLaptops) -> None:
    entry = note(two.mine, two.meeting, "said", tag())
    two.meet()
    two.here(lambda uow: withdraw_entry(uow, entry.id, "twice"))
    two.there(lambda uow: add_addendum(uow, entry.id, "and more", "asked"))
    two.meet()
    before = open_question(two.mine.questions, entry.id)
    two.here(lambda uow: decide_note(uow, entry.id, keep=False, reason="another meeting"))
    assert two.mine.questions.entry(entry.id).withdrawal is not None
    two.here(lambda uow: take_back_note(uow, before))
    two.meet()
    for vault in (two.mine, two.theirs):
        assert vault.questions.entry(entry.id).withdrawal is None
        assert [str(one.record) for one in open_questions(vault.questions)] == [entry.id]
        vault.rebuild()
        assert [str(one.record) for one in open_questions(vault.questions)] == [entry.id], "computed from the log alone"


def test_nothing_final_is_made_over_an_open_question_without_a_recorded_reason(two: TwoLaptops) -> None:
    """Invariant 8."""
    place = two.meeting.assessment
    assert two.here(lambda uow: finalise(uow, place)).open == ()
    _both_name_it(two)
    before = two.mine.questions.info().revisions
    with pytest.raises(Refusal, match=r"final\.open"):
        two.here(lambda uow: finalise(uow, place, "  "))
    assert two.mine.questions.info().revisions == before
    assert check_final(two.mine.questions, place, records={"another record"}) == ()
    final = two.here(lambda uow: finalise(uow, place, "the board meets tomorrow"))
    assert [str(one.record) for one in final.open] == [two.meeting.id]
    assert "1 question was open when this was made" in final.line
    assert two.mine.questions.info().revisions == before + 1, "the reason is on the vault's own record"
    two.here(lambda uow: decide(uow, two.meeting.id, {"title": {"title": "Ours"}}, "agreed"))
    assert two.here(lambda uow: finalise(uow, place)).line == ""


def _withdrawn(entry: EntryId, uow: UnitOfWork) -> None:
    withdraw_entry(uow, entry, "not ours")


def test_an_import_that_would_take_out_much_at_once_waits_for_a_person(two: TwoLaptops) -> None:
    """Invariant 19, for an import: nothing of it applies, and it applies once a person has said so."""
    notes = [note(two.mine, two.meeting, f"note {n}", tag()) for n in range(30)]
    two.meet()
    for one in notes[:6]:
        two.there(partial(_withdrawn, one.id))
    place = two.meeting.assessment
    with pytest.raises(Refusal, match=r"flood\.paused"):
        two.bring(two.theirs, two.mine)
    assert all(two.mine.questions.entry(one.id).withdrawal is None for one in notes)
    flood = flood_of(two.mine.questions, place)
    assert flood is not None
    assert (flood.count, flood.authors) == (6, ("Ben Mate",))
    before = two.mine.questions.info().revisions
    two.here(lambda uow: allow(uow, place, 6))
    assert two.mine.questions.info().revisions == before + 1, "that somebody did is on the vault's own record"
    two.bring(two.theirs, two.mine)
    assert sum(two.mine.questions.entry(one.id).withdrawal is not None for one in notes) == 6
    with pytest.raises(Mistake, match=r"flood\.none"):
        two.here(lambda uow: allow(uow, place, 6))


@pytest.mark.parametrize(
    ("count", "standing", "asks"),
    [(2, 4, False), (3, 29, True), (3, 30, False), (50, 5000, False), (51, 5000, True), (400, 4000, True)],
)
def test_more_than_a_tenth_or_more_than_fifty_is_a_flood(count: int, standing: int, asks: bool) -> None:
    assert is_flood(count, standing) is asks
