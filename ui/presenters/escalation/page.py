"""The page Escalations (Ctrl+6): what was recorded, who was told, by when, who has seen it; and the quality risks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from fieldkit.app.changes import ChangeSet
from fieldkit.app.escalation_policy import policy_here
from fieldkit.app.escalation_report import sheet_of
from fieldkit.app.escalation_rows import EscalationRow, Stage, escalations
from fieldkit.app.escalations import close_escalation, mark_seen, reopen_escalation
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.quality_risks import RiskRow, risks
from fieldkit.app.rows import RecordRow
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.disclosure import Pointer
from fieldkit.domain.escalation import Contact, Escalation, Seen
from fieldkit.domain.escalation_policy import Policy
from fieldkit.domain.quality_risk import QualityReview, QualityRisk
from fieldkit.kernel.errors import FieldKitError
from fieldkit.kernel.ids import AssessmentId, RecordId
from ui.presenters.escalation.form_parts import close_form, contact_form, decide_form, numbers_form
from ui.presenters.escalation.risk_forms import review_form, risk_form
from ui.presenters.forms import Form
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, Session, Sheets
from ui.presenters.timing import Countdown
from ui.presenters.undo import Deed
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

KINDS = (Escalation.KIND, Contact.KIND, Seen.KIND, QualityRisk.KIND, QualityReview.KIND, Pointer.KIND)
_RISK = "Quality risk saved"
_TICK = 20.0
"""Seconds between looks at the clock: "Late" is never more than that behind."""


class PanelKind(StrEnum):
    """Which form is open; the value is its heading."""

    CONTACT = "Add a contact"
    DECIDE = "What is known, and the criteria"
    CLOSE = "Close the escalation"
    NUMBERS = "Numbers to ring"
    RISK = "Quality risk"
    REVIEW = "Quality review"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPanel:
    """An open form."""

    kind: PanelKind
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationFacts:
    """What the page is opened with."""

    assessment: Assessment
    policy: Policy
    rows: tuple[EscalationRow, ...]
    risks: tuple[RiskRow, ...]
    pointers: tuple[RecordRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationsState:
    """``chosen`` is the id of an escalation or a risk. ``minute`` changes with the clock, so that lateness shows."""

    rows: tuple[EscalationRow, ...] = ()
    risks: tuple[RiskRow, ...] = ()
    pointers: tuple[RecordRow, ...] = ()
    """Concerns that were passed on: nothing but their reference and to whom."""
    chosen: RecordId | None = None
    panel: OpenPanel | None = None
    minute: int = 0
    notice: str = ""
    fault: str = ""

    @property
    def row(self) -> EscalationRow | None:
        """The escalation that is chosen."""
        return next((one for one in self.rows if one.row.record == self.chosen), None)

    @property
    def risk(self) -> RiskRow | None:
        """The quality risk that is chosen."""
        return next((one for one in self.risks if one.row.record == self.chosen), None)


class EscalationsPage(Presenter[EscalationsState]):
    """The verbs of the page; one form at a time."""

    def __init__(
        self, session: Session, facts: EscalationFacts, show_code: Callable[[str], None] = lambda record: None
    ) -> None:
        self._show_code = show_code
        first = facts.rows[0].row.record if facts.rows else None
        super().__init__(EscalationsState(rows=facts.rows, risks=facts.risks, pointers=facts.pointers, chosen=first))
        self.session = session
        self.assessment = facts.assessment
        self._policy = facts.policy
        self._clock = Countdown(session.later, self._tick)
        self._clock.start(_TICK)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(session.office.changed.listen(lambda _: self._tick()))

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.assessment.name, "Escalations")

    @property
    def is_alone(self) -> bool:
        """Whether there is no central store to send to."""
        return self.session.office.state.connection is Connection.STANDALONE

    @property
    def could_not_send(self) -> bool:
        """Whether an escalation waits although sending was tried."""
        return self.session.office.state.connection is Connection.TROUBLE

    def close(self) -> None:
        """What was typed goes to disk."""
        self._clock.drop()
        self._listening.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def choose(self, record: str | None) -> None:
        """The cursor is on it."""
        chosen = RecordId(record) if record else None
        if chosen != self.state.chosen:
            self._show(replace(self.state, chosen=chosen, notice=""))

    def open(self, record: str) -> None:
        """Enter: it is read now, and a team-mate's is marked as seen."""
        self.choose(record)
        self.see()

    def see(self) -> None:
        """I have seen it: its author is shown so."""
        row = self.state.row
        if row is not None and row.is_news:
            self._perform(lambda uow: mark_seen(uow, row.value.id), f"Marked as seen by {self.session.name}")

    def add_contact(self) -> None:
        """Alt+A."""
        row = self.state.row or next((one for one in self.state.rows if one.stage is Stage.NO_CONTACT), None)
        if row is None:
            self.session.say("Select an escalation first")
            return
        self.choose(row.row.record)
        self._open(PanelKind.CONTACT, contact_form(self.session, row, self._contacted))

    def decide(self) -> None:
        """Criteria, priority, words."""
        if self.state.row is not None:
            self._open(
                PanelKind.DECIDE,
                decide_form(self.session, self.state.row, self._policy, self._done("Escalation saved")),
            )

    def close_it(self) -> None:
        """With its outcome."""
        row = self.state.row
        if row is not None:
            self._open(PanelKind.CLOSE, close_form(self.session, row, self._closed))

    def reopen(self) -> None:
        """A closed one is open again."""
        row = self.state.row
        if row is not None:
            self._perform(lambda uow: reopen_escalation(uow, row.value.id), "Escalation reopened")

    def change_numbers(self) -> None:
        """Whom to ring."""
        self._open(PanelKind.NUMBERS, numbers_form(self.session, self._policy.numbers, self._done("Numbers saved")))

    def set_risk(self) -> None:
        """A new quality risk, from the escalation that is chosen if one is."""
        row = self.state.row
        about, concern = (row.value.id, row.value.what) if row is not None else (None, "")
        made = risk_form(self.session, self.assessment.id, None, self._done(_RISK), about=about, concern=concern)
        self._open(PanelKind.RISK, made)

    def change_risk(self) -> None:
        """Another level for the chosen one."""
        if (risk := self.state.risk) is not None:
            self._open(PanelKind.RISK, risk_form(self.session, self.assessment.id, risk, self._done(_RISK)))

    def review(self, review: RecordRow | None = None) -> None:
        """A review of the chosen risk, new or as it stands."""
        if (risk := self.state.risk) is not None:
            self._open(PanelKind.REVIEW, review_form(self.session, risk, review, self._done("Review saved")))

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    @property
    def can_show_code(self) -> bool:
        """Whether the chosen one can leave as a code: there is an office, and it was written on this laptop."""
        row = self.state.row
        return row is not None and row.row.is_mine and not self.is_alone

    def show_code(self) -> None:
        """The chosen one as a code for any phone, where there is no network at all."""
        if (row := self.state.row) is not None:
            self._show_code(row.row.record)

    def save_sheet(self, path: Path, sheets: Sheets) -> None:
        """Write the chosen escalation as a sheet to print, a PDF with its web page beside it."""
        row = self.state.row
        if row is None:
            return
        document = sheet_of(row, self.assessment.name, self.session.clock.now(), is_alone=self.is_alone)

        def saved() -> None:
            pair = f"{path.name}, and a web copy" if path.suffix.casefold() == ".pdf" else path.name
            self._show(replace(self.state, notice=f"Sheet saved as {pair}", fault=""))
            self.session.say(self.state.notice)

        sheets.save_document(path, document, saved, self._refused)

    def _open(self, kind: PanelKind, form: Form) -> None:
        self.close_panel()
        self._show(replace(self.state, panel=OpenPanel(kind=kind, form=form), notice="", fault=""))
        form.start()

    def _done(self, words: str) -> Any:
        return lambda _: self._finish(words)

    def _contacted(self, made: Contact) -> None:
        self._finish(f"Contact recorded {ui.clock(made.at)}")

    def _closed(self, made: Escalation) -> None:
        self._finish(f"Closed {ui.clock(made.closed_at)}" if made.closed_at else "")

        def again(action: Callable[[UnitOfWork], object]) -> None:
            self.session.workspace.perform(action, initiator="undo", failed=self._refused)

        self.session.undo.did(
            Deed(
                name="Escalation closed",
                undo=lambda: again(lambda uow: reopen_escalation(uow, made.id)),
                redo=lambda: again(lambda uow: close_escalation(uow, made.id, made.outcome)),
            )
        )

    def _finish(self, words: str) -> None:
        self._show(replace(self.state, panel=None, notice=words, fault=""))
        self.session.say(words)
        self._load()

    def _perform(self, action: Any, words: str) -> None:
        self.session.workspace.perform(
            action, initiator="escalation", done=lambda _: self.session.say(words), failed=self._refused
        )

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*KINDS, "receipt") or any(name.startswith("escalation/") for name in changes.ids("setting")):
            self._load()

    def _load(self) -> None:
        read, session, assessment = _read, self.session, self.assessment.id
        session.workspace.ask_then(lambda q: read(session, q, assessment), self._loaded, self._refused)

    def _loaded(self, facts: EscalationFacts) -> None:
        self._policy = facts.policy
        first = facts.rows[0].row.record if facts.rows else None
        chosen = self.state.chosen or first
        self._show(replace(self.state, rows=facts.rows, risks=facts.risks, pointers=facts.pointers, chosen=chosen))

    def _tick(self) -> None:
        self._show(replace(self.state, minute=int(self.session.clock.now().timestamp()) // 20))
        self._clock.start(_TICK)

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))


def _read(session: Session, questions: Questions, record: str) -> EscalationFacts:
    assessment = questions.assessment(AssessmentId(record))
    try:
        framework = session.packs.framework(assessment.packs[0])
    except (FieldKitError, IndexError):  # its pack is not on this laptop: the shipped policy has to do
        framework = None
    return EscalationFacts(
        assessment=assessment, policy=policy_here(questions, framework),
        rows=tuple(escalations(questions, assessment=assessment.id)),
        risks=tuple(risks(questions, assessment=assessment.id)),
        pointers=tuple(questions.records(Pointer.KIND, assessment=assessment.id)),
    )  # fmt: skip


def way() -> Way:
    """How the page is opened."""

    def make(bench: Bench, facts: EscalationFacts) -> EscalationsPage:
        return EscalationsPage(bench.session, facts, lambda record: bench.open_page(Page.URGENT, record))

    return Way(read=_read, make=make)
