"""The page Information requests: the register, what is held already before one is added, and how each stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.requests import Held, already_held, ask
from fieldkit.app.rows import RecordRow
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.framework import Framework
from fieldkit.domain.request import InformationRequest, RequestStatus
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId
from ui.presenters.forms import Form
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.requests.forms import close_form, receive_form, request_form
from ui.presenters.services import Session
from ui.presenters.timing import Countdown
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

STATUS = {
    RequestStatus.DRAFT: "Not asked yet", RequestStatus.ASKED: "Asked", RequestStatus.PART_RECEIVED: "Part received",
    RequestStatus.RECEIVED: "Received", RequestStatus.REFUSED: "Refused", RequestStatus.NOT_NEEDED: "Not needed",
}  # fmt: skip
_LOOK_AFTER = 0.4
"""Seconds after the last key until what is held is looked up."""


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    ADD = "Add a request"
    CHANGE = "Change the request"
    RECEIVE = "What has come"
    CLOSE = "Close the request"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """What the page is opened with."""

    assessment: Assessment
    frameworks: tuple[Framework, ...]
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsState:
    """``held`` is what the team has that may answer the request that is being written."""

    rows: tuple[RecordRow, ...] = ()
    chosen: RecordId | None = None
    panel: OpenPanel | None = None
    held: tuple[Held, ...] = ()
    notice: str = ""
    fault: str = ""

    @property
    def row(self) -> RecordRow | None:
        """The request that is chosen."""
        return next((one for one in self.rows if one.record == self.chosen), None)


class RequestsPage(Presenter[RequestsState]):
    """The verbs of the page; one form at a time."""

    def __init__(self, session: Session, facts: RequestFacts, open_note: Callable[[EntryId], None]) -> None:
        super().__init__(RequestsState(rows=_ordered(facts.rows)))
        self.session = session
        self.assessment = facts.assessment
        self.frameworks = facts.frameworks
        self.open_note = open_note
        self._look = Countdown(session.later, self._look_up)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, "Information requests")

    def close(self) -> None:
        """What was typed goes to disk."""
        self._look.drop()
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def choose(self, record: str | None) -> None:
        """The cursor is on it."""
        chosen = RecordId(record) if record else None
        if chosen != self.state.chosen:
            self._show(replace(self.state, chosen=chosen, notice=""))

    def add(self) -> None:
        """Ctrl+N on this page."""
        form = request_form(self.session, self.assessment.id, self.frameworks, None, self._done("Request added"))
        form.changed.listen(lambda _: self._look.start(_LOOK_AFTER))
        self._open(PanelKind.ADD, form)

    def change(self) -> None:
        """F2."""
        row = self.state.row
        if row is not None:
            done = self._done("Request changed")
            self._open(
                PanelKind.CHANGE, request_form(self.session, self.assessment.id, self.frameworks, row.value, done)
            )

    def ask_now(self) -> None:
        """It was sent or said."""
        row = self.state.row
        if row is not None and row.value.status is RequestStatus.DRAFT:
            record = row.record
            self.session.workspace.perform(
                lambda uow: ask(uow, record), initiator="requests",
                done=lambda _: self._finish("Marked as asked"), failed=self._refused,
            )  # fmt: skip

    def receive(self) -> None:
        """Something came."""
        if (row := self.state.row) is not None:
            self._open(PanelKind.RECEIVE, receive_form(self.session, row.value, self._done("Saved")))

    def close_it(self) -> None:
        """Refused, or not needed."""
        if (row := self.state.row) is not None:
            self._open(PanelKind.CLOSE, close_form(self.session, row.value, self._done("Request closed")))

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        self._look.drop()
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None, held=()))

    def status(self, request: InformationRequest) -> str:
        """``Asked · due 4 December · 2 days late``."""
        today = self.session.clock.now().astimezone().date()
        parts = [STATUS[request.status]]
        if request.status.is_open and request.due_on is not None:
            parts.append(f"due {ui.day(request.due_on)}")
            if request.is_late(today):
                days = (today - request.due_on).days
                parts.append(f"{days} {'day' if days == 1 else 'days'} late")
        return " · ".join(parts)

    def statements(self, request: InformationRequest) -> str:
        """The titles of its statements."""
        titles = {
            f"{pack.id}/{statement.id}": statement.title for pack in self.frameworks for statement in pack.statements
        }
        return ", ".join(titles.get(one, one) for one in request.statements)

    def _look_up(self) -> None:
        panel = self.state.panel
        if panel is None or panel.kind is not PanelKind.ADD:
            return
        what, assessment = panel.form.state.values["what"], self.assessment.id
        self.session.workspace.ask_then(
            lambda questions: already_held(questions, assessment, what), lambda held: self._found(what, held)
        )

    def _found(self, what: str, held: tuple[Held, ...]) -> None:
        panel = self.state.panel
        if panel is None or panel.form.state.values["what"] != what or held == self.state.held:
            return
        if held and not self.state.held:
            self.session.say(f"{len(held)} held already that may answer this")
        self._show(replace(self.state, held=held))

    def _open(self, kind: PanelKind, form: Form) -> None:
        self.close_panel()
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _done(self, words: str) -> Callable[[Any], None]:
        def done(made: Any) -> None:
            if isinstance(made, InformationRequest):
                self._show(replace(self.state, chosen=made.id))
            self._finish(words)

        return done

    def _finish(self, words: str) -> None:
        self._look.drop()
        panel = self.state.panel
        if panel is not None:
            panel.form.close()
        self._show(replace(self.state, panel=None, held=(), notice=words, fault=""))
        self.session.say(words)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(InformationRequest.KIND, "receipt"):
            assessment = self.assessment.id
            self.session.workspace.ask_then(lambda questions: _rows(questions, assessment), self._read)

    def _read(self, rows: tuple[RecordRow, ...]) -> None:
        self._show(replace(self.state, rows=rows))

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read_facts, make=_make)


def _read_facts(session: Session, questions: Questions, record: str) -> RequestFacts:
    assessment = questions.assessment(AssessmentId(record))
    frameworks = tuple(session.packs.framework(pin) for pin in assessment.packs)
    return RequestFacts(assessment=assessment, frameworks=frameworks, rows=_rows(questions, assessment.id))


def _make(bench: Bench, facts: RequestFacts) -> RequestsPage:
    return RequestsPage(bench.session, facts, bench.open_note)


def _rows(questions: Questions, assessment: AssessmentId) -> tuple[RecordRow, ...]:
    return _ordered(tuple(questions.records(InformationRequest.KIND, assessment=assessment)))


def _ordered(rows: tuple[RecordRow, ...]) -> tuple[RecordRow, ...]:
    """What is awaited first, by the day it is due; then what has ended, newest first."""
    awaited = sorted(
        (row for row in rows if row.value.status.is_open),
        key=lambda row: (row.value.due_on is None, row.value.due_on or row.recorded_at.date()),
    )
    ended = sorted((row for row in rows if not row.value.status.is_open), key=lambda row: row.recorded_at, reverse=True)
    return (*awaited, *ended)
