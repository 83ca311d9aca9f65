"""What the evidence list starts from, in one read: all that a filter can name, and the saved filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fieldkit.app.abouts import abouts_of
from fieldkit.app.cases import cases_of
from fieldkit.app.contradictions import opposed_in
from fieldkit.app.filter_names import Known
from fieldkit.app.ports import Questions
from fieldkit.app.report_walls import walled_in
from fieldkit.app.rows import AssessorRow
from fieldkit.app.sources import read_sources
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import Person
from fieldkit.domain.sources import Source
from fieldkit.kernel.ids import ActivityId, AssessmentId, RecordId
from ui.presenters.assessment_facts import read_assessment
from ui.presenters.evidence.saved_filters import SAVED, Saved, read_saved
from ui.presenters.services import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFacts:
    """One assessment as far as filters and rows speak of it."""

    assessment: Assessment
    frameworks: tuple[Framework, ...]
    visits: tuple[Visit, ...]
    activities: tuple[Activity, ...]
    people: tuple[Person, ...]
    authors: tuple[AssessorRow, ...]
    saved: tuple[Saved, ...] = ()
    sources: Mapping[ActivityId, Source] = field(default_factory=dict)
    abouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    restricted: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()
    """Notes of findings that cite evidence for and against."""
    split: frozenset[tuple[str, str]] = frozenset()
    """``(pack, statement)`` of which some notes say strength and others shortfall."""
    cases: Mapping[RecordId, str] = field(default_factory=dict)
    """The references of the cases by their ids."""

    def known(self, today: date) -> Known:
        """What a filter can name on this day."""
        return Known(
            today=today, frameworks=self.frameworks, visits=self.visits, activities=self.activities,
            people=self.people, authors=self.authors, abouts=self.abouts,
            restricted=self.restricted, opposed=self.opposed,
            silent=tuple(one for one, source in self.sources.items() if not source.shows_speaker),
        )  # fmt: skip


def read_board(session: Session, questions: Questions, assessment: AssessmentId) -> BoardFacts:
    """Called on the store lane."""
    facts = read_assessment(session, questions, assessment)
    activities = tuple(row.activity for visit in facts.visits for row in questions.activities(visit.id))
    return BoardFacts(
        assessment=facts.assessment, frameworks=facts.frameworks, visits=facts.visits,
        activities=activities,
        people=tuple(person for visit in facts.visits for person in questions.people(visit.id)),
        authors=tuple(questions.assessors(assessment)), saved=read_saved(questions.setting(SAVED) or ""),
        sources=read_sources(questions, assessment, activities), abouts=abouts_of(questions, assessment),
        restricted=tuple(sorted(walled_in(questions, assessment))),
        opposed=tuple(sorted(opposed_in(questions, assessment))), split=questions.split(assessment),
        cases={case.id: case.code for case in cases_of(questions, assessment)},
    )  # fmt: skip
