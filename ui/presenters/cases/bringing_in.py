"""Bringing a case list in: the file, what each column is, what would come of it; read away from the screens' thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from fieldkit.app.case_columns import CRITERION, DESCRIPTION, FIELDS, Column
from fieldkit.app.case_list import Preview, Table, bring_in, preview, read_tables
from fieldkit.app.cases import cases_of
from fieldkit.app.lanes import run
from fieldkit.domain.case import Case
from fieldkit.kernel.errors import FieldKitError, Mistake
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.case_words import TRAITS
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.wording import sentence
from ui.presenters.wording.ui import count

FIELD_WORDS = {"": "Not imported", DESCRIPTION: "Description", **TRAITS, CRITERION: "Criterion"}
SHOWN = 200
"""Rows of the preview that are shown; all are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row of the file: its number, and the case it makes or what is wrong with it."""

    number: int
    words: str
    is_wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportState:
    """``tables`` empty = no file was read yet. ``found`` is the preview by the present ``mapping``."""

    path: str = ""
    tables: tuple[Table, ...] = ()
    sheet: int = 0
    mapping: dict[int, str] = field(default_factory=dict)
    found: Preview | None = None
    is_busy: bool = False
    file_error: str = ""
    column_error: str = ""
    fault: str = ""

    @property
    def table(self) -> Table | None:
        """The sheet that is looked at."""
        return self.tables[self.sheet] if self.tables else None

    @property
    def rows(self) -> tuple[PreviewRow, ...]:
        """What is shown of the preview, the wrong rows first."""
        if self.found is None:
            return ()
        wrong = [PreviewRow(number=row.number, words=sentence(row.problem), is_wrong=True)
                 for row in self.found.wrong if row.problem is not None]  # fmt: skip
        good = [PreviewRow(number=row.number, words=_words(row.facts), is_wrong=False) for row in self.found.good]
        return tuple([*wrong, *good][:SHOWN])

    @property
    def summary(self) -> str:
        """``48 rows can be imported, 2 cannot``."""
        if self.found is None:
            return ""
        good, wrong = len(self.found.good), len(self.found.wrong)
        said = f"{count(good, 'row')} can be imported"
        return f"{said}, {wrong} cannot" if wrong else said


class Importing(Presenter[ImportState]):
    """``done`` is told the cases that came in."""

    def __init__(self, session: Session, assessment: AssessmentId, done: Callable[[list[Case]], None]) -> None:
        super().__init__(ImportState())
        self._session = session
        self._assessment = assessment
        self._done = done
        self._known: list[Case] = []
        self._reading = 0

    def choose(self, path: str) -> None:
        """Read a file. Another one may be chosen while it is read; only the last counts."""
        self._reading += 1
        turn = self._reading
        if not path.strip():
            self._show(replace(self.state, file_error=sentence(Mistake("case_list.no_file"))))
            return
        self._show(ImportState(path=path, is_busy=True))
        workspace = self._session.workspace

        def known(cases: list[Case]) -> None:
            self._known = cases
            run(
                workspace.lanes.work, workspace.lanes.deliver, lambda: read_tables(Path(path.strip()).expanduser()),
                lambda tables: self._read(turn, tables), lambda problem: self._not_read(turn, problem),
            )  # fmt: skip

        workspace.ask_then(lambda questions: cases_of(questions, self._assessment), known, self._failed)

    def choose_sheet(self, sheet: int) -> None:
        """Look at another sheet of the file."""
        if 0 <= sheet < len(self.state.tables) and sheet != self.state.sheet:
            self._show(replace(self.state, sheet=sheet, mapping=dict(self.state.tables[sheet].guess)))
            self._preview()

    def map_column(self, at: int, field: str) -> None:
        """A column is something else than it seemed."""
        if field in ("", *FIELDS) and self.state.mapping.get(at, "") != field:
            self._show(replace(self.state, mapping={**self.state.mapping, at: field}))
            self._preview()

    def bring_in(self, *, only_good: bool) -> None:
        """Put the rows on the list: all of them, or the good ones."""
        found = self.state.found
        if found is None or self.state.is_busy:
            self._show(replace(self.state, file_error=self.state.file_error or sentence(Mistake("case_list.no_file"))))
            return
        self._show(replace(self.state, is_busy=True, fault=""))
        self._session.workspace.perform(
            lambda uow: bring_in(uow, self._assessment, found, only_good=only_good), initiator="import",
            done=self._brought, failed=self._failed,
        )  # fmt: skip

    def options(self, column: Column) -> tuple[tuple[str, str], ...]:
        """What a column may be: only "not imported" for one that identifies people."""
        if column.refused is not None:
            return (("", "Never imported"),)
        return tuple((one, FIELD_WORDS[one]) for one in ("", *FIELDS))

    def _read(self, turn: int, tables: tuple[Table, ...]) -> None:
        if turn != self._reading:
            return
        largest = max(range(len(tables)), key=lambda at: (len(tables[at].guess), len(tables[at].rows)))
        mapping = dict(tables[largest].guess)
        self._show(replace(self.state, tables=tables, sheet=largest, mapping=mapping, is_busy=False))
        self._preview()
        self._session.say(self.state.summary or self.state.column_error)

    def _not_read(self, turn: int, problem: Exception) -> None:
        if turn == self._reading:
            self._show(replace(self.state, is_busy=False, tables=(), found=None, file_error=sentence(problem)))

    def _preview(self) -> None:
        table = self.state.table
        if table is None:
            return
        try:
            found = preview(table, self.state.mapping, self._known)
        except FieldKitError as problem:
            self._show(replace(self.state, found=None, column_error=sentence(problem)))
            return
        self._show(replace(self.state, found=found, column_error=""))

    def _brought(self, made: list[Case]) -> None:
        self._show(ImportState())
        self._done(made)

    def _failed(self, problem: Exception) -> None:
        self._show(replace(self.state, is_busy=False, fault=sentence(problem)))


def _words(facts: object) -> str:
    names = (DESCRIPTION, *TRAITS)
    said = [str(getattr(facts, name)) for name in names]
    return ", ".join(part for part in said if part)
