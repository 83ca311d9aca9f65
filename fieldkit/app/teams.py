"""The teams this person is on, as the office told it, and the assessments they left: hidden here, then wiped.

An assessment that was left, by the person or because the office took them off its team, is hidden at once. Its words
stay on the laptop until nothing of it is owed: no record without a receipt, no file on its way, nothing begun and not
saved, and no note that only this laptop has (untagged notes never leave) unless the person says that they may go.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import EntryFilter, Facet, Term
from fieldkit.app.team_store import LEFT, OFFICE, PERSON, ROLES, Left, Part, as_setting
from fieldkit.domain.roles import Right, may
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId

_MINE = (Term(facet=Facet.MARK, values=("mine",)),)


def roles(questions: Questions) -> dict[str, Part]:
    """The person's part in each team by its assessment, as the office told it last."""
    return {place: Part(**raw) for place, raw in _kept(questions.setting(ROLES)).items()}


def role_in(questions: Questions, assessment: AssessmentId) -> str:
    """The role there; empty where the office has told none (an assessment begun here, or one that was left)."""
    part = roles(questions).get(assessment)
    return part.role if part is not None else ""


def may_here(questions: Questions, assessment: AssessmentId, right: Right) -> bool:
    """Whether the person may, as far as the office has told: what nobody has decided is allowed."""
    role = role_in(questions, assessment)
    return not role or may(role, right)


def waits_apart(questions: Questions) -> list[AssessmentId]:
    """The assessments in which this person has written and may hand nothing in: a person lets it in, or nobody does."""
    return [
        place
        for one, part in roles(questions).items()
        if not may(part.role, Right.PUSH)
        and questions.entries(EntryFilter(assessment=(place := AssessmentId(one)), terms=_MINE, limit=1))
    ]


def left(questions: Questions) -> dict[str, Left]:
    """What was left, by assessment."""
    return {place: Left(**raw) for place, raw in _kept(questions.setting(LEFT)).items()}


def leave(uow: UnitOfWork, assessment: AssessmentId, *, may_lose: bool = False) -> Left:
    """Hide an assessment; the office is told and the words are wiped when nothing of it is owed.

    Raises ``Refusal('send.not_enrolled')``-like ``Mistake('team.alone')`` where there is no office: nothing of this
    vault is anywhere else.
    """
    if uow.questions.enrolment() is None:
        raise Mistake("team.alone")
    found = left(uow.questions)
    made = found.get(assessment) or Left(why=PERSON, at=to_stamp(uow.clock.now()))
    found[assessment] = replace(made, may_lose=made.may_lose or may_lose)
    uow.set_setting(LEFT, as_setting(found))
    return found[assessment]


def stay(uow: UnitOfWork, assessment: AssessmentId) -> None:
    """Take leaving back while the office has not been told. Raises ``Mistake('team.not_left' | 'team.told')``."""
    found = left(uow.questions)
    one = found.pop(assessment, None)
    if one is None:
        raise Mistake("team.not_left")
    if one.is_told or one.why == OFFICE:
        raise Mistake("team.told")
    uow.set_setting(LEFT, as_setting(found))


def _kept(text: str | None) -> dict[str, dict[str, Any]]:
    return dict(json.loads(text)) if text else {}
