"""Whether scores are given blind on this laptop: by the framework pack for everybody, else as whoever works here chose.

The choice is kept with the vault and goes nowhere: what it hides, it hides from the person who made it.
"""

from __future__ import annotations

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId

_ON = "yes"


def is_blind(questions: Questions, assessment: AssessmentId, framework: Framework) -> bool:
    """Whether others' scores are hidden until one's own is written."""
    return framework.method.blind or questions.setting(_place(assessment)) == _ON


def choose_blind(uow: UnitOfWork, assessment: AssessmentId, framework: Framework, *, is_on: bool) -> None:
    """Keep the choice. Raises ``Mistake('score.blind_by_pack')`` where the pack does not leave it to anybody."""
    if framework.method.blind and not is_on:
        raise Mistake("score.blind_by_pack", pack=framework.id)
    uow.set_setting(_place(assessment), _ON if is_on else None)


def _place(assessment: AssessmentId) -> str:
    return f"scores/blind/{assessment}"
