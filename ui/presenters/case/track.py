"""The page of a case: its events, the one under the cursor, the open form, what is to be said of the last one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from fieldkit.app.case_consent import set_case_consent
from fieldkit.app.case_file import CaseFile, case_report, read_case
from fieldkit.app.cases import case_for, describe_case
from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.touchpoints import (
    Event,
    add_touchpoint,
    leave_below,
    move_touchpoint,
    put_back,
    revise_touchpoint,
    take_off,
)
from fieldkit.capture.personal import Detail, personal_details
from fieldkit.domain.framework import Framework
from fieldkit.domain.pathway import Step
from fieldkit.domain.touchpoint import Touchpoint, TouchpointKind
from fieldkit.kernel.ids import ActivityId, RecordId
from fieldkit.reports.blocks import Document
from fieldkit.reports.case_report import compose
from fieldkit.reports.case_words import EventWords, event_words, summary
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
from ui.presenters.forms import Form, FormField, Values
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.undo import Deed
from ui.presenters.wording import sentence

ZOOMS = (50, 75, 100, 150, 200, 300, 400)
_READS_ANEW = ("touchpoint", "case", "entry", "filing", "withdrawal", "consent", "activity")


class Remedy(StrEnum):
    """What a remark offers to do."""

    LEAVE = "leave"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRemark:
    """Something to mention after saving. ``first`` and ``second`` are buttons; the second keeps things as they are."""

    text: str
    first: str
    second: str
    remedy: Remedy
    event: RecordId
    above: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CasePanel:
    """A form beside the timeline."""

    heading: str
    form: Form
    identifier: str
    save_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackState:
    """What the page shows. ``zoom`` is the per cent by which the lanes' time is stretched."""

    file: CaseFile
    rows: tuple[EventWords, ...]
    current: RecordId | None = None
    as_lanes: bool = False
    zoom: int = 100
    panel: CasePanel | None = None
    remark: CaseRemark | None = None
    fault: str = ""
    edition: int = 0
    """Grows when the cursor was put on an event by the program."""

    @property
    def heading(self) -> str:
        """``Case C01``."""
        case = self.file.case
        return f"Case {case.code}" if case is not None else self.file.activity.title

    @property
    def summary(self) -> str:
        """Criteria, events, services and the longest wait."""
        return summary(self.file.case, self.file.path)


def read_track(session: Session, questions: Questions, activity: str) -> tuple[CaseFile, tuple[Framework, ...]]:
    """Called on the store lane."""
    found = questions.activity(ActivityId(activity))
    packs = tuple(session.packs.framework(pin) for pin in questions.assessment(found.assessment).packs)
    return read_case(questions, found.id, packs, _today(session)), packs


class CaseTrack(Presenter[TrackState]):
    """``show_notes`` leads to the notes of the evidence list that match some words."""

    def __init__(
        self, session: Session, file: CaseFile, frameworks: tuple[Framework, ...], show_notes: Callable[[str], None]
    ) -> None:
        rows = event_words(file.path, file.tags, _today(session))
        super().__init__(TrackState(file=file, rows=rows, current=rows[0].id if rows else None))
        self.frameworks = frameworks
        self._session = session
        self._show_notes = show_notes
        self._saved: tuple[Touchpoint, RecordId | None] | None = None
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Assessment, visit, the case's reference."""
        file = self.state.file
        return (file.assessment.name, file.visit.name, self.state.heading)

    @property
    def step(self) -> Step | None:
        """The event under the cursor."""
        return next((one for one in self.state.file.path.steps if one.touchpoint.id == self.state.current), None)

    @property
    def row(self) -> EventWords | None:
        """The event under the cursor in words."""
        return next((one for one in self.state.rows if one.id == self.state.current), None)

    def close(self) -> None:
        """What was typed goes to disk; nothing is heard any more."""
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def go_to(self, event: RecordId | None) -> None:
        """The cursor is on an event."""
        self._show(replace(self.state, current=event))

    def show_lanes(self, *, is_wanted: bool) -> None:
        """The drawing, or the table."""
        self._show(replace(self.state, as_lanes=is_wanted))
        self._session.say("Lanes" if is_wanted else "Table")

    def zoom(self, step: int) -> None:
        """Stretch (1) or press (-1) the time of the drawing; 0 is as it fits."""
        at = ZOOMS.index(self.state.zoom)
        wanted = ZOOMS[min(max(at + step, 0), len(ZOOMS) - 1)] if step else 100
        self._show(replace(self.state, zoom=wanted))
        self._session.say(f"{wanted} %")

    # Forms

    def add_event(self) -> None:
        """The form of a new event."""
        self._event_form("Add event", "event", event_fields(self.state.file, self.frameworks), {})

    def add_handover(self) -> None:
        """The form of a new handover, from the last service there was."""
        served = [step.touchpoint for step in self.state.file.path.steps if step.touchpoint.organisation]
        first = {"organisation": served[-1].organisation} if served else {}
        self._event_form("Add handover", "handover", handover_fields(self.state.file), first)

    def add_words(self) -> None:
        """The form of somebody's words."""
        self._event_form("Add person's words", "words", words_fields(), {"sources": "person"})

    def edit(self) -> None:
        """F2: the event under the cursor in the form it was made with."""
        step = self.step
        if step is None:
            return
        one = step.touchpoint
        match one.kind:
            case TouchpointKind.WORDS:
                fields = words_fields()
            case TouchpointKind.HAND_OVER:
                fields = handover_fields(self.state.file)
            case _:
                fields = event_fields(self.state.file, self.frameworks)
        first = {name: text for name, text in values_of(one).items() if name in {each.name for each in fields}}

        def submit(values: Values) -> Callable[[UnitOfWork], Touchpoint]:
            event = self._event(values, one)
            return partial(
                revise_touchpoint, activity=self.state.file.activity, one=one.id, event=event, today=self._today
            )

        self._open("Edit event", f"edit/{one.id}", fields, first, submit, self._edited)

    def describe(self) -> None:
        """The form of what the case is."""
        file = self.state.file

        def submit(values: Values) -> Callable[[UnitOfWork], Any]:
            facts = case_facts(values)
            return lambda uow: describe_case(uow, case_for(uow, file.activity).id, facts)

        self._open("Describe the case", "case", case_fields(), case_values(file.case), submit, self._done)

    def ask_consent(self) -> None:
        """The form of the case's consent."""
        file = self.state.file

        def submit(values: Values) -> Callable[[UnitOfWork], Any]:
            return partial(set_case_consent, activity=file.activity, answers=consent_answers(values))

        self._open("Consent", "consent", consent_fields(), consent_values(file.consent), submit, self._consented)

    def ask_take_off(self) -> None:
        """Why the event under the cursor is taken off."""
        step, activity = self.step, self.state.file.activity
        if step is None:
            return
        one = step.touchpoint.id

        def submit(values: Values) -> Callable[[UnitOfWork], Any]:
            return partial(take_off, activity=activity.id, one=one, reason=values["reason"])

        self._open("Take off this event", f"off/{one}", reason_fields(), {}, submit, self._taken_off, "Take off")

    def close_panel(self) -> None:
        """Esc: the form goes, what was entered stays as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    # Deeds

    def move(self, step: int) -> None:
        """Ctrl+Up and Ctrl+Down: among events of the same day."""
        one = self.state.current
        if one is None:
            return
        self._do(lambda uow: move_touchpoint(uow, one, step), partial(self._moved, step))

    def answer(self, *, first: bool) -> None:
        """A button of the remark. Of the order: ``Move it up``, where it stands already, or ``Leave it``."""
        remark = self.state.remark
        self._show(replace(self.state, remark=None))
        if remark is None:
            return
        if remark.remedy is Remedy.LEAVE and not first and remark.above is not None:
            above = remark.above
            self._do(lambda uow: leave_below(uow, remark.event, above), lambda _: self._session.say("Left below"))
        elif remark.remedy is Remedy.REPLACE and first:
            clean = partial(
                _without_number, activity=self.state.file.activity.id, one=remark.event, today=self._today,
                code=self._code,
            )  # fmt: skip
            self._do(clean, lambda _: self._session.say("Replaced"))

    def show_notes(self) -> None:
        """The notes of the event under the cursor."""
        step = self.step
        if step is None:
            return
        if not self.state.file.notes.get(step.touchpoint.id):
            self._session.say("No notes yet. Add a tag with F2 to make this event a note")
            return
        place = [row.id for row in self.state.rows].index(step.touchpoint.id) + 1
        self._show_notes(f"about:{self._code}/{place}")

    def show_case_notes(self) -> None:
        """Every note about the case, of other activities too."""
        if self.state.file.case is not None:
            self._show_notes(f"about:{self.state.file.case.code}")

    def printed(self) -> Document | None:
        """The case as a document; None, with the reason said, where there is nothing or consent stands in the way."""
        file = self.state.file
        if file.case is None or not self.state.rows:
            self._session.say("No events yet")
            return None
        if file.is_barred:
            self._show(replace(self.state, fault=f"{file.consent_words}. This case is held and is not printed"))
            return None
        return compose(case_report(file, self._today))

    def trouble(self, problem: Exception) -> None:
        """Something could not be done."""
        self._show(replace(self.state, fault=sentence(problem)))

    # Inside

    @property
    def _code(self) -> str:
        case = self.state.file.case
        return case.code if case is not None else "C01"

    @property
    def _today(self) -> date:
        return _today(self._session)

    def _event(self, values: Values, before: Touchpoint | None = None) -> Event:
        return event_of(values, Reading(file=self.state.file, frameworks=self.frameworks, today=self._today), before)

    def _event_form(self, heading: str, name: str, fields: tuple[FormField, ...], first: dict[str, str]) -> None:
        activity = self.state.file.activity
        last = self.state.rows[-1].id if self.state.rows else None

        def submit(values: Values) -> Callable[[UnitOfWork], Touchpoint]:
            return partial(add_touchpoint, activity=activity, event=self._event(values), today=self._today)

        self._open(heading, name, fields, first, submit, partial(self._added, last))

    def _open(
        self, heading: str, name: str, fields: tuple[FormField, ...], first: Values,
        submit: Callable[[Values], Callable[[UnitOfWork], Any]], done: Callable[[Any], None], save: str = "Save",
    ) -> None:  # fmt: skip
        if self.state.panel is not None:
            self.state.panel.form.close()
        place = f"form/case/{self.state.file.activity.id}/{name}"
        form = Form(self._session, fields, place=place, submit=submit, done=done, first=first, initiator="case")
        panel = CasePanel(heading=heading, form=form, identifier=f"case.{name.partition('/')[0]}", save_words=save)
        self._show(replace(self.state, panel=panel, remark=None))
        form.start()

    def _do(self, action: Callable[[UnitOfWork], Any], done: Callable[[Any], None]) -> None:
        self._session.workspace.perform(action, initiator="case", done=done, failed=self.trouble)

    def _added(self, last: RecordId | None, one: Touchpoint) -> None:
        activity = self.state.file.activity.id
        self._did(
            "Event added", lambda uow: take_off(uow, activity, one.id, "Undone"),
            lambda uow: put_back(uow, activity, one.id), is_quiet=True,
        )  # fmt: skip
        self._edited(one, last)

    def _edited(self, one: Touchpoint, last: RecordId | None = None) -> None:
        self._done(one)
        self._session.say("Saved")
        self._saved = (one, last)
        self._settle()

    def _settle(self) -> None:
        """Put the cursor on the event that was saved last, as soon as it was read back."""
        if self._saved is None or self._saved[0].id not in {row.id for row in self.state.rows}:
            return
        (one, last), self._saved = self._saved, None
        self._show(replace(self.state, current=one.id, remark=self._remark(one, last), edition=self.state.edition + 1))

    def _taken_off(self, one: Touchpoint) -> None:
        activity = self.state.file.activity.id
        self._done(one)
        self._did(
            "Event taken off", lambda uow: put_back(uow, activity, one.id),
            lambda uow: take_off(uow, activity, one.id, one.withdrawn),
        )  # fmt: skip

    def _did(
        self, name: str, undo: Callable[[UnitOfWork], Any], redo: Callable[[UnitOfWork], Any], *, is_quiet: bool = False
    ) -> None:
        def run(action: Callable[[UnitOfWork], Any]) -> None:
            self._do(action, lambda _: None)

        self._session.undo.did(Deed(name=name, undo=lambda: run(undo), redo=lambda: run(redo), is_quiet=is_quiet))

    def _consented(self, _: Any) -> None:
        self._done(None)
        self._session.say(self.state.file.consent_words)

    def _done(self, _: Any) -> None:
        """A form was saved; its draft is gone with it."""
        self._show(replace(self.state, panel=None))

    def _moved(self, step: int, one: Touchpoint | None) -> None:
        if one is None:
            self._session.say("Order changes only among events of the same day")
        else:
            self._session.say("Moved up" if step < 0 else "Moved down")

    def _remark(self, one: Touchpoint, last: RecordId | None) -> CaseRemark | None:
        details = personal_details(f"{one.happened}\n{one.should_have}\n{one.exact_words}")
        if any(found.detail is Detail.NHS_NUMBER for found in details):
            return CaseRemark(
                text="This looks like an NHS number. Use the case reference instead.",
                first=f"Replace with {self._code}",
                second="Keep", remedy=Remedy.REPLACE, event=one.id,
            )  # fmt: skip
        order = [row.id for row in self.state.rows]
        if last in order and one.id in order and order.index(one.id) < order.index(last):
            return CaseRemark(
                text="This is before the event above it.", first="Move it up", second="Leave it",
                remedy=Remedy.LEAVE, event=one.id, above=last,
            )  # fmt: skip
        return None

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_READS_ANEW):
            activity = self.state.file.activity.id
            self._session.workspace.ask_then(
                lambda questions: read_case(questions, activity, self.frameworks, self._today), self._read, self.trouble
            )

    def _read(self, file: CaseFile) -> None:
        rows = event_words(file.path, file.tags, self._today)
        there = {row.id for row in rows}
        current = self.state.current if self.state.current in there else (rows[-1].id if rows else None)
        self._show(replace(self.state, file=file, rows=rows, current=current))
        self._settle()


def _without_number(uow: UnitOfWork, activity: ActivityId, one: RecordId, today: date, code: str) -> Touchpoint:
    """An event with each NHS number replaced by the case's reference."""
    known: Touchpoint = uow.questions.record(Touchpoint.KIND, one).value
    event = Event.of(known)
    clean = replace(
        event, happened=_replaced(event.happened, code), should_have=_replaced(event.should_have, code),
        exact_words=_replaced(event.exact_words, code),
    )  # fmt: skip
    return revise_touchpoint(uow, uow.questions.activity(activity), one, clean, today)


def _replaced(text: str, code: str) -> str:
    for found in reversed(personal_details(text)):
        if found.detail is Detail.NHS_NUMBER:
            text = text[: found.span.start] + code + text[found.span.end :]
    return text


def _today(session: Session) -> date:
    return session.clock.now().astimezone().date()
