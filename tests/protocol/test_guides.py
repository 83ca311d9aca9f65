"""Guides between two laptops and the office: whole whatever their size, and two changes at once are both kept."""

from __future__ import annotations

import dataclasses

from fieldkit.app.guide_library import built_in
from fieldkit.app.guides import LARGEST, add_guide, change_guide, checked, guides
from fieldkit.domain.guide_changes import moved_question, without_question
from fieldkit.domain.questions import Question
from tests.central.kit import Office
from tests.protocol.conftest import Team


def test_a_guide_of_thousands_of_questions_reaches_the_team_and_the_office(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    text = "é🙂" * 180  # six bytes a pair, and JSON escapes nothing of it
    many = tuple(Question(id=f"q{n}", text=f"{n} {text}") for n in range(2_600))
    large = checked(dataclasses.replace(built_in("staff").guide, questions=many, sections=()))
    assert len(str(large.to_content()).encode()) > LARGEST * 0.8
    added = ada.vault.perform(lambda uow: add_guide(uow, meeting.assessment, large))[0].guide
    ada.settle()
    bob.settle()
    assert [row.value for row in guides(bob.vault.questions, meeting.assessment)] == [added]
    at_office = office.read(f"/v1/assessments/{meeting.assessment}/records").json["records"]
    assert [one["content"] for one in at_office if one["kind"] == "guide"] == [added.to_content()]


def test_a_guide_changed_on_two_laptops_at_once_keeps_both_accounts(team: Team, office: Office) -> None:
    ada = team("Ada Lovelace")
    meeting = ada.open_meeting()
    added = ada.vault.perform(lambda uow: add_guide(uow, meeting.assessment, built_in("staff").guide))[0].guide
    ada.settle()
    bob = team("Bob Brown", meeting.assessment)
    bob.settle()
    ada.vault.perform(lambda uow: change_guide(uow, without_question(added, "handover")))
    bob.vault.perform(lambda uow: change_guide(uow, moved_question(added, "your_role", 1)))
    for laptop in (ada, bob, ada, bob):
        laptop.settle()
    shown = [guides(laptop.vault.questions, meeting.assessment)[0] for laptop in (ada, bob)]
    assert shown[0].value == shown[1].value, "both laptops show the same one"
    assert [row.heads for row in shown] == [2, 2]
    ada.vault.perform(lambda uow: change_guide(uow, moved_question(shown[0].value, "enough_people", 1)))
    for laptop in (ada, bob):
        laptop.settle()
    (settled,) = guides(bob.vault.questions, meeting.assessment)
    assert (settled.heads, settled.value.version) == (2, "3"), "a change decides nothing, and stays in sight"
    assert len(bob.vault.questions.history(added.id)) == 4
    assert bob.vault.verify() == []
