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
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values, chosen
from ui.presenters.presenter import Presenter
from ui.presenters.services import Connection, PackOffer, Session
from ui.presenters.visit_changes import FIELDS, read_days
from ui.presenters.wording import sentence, ui

JUST_YOU = "You. Others join once this laptop is enrolled with an office"
FROM_OFFICE = "Your office decides who is on the team of an assessment"


NEW = "new"
"""What is chosen in place of an assessment that is there."""
_PLACE = "form/visit/new"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVisitState:
    """``form`` comes with the assessments and packs there are; ``team`` says who is on it."""

    team: str = ""
    form: Form | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the form offers, and which of the packs at first."""

    assessments: tuple[tuple[AssessmentId, str], ...]
    packs: tuple[PackOffer, ...]
    pack: int


def _read(questions: Questions, packs: tuple[PackOffer, ...]) -> Choices:
    assessments = tuple((row.assessment.id, row.assessment.name) for row in questions.assessments())
    names = [f"{offer.pin.id} {offer.pin.version}" for offer in packs]
    default = questions.setting(DEFAULT_PACK) or ""
    return Choices(assessments=assessments, packs=packs, pack=names.index(default) if default in names else 0)


class NewVisit(Presenter[NewVisitState]):
    """Checks on the main button only, and creates everything in one transaction. ``near``: the assessment to offer."""

    def __init__(self, session: Session, created: Callable[[Visit], None], near: AssessmentId | None = None) -> None:
        is_alone = session.office.state.connection is Connection.STANDALONE
        super().__init__(NewVisitState(team=JUST_YOU if is_alone else FROM_OFFICE))
        self._today = session.clock.now().astimezone().date()
        self._near = near
        self._session = session
        self._created = created
        self._is_closed = False

    def load(self) -> None:
        """Read the assessments there are, and the packs."""
        self._session.workspace.ask_then(lambda q: _read(q, self._session.packs.offers()), self._loaded)

    def close(self) -> None:
        """What was entered goes to disk; it is there when the form is opened again."""
        self._is_closed = True
        if self.state.form is not None:
            self.state.form.close()

    def _loaded(self, found: Choices) -> None:
        if self._is_closed:
            return
        known = [one for one, _ in found.assessments]
        assessment = self._near if self._near in known else next(iter(known), NEW)
        first = {"assessment": str(assessment), "when": ui.day(self._today), "packs": str(found.pack)}

        def submit(values: Values) -> Action:
            days = read_days(values["when"], values["until"], self._today)
            return lambda uow: self._create(uow, values, found, *days)

        form = Form(
            self._session, _fields(found), place=_PLACE, submit=submit, done=self._created, first=first,
            initiator="new visit", errors=_errors_of,
        )  # fmt: skip
        self._show(replace(self.state, form=form))
        form.start()

    def _create(self, uow: UnitOfWork, values: Values, found: Choices, first: date | None, last: date | None) -> Visit:
        assessment = AssessmentId(values["assessment"] or NEW)  # nothing to choose from: the field is not shown
        if assessment == NEW:
            # The default pack comes first: an assessment's main one is its first.
            places = sorted(map(int, chosen(values["packs"])), key=lambda place: (place != found.pack, place))
            offers = [found.packs[place] for place in places]
            subject = SubjectKind(offers[0].subject) if offers else SubjectKind.INTEGRATED_CARE_SYSTEM
            pins = [offer.pin for offer in offers]
            practice = self._session.is_practice
            assessment = open_assessment(uow, values["assessment_name"], subject, pins, is_practice=practice).id
        visit = plan_visit(uow, assessment, values["name"], place=values["place"], starts_on=first, ends_on=last)
        if values["meeting"].strip() or values["agenda"].strip():
            _plan_meeting(uow, visit, values)
        return visit


def _fields(found: Choices) -> tuple[FormField, ...]:
    assessments = (*(Option(one, name) for one, name in found.assessments), Option(NEW, "A new assessment"))
    packs = tuple(Option(str(at), f"{one.title} ({one.effective})") for at, one in enumerate(found.packs))

    def is_new(values: Values) -> bool:
        return values["assessment"] == NEW

    return (
        FormField(
            name="assessment", label="Assessment", entry=Entry.PICK, options=assessments,
            shown=lambda _: bool(found.assessments),
        ),
        FormField(
            name="assessment_name", needed="assessment.no_name", label="Name of the assessment",
            hint="Like Northshire ICS", shown=is_new,
        ),
        FormField(name="name", needed="visit.no_name", label="Visit name", hint="Like Visit 1"),
        FormField(name="when", label="Date (optional)", hint="Like 12 November 2026, or today"),
        FormField(name="until", label="Last day (optional)", hint="Where the visit takes more than one day"),
        FormField(name="place", label="Place (optional)"),
        FormField(
            name="packs", needed="assessment.no_pack", label="Framework pack", entry=Entry.CHECKS, options=packs,
            shown=is_new,
        ),
        FormField(name="meeting", label="First meeting (optional)", hint="Like ICB board"),
        FormField(
            name="agenda", label="Its agenda (optional)", entry=Entry.LONG, rows=5,
            hint="Paste it, one item a line: 09:30 Welcome",
        ),
    )  # fmt: skip


def _errors_of(problem: Exception) -> tuple[FieldError, ...]:
    return tuple(map(_error, each_of(problem))) if isinstance(problem, Mistake) else ()


def _error(mistake: Mistake) -> FieldError:
    named = str(mistake.details.get("field", "name"))
    return FieldError(field=_FIELDS.get(mistake.code, FIELDS.get(named, named)), text=sentence(mistake))


_FIELDS = {
    "assessment.no_name": "assessment_name", "assessment.name_taken": "assessment_name",
    "assessment.no_pack": "packs", "activity.no_title": "meeting",
    "assessment.too_long": "assessment_name", "activity.too_long": "meeting",
}  # fmt: skip


def _plan_meeting(uow: UnitOfWork, visit: Visit, values: Values) -> Activity:
    items = read_agenda(values["agenda"])
    starts = items[0].starts if items else ""
    title = values["meeting"].strip() or "Meeting"
    return plan_activity(uow, visit, ActivityKind.OBSERVATION, title, starts=starts, items=items)
