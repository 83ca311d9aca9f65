"""A role that somebody allowed on one laptop while they took everything back on another stands nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import pytest

from fieldkit.app.assessments import plan_activity
from fieldkit.app.consents import Answers, set_consent, withdraw_consent
from fieldkit.app.export import export_assessment
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.replanning import change_activity
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.consent import Agreed, Attribution, Quoting
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId
from tests.protocol.conftest import Team
from tests.support.consents import agree
from tests.support.laptop import Laptop

MANY = 6
"""Which of two plans or sessions has the larger hash is chance: that all six had it would happen once in 64 runs."""
ROLE = "MatronRole"
BY_ROLE = Answers(agreed=Agreed.GIVEN, attribution=Attribution.ROLE, quoting=Quoting.YES, role=ROLE, reason="She asked")


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_a_role_taken_back_on_the_other_laptop_is_in_no_title_and_in_no_export(team: Team, clock: FixedClock) -> None:
    ann = team("Ann Lead")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Mate", meeting.assessment)
    talks = ann.vault.perform(partial(_agreed, meeting=meeting))[0]
    _meet(ann, ben)
    for one in talks:
        ann.vault.perform(partial(set_consent, activity=one, answers=BY_ROLE))
        assert ann.vault.questions.activity(one).title.endswith(f": {ROLE}")
        ann.vault.perform(partial(change_activity, activity=one, place="Ward 4"))
        ben.vault.perform(partial(withdraw_consent, activity=one))
    _meet(ann, ben)
    for laptop in (ann, ben):
        questions = laptop.vault.questions
        titles = {one: questions.activity(one).title for one in talks}
        assert sorted(titles.values()) == [f"Interview {n:02}" for n in range(1, MANY + 1)]
        rows = {row.activity.id: row.activity.title for row in questions.activities(meeting.visit)}
        assert titles.items() <= rows.items()
        file = "".join(_export(laptop, meeting, clock))
        assert ROLE not in file
        whole = {one["hash"] for one in json.loads(file)["revisions"]}
        assert {one.hash for one in questions.revisions(meeting.assessment)} <= whole, "the chain has no hole"


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_an_interview_that_names_nobody_is_called_by_its_reference_and_cannot_be_named_otherwise(team: Team) -> None:
    ann = team("Ann Lead")
    talk = ann.vault.perform(partial(_agreed, meeting=ann.open_meeting()))[0][0]
    with pytest.raises(Mistake, match=r"activity\.named_by_consent"):
        ann.vault.perform(partial(change_activity, activity=talk, title="Interview: Jane Doe"))
    assert ann.vault.questions.activity(talk).title == "Interview 01"


def _agreed(uow: UnitOfWork, meeting: Activity) -> list[ActivityId]:
    visit = uow.questions.visit(meeting.visit)
    made = [plan_activity(uow, visit, ActivityKind.INTERVIEW, f"Interview: person {n}") for n in range(MANY)]
    for one in made:
        agree(uow, one)
    return [one.id for one in made]


def _meet(ann: Laptop, ben: Laptop) -> None:
    for laptop in (ann, ben, ann):
        laptop.settle()


def _export(laptop: Laptop, meeting: Activity, clock: FixedClock) -> Iterator[str]:
    return export_assessment(laptop.vault.questions, meeting.assessment, (), made_at=clock.now(), app="1")
