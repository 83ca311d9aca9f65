"""Help (ux S15): answers for the screen one came from, the shortcut sheet and the guide; all without a network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.app.ports import Questions
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.blocks import Document
from ui.presenters.guide.reader import Guide
from ui.presenters.help_answers import EVERY, UNLOCK, Answers, answers_for
from ui.presenters.page import Part
from ui.presenters.presenter import Presenter
from ui.presenters.problem_report import Report, write
from ui.presenters.services import Session, Sheets
from ui.presenters.shortcut_sheet import SheetSection, matching, sections, sheet
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.wording import sentence

__all__ = ["ANSWERS", "ASK_YOUR_LEAD", "Help", "HelpState", "Part"]
ANSWERS = EVERY
"""Every short answer once; the palette finds them by their words."""

ASK_YOUR_LEAD = "Ask your lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpState:
    """``contact`` stands in the same place on every part (WCAG 3.2.6)."""

    part: Part = Part.ANSWERS
    screen: str = UNLOCK
    answers: Answers = ()
    contact: str = ASK_YOUR_LEAD
    query: str = ""
    sheet: tuple[SheetSection, ...] = ()
    nothing: str = ""
    notice: str = ""
    fault: str = ""


class Help(Presenter[HelpState]):
    """``session`` is None before a vault is open; ``assessment`` says whose pack the codes are of."""

    def __init__(
        self, shortcuts: Shortcuts, session: Session | None = None,
        assessment: Callable[[], AssessmentId | None] = lambda: None,
    ) -> None:  # fmt: skip
        super().__init__(HelpState())
        self._shortcuts = shortcuts
        self._session = session
        self._assessment = assessment
        self._framework: Framework | None = None
        self.guide = Guide()
        self._leave = shortcuts.changed.listen(lambda _: self._compose())
        self._compose()

    def show(self, part: Part, screen: str | None = None) -> None:
        """F1, Ctrl+/ or the main menu, from ``screen``; None stays with the one it was about."""
        about = screen or self.state.screen
        self._show(replace(self.state, part=part, screen=about, query="", notice="", fault=""))
        if part is Part.GUIDE or screen is not None:
            self.guide.open_for(about)
        self._compose()
        if self._session is not None:
            session, wanted = self._session, self._assessment()
            session.workspace.ask_then(lambda q: _read(session, q, wanted), self._read, lambda _: None)

    def choose(self, part: Part) -> None:
        """Another tab."""
        self._show(replace(self.state, part=part))

    def find(self, query: str) -> None:
        """Filter the shortcut sheet."""
        self._show(replace(self.state, query=query))
        self._compose()

    def print_sheet(self, path: Path, sheets: Sheets) -> None:
        """One A4 side as PDF, and a web copy."""
        pack = self._framework.title if self._framework is not None else ""
        whole = sections(self._shortcuts.state.rows, self.state.screen, self._framework)
        self._save(path, sheets, sheet(whole, self.state.screen, pack), f"Shortcut sheet saved as {path.name}")

    def report_problem(self, path: Path, sheets: Sheets) -> None:
        """Write a file for whoever helps; nothing that was typed is in it."""
        words = f"Report saved as {path.name}"
        write(
            Report(path=path, screen=self.state.screen), self._session, sheets,
            lambda: self._show(replace(self.state, notice=words, fault="")), self._refused,
        )  # fmt: skip

    def close(self) -> None:
        """Hear nothing more."""
        self._leave()

    def _save(self, path: Path, sheets: Sheets, document: Document, words: str) -> None:
        sheets.save_document(
            path, document, lambda: self._show(replace(self.state, notice=words, fault="")), self._refused
        )  # fmt: skip

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem), notice=""))

    def _read(self, found: tuple[Framework | None, str]) -> None:
        self._framework, office = found
        contact = f"{ASK_YOUR_LEAD}, or {office}" if office else ASK_YOUR_LEAD
        self._show(replace(self.state, contact=contact))
        self._compose()

    def _compose(self) -> None:
        state = self.state
        whole = sections(self._shortcuts.state.rows, state.screen, self._framework)
        found = matching(whole, state.query)
        nothing = "" if found else f"No shortcut matches ‘{state.query.strip()}’."
        self._show(replace(state, answers=answers_for(state.screen), sheet=found, nothing=nothing))


def _read(session: Session, questions: Questions, wanted: AssessmentId | None) -> tuple[Framework | None, str]:
    """The main framework of the assessment in scope (else the first on the shelf), and the office's name."""
    pins = questions.assessment(wanted).packs if wanted is not None else ()
    if not pins:
        pins = tuple(offer.pin for offer in session.packs.offers()[:1])
    office = questions.enrolment()
    return (session.packs.framework(pins[0]) if pins else None), office.office if office is not None else ""
