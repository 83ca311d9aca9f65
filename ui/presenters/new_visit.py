"""Create a visit (ux S3), with its assessment if that is new: a panel in place, not a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit, read_agenda
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.domain.assessment import Activity, ActivityKind, SubjectKind, Visit
from fieldkit.kernel.errors import Mistake, each_of
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.field_error import FieldError
from ui.presenters.first_run import DEFAULT_PACK
from ui.presenters.presenter import Presenter
from ui.presenters.services import Connection, PackOffer, Session
from ui.presenters.visit_changes import FIELDS, read_days
from ui.presenters.wording import sentence

JUST_YOU = "You. Others join once this laptop is enrolled with an office"
FROM_OFFICE = "Your office decides who is on the team of an assessment"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisitState:
    """The form's choices and what is wrong with what was entered."""

    assessments: tuple[tuple[AssessmentId, str], ...] = ()
    chosen: int = 0
    """Which of them is offered first."""
    team: str = ""
    packs: tuple[PackOffer, ...] = ()
    pack: int = 0
    today: date = date.min
    errors: tuple[FieldError, ...] = ()
    fault: str = ""
    busy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitForm:
    """What was entered. ``assessment`` None = a new one with ``assessment_name`` and the packs chosen."""

    assessment: AssessmentId | None
    assessment_name: str
    packs: tuple[int, ...]
    name: str
    when: str
    until: str
    place: str
    meeting: str
    agenda: str


_Named = tuple[tuple[AssessmentId, str], ...]


def _named(questions: Questions) -> _Named:
    return tuple((row.assessment.id, row.assessment.name) for row in questions.assessments())


class NewVisit(Presenter[NewVisitState]):
    """Checks on the main button only, and creates everything in one transaction. ``near``: the assessment to offer."""

    def __init__(self, session: Session, created: Callable[[Visit], None], near: AssessmentId | None = None) -> None:
        today = session.clock.now().astimezone().date()
        is_alone = session.office.state.connection is Connection.STANDALONE
        super().__init__(NewVisitState(today=today, team=JUST_YOU if is_alone else FROM_OFFICE))
        self._near = near
        self._session = session
        self._created = created

    def load(self) -> None:
        """Read the assessments there are, and the packs."""
        self._session.workspace.ask_then(
            lambda q: (_named(q), q.setting(DEFAULT_PACK) or "", self._session.packs.offers()),
            lambda found: self._loaded(*found),
        )

    def create(self, form: VisitForm) -> None:
        """The main button."""
        if self.state.busy:
            return
        self._show(replace(self.state, errors=()))  # the same mistakes are told again
        errors = _missing(form)
        days: tuple[date | None, date | None] = (None, None)
        try:
            days = read_days(form.when, form.until, self.state.today)
        except Mistake as mistake:
            errors = (*errors, *map(_error, each_of(mistake)))
        if errors:
            self._show(replace(self.state, errors=errors, fault=""))
            return
        self._show(replace(self.state, errors=(), fault="", busy=True))
        self._session.workspace.perform(
            lambda uow: self._create(uow, form, *days), initiator="new visit", done=self._done, failed=self._wrong
        )

    def _create(self, uow: UnitOfWork, form: VisitForm, first: date | None, last: date | None) -> Visit:
        assessment = form.assessment
        if assessment is None:
            offers = [self.state.packs[place] for place in form.packs]
            subject = SubjectKind(offers[0].subject) if offers else SubjectKind.INTEGRATED_CARE_SYSTEM
            pins = [offer.pin for offer in offers]
            practice = self._session.is_practice
            assessment = open_assessment(uow, form.assessment_name, subject, pins, is_practice=practice).id
        visit = plan_visit(uow, assessment, form.name, place=form.place, starts_on=first, ends_on=last)
        if form.meeting.strip() or form.agenda.strip():
            _plan_meeting(uow, visit, form)
        return visit

    def _loaded(self, assessments: _Named, default: str, packs: tuple[PackOffer, ...]) -> None:
        names = [f"{offer.pin.id} {offer.pin.version}" for offer in packs]
        pack = names.index(default) if default in names else 0
        near = next((place for place, (one, _) in enumerate(assessments) if one == self._near), 0)
        self._show(replace(self.state, assessments=assessments, chosen=near, packs=packs, pack=pack))

    def _done(self, visit: Visit) -> None:
        self._show(replace(self.state, busy=False))
        self._created(visit)

    def _wrong(self, problem: Exception) -> None:
        if isinstance(problem, Mistake):
            self._show(replace(self.state, busy=False, errors=tuple(map(_error, each_of(problem)))))
        else:
            self._show(replace(self.state, busy=False, fault=sentence(problem)))


def _missing(form: VisitForm) -> tuple[FieldError, ...]:
    """All that was left empty, in the order of the form: nobody is to be told of one mistake after another."""
    wanted: list[tuple[str, object]] = [("visit.no_name", form.name.strip())]
    if form.assessment is None:
        wanted = [("assessment.no_name", form.assessment_name.strip()), *wanted, ("assessment.no_pack", form.packs)]
    return tuple(_error(Mistake(code)) for code, found in wanted if not found)


def _error(mistake: Mistake) -> FieldError:
    named = str(mistake.details.get("field", "name"))
    return FieldError(field=_FIELDS.get(mistake.code, FIELDS.get(named, named)), text=sentence(mistake))


_FIELDS = {
    "assessment.no_name": "assessment_name", "assessment.name_taken": "assessment_name",
    "assessment.no_pack": "packs", "activity.no_title": "meeting",
    "assessment.too_long": "assessment_name", "activity.too_long": "meeting",
}  # fmt: skip


def _plan_meeting(uow: UnitOfWork, visit: Visit, form: VisitForm) -> Activity:
    items = read_agenda(form.agenda)
    starts = items[0].starts if items else ""
    title = form.meeting.strip() or "Meeting"
    return plan_activity(uow, visit, ActivityKind.OBSERVATION, title, starts=starts, items=items)
