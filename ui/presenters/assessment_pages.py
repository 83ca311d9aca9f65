"""The pages about a whole assessment: its evidence and its coverage. One of each is open at a time."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.kernel.clock import to_stamp
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.assessment_facts import AssessmentFacts, read_assessment
from ui.presenters.coverage.matrix import CoverageMatrix
from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.opening import BoardFacts, read_board
from ui.presenters.freshness import Freshness
from ui.presenters.page import Page
from ui.presenters.services import Failed, Session
from ui.presenters.visit.leave import looked_key

ShowPage = Callable[[Page, bool], None]
"""Brings a page up; whether its presenter was made anew."""


class AssessmentPages:
    """Reads what a page needs, makes its presenter, closes the one before it, and has the page shown."""

    def __init__(self, session: Session, show: ShowPage, refused: Failed) -> None:
        self._session = session
        self._show = show
        self._refused = refused
        self.evidence: EvidenceBoard | None = None
        self.coverage: CoverageMatrix | None = None
        self._wanted_gap = 0
        self._fresh = Freshness(session)

    def is_stale(self, page: Page) -> bool:
        """Whether the frameworks changed since the page was read."""
        return not self._fresh.holds(page)

    def show_evidence(self, assessment: AssessmentId, words: str | None) -> None:
        """The evidence list filtered by ``words``; None keeps the filter that was there."""
        if self.evidence is not None and self.evidence.facts.assessment.id == assessment:
            if self.is_stale(Page.EVIDENCE):
                words = self.evidence.state.filter if words is None else words
            else:
                if words is not None:
                    self.evidence.filter_by(words)
                self._show(Page.EVIDENCE, False)
                return
        self._session.workspace.ask_then(
            lambda q: read_board(self._session, q, assessment),
            lambda facts: self._evidence_read(facts, words or ""), self._refused,
        )  # fmt: skip

    def show_coverage(self, assessment: AssessmentId, step: int = 0) -> None:
        """The coverage matrix, at the next (1) or previous (-1) gap."""
        self._wanted_gap = step
        is_same = self.coverage is not None and self.coverage.facts.assessment.id == assessment
        if self.coverage is not None and is_same and not self.is_stale(Page.COVERAGE):
            self._coverage_up(self.coverage, is_new=False)
            return
        self._session.workspace.ask_then(
            lambda q: read_assessment(self._session, q, assessment), self._coverage_read, self._refused
        )

    def looked_at_gaps(self) -> None:
        """The coverage is up: the task list of a visit says when the gaps were last looked at."""
        if self.coverage is not None:
            key, at = looked_key(self.coverage.facts.assessment.id), to_stamp(self._session.clock.now())
            self._session.workspace.perform(lambda uow: uow.set_setting(key, at), initiator="coverage")

    def crumbs(self, page: Page) -> tuple[str, ...]:
        """The way to one of these pages in words; empty for any other page."""
        open_ones = {Page.EVIDENCE: self.evidence, Page.COVERAGE: self.coverage}
        one = open_ones.get(page)
        return (one.facts.assessment.name, page.value) if one is not None else ()

    def close(self) -> None:
        """Nothing is heard any more."""
        self._fresh.close()
        for one in (self.evidence, self.coverage):
            if one is not None:
                one.close()
        self.evidence = self.coverage = None

    def _evidence_read(self, facts: BoardFacts, words: str) -> None:
        if not facts.activities:
            self._session.say("No activities yet")
            return
        if self.evidence is not None:
            self.evidence.close()
        self._fresh.made(Page.EVIDENCE)
        self.evidence = EvidenceBoard(self._session, facts)
        self.evidence.filter_by(words)
        self._show(Page.EVIDENCE, True)

    def _coverage_read(self, facts: AssessmentFacts) -> None:
        if self.coverage is not None:
            self.coverage.close()
        self._fresh.made(Page.COVERAGE)
        self.coverage = CoverageMatrix(self._session, facts)
        self._coverage_up(self.coverage, is_new=True)

    def _coverage_up(self, matrix: CoverageMatrix, *, is_new: bool) -> None:
        self._show(Page.COVERAGE, is_new)
        step, self._wanted_gap = self._wanted_gap, 0
        if step:
            matrix.next_gap(step)
