"""An urgent item as a code for any phone's camera, and as words for the telephone, where there is no network at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.app.changes import ChangeSet
from fieldkit.app.escalation_rows import EscalationRow, escalations
from fieldkit.app.lanes import run
from fieldkit.app.ports import Questions
from fieldkit.domain.escalation import Escalation
from fieldkit.kernel.errors import FieldKitError
from fieldkit.reports.qr import Code, encode
from fieldkit.reports.urgent_sheet import UrgentSheet, compose
from ui.presenters.hand_over_service import UrgentCode
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session, Sheets
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence, ui

_LONGEST = 60
"""Characters of an item's words on the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentFacts:
    """Escalations of every assessment, the most urgent open one first, and which of them was asked for."""

    rows: tuple[EscalationRow, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentState:
    """``code`` is that of the item ``chosen``, ``cells`` its drawing; ``None`` while made, or where it cannot be."""

    rows: tuple[EscalationRow, ...] = ()
    chosen: str = ""
    code: UrgentCode | None = None
    cells: Code | None = None
    notice: str = ""
    fault: str = ""

    @property
    def value(self) -> Escalation | None:
        """What is chosen."""
        return next((one.value for one in self.rows if one.row.record == self.chosen), None)


class UrgentPage(Presenter[UrgentState]):
    """Showing a code sends nothing: the item stays in the outbox until the central store's own receipt is here."""

    def __init__(self, session: Session, facts: UrgentFacts) -> None:
        super().__init__(UrgentState(rows=facts.rows))
        self._session = session
        self._is_closed = False
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        if facts.chosen:
            self.choose(facts.chosen)

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (Page.URGENT.value,)

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Record and words of each item: priority, when, and how its words begin."""
        today = self._session.clock.now().astimezone().date()
        return tuple(
            (
                one.row.record,
                f"{one.value.priority.value.upper()}  {ui.day_and_clock(one.value.opened_at, today)}"
                f"  {' '.join(one.value.what.split())[:_LONGEST]}",
            )
            for one in self.state.rows
        )

    def close(self) -> None:
        """Nothing that is still being made is shown any more."""
        self._is_closed = True
        self._listening.close()

    def choose(self, record: str) -> None:
        """Make the code of this item."""
        if record != self.state.chosen:
            self._make(record)

    def _make(self, record: str) -> None:
        service = self._session.hand_over
        if service is None:
            return
        self._show(replace(self.state, chosen=record, code=None, cells=None, notice="", fault=""))
        lanes = self._session.workspace.lanes

        def make() -> tuple[UrgentCode, Code]:
            code = service.urgent(record)
            return code, encode(code.text)  # 60 ms for a long one, for which the window would stand still

        run(
            lanes.work, lanes.deliver, make, lambda made: self._made(record, *made),
            lambda problem: self._failed(record, problem),
        )  # fmt: skip

    def copied(self) -> None:
        """The text is on the clipboard."""
        self._tell("The text is copied. Paste it into any message to your office: only the office can read it.")

    def save_sheet(self, path: Path, sheets: Sheets) -> None:
        """Write the code, its text and the words as a sheet to print."""
        state = self.state
        if state.code is None or state.value is None:
            return
        sheet = UrgentSheet(
            text=state.code.text, words=state.code.words, office=state.code.office,
            opened_at=state.value.opened_at, made_at=self._session.clock.now(),
        )  # fmt: skip
        sheets.save_document(path, compose(sheet), lambda: self._tell(f"Sheet saved as {path.name}."), self._refused)

    def _changed(self, changes: ChangeSet) -> None:
        """An item was recorded or changed: the code is of what it says now."""
        if changes.touches(Escalation.KIND):
            session, chosen = self._session, self.state.chosen
            session.workspace.ask_then(lambda questions: _read(session, questions, chosen), self._read_again)

    def _read_again(self, facts: UrgentFacts) -> None:
        if self._is_closed:
            return
        before = self.state.value
        self._show(replace(self.state, rows=facts.rows))
        if facts.chosen and (facts.chosen != self.state.chosen or self.state.value != before):
            self._make(facts.chosen)

    def _made(self, record: str, code: UrgentCode, cells: Code) -> None:
        if self._is_closed or record != self.state.chosen:
            return
        self._show(replace(self.state, code=code, cells=cells))
        self._session.say(f"The check phrase: {' '.join(code.words)}")

    def _failed(self, record: str, problem: Exception) -> None:
        if record == self.state.chosen:
            self._refused(problem)

    def _refused(self, problem: Exception) -> None:
        if self._is_closed:
            return
        if not isinstance(problem, FieldKitError):
            raise problem
        self._show(replace(self.state, notice="", fault=f"{sentence(problem)}."))
        self._session.say(sentence(problem), urgent=True)

    def _tell(self, words: str) -> None:
        if not self._is_closed:
            self._show(replace(self.state, notice=words, fault=""))
            self._session.say(words)


def way() -> Way:
    """How the page is opened: about one escalation, or about the most urgent that was written on this laptop."""

    def make(bench: Bench, facts: UrgentFacts) -> UrgentPage:
        return UrgentPage(bench.session, facts)

    return Way(read=_read, make=make)


def _read(session: Session, questions: Questions, record: str) -> UrgentFacts:
    rows = tuple(escalations(questions))
    known = {str(one.row.record) for one in rows}
    mine = [one for one in rows if one.row.is_mine and not one.value.is_closed]
    first = next(iter([*mine, *rows]), None)
    return UrgentFacts(rows=rows, chosen=record if record in known else str(first.row.record) if first else "")
