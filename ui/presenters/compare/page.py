"""The page Compare cases: every case that is followed side by side, or what evidence one of them gave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from fieldkit.app.case_comparison import Compared, read_compared
from fieldkit.app.changes import ChangeSet
from fieldkit.app.final_scope import of_comparison
from fieldkit.app.finalising import Final, on_paper
from fieldkit.app.ports import Questions
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId
from fieldkit.reports.blocks import Document
from fieldkit.reports.case_comparison import (
    CaseColumn,
    CompareRow,
    compare_rows,
    compare_summary,
    compose_comparison,
    given_rows,
    given_summary,
)
from ui.presenters.case.state import today_of
from ui.presenters.finalising import FinalDoor, FinalPanel, Scope
from ui.presenters.page import Page
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session, Sheets
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence

_READS_ANEW = ("touchpoint", "case", "entry", "filing", "withdrawal", "consent", "activity")


class Look(StrEnum):
    """What the table shows."""

    SIDE = "side"
    GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareFacts:
    """What the page starts from. ``first`` is the activity of the case whose evidence is asked for, or empty."""

    assessment: AssessmentId
    compared: Compared
    first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareState:
    """What the page shows. ``at`` is the case whose evidence is shown, counted in ``codes``."""

    compared: Compared
    columns: tuple[CaseColumn, ...]
    look: Look = Look.SIDE
    at: int = 0
    fault: str = ""
    panel: FinalPanel | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The references of the cases, left to right."""
        return tuple(one.code for one in self.columns)

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands above the columns."""
        framework = self.compared.framework
        if self.look is Look.SIDE or framework is None:
            return ("Side by side", *self.codes)
        return ("Statement", *(category.short for category in framework.categories))

    @property
    def spoken_heads(self) -> tuple[str, ...]:
        """The same with nothing shortened."""
        framework = self.compared.framework
        if self.look is Look.SIDE or framework is None:
            return ("Side by side", *(f"Case {code}" for code in self.codes))
        return ("Statement", *(category.title for category in framework.categories))

    @property
    def rows(self) -> tuple[CompareRow, ...]:
        """The table."""
        if not self.columns:
            return ()
        framework = self.compared.framework
        if self.look is Look.SIDE or framework is None:
            return compare_rows(self.columns, framework)
        return given_rows(self.columns[self.at], framework)

    @property
    def summary(self) -> str:
        """What the table amounts to."""
        framework = self.compared.framework
        if not self.columns:
            return f"Held and left out: {', '.join(self.compared.held)}" if self.compared.held else ""
        if self.look is Look.SIDE or framework is None:
            return compare_summary(self.columns, self.compared.held)
        return given_summary(self.columns[self.at], framework, self.compared.subject)


class Compare(Presenter[CompareState]):
    """``bench`` opens a case, or the notes behind a cell."""

    def __init__(self, bench: Bench, facts: CompareFacts) -> None:
        columns = columns_of(facts.compared)
        places = [file.activity.id for file in facts.compared.files]
        is_asked = facts.first in places
        super().__init__(
            CompareState(
                compared=facts.compared, columns=columns, look=Look.GIVEN if is_asked else Look.SIDE,
                at=places.index(ActivityId(facts.first)) if is_asked else 0,
            )
        )  # fmt: skip
        self._bench = bench
        self._session = bench.session
        self._assessment = facts.assessment
        scope = Scope(
            assessment=facts.assessment, records=self._printed_records, place=f"form/final/{facts.assessment}",
            identifier="compare.final",
        )  # fmt: skip
        decide = lambda record: bench.open_page(Page.DECIDE, record)  # noqa: E731
        self._final = FinalDoor(bench.session, self, scope, decide)
        self._listening = Listening()
        self._listening.add(bench.session.workspace.changed.listen(self._changed))

    @property
    def crumbs(self) -> tuple[str, ...]:
        """Assessment and page."""
        return (self.state.compared.assessment, Page.COMPARE.value)

    def close(self) -> None:
        """Nothing is heard any more; what was typed goes to disk."""
        self._listening.close()
        self._final.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def open_panel(self, panel: FinalPanel) -> None:
        """Why it is printed all the same, beside the table."""
        if self.state.panel is not None:
            self.state.panel.form.close()
        self._show(replace(self.state, panel=panel))

    def close_panel(self) -> None:
        """Esc: the form goes, what was entered stays as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    def has_panel(self, panel: FinalPanel) -> bool:
        """Whether this very form stands beside the table."""
        return self.state.panel is panel

    def look(self, look: Look) -> None:
        """Side by side, or what one gave."""
        if look is not self.state.look:
            self._show(replace(self.state, look=look))
            self._session.say(self.state.summary)

    def choose(self, at: int) -> None:
        """The case whose evidence is shown."""
        if 0 <= at < len(self.state.columns) and at != self.state.at:
            self._show(replace(self.state, at=at))
            self._session.say(f"{self.state.codes[at]}. {self.state.summary}")

    def open(self, row: int, column: int) -> None:
        """What is behind a cell: the case of its column, or the notes of the case in that cell of the matrix."""
        state, framework = self.state, self.state.compared.framework
        if state.look is Look.SIDE or framework is None:
            if 0 < column <= len(state.columns):
                self._bench.open_activity(state.compared.files[column - 1].activity.id)
            return
        said = f"about:{state.codes[state.at]} qs:{framework.statements[row].code}"
        if column > 0:
            said += f" ec:{framework.categories[column - 1].code}"
        self._bench.show_evidence(said, self._assessment)

    def printed(self) -> Document | None:
        """The comparison as a document; None, with the reason said, without cases."""
        state = self.state
        if not state.columns:
            self._session.say(sentence(Mistake("compare.none")))
            return None
        compared = state.compared
        today = today_of(self._session)
        return compose_comparison(
            compared.assessment, state.columns, compared.framework, compared.subject, compared.held, today
        )

    def print_to(self, ask_path: Callable[[], str], sheets: Sheets) -> None:
        """Write the print where ``ask_path`` says, once nothing is open or somebody said why all the same."""
        if self.printed() is not None:
            self._final.begin(ask_path, partial(self._write, sheets))

    def trouble(self, problem: Exception) -> None:
        """Something could not be done."""
        self._show(replace(self.state, fault=sentence(problem)))

    def _printed_records(self, questions: Questions) -> frozenset[str]:
        """Of the cases that are shown: one that a consent holds is left out with its questions."""
        return of_comparison(questions, self._assessment, [one.activity.id for one in self.state.compared.files])

    def _write(self, sheets: Sheets, path: Path, final: Final) -> None:
        document = self.printed()
        if document is not None:
            saved = lambda: self._session.say(f"Comparison saved in {path.name}")  # noqa: E731
            sheets.save_document(path, on_paper(document, final), saved, self.trouble)

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_READS_ANEW):
            self._session.workspace.ask_then(
                lambda questions: read_facts(self._session, questions, self._assessment), self._read, self.trouble
            )

    def _read(self, facts: CompareFacts) -> None:
        columns = columns_of(facts.compared)
        chosen = self.state.codes[self.state.at] if self.state.codes else ""
        codes = [one.code for one in columns]
        at = codes.index(chosen) if chosen in codes else 0
        self._show(replace(self.state, compared=facts.compared, columns=columns, at=at))


def columns_of(compared: Compared) -> tuple[CaseColumn, ...]:
    """Each case as a column."""
    return tuple(
        CaseColumn(
            code=file.case.code, path=file.path, notes=given.notes, items=given.items, alone=given.alone,
        )
        for file in compared.files
        if file.case is not None and (given := compared.given_of(file)) is not None
    )  # fmt: skip


def read_facts(session: Session, questions: Questions, about: str) -> CompareFacts:
    """``about`` is the assessment, or the activity of the case to begin with. Called on the store lane."""
    assessment, first = AssessmentId(about), ""
    try:
        found = questions.assessment(assessment)
    except Mistake:
        first = about
        found = questions.assessment(questions.activity(ActivityId(about)).assessment)
    packs = tuple(session.packs.framework(pin) for pin in found.packs)
    compared = read_compared(questions, found.id, packs, today_of(session))
    return CompareFacts(assessment=found.id, compared=compared, first=first)


def way() -> Way:
    """Read with the assessment's id, or with that of a case's activity."""
    return Way(read=read_facts, make=_make)


def _make(bench: Bench, facts: Any) -> Compare:
    return Compare(bench, facts)
