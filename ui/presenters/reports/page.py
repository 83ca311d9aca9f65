"""The page Reports (ux S13): which report, about what; a check, its pages to look at, and the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from fieldkit.app.finalising import Final, on_paper
from fieldkit.app.ports import Questions, StillVault
from fieldkit.app.report_catalogue import REPORTS, About, ReportChoice, ReportKind, report_kind
from fieldkit.app.report_check import Concern, concerns_of
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.blocks import Document
from ui.presenters.finalising import FinalDoor, FinalPanel, Scope
from ui.presenters.forms import Option
from ui.presenters.presenter import Presenter
from ui.presenters.reports.making import Making, PagesFile
from ui.presenters.reports.subjects import chosen, subjects_of
from ui.presenters.reports.words import NOTHING_TO_CHOOSE
from ui.presenters.services import Session
from ui.presenters.ways import Bench, Way
from ui.presenters.wording import sentence

AskPath = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsState:
    """``subjects`` are what the report may be about; ``shown`` the page that is looked at, from 1; 0 for none."""

    kind: ReportKind
    framework: Framework
    subjects: tuple[Option, ...] = ()
    subject: str = ""
    with_word: bool = False
    concerns: tuple[Concern, ...] | None = None
    pages: PagesFile | None = None
    shown: int = 0
    png: bytes = b""
    text: str = ""
    busy: str = ""
    panel: FinalPanel | None = None
    notice: str = ""
    fault: str = ""

    @property
    def is_of_accuracy(self) -> bool:
        """Whether it is made of what the page Factual accuracy holds."""
        return self.kind.id.startswith(("accuracy", "improvement", "draft-report"))

    @property
    def lacks(self) -> str:
        """What has to be there first; empty where the report can be made."""
        if self.kind.about is About.ASSESSMENT or self.subjects:
            return ""
        return NOTHING_TO_CHOOSE[self.kind.about]


class ReportsPage(Presenter[ReportsState]):
    """The verbs of the page. Everything is read from the vault as it is at one moment, behind the screen."""

    def __init__(
        self,
        session: Session,
        choice: ReportChoice,
        decide: Callable[[str], None],
        open_accuracy: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(ReportsState(kind=REPORTS[0], framework=choice.framework))
        self.session = session
        self.choice = choice
        self._decide = decide
        self.open_accuracy = open_accuracy
        self._door: FinalDoor | None = None
        self._asked = 0
        self._making = Making(session, self._busy)

    @property
    def crumbs(self) -> tuple[str, ...]:
        return (self.choice.assessment.name, "Reports")

    @property
    def name(self) -> str:
        """What a file of it is called, until somebody says otherwise."""
        subject = next((one.words for one in self.state.subjects if one.value == self.state.subject), "")
        told = " ".join(filter(None, (self.state.kind.title, subject)))
        return "".join(one if one.isalnum() or one in " -_" else " " for one in told).strip()[:80]

    def start(self) -> None:
        """The page is there: what the first report may be about is read."""
        self.choose(self.state.kind.id)

    def close(self) -> None:
        """What is being made is given up."""
        self._making.close()
        if self._door is not None:
            self._door.close()
        if self.state.panel is not None:
            self.state.panel.form.close()

    def choose(self, kind: str) -> None:
        """Another report."""
        self._asked += 1
        found, asked = report_kind(kind), self._asked
        self._show(ReportsState(kind=found, framework=self.state.framework, with_word=self.state.with_word))
        choice = self.choice

        def read(subjects: tuple[Option, ...]) -> None:
            if asked == self._asked:
                first = subjects[0].value if subjects else ""
                self._show(replace(self.state, subjects=subjects, subject=first))

        self.session.workspace.ask_then(
            lambda questions: subjects_of(questions, choice, found.about), read, self.trouble
        )

    def choose_subject(self, value: str) -> None:
        """What it is about."""
        if value != self.state.subject:
            self._show(replace(self.state, subject=value, concerns=None, notice="", fault=""))

    def choose_framework(self, pack: str) -> None:
        """Of two frameworks the other one."""
        framework = next(one for one in self.choice.frameworks if one.id == pack)
        self.choice = replace(self.choice, framework=framework)
        self._show(replace(self.state, framework=framework))
        self.choose(self.state.kind.id)

    def put_word(self, wanted: bool) -> None:
        """A Word document beside it."""
        self._show(replace(self.state, with_word=wanted))

    def preview(self) -> None:
        """Alt+V: its pages as they will be printed, and what to look at before it leaves."""
        if not self._can_make():
            return
        asked = self._asked

        def come(found: tuple[PagesFile, tuple[Concern, ...]]) -> None:
            if asked == self._asked:
                pages, concerns = found
                self._show(replace(self.state, pages=pages, concerns=concerns, busy="", fault=""))
                self.turn_to(1)

        self._show(replace(self.state, busy="Making the pages", fault="", notice=""))
        self._making.pages(self._read_through(), come, self.trouble)

    def turn(self, step: int) -> None:
        """PgDn and PgUp."""
        pages = self.state.pages
        if pages is not None:
            self.turn_to(min(max(1, self.state.shown + step), pages.count))

    @property
    def places(self) -> tuple[int, ...]:
        """The pages on which there is something to look at before it leaves, in turn."""
        return tuple(sorted({page for one in self.state.concerns or () for page in one.pages}))

    def to_next_place(self) -> None:
        """The next page with something to look at; after the last the first again."""
        places = self.places
        if places and self.state.pages is not None:
            self.turn_to(next((one for one in places if one > self.state.shown), places[0]))

    def turn_to(self, page: int) -> None:
        """One page, drawn behind the screen."""
        pages = self.state.pages
        if pages is None or page == self.state.shown:
            return

        def come(found: tuple[bytes, str]) -> None:
            if self.state.pages is pages:
                png, text = found
                self._show(replace(self.state, shown=page, png=png, text=text))
                self.session.say(f"Page {page} of {pages.count}")

        self._making.draw(pages, page, come, self.trouble)

    def leave_preview(self) -> None:
        """Esc: back to the list of reports."""
        self._show(replace(self.state, pages=None, shown=0, png=b"", text=""))

    def stop(self) -> None:
        """Nothing of what was being made is written."""
        self._making.stop()

    def save(self, ask_path: AskPath) -> None:
        """Ctrl+Enter: where to, then the files; once nothing is open, or somebody said why all the same."""
        if not self._can_make():
            return
        kind, choice = self.state.kind, self._chosen()
        scope = kind.scope
        if scope is None:
            path = ask_path()
            if path:
                self._write(Path(path), Final())
            return
        if self._door is not None:
            self._door.close()
        records = Scope(
            assessment=choice.assessment.id, records=lambda questions: scope(questions, choice),
            place=f"form/final/report/{kind.id}", identifier="reports.final",
        )  # fmt: skip
        self._door = FinalDoor(self.session, self, records, self._decide)
        self._door.begin(ask_path, self._write)

    def has_panel(self, panel: FinalPanel) -> bool:
        return self.state.panel is panel

    def open_panel(self, panel: FinalPanel) -> None:
        self.close_panel()
        self._show(replace(self.state, panel=panel))

    def close_panel(self) -> None:
        """Esc: what was typed is kept as a draft."""
        if self.state.panel is not None:
            self.state.panel.form.close()
            self._show(replace(self.state, panel=None))

    def trouble(self, problem: Exception) -> None:
        self._show(replace(self.state, busy="", fault=sentence(problem)))

    def _can_make(self) -> bool:
        if self.state.busy:
            return False
        if self.state.lacks:
            self._show(replace(self.state, fault=self.state.lacks))
            return False
        return True

    def _chosen(self) -> ReportChoice:
        return chosen(self.choice, self.state.kind.about, self.state.subject)

    def _read_through(self) -> Callable[[StillVault], tuple[Document, tuple[Concern, ...]]]:
        kind, choice, at = self.state.kind, self._chosen(), self.session.clock.now()

        def read(vault: StillVault) -> tuple[Document, tuple[Concern, ...]]:
            document = kind.document(vault.questions, choice, at)
            return document, concerns_of(vault.questions, kind, choice, document)

        return read

    def _write(self, path: Path, final: Final) -> None:
        kind, choice, at = self.state.kind, self._chosen(), self.session.clock.now()
        self._show(replace(self.state, busy="Making the report", fault="", notice=""))
        self._making.save(
            lambda vault: on_paper(kind.document(vault.questions, choice, at), final),
            path, self.state.with_word, partial(self._saved, path), self.trouble,
        )  # fmt: skip

    def _saved(self, path: Path, count: int) -> None:
        also = " with its web page" + (" and Word document" if count > 2 else "") if count > 1 else ""
        words = f"Saved as {path.name}{also}. Not encrypted: delete what you no longer need"
        self._show(replace(self.state, busy="", notice=words, fault=""))
        self.session.say(words)

    def _busy(self, words: str) -> None:
        if self.state.busy:
            self._show(replace(self.state, busy=words))


def way() -> Way:
    """How the page is opened."""
    return Way(read=_read, make=_make)


def _read(session: Session, questions: Questions, record: str) -> ReportChoice:
    assessment = questions.assessment(AssessmentId(record))
    frameworks = tuple(session.packs.framework(pin) for pin in assessment.packs)
    return ReportChoice(assessment=assessment, framework=frameworks[0], frameworks=frameworks)


def _make(bench: Bench, choice: ReportChoice) -> ReportsPage:
    from ui.presenters.page import Page

    page = ReportsPage(
        bench.session, choice, lambda record: bench.open_page(Page.DECIDE, record),
        lambda: bench.open_page(Page.ACCURACY),
    )  # fmt: skip
    page.start()
    return page
