"""A programme from a file (ux S4): read away from the screens' thread, shown before anything is planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from fieldkit.app.lanes import run
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.programme_file import (
    Applied,
    Changes,
    PlannedRow,
    ProgrammeReading,
    apply_changes,
    compare,
    read_programme_file,
)
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.kernel.errors import Mistake
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.visit.plans import PlanActions
from ui.presenters.wording import sentence, ui

SHOWN = 300
"""Lines of the preview that are shown; all are read."""
LONGEST = 300
"""Characters of a title that are shown: one of 10,000 would take a screen of its own."""
STALE = "The programme has changed meanwhile. This is what the file would change now"


class Fate(StrEnum):
    """What would come of a line; the value is the word before it."""

    WRONG = "Does not read"
    NEW = "New"
    MOVED = "Moved"
    OFF = "Called off"
    MISSING = "No longer on it"
    REPEATS = "Repeats"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLine:
    """What it is about, and under it what would come of it."""

    fate: Fate
    title: str
    more: str = ""

    @property
    def status(self) -> str:
        """``New · 12 November 2026 10:00 · Room 2``."""
        return " · ".join(part for part in (self.fate.value, self.more) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """``found`` is None until a file was read; ``takes_good`` once somebody said that bad rows are left out."""

    path: str = ""
    reading: ProgrammeReading | None = None
    found: Changes | None = None
    is_busy: bool = False
    notice: str = ""
    file_error: str = ""
    fault: str = ""

    @property
    def bad(self) -> int:
        """Rows that do not read."""
        return len(self.reading.bad) if self.reading else 0

    @property
    def missing(self) -> int:
        """Activities of the file's days that it no longer has."""
        return len(self.found.missing) if self.found else 0

    @property
    def may_change(self) -> bool:
        """Whether the good rows would change anything."""
        found = self.found
        return found is not None and bool(found.added or found.moved or found.missing)

    @property
    def summary(self) -> str:
        """``4 new, 1 moved, 1 called off, 2 no longer on it, 6 as planned. 1 row does not read``."""
        found = self.found
        if found is None:
            return ""
        off = sum(row.is_cancelled for _, row in found.moved)
        parts = [(len(found.added), "new"), (len(found.moved) - off, "moved or changed"), (off, "called off"),
                 (len(found.missing), "no longer on it"), (found.same, "as planned")]  # fmt: skip
        said = ", ".join(f"{count:,} {words}" for count, words in parts if count) or "Nothing in it is planned"
        if not self.bad:
            return said
        return f"{said}. {ui.count(self.bad, 'row does', 'rows do')} not read"

    @property
    def lines(self) -> tuple[PreviewLine, ...]:
        """The preview: what does not read first, since it is for a person to mend."""
        if self.reading is None or self.found is None:
            return ()
        return tuple(_lines(self.reading, self.found))[:SHOWN]


class ProgrammeFile(Presenter[FileState]):
    """``done`` is told how many activities are new; ``close`` shuts the panel."""

    heading = "Programme from a file"

    def __init__(
        self,
        session: Session,
        plans: PlanActions,
        visit: Visit,
        done: Callable[[Applied], None],
        close: Callable[[], None],
    ) -> None:
        super().__init__(FileState())
        self.close = close
        self._session = session
        self._plans = plans
        self._visit = visit
        self._done = done
        self._turn = 0

    def choose(self, path: str) -> None:
        """Read a file. Another may be chosen while it is read; only the last counts."""
        self._turn += 1
        turn, visit, lanes = self._turn, self._visit, self._session.workspace.lanes
        if not path.strip():
            self._show(FileState(file_error=sentence(Mistake("programme.no_file"))))
            return
        self._show(FileState(path=path, is_busy=True))

        def planned(activities: tuple[Activity, ...]) -> None:
            def read() -> tuple[ProgrammeReading, Changes]:
                reading = read_programme_file(Path(path.strip()).expanduser(), visit)
                return reading, compare(activities, reading.rows)

            run(
                lanes.work,
                lanes.deliver,
                read,
                lambda both: self._read(turn, *both),
                lambda why: self._unread(turn, why),
            )

        self._session.workspace.ask_then(lambda questions: _planned(questions, visit), planned, self._failed)

    def bring_in(self, *, only_good: bool = False, call_off_missing: bool = False) -> None:
        """Plan what is shown. Does nothing with rows that do not read, unless ``only_good``."""
        state = self.state
        if state.is_busy:
            return
        if state.found is None or state.reading is None:
            self._show(replace(state, file_error=state.file_error or sentence(Mistake("programme.no_file"))))
            return
        if state.bad and not only_good:
            self._show(replace(state, fault=sentence(Mistake("programme.bad_rows_here", count=state.bad))))
            return
        if not state.may_change:
            self._show(replace(state, notice="Nothing to change: everything is as planned"))
            return
        found, rows, visit = state.found, state.reading.rows, self._visit

        def apply(uow: UnitOfWork) -> Applied | Changes:
            now = compare(_planned(uow.questions, visit), rows)
            return apply_changes(uow, visit, now, call_off_missing=call_off_missing) if now == found else now

        self._show(replace(state, is_busy=True, fault="", notice=""))
        self._session.workspace.perform(apply, initiator="visit", done=self._applied, failed=self._failed)

    def _read(self, turn: int, reading: ProgrammeReading, found: Changes) -> None:
        if turn == self._turn:
            self._show(replace(self.state, reading=reading, found=found, is_busy=False))
            self._session.say(self.state.summary)

    def _unread(self, turn: int, problem: Exception) -> None:
        if turn == self._turn:
            self._show(FileState(path=self.state.path, file_error=sentence(problem)))

    def _applied(self, result: Applied | Changes) -> None:
        if isinstance(result, Changes):
            self._show(replace(self.state, is_busy=False, found=result, notice=STALE))
            self._session.say(STALE)
            return
        self._plans.did_import(result.changed)
        self._done(result)

    def _failed(self, problem: Exception) -> None:
        self._show(replace(self.state, is_busy=False, fault=sentence(problem)))


def _planned(questions: Questions, visit: Visit) -> tuple[Activity, ...]:
    return tuple(row.activity for row in questions.activities(visit.id))


def _lines(reading: ProgrammeReading, found: Changes) -> Iterator[PreviewLine]:
    for one in reading.bad:
        yield PreviewLine(fate=Fate.WRONG, title=sentence(one.problem))
    for row in found.added:
        yield PreviewLine(fate=Fate.NEW, title=_short(row.title), more=_row(row))
    for activity, row in found.moved:
        fate = Fate.OFF if row.is_cancelled else Fate.MOVED
        yield PreviewLine(
            fate=fate, title=_short(activity.title), more="" if row.is_cancelled else _moved(activity, row)
        )
    for activity in found.missing:
        yield PreviewLine(fate=Fate.MISSING, title=_short(activity.title))
    for number in reading.repeating:
        yield PreviewLine(fate=Fate.REPEATS, title=f"Event {number}", more="only its first time was read")


def _row(row: PlannedRow) -> str:
    when = " ".join(part for part in (ui.day(row.on) if row.on else "", row.starts) if part)
    parts = (when, row.place, f"stream {row.stream}" if row.stream else "", ", ".join(row.assigned))
    return _short(" · ".join(part for part in parts if part))


def _moved(activity: Activity, row: PlannedRow) -> str:
    """What the file says otherwise, each with what it was."""
    told: list[str] = []
    for name in ("on", "starts", "ends", "place", "organisation", "stream", "assigned"):
        was, now = getattr(activity, name), getattr(row, name)
        if now and was != now:
            told.append(f"{_NAMES[name]} {_said(now)}, was {_said(was)}" if was else f"{_NAMES[name]} {_said(now)}")
    return _short("; ".join(told))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "nobody"
    return (value if isinstance(value, str) else ui.day(value)) if value else "not said"  # type: ignore[arg-type]


_NAMES = {
    "on": "day", "starts": "starts", "ends": "ends", "place": "room", "organisation": "body", "stream": "stream",
    "assigned": "who goes",
}  # fmt: skip
