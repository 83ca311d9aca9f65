"""The coverage matrix: statements by evidence categories, counted from the log."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.assessment_facts import AssessmentFacts
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageState:
    """What the screen shows."""

    is_counting: bool = True


class CoverageMatrix(Presenter[CoverageState]):
    """The verbs of the coverage screen of one assessment."""

    def __init__(self, session: Session, facts: AssessmentFacts) -> None:
        super().__init__(CoverageState())
        self.facts = facts
        self._session = session

    def close(self) -> None:
        """Hear nothing more."""
