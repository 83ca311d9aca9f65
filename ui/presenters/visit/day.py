"""The visit (ux S4): the day on one page. What is planned, what has been captured, what is left to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.programme_file import Applied
from fieldkit.app.rows import ActivityRow
from fieldkit.app.sources import ABOUT_SOURCES, read_sources
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.sources import Source
from fieldkit.kernel.ids import ActivityId, VisitId
from ui.presenters.forms import Form
from ui.presenters.home_rows import days, is_on
from ui.presenters.log.log_rows import ENOUGH, LogRows
from ui.presenters.log.note_actions import NoteActions
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.programme.alerts import alerts_of
from ui.presenters.row_moves import Move, RowsMoved
from ui.presenters.services import Connection, Session
from ui.presenters.timing import Countdown
from ui.presenters.visit.agenda import AgendaLine, LineKind, current_of, lines_of, noted_in, now_words
from ui.presenters.visit.captures import ALL, Choice, Only, choice_of, choices
from ui.presenters.visit.day_reader import DayReader
from ui.presenters.visit.facts import VisitFacts
from ui.presenters.visit.form import ActivityForm, ItemForm, Plan, plan_of
from ui.presenters.visit.leave import BeforeYouLeave
from ui.presenters.visit.paste import PasteProgramme
from ui.presenters.visit.plans import PlanActions
from ui.presenters.visit.programme_file import ProgrammeFile
from ui.presenters.wording import sentence, ui

_TICK = 20.0
"""Seconds between looks at the clock: "starts in 5 minutes" is never more than that behind."""

_SETTLING = 0.2
"""Seconds that arriving notes are waited for: counting ten thousand of them takes 2 ms of the store lane."""

VisitPanel = ActivityForm | ItemForm | PasteProgramme | ProgrammeFile | BeforeYouLeave


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitState:
    """What the screen shows beside the list of captures. ``chosen`` is the key of the line under the cursor."""

    title: str
    when: str
    now: str = ""
    lines: tuple[AgendaLine, ...] = ()
    current: ActivityId | None = None
    chosen: str = ""
    panel: VisitPanel | None = None
    choices: tuple[Choice, ...] = ()
    choice: Choice = ALL
    alerts: tuple[str, ...] = ()
    """What is wrong with who goes where (``ui.presenters.programme.alerts``)."""
    fault: str = ""


class VisitDay(Presenter[VisitState]):
    """The verbs of the visit screen."""

    def __init__(self, session: Session, facts: VisitFacts) -> None:
        super().__init__(_first_state(facts.visit))
        self.facts = facts
        self._session = session
        self._activities: tuple[ActivityRow, ...] = facts.activities
        self._wanted = ALL.wanted(facts.visit.id)
        self.captures = LogRows(session.workspace, session.later, self._wanted, ENOUGH)
        roles = {person.code: person.role for person in facts.people}
        self.reader = DayReader({one.id: one for one in facts.frameworks}, roles)
        self.reader.sources = facts.sources
        self.reader.is_alone = session.office.state.connection is Connection.STANDALONE
        self.reader.know(session)
        self.actions = NoteActions(session, self.troubled)
        self.plans = PlanActions(session, facts.visit, self._plan_troubled)
        self.leave = BeforeYouLeave(session, facts.visit)
        self._clock = Countdown(session.later, self._tick)
        self._soon = Countdown(session.later, self._count)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._arrange()

    @property
    def visit(self) -> Visit:
        """The visit as it was when it was opened, or as it was changed since."""
        return self.facts.visit

    def activity(self, activity: ActivityId) -> Activity:
        """An activity of the agenda; a plain one for notes whose activity a team-mate moved elsewhere."""
        visit = self.visit
        gone = Activity(
            id=activity, assessment=visit.assessment, visit=visit.id, kind=ActivityKind.OBSERVATION, title=""
        )
        return next((row.activity for row in self._activities if row.activity.id == activity), gone)

    def knows(self, activity: ActivityId) -> bool:
        """Whether the activity is on this visit's agenda."""
        return any(row.activity.id == activity for row in self._activities)

    @property
    def note_in(self) -> Activity | None:
        """Where Ctrl+N leads."""
        return noted_in(self.state.lines, self._now())

    def start(self) -> None:
        """Read the captures, and begin to watch the clock."""
        self.captures.load()
        self.leave.start()
        self._clock.start(_TICK)

    def close(self) -> None:
        """Hear nothing more."""
        self._clock.drop()
        self._soon.drop()
        self.leave.close()
        self.captures.close()
        self._listening.close()
        self._keep_typed()

    # The line under the cursor

    @property
    def line(self) -> AgendaLine | None:
        """The agenda line under the cursor."""
        return next((line for line in self.state.lines if line.key == self.state.chosen), None)

    def choose(self, key: str) -> None:
        """The cursor is on this line."""
        self._show(replace(self.state, chosen=key))

    def move(self, step: int) -> None:
        """Alt+Up and Alt+Down."""
        line = self.line
        if line is None or line.activity is None:
            return
        if line.item is not None:
            self.plans.move_item(line.activity, line.item, step)
        elif line.kind is LineKind.ACTIVITY:
            self.plans.move(line.activity, step)

    def call_off(self) -> None:
        """Delete: cancel the activity or bring it back; an agenda item is taken off."""
        line = self.line
        if line is None or line.activity is None:
            return
        if line.item is not None:
            self.plans.remove_item(line.activity, line.item)
        elif line.kind is LineKind.ACTIVITY:
            self.plans.call_off(line.activity)

    # Panels

    def add(self) -> None:
        """A new activity: today's unplanned one starts now, so that a name and Enter are enough."""
        now = self._now()
        today = is_on(self.visit, now.date())
        on = now.date() if today else self.visit.starts_on
        first = Plan(on=ui.day(on) if on else "", starts=f"{now:%H:%M}" if today else "", place="")
        self._open(ActivityForm(self.plans, None, first, (), now.date(), self._added, self.close_panel))

    def change(self) -> None:
        """F2: the form of the activity or item under the cursor."""
        line = self.line
        if line is None or line.activity is None:
            return
        if line.item is not None:
            self._open(ItemForm(self.plans, line.activity, line.item, self.close_panel))
            return
        first, visits = plan_of(line.activity), self.facts.visits
        changed = lambda _: self.close_panel()  # noqa: E731 - a name for one line
        self._open(
            ActivityForm(self.plans, line.activity, first, visits, self._now().date(), changed, self.close_panel)
        )

    def add_items(self) -> None:
        """More items for the agenda of the activity under the cursor."""
        line = self.line
        if line is not None and line.activity is not None:
            self._open(ItemForm(self.plans, line.activity, None, self.close_panel))

    def paste(self) -> None:
        """A whole programme as text."""
        today = self._now().date()
        place = f"programme/{self.visit.id}"
        form = PasteProgramme(
            self.plans, self.visit.starts_on, today, self._pasted, self.close_panel, self._session, place
        )
        self._open(form)
        form.start()

    def from_file(self) -> None:
        """A programme out of a calendar or table."""
        self._open(ProgrammeFile(self._session, self.plans, self.visit, self._taken, self.close_panel))

    def before_you_leave(self) -> None:
        """The task list."""
        self.leave.open()
        self._open(self.leave)

    def close_panel(self) -> None:
        """Esc, or done."""
        if self.state.panel is self.leave:
            self.leave.shut()
        self._keep_typed()
        self._show(replace(self.state, panel=None))

    def _keep_typed(self) -> None:
        """What stands in a form goes to disk; it is there when the form is opened again."""
        if isinstance(self.state.panel, Form):
            self.state.panel.close()

    # Captures

    def show_only(self, choice: Choice) -> None:
        """Filter the captures."""
        self._show(replace(self.state, choice=choice))
        self._look_for(choice)

    def show_kind(self, only: Only) -> None:
        """Filter the captures by one of the standing filters."""
        self.show_only(Choice(words=only.value, only=only))

    def show_notes_of_line(self) -> None:
        """Filter the captures by the line under the cursor."""
        choice = choice_of(self.line) if self.line is not None else None
        if choice is not None:
            self.show_only(choice)

    def _look_for(self, choice: Choice) -> None:
        wanted = choice.wanted(self.visit.id)
        if wanted != self._wanted:  # an item under a new name is still the same item
            self._wanted = wanted
            self.captures.look_for(wanted)

    def troubled(self, problem: Exception) -> None:
        """Something could not be saved."""
        self._show(replace(self.state, fault=sentence(problem)))
        self._session.say(sentence(problem), urgent=True)

    def dismiss_fault(self) -> None:
        """The banner was read."""
        self._show(replace(self.state, fault=""))

    def _plan_troubled(self, problem: Exception) -> None:
        self.troubled(problem)

    def _open(self, panel: VisitPanel) -> None:
        if self.state.panel is self.leave and panel is not self.leave:
            self.leave.shut()
        self._keep_typed()
        self._show(replace(self.state, panel=panel, fault=""))
        if isinstance(panel, Form):
            panel.start()

    def _added(self, activity: Activity | None) -> None:
        self.close_panel()
        if activity is not None:
            self._show(replace(self.state, chosen=f"{activity.id} {LineKind.ACTIVITY.value}"))
            self._session.say(f"{activity.title} added")

    def _pasted(self, made: Sequence[Activity]) -> None:
        self.close_panel()
        if made:
            self._show(replace(self.state, chosen=f"{made[0].id} {LineKind.ACTIVITY.value}"))
        self._session.say(f"{ui.count(len(made), 'activity', 'activities')} added")

    def _taken(self, applied: Applied) -> None:
        self.close_panel()
        if applied.made:
            self._show(replace(self.state, chosen=f"{applied.made[0].id} {LineKind.ACTIVITY.value}"))
        new, others = len(applied.made), sum(bool(one.before) for one in applied.changed) - len(applied.made)
        self._session.say(f"{ui.count(new, 'activity', 'activities')} added, {others} changed. Ctrl+Z takes it back")

    def _changed(self, changes: ChangeSet) -> None:
        visit = self.visit.id
        if changes.touches("activity", *ABOUT_SOURCES):  # what an interview is called depends on what was agreed
            self._count()
        elif changes.touches("entry") and not self._soon.is_pending:
            self._soon.start(_SETTLING)
        if visit in changes.ids("visit"):
            self._session.workspace.ask_then(lambda q: q.visit(visit), self._visit_changed)
        if changes.touches("person"):
            self._session.workspace.ask_then(partial(_people, visit=visit), self.reader.meet)
        if changes.touches(*ABOUT_SOURCES):
            activities, assessment = [row.activity for row in self._activities], self.visit.assessment
            self._session.workspace.ask_then(lambda q: read_sources(q, assessment, activities), self._relabel)

    def _relabel(self, sources: Mapping[ActivityId, Source]) -> None:
        """Somebody is to be shown as something else: the captures are put into words again."""
        if sources != self.reader.sources:
            self.reader.sources = sources
            self.captures.moved.tell(RowsMoved(move=Move.RESET))

    def _visit_changed(self, visit: Visit) -> None:
        self.facts = replace(self.facts, visit=visit)
        first = _first_state(visit)
        self._show(replace(self.state, title=first.title, when=first.when))
        self._arrange()

    def _count(self) -> None:
        visit = self.visit.id
        self._session.workspace.ask_then(lambda q: tuple(q.activities(visit)), self._planned)

    def _planned(self, activities: tuple[ActivityRow, ...]) -> None:
        self._activities = activities
        self._arrange()

    def _tick(self) -> None:
        self._clock.start(_TICK)
        self._arrange()

    def _arrange(self) -> None:
        now = self._now()
        self.reader.day = now.date() if is_on(self.visit, now.date()) else self.visit.starts_on
        lines = lines_of(self._activities, now)
        found = choices(lines)
        choice = self.state.choice if self.state.choice in found else _same(self.state.choice, found)
        self._look_for(choice)
        current = current_of(lines, now)
        chosen = self.state.chosen
        if chosen not in {line.key for line in lines}:
            chosen = next((line.key for line in lines if line.activity and line.activity.id == current), "")
        self._show(
            replace(
                self.state, lines=lines, current=current, chosen=chosen, now=now_words(lines, now), choices=found,
                choice=choice, alerts=alerts_of([row.activity for row in self._activities]),
            )
        )  # fmt: skip

    def _now(self) -> datetime:
        return self._session.clock.now().astimezone()


def _first_state(visit: Visit) -> VisitState:
    return VisitState(title=visit.name, when=days(visit.starts_on, visit.ends_on))


def _same(choice: Choice, found: tuple[Choice, ...]) -> Choice:
    """The filter of the same activity and item under its new name, or all."""
    alike = (
        one
        for one in found
        if (one.activity, one.item, one.is_no_item) == (choice.activity, choice.item, choice.is_no_item)
        and one.only == choice.only
    )
    return next(alike, ALL)


def _people(questions: Questions, visit: VisitId) -> dict[str, str]:
    return {person.code: person.role for person in questions.people(visit)}
