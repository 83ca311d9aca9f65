"""What taking work out leaves behind or takes along without being asked: to be said before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.blind_scores import hides_by_choice
from fieldkit.app.ports import Questions
from fieldkit.kernel.ids import AssessmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Minded:
    """``begun``: lines and forms with words that nobody saved, of all work on this laptop; none of them is a record.
    ``is_blind``: what others scored is hidden on the screens, and is in what is taken out.
    """

    begun: int = 0
    is_blind: bool = False


def minded(questions: Questions, assessment: AssessmentId) -> Minded:
    """Called on the store lane."""
    return Minded(
        begun=sum(bool(one.text.strip()) for one in questions.drafts()),
        is_blind=hides_by_choice(questions, assessment),
    )
