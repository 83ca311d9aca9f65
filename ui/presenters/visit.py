"""The visit (ux S4): the day's agenda on one side, what has been captured on the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from fieldkit.app.assessments import clock_time, plan_activity, read_agenda, revise_activity
from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.rows import ActivityRow, EntryFilter
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem, Assessment, Visit
from fieldkit.domain.framework import Framework
from fieldkit.domain.people import Person
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, VisitId
from ui.presenters.first_run import FieldError
from ui.presenters.log.log_rows import LogRows
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.log.row_words import RowReader
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, Session
from ui.presenters.wording import sentence, ui

KINDS = {
    ActivityKind.OBSERVATION: "Observation of a meeting",
    ActivityKind.INTERVIEW: "Interview",
    ActivityKind.CASE_TRACK: "Case track",
    ActivityKind.DROP_IN: "Drop-in",
    ActivityKind.RECORD_REVIEW: "Record review",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """A line of the agenda: an activity, or (with ``item``) one item under it."""

    activity: Activity
    item: AgendaItem | None
    time: str
    title: str
    notes: int

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        state = "cancelled" if self.activity.is_cancelled else ""
        return ", ".join(part for part in (self.time, self.title, ui.count(self.notes, "note"), state) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """What the screen starts from."""

    visit: Visit
    assessment: Assessment
    frameworks: tuple[Framework, ...]
    people: tuple[Person, ...]
    activities: tuple[ActivityRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitState:
    """What the screen shows beside the list of captures."""

    title: str
    when: str
    lines: tuple[AgendaLine, ...] = ()
    current: ActivityId | None = None
    is_adding: bool = False
    errors: tuple[FieldError, ...] = ()
    fault: str = ""


def read_visit(session: Session, questions: Questions, visit_id: VisitId) -> VisitFacts:
    """Called on the store lane."""
    visit = questions.visit(visit_id)
    assessment = questions.assessment(visit.assessment)
    return VisitFacts(
        visit=visit,
        assessment=assessment,
        frameworks=tuple(session.packs.framework(pin) for pin in assessment.packs),
        people=tuple(questions.people(visit_id)),
        activities=tuple(questions.activities(visit_id)),
    )


class VisitDay(Presenter[VisitState]):
    """The verbs of the visit screen."""

    def __init__(self, session: Session, facts: VisitFacts) -> None:
        visit = facts.visit
        when = ui.weekday(visit.starts_on) if visit.starts_on else "No date yet"
        super().__init__(VisitState(title=visit.name, when=when))
        self.facts = facts
        self._session = session
        self.rows = LogRows(session.workspace, session.later, EntryFilter(visit=visit.id))
        roles = {person.code: person.role for person in facts.people}
        self.reader = RowReader({one.id: one for one in facts.frameworks}, roles)
        self.reader.is_alone = session.office.state.connection is Connection.STANDALONE
        self.actions = NoteActions(session, self.troubled)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._planned(list(facts.activities))

    def activity(self, activity: ActivityId) -> Activity:
        """An activity of the agenda. Raises ``StopIteration`` for one that is not."""
        return next(line.activity for line in self.state.lines if line.activity.id == activity)

    def start(self) -> None:
        """Read the captures."""
        self.rows.load()

    def close(self) -> None:
        """Hear nothing more."""
        self.rows.close()
        self._listening.close()

    def add(self) -> None:
        """Open the panel for a new activity."""
        self._show(replace(self.state, is_adding=True, errors=()))

    def stop_adding(self) -> None:
        """Close the panel; nothing was kept."""
        self._show(replace(self.state, is_adding=False, errors=()))

    def plan(self, kind: ActivityKind, title: str, starts: str, agenda: str) -> None:
        """The panel's main button: an activity with its agenda pasted as text, one item a line."""

        def create(uow: UnitOfWork) -> Activity:
            items = read_agenda(agenda)
            begins = starts or (items[0].starts if items else "")
            return plan_activity(uow, self.facts.visit, kind, title, starts=begins, items=items)

        try:
            clock_time(starts)
        except Mistake as mistake:
            self._wrong(mistake)
            return
        self._session.workspace.perform(create, initiator="visit", done=self._added, failed=self._wrong)

    def paste_agenda(self, activity: ActivityId, text: str) -> None:
        """Add agenda items, one line each, to an activity that is planned already."""
        items = read_agenda(text)

        def extend(uow: UnitOfWork) -> Activity:
            current = uow.questions.activity(activity)
            return revise_activity(uow, replace(current, items=(*current.items, *items)))

        if items:
            self._session.workspace.perform(extend, initiator="visit", failed=self.troubled)

    def troubled(self, problem: Exception) -> None:
        """Something could not be saved."""
        self._show(replace(self.state, fault=sentence(problem)))
        self._session.say(sentence(problem), urgent=True)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("activity", "entry"):
            visit = self.facts.visit.id
            self._session.workspace.ask_then(lambda q: q.activities(visit), self._planned)
        if changes.touches("person"):
            self._session.workspace.ask_then(partial(_people, visit=self.facts.visit.id), self.reader.meet)

    def _planned(self, activities: list[ActivityRow]) -> None:
        lines = tuple(line for row in activities for line in _lines(row))
        self._show(replace(self.state, lines=lines, current=self._current(activities)))

    def _current(self, activities: list[ActivityRow]) -> ActivityId | None:
        """The activity whose time has come last today, else the first."""
        now = self._session.clock.now().astimezone()
        planned = [row.activity for row in activities if not row.activity.is_cancelled]
        time = now.strftime("%H:%M")
        begun = [one for one in planned if one.on in (None, now.date()) and one.starts and one.starts <= time]
        best = begun[-1] if begun else planned[0] if planned else None
        return best.id if best else None

    def _added(self, activity: Activity) -> None:
        self._show(replace(self.state, is_adding=False, errors=(), current=activity.id))
        self._session.say(f"{activity.title} added")

    def _wrong(self, problem: Exception) -> None:
        if isinstance(problem, Mistake):
            field = str(problem.details.get("field", "title"))
            self._show(replace(self.state, errors=(FieldError(field=field, text=sentence(problem)),)))
        else:
            self.troubled(problem)


def _people(questions: Questions, visit: VisitId) -> dict[str, str]:
    return {person.code: person.role for person in questions.people(visit)}


def _lines(row: ActivityRow) -> list[AgendaLine]:
    activity = row.activity
    head = AgendaLine(activity=activity, item=None, time=activity.starts, title=activity.title, notes=row.entries)
    items = (
        AgendaLine(activity=activity, item=item, time=item.starts, title=item.title, notes=row.by_item.get(item.id, 0))
        for item in activity.items
    )
    return [head, *items]
