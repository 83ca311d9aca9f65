"""The form of an activity, new or there already, and that of an agenda item (region D of the visit)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldkit.app.assessments import clock_time, read_agenda
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.programme_text import kind_of
from fieldkit.app.replanning import Replanned, change_activity, change_item
from fieldkit.app.who_goes import read_names
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem, Visit
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import VisitId
from ui.presenters.dates import read_day
from ui.presenters.field_error import errors_of
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.visit.facts import KINDS
from ui.presenters.visit.plans import PlanActions
from ui.presenters.wording import ui


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is entered, as text."""

    kind: ActivityKind = ActivityKind.OBSERVATION
    title: str = ""
    on: str = ""
    starts: str = ""
    ends: str = ""
    place: str = ""
    organisation: str = ""
    stream: str = ""
    assigned: str = ""
    visit: VisitId | None = None
    agenda: str = ""

    @property
    def values(self) -> dict[str, str]:
        """As the form keeps it."""
        names = ("title", "on", "starts", "ends", "place", "organisation", "stream", "assigned", "agenda")
        found = {name: str(getattr(self, name)) for name in names}
        return {**found, "kind": self.kind.value, "visit": self.visit or ""}


class ActivityForm(Form):
    """``activity`` None = a new one. ``plan`` is what stands in the fields to begin with; ``leave`` closes it."""

    def __init__(
        self,
        plans: PlanActions,
        activity: Activity | None,
        plan: Plan,
        visits: tuple[Visit, ...],
        today: date,
        done: Callable[[Activity | None], None],
        leave: Callable[[], None],
    ) -> None:
        fields = _fields(visits if activity is not None else (), is_new=activity is None)
        names = {one.name for one in fields}
        super().__init__(
            plans.session, fields, place=f"form/activity/{plans.visit.id if activity is None else activity.id}",
            submit=self._planned, done=self._finish, initiator="visit",
            first={name: text for name, text in plan.values.items() if name in names},
            errors=lambda problem: errors_of(problem, "title"),
        )  # fmt: skip
        self.activity = activity
        self.plan = plan
        self.visits = visits
        self.leave = leave
        self._plans = plans
        self._today = today
        self._finished = done

    @property
    def heading(self) -> str:
        """What the panel is called."""
        return "Add activity" if self.activity is None else "Change the activity"

    def _planned(self, values: Values) -> Action:
        fields = self._read(values)
        activity = self.activity
        if activity is None:
            return self._plans.adding(fields)

        def change(uow: UnitOfWork) -> list[Replanned]:
            return [change_activity(uow, activity.id, **fields)]

        return change

    def _finish(self, made: Any) -> None:
        if self.activity is None:
            self._plans.added(made)
            self._finished(made)
        else:
            self._plans.changed(f"{self.activity.title} changed", made)
            self._finished(self.activity)

    def _read(self, values: Values) -> dict[str, Any]:
        finding = Finding()
        on = finding.read(lambda: read_day(values["on"], self._today, "on"))
        starts = finding.read(lambda: clock_time(values["starts"], "starts"))
        ends = finding.read(lambda: clock_time(values["ends"], "ends"))
        finding.settle()
        fields: dict[str, Any] = {
            "kind": self._kind(values), "title": values["title"], "on": on, "starts": starts, "ends": ends,
            "place": values["place"], "organisation": values["organisation"], "stream": values["stream"],
            "assigned": read_names(values["assigned"]),
        }  # fmt: skip
        visit = VisitId(values.get("visit", ""))
        if self.activity is None:
            fields["items"] = read_agenda(values["agenda"])
            fields["starts"] = fields["starts"] or next((item.starts for item in fields["items"] if item.starts), "")
        elif visit:
            fields["visit"] = visit
            if visit != self.activity.visit and fields["on"] == self.activity.on:
                fields["on"] = next(one.starts_on for one in self.visits if one.id == visit)
        return fields

    def _kind(self, values: Values) -> ActivityKind:
        """A new "Interview: matron" is an interview, unless somebody said what it is."""
        kind = ActivityKind(values["kind"] or self.plan.kind)
        is_untouched = self.activity is None and kind is self.plan.kind
        return kind_of(values["title"].strip()) if is_untouched else kind


def _fields(visits: Sequence[Visit], *, is_new: bool) -> tuple[FormField, ...]:
    kinds = tuple(Option(kind.value, words) for kind, words in KINDS.items())
    found = [
        FormField(name="title", needed="activity.no_title", label="Name"),
        FormField(name="kind", label="What is it", entry=Entry.PICK, options=kinds),
        FormField(name="starts", label="Starts", hint="Like 09:30"),
        FormField(name="ends", label="Ends (optional)"),
        FormField(name="on", label="Day", hint="Like 12 November 2026"),
        FormField(name="place", label="Place (optional)"),
        FormField(name="assigned", label="Who goes (optional)", hint="Initials or names, like AL, BM"),
        FormField(name="stream", label="Stream (optional)", hint="Of those that run side by side, like A"),
        FormField(name="organisation", label="Organisation (optional)"),
    ]
    if is_new:
        hint = "One item a line: 09:30 Welcome"
        found.append(FormField(name="agenda", label="Agenda (optional)", entry=Entry.LONG, rows=4, hint=hint))
    elif len(visits) > 1:
        hint = "Only an activity without notes can go to another visit"
        options = tuple(Option(one.id, one.name) for one in visits)
        found.append(FormField(name="visit", label="Visit", entry=Entry.PICK, options=options, hint=hint))
    return tuple(found)


def plan_of(activity: Activity) -> Plan:
    """What stands in the form of an activity that is there."""
    return Plan(
        kind=activity.kind, title=activity.title, on=ui.day(activity.on) if activity.on else "",
        starts=activity.starts, ends=activity.ends, place=activity.place, organisation=activity.organisation,
        stream=activity.stream, assigned=", ".join(activity.assigned), visit=activity.visit,
    )  # fmt: skip


class ItemForm(Form):
    """``item`` None = new ones, as many as there are lines."""

    def __init__(
        self, plans: PlanActions, activity: Activity, item: AgendaItem | None, leave: Callable[[], None]
    ) -> None:
        super().__init__(
            plans.session, _item_fields(activity, item), place=f"form/agenda/{item.id if item else activity.id}",
            submit=self._planned, done=self._finish, initiator="visit",
            first={"title": item.title, "time": item.starts} if item is not None else {},
            errors=lambda problem: errors_of(problem, "title"),
        )  # fmt: skip
        self.activity = activity
        self.item = item
        self.leave = leave
        self._plans = plans
        self._name = f"{item.title} changed" if item is not None else ""

    @property
    def heading(self) -> str:
        """What the panel is called."""
        return "Add agenda items" if self.item is None else "Change the agenda item"

    def _planned(self, values: Values) -> Action:
        activity, item = self.activity.id, self.item
        if item is not None:
            title, time = values["title"], values["time"]
            return lambda uow: [change_item(uow, activity, item.id, title, time)]
        items = read_agenda(values["title"])
        if not items:
            raise Mistake("item.no_title", field="title")
        self._name = f"{ui.count(len(items), 'agenda item')} added"

        def extend(uow: UnitOfWork) -> list[Replanned]:
            current = uow.questions.activity(activity)
            return [change_activity(uow, activity, items=(*current.items, *items))]

        return extend

    def _finish(self, made: Any) -> None:
        self._plans.changed(self._name, made)
        self.leave()


def _item_fields(activity: Activity, item: AgendaItem | None) -> tuple[FormField, ...]:
    of = FormField(name="of", label=f"Of {activity.title}", entry=Entry.WORDS)
    if item is None:
        hint = "One a line: 09:30 Welcome"
        return (of, FormField(name="title", label="Agenda items", entry=Entry.LONG, rows=8, hint=hint))
    return (
        of,
        FormField(name="title", needed="item.no_title", label="Name"),
        FormField(
            name="time", label="Starts (optional)", hint="Like 09:30", check=lambda text: clock_time(text, "time")
        ),
    )
