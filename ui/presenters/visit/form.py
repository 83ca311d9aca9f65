"""The form of an activity, new or there already, and that of an agenda item (region D of the visit)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fieldkit.app.assessments import clock_time, read_agenda
from fieldkit.app.programme_text import kind_of
from fieldkit.app.who_goes import read_names
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem, Visit
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import VisitId
from ui.presenters.dates import read_day
from ui.presenters.field_error import FieldError, errors_of
from ui.presenters.presenter import Presenter
from ui.presenters.visit.plans import PlanActions
from ui.presenters.wording import sentence, ui


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """What is wrong with what was entered."""

    errors: tuple[FieldError, ...] = ()
    fault: str = ""


class Form(Presenter[FormState]):
    """What every form of the visit shares: a way out, and its mistakes."""

    def __init__(self, close: Callable[[], None]) -> None:
        super().__init__(FormState())
        self.close = close
        self._is_saving = False

    def _begins(self) -> bool:
        """Whether saving may begin: a second press before the first is answered would plan everything twice."""
        may_begin, self._is_saving = not self._is_saving, True
        return may_begin

    def _wrong(self, problem: Exception) -> None:
        self._is_saving = False
        if isinstance(problem, Mistake):
            self._show(FormState())  # the same mistakes are told again
            self._show(FormState(errors=errors_of(problem, "title")))
        else:
            self._show(replace(self.state, errors=(), fault=sentence(problem)))


class ActivityForm(Form):
    """``activity`` None = a new one. ``first`` is what stands in the fields to begin with."""

    def __init__(
        self,
        plans: PlanActions,
        activity: Activity | None,
        first: Plan,
        visits: tuple[Visit, ...],
        today: date,
        done: Callable[[Activity | None], None],
        close: Callable[[], None],
    ) -> None:
        super().__init__(close)
        self.activity = activity
        self.first = first
        self.visits = visits
        self._plans = plans
        self._today = today
        self._done = done

    @property
    def heading(self) -> str:
        """What the panel is called."""
        return "Add activity" if self.activity is None else "Change the activity"

    def save(self, plan: Plan) -> None:
        """The main button."""
        try:
            fields = self._read(plan)
        except Mistake as mistake:
            self._wrong(mistake)
            return
        if not self._begins():
            return
        if self.activity is None:
            self._plans.add(fields, self._done, self._wrong)
        else:
            activity = self.activity
            self._plans.change(activity, fields, lambda: self._done(activity), self._wrong)

    def _read(self, plan: Plan) -> dict[str, Any]:
        finding = Finding()
        finding.unless(bool(plan.title.strip()), "activity.no_title", field="title")
        on = finding.read(lambda: read_day(plan.on, self._today, "on"))
        starts = finding.read(lambda: clock_time(plan.starts, "starts"))
        ends = finding.read(lambda: clock_time(plan.ends, "ends"))
        finding.settle()
        fields: dict[str, Any] = {
            "kind": self._kind(plan), "title": plan.title, "on": on, "starts": starts, "ends": ends,
            "place": plan.place,
            "organisation": plan.organisation, "stream": plan.stream, "assigned": read_names(plan.assigned),
        }  # fmt: skip
        if self.activity is None:
            fields["items"] = read_agenda(plan.agenda)
            fields["starts"] = fields["starts"] or next((item.starts for item in fields["items"] if item.starts), "")
        elif plan.visit is not None:
            fields["visit"] = plan.visit
            if plan.visit != self.activity.visit and fields["on"] == self.activity.on:
                fields["on"] = next(one.starts_on for one in self.visits if one.id == plan.visit)
        return fields

    def _kind(self, plan: Plan) -> ActivityKind:
        """A new "Interview: matron" is an interview, unless somebody said what it is."""
        is_untouched = self.activity is None and plan.kind is self.first.kind
        return kind_of(plan.title.strip()) if is_untouched else plan.kind


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
        self, plans: PlanActions, activity: Activity, item: AgendaItem | None, close: Callable[[], None]
    ) -> None:
        super().__init__(close)
        self.activity = activity
        self.item = item
        self._plans = plans

    @property
    def heading(self) -> str:
        """What the panel is called."""
        return "Add agenda items" if self.item is None else "Change the agenda item"

    def save(self, title: str, starts: str) -> None:
        """The main button on one item: its name and time."""
        if self.item is not None:
            self._plans.change_item(self.activity, self.item, title, starts, self.close, self._wrong)

    def add(self, text: str) -> None:
        """The main button on new ones: one a line, ``09:30 Welcome``."""
        items = read_agenda(text)
        if not items:
            self._wrong(Mistake("item.no_title", field="title"))
            return
        if self._begins():
            self._plans.add_items(self.activity, items, self.close, self._wrong)
