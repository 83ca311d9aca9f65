"""A visit renamed, moved to other days or archived, each with its undo (ux S3: F2 and Delete)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fieldkit.app.bounds import check_planned_day
from fieldkit.app.replanning import archive_visit, change_visit
from fieldkit.domain.assessment import Visit
from fieldkit.kernel.errors import Finding, Mistake
from ui.presenters.dates import read_day
from ui.presenters.field_error import FieldError, errors_of
from ui.presenters.presenter import Presenter
from ui.presenters.services import Failed, Session
from ui.presenters.undo import Deed
from ui.presenters.wording import sentence


class VisitChanges:
    """Changes visits of one session. ``troubled`` is told of whatever the store did not accept."""

    def __init__(self, session: Session, troubled: Failed) -> None:
        self._session = session
        self._troubled = troubled

    def change(self, visit: Visit, fields: Mapping[str, Any], done: Callable[[], None], failed: Failed) -> None:
        """Change some fields; ``failed`` gets what is wrong with them."""

        def changed(before: Mapping[str, Any]) -> None:
            if before:
                name = "Visit renamed" if set(before) == {"name"} else "Visit changed"
                after = {key: fields[key] for key in before}
                self._did(name, lambda: self._put(visit, before), lambda: self._put(visit, after))
            done()

        self._session.workspace.perform(
            lambda uow: change_visit(uow, visit.id, **fields), initiator="home", done=changed, failed=failed
        )

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeVisitState:
    """What is wrong with what was entered."""

    errors: tuple[FieldError, ...] = ()
    fault: str = ""


class ChangeVisit(Presenter[ChangeVisitState]):
    """The form of a visit that is there: its name, days and place."""

    def __init__(self, session: Session, visit: Visit, changes: VisitChanges, close: Callable[[], None]) -> None:
        super().__init__(ChangeVisitState())
        self.visit = visit
        self.close = close
        self._changes = changes
        self._today = session.clock.now().astimezone().date()

    def save(self, name: str, when: str, until: str, place: str) -> None:
        """The main button."""
        self._show(ChangeVisitState())
        finding = Finding()
        days = finding.read(lambda: read_days(when, until, self._today))
        finding.unless(bool(name.strip()), "visit.no_name", field="name")
        try:
            finding.settle()
        except Mistake as mistake:
            self._wrong(mistake)
            return
        starts, ends = days or (None, None)
        fields = {"name": name, "starts_on": starts, "ends_on": ends, "place": place}
        self._changes.change(self.visit, fields, self.close, self._wrong)

    def _wrong(self, problem: Exception) -> None:
        if isinstance(problem, Mistake):
            self._show(ChangeVisitState(errors=errors_of(problem, "name", FIELDS)))
        else:
            self._show(replace(self.state, errors=(), fault=sentence(problem)))


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
