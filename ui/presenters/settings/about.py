"""About FieldKit: version, licences, the accessibility statement with its known gaps, and reporting a problem."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ui.presenters.field_error import FieldError
from ui.presenters.presenter import Presenter
from ui.presenters.problem_report import Report, write
from ui.presenters.services import Session, Sheets
from ui.presenters.settings.services import Licence, Papers
from ui.presenters.wording import sentence

STATEMENT = (
    "FieldKit is made to be used by everybody: with a keyboard alone, with a screen reader, with large text up to "
    "200 %, in dark and high contrast colours, and by voice. Whatever a pointer can do, keys can do.",
    "It is built to WCAG 2.2 AA as that reads for desktop software, and to EN 301 549 chapter 11. Names, roles, "
    "contrast, sizes, focus and the order of Tab are tested by programs on every screen.",
)
GAPS = (
    "No person has tested FieldKit with NVDA, Narrator, JAWS or Voice Access yet. Names and spoken messages are tested "
    "by programs, on Linux.",
    "The contrast themes of Windows are followed, and nobody has looked at FieldKit in them yet.",
    "PDF documents carry no tags. A web page with the same words lies beside each of them but the recovery sheet.",
    "The windows in which files, folders and printers are chosen are the system’s own.",
)
NAME = "FieldKit problem report.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutState:
    """``licences`` is empty until it is read."""

    version: str
    licences: tuple[Licence, ...] = ()
    notice: str = ""
    fault: str = ""
    errors: tuple[FieldError, ...] = ()


class About(Presenter[AboutState]):
    """The page."""

    def __init__(self, session: Session, papers: Papers, sheets: Sheets) -> None:
        super().__init__(AboutState(version=papers.version))
        self._session = session
        self._papers = papers
        self._sheets = sheets

    def load(self) -> None:
        """Read the licences."""
        if not self.state.licences:
            self._papers.licences(lambda found: self._show(replace(self.state, licences=found)), self._refused)

    def check(self, words: str) -> bool:
        """Whether there is something to report; if not, the field says so."""
        error = FieldError(field="report", text=sentence("settings.no_words"))
        self._show(replace(self.state, errors=() if words.strip() else (error,), notice="", fault=""))
        return bool(words.strip())

    def report(self, path: str, words: str) -> None:
        """Write what happened, with facts of the program, to a file."""

        def written() -> None:
            notice = f"Report saved as {Path(path).name}. Read it, then give it to the people who look after FieldKit"
            self._show(replace(self.state, notice=notice))

        report = Report(path=Path(path), screen="Settings", words=words)
        write(report, self._session, self._sheets, written, self._refused)

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, fault=sentence(problem)))
