"""The teams this person is on, as the office told it, and the assessments they left: hidden here, then wiped.

An assessment that was left, by the person or because the office took them off its team, is hidden at once. Its words
stay on the laptop until nothing of it is owed: no record without a receipt, no file on its way, nothing begun and not
saved, and no note that only this laptop has (untagged notes never leave) unless the person says that they may go.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.domain.roles import Right, may
from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId

ROLES = "team/roles"
LEFT = "team/left"
"""Vault settings: what hello told last, and what was left."""

PERSON, OFFICE = "person", "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A role in one team; ``widened`` is the office's number of when the person last came to know more."""

    role: str
    widened: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An assessment that was left: why (``person`` or ``office``) and when; ``wiped_at`` empty = words are still here.

    ``is_told``: the office knows. ``may_lose``: the person said that notes which only this laptop has may go.
    """

    why: str
    at: str
    is_told: bool = False
    may_lose: bool = False
    wiped_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What keeps a left assessment from being wiped: records and files on their way, drafts, notes only here."""

    records: int = 0
    files: int = 0
    drafts: int = 0
    only_here: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.records or self.files or self.drafts or self.only_here)


class TeamStore(Protocol):
    """The sync engine's view; each method is one local transaction or several that may be broken off between."""

    def keep_roles(self, roles: Mapping[str, Part]) -> bool:
        """Keep what hello told; whether something is to be read again from its start."""

    def read_again(self) -> frozenset[str]:
        """Assessments of which own records are wanted from the office too: their words were wiped here."""

    def was_read_again(self, assessments: Iterable[str]) -> None:
        """They were read to their end."""

    def to_tell(self) -> tuple[str, ...]:
        """Assessments the person left and of which nothing is owed: the office is to be told."""

    def was_told(self, assessment: str, *, is_kept: bool = False) -> ChangeSet:
        """The office knows; or (``is_kept``) it refused, and the assessment is shown again."""

    def wipe(self) -> ChangeSet:
        """Wipe what was left and of which nothing is owed."""

    def owed(self, assessment: str) -> Owed:
        """What stands in the way."""


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


def as_setting(found: Mapping[str, Left | Part]) -> str | None:
    """The setting that keeps these."""
    raw = {place: asdict(one) for place, one in found.items()}
    return json.dumps(raw, sort_keys=True) if raw else None


def _kept(text: str | None) -> dict[str, dict[str, Any]]:
    return dict(json.loads(text)) if text else {}
