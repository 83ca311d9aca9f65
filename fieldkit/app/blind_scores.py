"""Whether scores are given blind on this laptop: by the framework pack for everybody, else as whoever works here chose.

The choice is kept with the vault and goes nowhere: what it hides, it hides from the person who made it.
"""

from __future__ import annotations

from collections.abc import Iterable

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import RecordRow
from fieldkit.app.scores import given, moderated
from fieldkit.domain.blinding import in_sight
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judgement
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId

_ON = "yes"
_NOBODY_SCORES = "scores/nobody"


def is_blind(questions: Questions, assessment: AssessmentId, framework: Framework) -> bool:
    """Whether others' scores are hidden until one's own is written."""
    if questions.setting(_NOBODY_SCORES) == _ON:
        return False
    return framework.method.blind or questions.setting(_place(assessment)) == _ON


def nobody_scores_here(uow: UnitOfWork) -> None:
    """The office reads what its store holds and gives no scores of its own: nothing is hidden from it."""
    uow.set_setting(_NOBODY_SCORES, _ON)


def hides_by_choice(questions: Questions, assessment: AssessmentId) -> bool:
    """Whether whoever works here chose a blind round, whatever framework it is scored against."""
    return questions.setting(_place(assessment)) == _ON


def unseen(questions: Questions, rows: Iterable[RecordRow]) -> frozenset[RecordId]:
    """Those of these records that hold others' scores and are not to be seen yet by whoever chose a blind round."""
    places = {
        (row.value.assessment, row.value.judged.pack) for row in rows if row.kind == Judgement.KIND and not row.is_mine
    }
    hidden: set[RecordId] = set()
    for assessment, pack in places:
        if hides_by_choice(questions, assessment):
            found = given(questions, assessment, pack)
            seen, _ = in_sight(found, moderated(questions, assessment, pack))
            hidden |= {one.value.id for one in found} - {one.value.id for one in seen}
    return frozenset(hidden)


def choose_blind(uow: UnitOfWork, assessment: AssessmentId, framework: Framework, *, is_on: bool) -> None:
    """Keep the choice. Raises ``Mistake('score.blind_by_pack')`` where the pack does not leave it to anybody."""
    if framework.method.blind and not is_on:
        raise Mistake("score.blind_by_pack", pack=framework.id)
    uow.set_setting(_place(assessment), _ON if is_on else None)


def _place(assessment: AssessmentId) -> str:
    return f"scores/blind/{assessment}"
