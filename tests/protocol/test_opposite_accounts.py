"""Two laptops do opposite things at once to one record: everybody shows the account that protects more."""

from __future__ import annotations

from functools import partial

import pytest

from fieldkit.app.assessments import plan_activity
from fieldkit.app.consents import Answers, check_may_note, set_consent, withdraw_consent
from fieldkit.app.escalation_policy import shipped
from fieldkit.app.escalation_report import sheet_of
from fieldkit.app.escalation_rows import escalation
from fieldkit.app.escalations import Decisions, NewEscalation, close_escalation, decide, escalate
from fieldkit.app.people import add_person, merge_people, revise_person
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting
from fieldkit.domain.escalation import Danger, Escalation, Priority
from fieldkit.domain.people import Person
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId
from fieldkit.reports.plain import to_plain
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.consents import agree
from tests.support.laptop import Laptop

MANY = 6
"""Which of two accounts has the larger hash is chance: that all six had it would happen once in 64 runs."""
ONE_STORE = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)


def _pair(team: Team) -> tuple[Laptop, Laptop, Activity]:
    ann = team("Ann Lead")
    meeting = ann.open_meeting()
    ann.settle()
    ben = team("Ben Mate", meeting.assessment)
    return ann, ben, meeting


def _meet(ann: Laptop, ben: Laptop) -> None:
    for laptop in (ann, ben, ann):
        laptop.settle()


def _at_office(office: Office, assessment: AssessmentId, kind: str, field: str) -> set[object]:
    read = office.read(f"/v1/assessments/{assessment}/records?kind={kind}")
    return {one["content"][field] for one in read.json["records"]}


@ONE_STORE
def test_taken_back_on_one_laptop_and_given_anew_on_the_other_is_shown_as_taken_back(
    team: Team, office: Office
) -> None:
    ann, ben, meeting = _pair(team)

    def begin(uow: UnitOfWork) -> list[ActivityId]:
        visit = uow.questions.visit(meeting.visit)
        made = [plan_activity(uow, visit, ActivityKind.INTERVIEW, f"Interview {n}") for n in range(MANY)]
        for one in made:
            agree(uow, one)
        return [one.id for one in made]

    held = ann.vault.perform(begin)[0]
    _meet(ann, ben)
    by_role = Answers(
        agreed=Agreed.GIVEN, attribution=Attribution.ROLE, quoting=Quoting.YES, role="Matron", reason="She asked",
    )  # fmt: skip
    for one in held:
        ann.vault.perform(partial(set_consent, activity=one, answers=by_role))
        ben.vault.perform(partial(withdraw_consent, activity=one))
    _meet(ann, ben)
    for laptop in (ann, ben):
        questions = laptop.vault.questions
        shown = [row for one in held for row in questions.records(Consent.KIND, about=one)]
        assert {(row.value.agreed, row.heads) for row in shown} == {(Agreed.WITHDRAWN, 2)}
        with pytest.raises(Mistake, match=r"interview\.withdrawn"):
            check_may_note(questions, questions.activity(held[0]), None)
        assert laptop.vault.verify() == []
    assert _at_office(office, meeting.assessment, Consent.KIND, "agreed") == {"withdrawn"}


@ONE_STORE
def test_closed_on_one_laptop_and_still_worked_on_at_the_other_is_shown_as_open(team: Team, office: Office) -> None:
    ann, ben, meeting = _pair(team)

    def begin(uow: UnitOfWork) -> list[Escalation]:
        new = NewEscalation(assessment=meeting.assessment, danger=Danger.NO, what="No cover on Ward 4 tonight")
        return [escalate(uow, new, shipped()) for _ in range(MANY)]

    made = ann.vault.perform(begin)[0]
    urgent = Decisions(priority=Priority.P1)
    _meet(ann, ben)
    for one in made:
        ann.vault.perform(partial(close_escalation, escalation=one.id, outcome="Cover was found"))
        ben.vault.perform(partial(decide, escalation=one.id, decisions=urgent, policy=shipped()))
    _meet(ann, ben)
    for laptop in (ann, ben):
        rows = laptop.vault.questions.records(Escalation.KIND)
        assert {(row.value.is_closed, row.value.priority, row.heads) for row in rows} == {(False, Priority.P1, 2)}
    assert _at_office(office, meeting.assessment, Escalation.KIND, "closed_at") == {None}


@ONE_STORE
def test_who_recorded_an_escalation_stays_who_recorded_it_whoever_changed_it_since(team: Team) -> None:
    ann, ben, meeting = _pair(team)
    new = NewEscalation(assessment=meeting.assessment, danger=Danger.NO, what="No cover on Ward 4 tonight")
    made = ann.vault.perform(lambda uow: escalate(uow, new, shipped()))[0]
    _meet(ann, ben)
    ben.vault.perform(partial(decide, escalation=made.id, decisions=Decisions(priority=Priority.P1), policy=shipped()))
    _meet(ann, ben)
    for laptop in (ann, ben):
        row = escalation(laptop.vault.questions, made.id)
        assert (row.opened_by, row.row.author_name) == ("Ann Lead", "Ben Mate")
        printed = to_plain(sheet_of(row, "Northmoor", laptop.clock.now(), is_alone=False))
        assert ("Recorded by:", "Ann Lead") in [
            (label, name.strip()) for label, _, name in (line.partition("  ") for line in printed.splitlines())
        ]


@ONE_STORE
def test_merged_on_one_laptop_and_given_another_role_on_the_other_stays_merged(team: Team) -> None:
    ann, ben, meeting = _pair(team)

    def begin(uow: UnitOfWork) -> list[Person]:
        visit = uow.questions.visit(meeting.visit)
        return [add_person(uow, visit, f"s{n}", "Matron") for n in range(MANY + 1)]

    first, *others = ann.vault.perform(begin)[0]
    _meet(ann, ben)
    for one in others:
        ann.vault.perform(partial(merge_people, person=one.id, into=first.id))
        ben.vault.perform(partial(revise_person, person=one, role="Ward manager", organisation="Trust"))
    _meet(ann, ben)
    for laptop in (ann, ben):
        people = {one.id: one for one in laptop.vault.questions.people(meeting.visit)}
        assert {people[one.id].merged_into for one in others} == {first.id}
        assert laptop.vault.verify() == []
