"""What can be done to the programme, each with its undo: added, changed, moved, called off, brought back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fieldkit.app.assessments import plan_activity
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.programme_text import PlannedLine, plan_programme
from fieldkit.app.replanning import (
    Replanned,
    change_activity,
    move_activity,
    move_item,
    remove_item,
)
from fieldkit.domain.assessment import Activity, ActivityKind, AgendaItem, Visit
from fieldkit.kernel.ids import ActivityId
from ui.presenters.services import Failed, Session
from ui.presenters.undo import Deed
from ui.presenters.wording import ui

Changed = Callable[[UnitOfWork], Sequence[Replanned]]
Fields = Mapping[str, Any]


class PlanActions:
    """Changes the programme of one visit. ``troubled`` is told of whatever was not accepted and has no form."""

    def __init__(self, session: Session, visit: Visit, troubled: Failed) -> None:
        self._session = session
        self._visit = visit
        self._troubled = troubled

    @property
    def session(self) -> Session:
        """Whose forms these are."""
        return self._session

    @property
    def visit(self) -> Visit:
        """Whose programme it is."""
        return self._visit

    def adding(self, fields: Fields) -> Callable[[UnitOfWork], Activity]:
        """The use case that plans an activity; ``added`` is to be told of it."""
        plan = dict(fields)
        kind, title = ActivityKind(plan.pop("kind")), str(plan.pop("title"))
        return lambda uow: plan_activity(uow, self._visit, kind, title, **plan)

    def added(self, activity: Activity) -> None:
        """It can be undone, which calls it off, since nothing is ever removed."""
        self._did(f"{activity.title} added", [(activity.id, {"is_cancelled": True})])

    def paste(
        self,
        lines: Sequence[PlannedLine],
        fields: Fields,
        done: Callable[[Sequence[Activity]], None],
        failed: Failed,
        also: Callable[[UnitOfWork], None],
    ) -> None:
        """Plan every line of a pasted programme; ``also`` happens in the same step (its draft goes)."""

        def added(made: tuple[Activity, ...]) -> None:
            words = ui.count(len(made), "activity", "activities")
            self._did(f"{words} added", [(one.id, {"is_cancelled": True}) for one in made])
            done(made)

        def plan(uow: UnitOfWork) -> tuple[Activity, ...]:
            made = plan_programme(uow, self._visit, lines, fields["on"])
            also(uow)
            return made

        self._session.workspace.perform(plan, initiator="visit", done=added, failed=failed)

    def did_import(self, changed: Sequence[Replanned]) -> None:
        """A file was taken in: what it changed can be taken back, all at once."""
        self._did("Programme taken from the file", [(one.activity.id, one.before) for one in changed if one.before])

    def changed(self, name: str, found: Sequence[Replanned]) -> None:
        """``name`` was done by a form, and can be taken back."""
        before = [(one.activity.id, one.before) for one in found if one.before]
        if before:
            self._did(name, before)

    def call_off(self, activity: Activity) -> None:
        """Cancel an activity, or bring a cancelled one back; its notes stay where they are."""
        off = not activity.is_cancelled
        name = f"{activity.title} {'cancelled' if off else 'brought back'}"
        self._run(lambda uow: [change_activity(uow, activity.id, is_cancelled=off)], name)

    def move(self, activity: Activity, step: int) -> None:
        """Alt+Up and Alt+Down on an activity."""
        self._run(lambda uow: move_activity(uow, activity.id, step), f"{activity.title} moved")

    def move_item(self, activity: Activity, item: AgendaItem, step: int) -> None:
        """Alt+Up and Alt+Down on an agenda item."""
        self._run(lambda uow: [move_item(uow, activity.id, item.id, step)], f"{item.title} moved")

    def remove_item(self, activity: Activity, item: AgendaItem) -> None:
        """Take an item off the agenda; its notes stay under no item."""
        self._run(lambda uow: [remove_item(uow, activity.id, item.id)], f"{item.title} taken off the agenda")

    def _run(self, action: Changed, name: str) -> None:
        self._session.workspace.perform(
            action, initiator="visit", done=lambda found: self.changed(name, found), failed=self._troubled
        )

    def _did(self, name: str, before: Sequence[tuple[ActivityId, Fields]]) -> None:
        """Undoing puts the changed fields back as they were and keeps what they were until then, for doing it again."""
        held = [list(before)]

        def swap() -> None:
            def put(uow: UnitOfWork) -> list[Replanned]:
                return [change_activity(uow, activity, **fields) for activity, fields in held[0]]

            self._session.workspace.perform(put, initiator="visit", done=keep, failed=self._troubled)

        def keep(found: list[Replanned]) -> None:
            held[0] = [(one.activity.id, one.before) for one in found]

        self._session.undo.did(Deed(name=name, undo=swap, redo=swap))
