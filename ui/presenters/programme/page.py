"""The page Programme: who is where on a day, streams or people side by side, now marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.sources import ABOUT_SOURCES
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.kernel.ids import ActivityId, VisitId
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.programme.alerts import alerts_of
from ui.presenters.programme.grid import Across, Grid, days_of, grid_of
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import ui

_TICK = 20.0
"""Seconds between looks at the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """What the page is opened with."""

    assessment: Assessment
    visit: Visit
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeState:
    """``days`` are ISO days, an empty one for what has no day; ``day`` is the one that is shown."""

    days: tuple[str, ...] = ()
    day: str = ""
    across: Across = Across.STREAMS
    grid: Grid = field(default_factory=Grid)
    alerts: tuple[str, ...] = ()
    now: str = ""


class ProgrammePage(Presenter[ProgrammeState]):
    """``open_activity`` leads to the page of an activity, ``open_visit`` to where the programme is changed."""

    def __init__(
        self,
        session: Session,
        facts: ProgrammeFacts,
        open_activity: Callable[[ActivityId], None],
        open_visit: Callable[[VisitId], None],
    ) -> None:
        self._session = session
        self.facts = facts
        self._activities = facts.activities
        self.open_activity = open_activity
        self._open_visit = open_visit
        super().__init__(_first(facts.activities, self._now()))
        self._clock = Countdown(session.later, self._tick)
        self._clock.start(_TICK)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.facts.assessment.name, self.facts.visit.name, "Programme")

    def close(self) -> None:
        """Hear nothing more."""
        self._clock.drop()
        self._listening.close()

    def show_day(self, day: str) -> None:
        """Another day."""
        if day in self.state.days:
            self._arrange(replace(self.state, day=day))

    def show_across(self, across: Across) -> None:
        """Streams or people side by side."""
        self._arrange(replace(self.state, across=across))

    def change_it(self) -> None:
        """To the visit, where activities are added and changed."""
        self._open_visit(self.facts.visit.id)

    def day_words(self, day: str) -> str:
        """``Thursday 12 November 2026``."""
        if not day:
            return "No date yet"
        on = date.fromisoformat(day)
        words = f"{ui.weekday(on)} {on.year}"
        return f"{words}, today" if on == self._now().date() else words

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("activity", *ABOUT_SOURCES):
            visit = self.facts.visit.id
            self._session.workspace.ask_then(lambda questions: _planned(questions, visit), self._planned)

    def _planned(self, activities: tuple[Activity, ...]) -> None:
        self._activities = activities
        days = days_of(activities)
        day = self.state.day if self.state.day in days else _nearest(days, self._now().date())
        self._arrange(replace(self.state, days=days, day=day, alerts=alerts_of(activities)))

    def _tick(self) -> None:
        self._clock.start(_TICK)
        self._arrange(self.state)

    def _arrange(self, state: ProgrammeState) -> None:
        self._show(_with_grid(state, self._activities, self._now()))

    def _now(self) -> datetime:
        return self._session.clock.now().astimezone()


def _first(activities: tuple[Activity, ...], now: datetime) -> ProgrammeState:
    """Streams where there are any, people where only they are said."""
    days = days_of(activities)
    has_streams = any(one.stream for one in activities) or not any(one.assigned for one in activities)
    state = ProgrammeState(
        days=days, day=_nearest(days, now.date()), across=Across.STREAMS if has_streams else Across.PEOPLE,
        alerts=alerts_of(activities),
    )  # fmt: skip
    return _with_grid(state, activities, now)


def _with_grid(state: ProgrammeState, activities: tuple[Activity, ...], now: datetime) -> ProgrammeState:
    here = [one for one in activities if (one.on.isoformat() if one.on else "") == state.day]
    clock = f"{now:%H:%M}" if state.day == now.date().isoformat() else ""
    return replace(state, grid=grid_of(here, state.across, clock), now=clock)


def _nearest(days: tuple[str, ...], today: date) -> str:
    """Today, else the next day of the programme, else its last."""
    dated = [day for day in days if day]
    later = [day for day in dated if day >= today.isoformat()]
    return next(iter((*later, *reversed(dated))), "")


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read, make=_make)


def _read(_: Session, questions: Questions, record: str) -> ProgrammeFacts:
    visit = questions.visit(VisitId(record))
    return ProgrammeFacts(
        assessment=questions.assessment(visit.assessment), visit=visit, activities=_planned(questions, visit.id)
    )


def _make(bench: Bench, facts: ProgrammeFacts) -> ProgrammePage:
    return ProgrammePage(bench.session, facts, bench.open_activity, bench.open_visit)


def _planned(questions: Questions, visit: VisitId) -> tuple[Activity, ...]:
    return tuple(row.activity for row in questions.activities(visit))
