"""Framework packs: which are on this laptop and in use, and adding one after having looked through it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.domain.framework import Framework, Need
from fieldkit.domain.method import Method
from ui.presenters.field_error import FieldError
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.settings.services import PackFound, PackKeeper, PackRow, is_codebook
from ui.presenters.wording import sentence, ui

SUBJECTS = (("integrated_care_system", "Integrated care systems"), ("local_authority", "Local authorities"))
"""Whom a codebook may be made into a pack for: it does not say."""
_PROBLEMS = 20
"""Shown of those that a pack has; whoever repairs it runs the check of the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A pack before it is added, in lines: what is typed, what is needed, how it scores."""

    title: str
    lines: tuple[str, ...]
    statements: tuple[str, ...]
    warning: str = ""
    is_here: bool = False
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PacksState:
    """``rows`` is empty only until it is read: two packs come with FieldKit."""

    rows: tuple[PackRow, ...] = ()
    asks_subject: bool = False
    """A codebook was named: whom the pack made of it is for has to be said."""
    preview: Preview | None = None
    busy: str = ""
    notice: str = ""
    errors: tuple[FieldError, ...] = ()
    problems: tuple[str, ...] = ()
    fault: str = ""


class Packs(Presenter[PacksState]):
    """The page of packs."""

    def __init__(self, session: Session, keeper: PackKeeper) -> None:
        super().__init__(PacksState())
        self._session = session
        self._keeper = keeper
        self._found: PackFound | None = None

    def load(self) -> None:
        """Read what there is."""
        self._keeper.rows(self._session, self._read, self._refused)

    def named(self, path: str) -> None:
        """Whose path stands in the field: of a codebook it is asked whom it is for."""
        self._show(replace(self.state, asks_subject=is_codebook(path)))

    def look(self, path: str, subject: str = SUBJECTS[0][0]) -> None:
        """Read a folder or file, check all of it, and show what is in it."""
        if self.state.busy:
            return
        if not path.strip():
            error = FieldError(field="pack", text=sentence("settings.no_pack"))
            self._show(replace(self.state, errors=(error,), notice=""))
            return
        asks = is_codebook(path)
        self._show(PacksState(rows=self.state.rows, asks_subject=asks, busy="Checking the pack…"))
        self._keeper.look(Path(path.strip()).expanduser(), subject, self._looked, self._refused)

    def add(self) -> None:
        """Add what was looked at."""
        if self._found is not None and not self._found.is_here and not self.state.busy:
            self._show(replace(self.state, busy="Adding the pack…"))
            self._keeper.add(self._found, self._added, self._refused)

    def leave(self) -> None:
        """Do not add it."""
        self._found = None
        self._show(PacksState(rows=self.state.rows, asks_subject=self.state.asks_subject))

    def _read(self, rows: tuple[PackRow, ...]) -> None:
        self._show(replace(self.state, rows=rows))

    def _looked(self, found: PackFound) -> None:
        self._found = found
        warning = "" if found.is_here else sentence("pack.of_codebook" if found.subject else "pack.not_signed")
        preview = preview_of(found.framework, warning, is_here=found.is_here)
        self._show(replace(self.state, busy="", preview=replace(preview, losses=found.losses)))

    def _added(self) -> None:
        found, self._found = self._found, None
        title = f"‘{found.framework.title}’ version {found.framework.version}" if found else "The pack"
        notice = f"{title} was added. A new assessment can use it"
        self._session.say(notice)
        self._show(PacksState(rows=self.state.rows, asks_subject=self.state.asks_subject, notice=notice))
        self.load()

    def _refused(self, problem: Exception) -> None:
        details = getattr(problem, "details", {})
        problems = tuple(str(one) for one in details.get("problems", ()))[:_PROBLEMS]
        if getattr(problem, "code", "").startswith(("pack.", "refi.")):
            error = FieldError(field="pack", text=sentence(problem))
            self._show(replace(self.state, busy="", errors=(error,), problems=problems))
        else:
            self._show(replace(self.state, busy="", fault=sentence(problem)))


def row_words(row: PackRow) -> str:
    """What a screen reader says of a pack in the list."""
    return f"{row.title}, version {row.pin.version}. {row.dated}. {row.source}{_added_on(row)}. {use_words(row.visits)}"


def use_words(visits: int) -> str:
    """``In use by 2 visits``."""
    return f"In use by {ui.count(visits, 'visit')}" if visits else "Not in use"


def detail_words(row: PackRow) -> str:
    """The second line of a pack in the list."""
    return f"Version {row.pin.version}, {row.dated}. {row.source}{_added_on(row)}. {use_words(row.visits)}"


def preview_of(framework: Framework, warning: str = "", *, is_here: bool = False) -> Preview:
    """A pack in words."""
    matrix = framework.matrix()
    needs = [matrix.need(one.id, category.id) for one in framework.statements for category in framework.categories]
    wanted = sum(need is not Need.NOT_USED for need in needs)
    categories = ", ".join(f"{one.title} ({one.code})" for one in framework.categories)
    lines = (
        f"Version {framework.version}, from {ui.day(framework.effective_from)}, {framework.status.value}",
        f"{ui.count(len(framework.statements), 'statement')} in {ui.count(len(framework.themes), 'theme')}",
        f"Evidence categories: {categories}",
        f"Cells in which evidence is needed: {wanted} of {len(needs)}",
        *_scoring(framework.method),
        f"Its text is pinned by {framework.digest[:16]}…",
    )
    statements = tuple(f"{one.position}  {one.code}  {one.title}" for one in framework.statements)
    return Preview(title=framework.title, lines=lines, statements=statements, warning=warning, is_here=is_here)


def _scoring(method: Method) -> tuple[str, ...]:
    if not method.bands:
        ratings = method.rating_scale.worst_first if method.rating_scale is not None else ()
        chosen = f"Ratings are chosen in words: {', '.join(level.label for level in ratings)}"
        return ("Scores: none", *((chosen,) if ratings else ()))
    bands = ", ".join(f"{band.label} {band.low} to {band.high}%" for band in method.bands)
    at = method.scored_at.value.replace("_", " ")
    return (f"Scores are given at: {at}. Rounding: {method.rounding.value.replace('_', ' ')}", f"Thresholds: {bands}")


def _added_on(row: PackRow) -> str:
    return f", {ui.day(row.added_on)}" if row.added_on else ""
