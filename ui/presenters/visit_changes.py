"""A visit renamed, moved to other days or archived, each with its undo (ux S3: F2 and Delete)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fieldkit.app.bounds import check_planned_day
from fieldkit.app.replanning import archive_visit, change_visit
from fieldkit.domain.assessment import Visit
from fieldkit.kernel.errors import Finding
from ui.presenters.dates import read_day
from ui.presenters.field_error import errors_of
from ui.presenters.forms import Action, Form, FormField, Values
from ui.presenters.services import Failed, Session
from ui.presenters.undo import Deed
from ui.presenters.wording import ui


class VisitChanges:
    """Changes visits of one session. ``troubled`` is told of whatever the store did not accept."""

    def __init__(self, session: Session, troubled: Failed) -> None:
        self._session = session
        self._troubled = troubled

    def changed(self, visit: Visit, before: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
        """Its form was saved: ``before`` is what the changed ones of ``fields`` were."""
        if before:
            name = "Visit renamed" if set(before) == {"name"} else "Visit changed"
            after = {key: fields[key] for key in before}
            self._did(name, lambda: self._put(visit, before), lambda: self._put(visit, after))

    def archive(self, visit: Visit, *, archived: bool) -> None:
        """Keep a visit out of the list, or bring it back."""

        def done(_: None) -> None:
            name = f"{visit.name} {'archived' if archived else 'brought back'}"
            self._did(name, lambda: self._keep(visit, not archived), lambda: self._keep(visit, archived))

        self._keep(visit, archived, done)

    def _keep(self, visit: Visit, archived: bool, done: Callable[[None], None] | None = None) -> None:
        self._session.workspace.perform(
            lambda uow: archive_visit(uow, visit.id, archived=archived), initiator="home", done=done,
            failed=self._troubled,
        )  # fmt: skip

    def _put(self, visit: Visit, fields: Mapping[str, Any]) -> None:
        self._session.workspace.perform(
            lambda uow: change_visit(uow, visit.id, **fields), initiator="home", failed=self._troubled
        )

    def _did(self, name: str, undo: Callable[[], None], redo: Callable[[], None]) -> None:
        self._session.undo.did(Deed(name=name, undo=undo, redo=redo))


class ChangeVisit(Form):
    """The form of a visit that is there: its name, days and place. ``leave`` closes it."""

    def __init__(self, session: Session, visit: Visit, changes: VisitChanges, leave: Callable[[], None]) -> None:
        ends = "" if visit.ends_on in (None, visit.starts_on) else ui.day(visit.ends_on)
        first = {
            "name": visit.name, "when": ui.day(visit.starts_on) if visit.starts_on else "", "until": ends,
            "place": visit.place,
        }  # fmt: skip
        super().__init__(
            session, _FIELDS_OF_A_VISIT, place=f"form/visit/{visit.id}", submit=self._changed, done=self._finish,
            first=first, initiator="home", errors=lambda problem: errors_of(problem, "name", FIELDS),
        )  # fmt: skip
        self.visit = visit
        self.leave = leave
        self._changes = changes
        self._fields: Mapping[str, Any] = {}
        self._today = session.clock.now().astimezone().date()

    def _changed(self, values: Values) -> Action:
        starts, ends = read_days(values["when"], values["until"], self._today)
        fields = {"name": values["name"], "starts_on": starts, "ends_on": ends, "place": values["place"]}
        self._fields = fields
        return lambda uow: change_visit(uow, self.visit.id, **fields)

    def _finish(self, before: Mapping[str, Any]) -> None:
        self._changes.changed(self.visit, before, self._fields)
        self.leave()


_FIELDS_OF_A_VISIT = (
    FormField(name="name", needed="visit.no_name", label="Visit name"),
    FormField(name="when", label="Date (optional)", hint="Like 12 November 2026"),
    FormField(name="until", label="Last day (optional)"),
    FormField(name="place", label="Place (optional)"),
)
FIELDS = {"starts_on": "when", "ends_on": "until"}
"""What the form calls the fields that mistakes name."""


def read_days(when: str, until: str, today: date) -> tuple[date | None, date | None]:
    """The first and the last day; without a last day the visit takes one.

    Raises ``Mistake`` as ``read_day`` does, and ``Mistake('visit.year')``.
    """
    finding = Finding()
    starts = finding.read(lambda: read_day(when, today))
    ends = finding.read(lambda: read_day(until, today, "until"))
    finding.read(lambda: check_planned_day(starts, "when"))
    finding.read(lambda: check_planned_day(ends, "until"))
    finding.settle()
    return starts, ends or starts
