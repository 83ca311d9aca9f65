"""The page Cases: the list of an assessment, its sample, and the way into the cases that are followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

from fieldkit.app.cases import add_case, cases_of, describe_case, follow_case, set_sampling, take_proposal
from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.case import Case, Sampling
from fieldkit.domain.sampling import SAMPLE, Proposal, propose, replacement, swapped
from fieldkit.kernel.ids import ActivityId, AssessmentId, RecordId
from ui.presenters.case.case_fields import case_facts, case_fields, case_values
from ui.presenters.cases.bringing_in import Importing
from ui.presenters.cases.rows import CaseRow, CoverRow, case_row, cover_rows, explained, headline
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence
from ui.presenters.wording.ui import count


class Beside(StrEnum):
    """What stands beside the list."""

    CASE = "case"
    COVERAGE = "coverage"
    FORM = "form"
    IMPORT = "import"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesFacts:
    """What the page starts from."""

    assessment: Assessment
    visits: tuple[Visit, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesState:
    """What the page shows. ``edition`` grows whenever something else stands beside the list."""

    cases: tuple[Case, ...]
    current: RecordId | None = None
    beside: Beside = Beside.COVERAGE
    heading: str = ""
    form: Form | None = None
    importing: Importing | None = None
    proposal: Proposal | None = None
    remark: str = ""
    fault: str = ""
    edition: int = 0
    arrivals: int = 0
    """Grows when a list came in: its first case is under the cursor then."""

    @property
    def rows(self) -> tuple[CaseRow, ...]:
        """The list."""
        return tuple(case_row(case) for case in self.cases)

    @property
    def cover(self) -> tuple[CoverRow, ...]:
        """The sample beside the list."""
        return cover_rows(self._as_proposed)

    @property
    def summary(self) -> str:
        """How many stand where."""
        return headline(self.cases)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why each case of the proposal was picked."""
        return explained(self.proposal) if self.proposal is not None else ()

    @property
    def _as_proposed(self) -> tuple[Case, ...]:
        """The cases as they would stand if the proposal were taken."""
        if self.proposal is None:
            return self.cases
        picked = {pick.case.id for pick in self.proposal.sample}
        spare = {pick.case.id for pick in self.proposal.reserves}
        return tuple(_placed(case, picked, spare) for case in self.cases)


def read_cases(session: Session, questions: Questions, assessment: str) -> CasesFacts:
    """Called on the store lane."""
    found = AssessmentId(assessment)
    return CasesFacts(
        assessment=questions.assessment(found), visits=tuple(questions.visits(found)),
        cases=tuple(cases_of(questions, found)),
    )  # fmt: skip


class Cases(Presenter[CasesState]):
    """``open_case`` leads to the page of a case that is followed."""

    def __init__(self, session: Session, facts: CasesFacts, open_case: Callable[[ActivityId], None]) -> None:
        first = facts.cases[0].id if facts.cases else None
        super().__init__(CasesState(cases=facts.cases, current=first))
        self.facts = facts
        self._session = session
        self._open_case = open_case
        self._arriving: RecordId | None = None
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Assessment and page."""
        return (self.facts.assessment.name, Page.CASES.value)

    @property
    def case(self) -> Case | None:
        """The case under the cursor."""
        return next((one for one in self.state.cases if one.id == self.state.current), None)

    def close(self) -> None:
        """What was typed goes to disk; nothing is heard any more."""
        self._listening.close()
        if self.state.form is not None:
            self.state.form.close()

    def go_to(self, case: RecordId) -> None:
        """The cursor is on a case."""
        self._show(replace(self.state, current=case))

    def show_case(self) -> None:
        """Everything of the case under the cursor."""
        if self.case is not None:
            self._beside(Beside.CASE)

    def show_coverage(self) -> None:
        """The sample beside the list, by characteristic."""
        self._beside(Beside.COVERAGE)

    def add(self) -> None:
        """The form of a new case."""

        def submit(values: Values) -> Action:
            return partial(add_case, assessment=self.facts.assessment.id, facts=case_facts(values))

        self._form("Add a case", "new", case_fields(), {}, submit, self._added)

    def describe(self) -> None:
        """F2: the case under the cursor."""
        case = self.case
        if case is None:
            return

        def submit(values: Values) -> Action:
            return partial(describe_case, case=case.id, facts=case_facts(values))

        self._form(f"Describe {case.code}", case.id, case_fields(), case_values(case), submit, self._done)

    def import_list(self) -> None:
        """The way from a file to the list."""
        importing = Importing(self._session, self.facts.assessment.id, self._imported)
        self._beside(Beside.IMPORT, importing=importing)

    def propose(self, size: int = SAMPLE) -> None:
        """A sample that covers the list, with its reasons; nothing is changed before it is taken."""
        if not self.state.cases:
            self._session.say(sentence("case.none"))
            return
        proposal = propose(self.state.cases, size=size)
        self._beside(Beside.PROPOSAL, proposal=proposal)
        self._session.say(f"{count(len(proposal.sample), 'case')} proposed, {len(proposal.reserves)} in reserve")

    def swap(self) -> None:
        """Take the case under the cursor out of the proposal, or into it."""
        proposal, case = self.state.proposal, self.case
        if proposal is None or case is None:
            return
        self._show(replace(self.state, proposal=swapped(self.state.cases, proposal, case)))
        self._session.say("Swapped")

    def take(self) -> None:
        """Make the proposal the sample."""
        proposal, before = self.state.proposal, {case.id: case for case in self.state.cases}
        if proposal is None:
            return

        def taken(changed: list[Case]) -> None:
            self._beside(Beside.COVERAGE)
            self._undoable("Sample taken", [before[case.id] for case in changed], changed)

        self._do(lambda uow: take_proposal(uow, self.facts.assessment.id, proposal), taken)

    def set_state(self, state: Sampling) -> None:
        """Move the case under the cursor between list, sample, reserve and taking part."""
        case = self.case
        if case is None or case.sampling is state:
            return
        if state is Sampling.NOT_ENGAGED:
            self._ask_reason(case)
            return
        done = partial(self._undoable, f"{case.code} moved", [case])
        self._do(lambda uow: set_sampling(uow, [case.id], state), done)

    def follow(self) -> None:
        """The timeline of the case under the cursor; it becomes an activity of the visit, if it is none yet."""
        case, visits = self.case, self.facts.visits
        if case is None:
            return
        if case.activity is not None:
            self._open_case(case.activity)
        elif len(visits) == 1:
            self._follow(case, visits[0])
        elif not visits:
            self._session.say("No visits yet")
        else:
            self._ask_visit(case)

    def close_beside(self) -> None:
        """Esc: what is open beside the list goes; what was entered stays as a draft."""
        self._beside(Beside.COVERAGE)

    def trouble(self, problem: Exception) -> None:
        """Something could not be done."""
        self._show(replace(self.state, fault=sentence(problem)))

    def _follow(self, case: Case, visit: Visit) -> None:
        self._do(lambda uow: follow_case(uow, case.id, visit), lambda activity: self._open_case(activity.id))

    def _ask_visit(self, case: Case) -> None:
        options = tuple(Option(one.id, one.name) for one in self.facts.visits)
        fields = (
            FormField(
                name="visit",
                needed="case.no_visit",
                label="On which visit is it followed?",
                entry=Entry.CHOICE,
                options=options,
            ),
        )
        by_id = {str(one.id): one for one in self.facts.visits}

        def submit(values: Values) -> Action:
            return lambda uow: follow_case(uow, case.id, by_id[values["visit"]])

        def followed(activity: Activity) -> None:
            self._done(activity)
            self._open_case(activity.id)

        self._form(f"Follow {case.code}", f"follow/{case.id}", fields, {}, submit, followed)

    def _ask_reason(self, case: Case) -> None:
        fields = (FormField(name="reason", needed="case.no_reason", label="Why does this case not take part?"),)

        def submit(values: Values) -> Action:
            return lambda uow: set_sampling(uow, [case.id], Sampling.NOT_ENGAGED, values["reason"])

        def said(changed: list[Case]) -> None:
            self._done(changed)
            self._undoable(f"{case.code} does not take part", [case], changed)
            spare = replacement(self.state.cases, case)
            if spare is not None:
                self._show(replace(self.state, remark=f"{spare.code} is the reserve that is most like {case.code}",
                                   current=spare.id))  # fmt: skip

        self._form(f"{case.code} does not take part", f"off/{case.id}", fields, {}, submit, said)

    def _form(
        self, heading: str, name: str, fields: tuple[FormField, ...], first: Values,
        submit: Callable[[Values], Action], done: Callable[[Any], None],
    ) -> None:  # fmt: skip
        place = f"form/cases/{self.facts.assessment.id}/{name}"
        form = Form(self._session, fields, place=place, submit=submit, done=done, first=first, initiator="cases")
        self._beside(Beside.FORM, form=form, heading=heading)
        form.start()

    def _beside(
        self, beside: Beside, *, form: Form | None = None, heading: str = "", importing: Importing | None = None,
        proposal: Proposal | None = None,
    ) -> None:  # fmt: skip
        if self.state.form is not None:
            self.state.form.close()
        self._show(
            replace(
                self.state, beside=beside, form=form, heading=heading, importing=importing, proposal=proposal,
                remark="", edition=self.state.edition + 1,
            )
        )  # fmt: skip

    def _do(self, action: Callable[[UnitOfWork], Any], done: Callable[[Any], None]) -> None:
        self._session.workspace.perform(action, initiator="cases", done=done, failed=self.trouble)

    def _done(self, _: Any) -> None:
        self._session.say("Saved")
        self._beside(Beside.COVERAGE)

    def _added(self, case: Case) -> None:
        self._done(case)
        self._show(replace(self.state, current=case.id))

    def _imported(self, made: list[Case]) -> None:
        self._beside(Beside.COVERAGE)
        words = f"{count(len(made), 'case')} imported, {made[0].code} to {made[-1].code}"
        self._show(replace(self.state, remark=words))
        self._arriving = made[0].id
        self._settle()
        self._session.say(words)

    def _settle(self) -> None:
        """Put the cursor on the first case that came in, as soon as the list was read again."""
        if self._arriving is not None and self._arriving in {case.id for case in self.state.cases}:
            current, self._arriving = self._arriving, None
            self._show(replace(self.state, current=current, arrivals=self.state.arrivals + 1))

    def _undoable(self, name: str, before: list[Case], after: list[Case]) -> None:
        def put(cases: list[Case]) -> None:
            def action(uow: UnitOfWork) -> None:
                for case in cases:
                    set_sampling(uow, [case.id], case.sampling, case.reason)

            self._do(action, lambda _: None)

        if after:
            self._session.undo.did(Deed(name=name, undo=lambda: put(before), redo=lambda: put(after)))

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("case", "visit"):
            assessment = self.facts.assessment.id
            self._session.workspace.ask_then(
                lambda questions: read_cases(self._session, questions, assessment), self._read, self.trouble
            )

    def _read(self, facts: CasesFacts) -> None:
        self.facts = facts
        there = {case.id for case in facts.cases}
        first = facts.cases[0].id if facts.cases else None
        current = self.state.current if self.state.current in there else first
        self._show(replace(self.state, cases=facts.cases, current=current))
        self._settle()


def way() -> Way:
    """Read with the assessment's id."""
    return Way(read=read_cases, make=_make)


def _make(bench: Bench, facts: Any) -> Cases:
    return Cases(bench.session, facts, bench.open_activity)


def _placed(case: Case, picked: set[RecordId], spare: set[RecordId]) -> Case:
    if case.sampling in (Sampling.ENGAGED, Sampling.NOT_ENGAGED):
        return case
    state = Sampling.SAMPLED if case.id in picked else Sampling.RESERVE if case.id in spare else Sampling.LISTED
    return replace(case, sampling=state)
