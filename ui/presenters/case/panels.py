"""The forms beside a case's timeline: each opens with what is known, and becomes one use case when it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Protocol

from fieldkit.app.case_consent import set_case_consent
from fieldkit.app.case_file import CaseFile
from fieldkit.app.case_gap_note import note_gap
from fieldkit.app.cases import case_for, describe_case
from fieldkit.app.entries import restore_entry, withdraw_entry
from fieldkit.app.event_list import add_touchpoints, put_all_back, take_all_off
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.touchpoints import Event, add_touchpoint, put_back, revise_touchpoint, take_off
from fieldkit.domain.entry import Entry
from fieldkit.domain.framework import Framework
from fieldkit.domain.pathway import Step
from fieldkit.domain.touchpoint import Touchpoint, TouchpointKind
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import RecordId
from fieldkit.reports.case_words import needs_year
from ui.presenters.case.case_fields import (
    case_facts,
    case_fields,
    case_values,
    consent_answers,
    consent_fields,
    consent_values,
    reason_fields,
)
from ui.presenters.case.event_fields import (
    Reading,
    event_fields,
    event_of,
    handover_fields,
    values_of,
    words_fields,
)
from ui.presenters.case.gap_fields import gap_fields, gap_note, gap_values
from ui.presenters.case.pasting import PastedLine, events_of, paste_fields, read_pasted
from ui.presenters.case.state import CasePanel, TrackState
from ui.presenters.forms import Form, FormField, FormState, Values
from ui.presenters.services import Session
from ui.presenters.wording.ui import count

_WORDS = ("happened", "should_have", "exact_words")
"""The fields of an event whose words go into the note that its tags make."""
Submit = Callable[[Values], Callable[[UnitOfWork], Any]]
Do = Callable[[UnitOfWork], Any]


class Timeline(Protocol):
    """The page the forms stand beside."""

    frameworks: tuple[Framework, ...]

    @property
    def state(self) -> TrackState: ...
    @property
    def step(self) -> Step | None: ...
    @property
    def today(self) -> date: ...
    def open_panel(self, panel: CasePanel) -> None: ...
    def preview(self, lines: tuple[PastedLine, ...]) -> None: ...
    def panel_done(self, _: Any) -> None: ...
    def edited(self, one: Touchpoint, last: RecordId | None = None, says: str = "Saved") -> None: ...
    def did(self, name: str, undo: Do, redo: Do, *, is_quiet: bool = False) -> None: ...
    def go_to_gap(self) -> None: ...


class Panels:
    """``track`` holds the state, and is told of what was saved."""

    def __init__(self, track: Timeline, session: Session) -> None:
        self._track = track
        self._session = session

    def add_event(self) -> None:
        """The form of a new event."""
        self._new_event("Add event", "event", event_fields(self._file, self._track.frameworks), {})

    def add_handover(self) -> None:
        """The form of a new handover, from the last service there was."""
        served = [step.touchpoint for step in self._file.path.steps if step.touchpoint.organisation]
        first = {"organisation": served[-1].organisation} if served else {}
        self._new_event("Add handover", "handover", handover_fields(self._file), first)

    def add_words(self) -> None:
        """The form of somebody's words."""
        self._new_event("Add person's words", "words", words_fields(), {"sources": "person"})

    def duplicate(self) -> None:
        """Ctrl+D: a new event that begins as the one under the cursor stands; nothing is saved before it is changed."""
        step = self._track.step
        if step is None:
            self._session.say("No events yet")
            return
        fields = self._fields_of(step.touchpoint)
        self._new_event("Duplicate event", f"copy/{step.touchpoint.id}", fields, _known(step.touchpoint, fields))

    def edit(self) -> None:
        """F2: the event under the cursor in the form it was made with."""
        step = self._track.step
        if step is None:
            return
        one = step.touchpoint
        fields = self._fields_of(one)

        def submit(values: Values) -> Callable[[UnitOfWork], Touchpoint]:
            event, today = self._event(values, one), self._track.today
            return partial(revise_touchpoint, activity=self._file.activity, one=one.id, event=event, today=today)

        self._open("Edit event", f"edit/{one.id}", fields, _known(one, fields), submit, self._track.edited)

    def paste(self) -> None:
        """A dated list: each line is shown as the event it would become before any of them is added."""
        activity = self._file.activity

        def submit(values: Values) -> Callable[[UnitOfWork], list[Touchpoint]]:
            origin = self._origin("text")
            events = tuple(replace(one, origin=origin) for one in events_of(values, self._reading))
            return partial(add_touchpoints, activity=activity, events=events, today=self._track.today)

        fields = paste_fields(self._file.services)
        self._open("Paste a dated list", "paste", fields, {}, submit, self._pasted, "Add the events", has_preview=True)
        panel = self._track.state.panel
        if isinstance(panel, CasePanel):
            panel.form.changed.listen(partial(self._look, panel))
            self._look(panel, panel.form.state)

    def note_gap(self) -> None:
        """Make the gap at the event under the cursor a note; where it has none, go to the next gap there is."""
        track = self._track
        event, gaps = track.state.current, track.state.gaps
        if event is None or not gaps:
            track.go_to_gap()
            return
        named = needs_year(self._file.path, track.today)

        def submit(values: Values) -> Callable[[UnitOfWork], Entry]:
            note = replace(gap_note(values, self._reading), origin=self._origin("text"))
            return partial(note_gap, activity=self._file.activity, event=event, note=note)

        first = gap_values(gaps, track.frameworks, with_year=named)
        self._open("Note the gap", f"gap/{event}", gap_fields(), first, submit, self._noted)

    def describe(self) -> None:
        """The form of what the case is."""
        file = self._file

        def submit(values: Values) -> Callable[[UnitOfWork], Any]:
            facts = case_facts(values)
            return lambda uow: describe_case(uow, case_for(uow, file.activity).id, facts)

        first = case_values(file.case)
        self._open("Describe the case", "case", case_fields(), first, submit, self._track.panel_done)

    def ask_consent(self) -> None:
        """The form of the case's consent."""
        file = self._file

        def submit(values: Values) -> Callable[[UnitOfWork], Any]:
            return partial(set_case_consent, activity=file.activity, answers=consent_answers(values))

        self._open("Consent", "consent", consent_fields(), consent_values(file.consent), submit, self._consented)

    def ask_take_off(self) -> None:
        """Why the event under the cursor is taken off."""
        step, activity = self._track.step, self._file.activity
        if step is None:
            return
        one = step.touchpoint.id

        def submit(values: Values) -> Callable[[UnitOfWork], Any]:
            return partial(take_off, activity=activity.id, one=one, reason=values["reason"])

        self._open("Take off this event", f"off/{one}", reason_fields(), {}, submit, self._taken_off, "Take off")

    # Inside

    @property
    def _file(self) -> CaseFile:
        return self._track.state.file

    @property
    def _reading(self) -> Reading:
        return Reading(file=self._file, frameworks=self._track.frameworks, today=self._track.today)

    def _event(self, values: Values, before: Touchpoint | None = None) -> Event:
        return replace(event_of(values, self._reading, before), origin=self._origin(*_WORDS))

    def _origin(self, *names: str) -> str:
        """Where the words of the form that is being saved came from, if they were not typed into it."""
        panel = self._track.state.panel
        return panel.form.origin(names) if panel is not None else ""

    def _fields_of(self, one: Touchpoint) -> tuple[FormField, ...]:
        match one.kind:
            case TouchpointKind.WORDS:
                return words_fields()
            case TouchpointKind.HAND_OVER:
                return handover_fields(self._file)
            case _:
                return event_fields(self._file, self._track.frameworks)

    def _new_event(self, heading: str, name: str, fields: tuple[FormField, ...], first: dict[str, str]) -> None:
        activity, rows = self._file.activity, self._track.state.rows
        last = rows[-1].id if rows else None

        def submit(values: Values) -> Callable[[UnitOfWork], Touchpoint]:
            return partial(add_touchpoint, activity=activity, event=self._event(values), today=self._track.today)

        def added(one: Touchpoint) -> None:
            self._track.did(
                "Event added", lambda uow: take_off(uow, activity.id, one.id, "Undone"),
                lambda uow: put_back(uow, activity.id, one.id), is_quiet=True,
            )  # fmt: skip
            self._track.edited(one, last)

        self._open(heading, name, fields, first, submit, added)

    def _open(
        self, heading: str, name: str, fields: tuple[FormField, ...], first: Values, submit: Submit,
        done: Callable[[Any], None], save: str = "Save", *, has_preview: bool = False,
    ) -> None:  # fmt: skip
        place = f"form/case/{self._file.activity.id}/{name}"
        form = Form(self._session, fields, place=place, submit=submit, done=done, first=first, initiator="case")
        identifier = f"case.{name.partition('/')[0]}"
        self._track.open_panel(
            CasePanel(heading=heading, form=form, identifier=identifier, save_words=save, has_preview=has_preview)
        )
        form.start()

    def _look(self, panel: CasePanel, state: FormState) -> None:
        """What the list would become, as it stands in the form now."""
        if self._track.state.panel is not panel:
            return
        try:
            self._track.preview(read_pasted(state.values, self._reading))
        except Mistake:  # told when somebody presses the button: nothing is judged while somebody types
            self._track.preview(())

    def _pasted(self, made: list[Touchpoint]) -> None:
        activity, ids = self._file.activity.id, tuple(one.id for one in made)
        self._track.did(
            f"{count(len(made), 'event')} added", lambda uow: take_all_off(uow, activity, ids, "Undone"),
            lambda uow: put_all_back(uow, activity, ids),
        )  # fmt: skip
        self._track.edited(made[0], says=f"{count(len(made), 'event')} added")

    def _noted(self, entry: Entry) -> None:
        self._track.panel_done(entry)
        self._track.did(
            "Gap noted", lambda uow: withdraw_entry(uow, entry.id, "Undone"),
            lambda uow: restore_entry(uow, entry.id), is_quiet=True,
        )  # fmt: skip
        self._session.say("Gap noted. It counts in coverage")

    def _taken_off(self, one: Touchpoint) -> None:
        activity = self._file.activity.id
        self._track.panel_done(one)
        self._track.did(
            "Event taken off", lambda uow: put_back(uow, activity, one.id),
            lambda uow: take_off(uow, activity, one.id, one.withdrawn),
        )  # fmt: skip

    def _consented(self, _: Any) -> None:
        self._track.panel_done(None)
        self._session.say(self._file.consent_words)


def _known(one: Touchpoint, fields: tuple[FormField, ...]) -> dict[str, str]:
    names = {each.name for each in fields}
    return {name: text for name, text in values_of(one).items() if name in names}
