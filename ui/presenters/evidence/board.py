"""The evidence list: which notes are shown, by which filter."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.presenters.assessment_facts import AssessmentFacts
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceState:
    """What the screen shows. ``filter`` is the text of the filter box."""

    filter: str = ""


class EvidenceBoard(Presenter[EvidenceState]):
    """The verbs of the evidence list of one assessment."""

    def __init__(self, session: Session, facts: AssessmentFacts) -> None:
        super().__init__(EvidenceState())
        self.facts = facts
        self._session = session

    def filter_by(self, text: str) -> None:
        """Show the notes that this filter finds."""
        self._show(replace(self.state, filter=text))

    def close(self) -> None:
        """Hear nothing more."""
