"""Before you leave: what is left to do on a visit, as a task list; each row opens where it is done (ux S4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow, VisitCounts
from fieldkit.domain.assessment import Visit
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.log.log_rows import LogRows
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, Session
from ui.presenters.timing import Countdown
from ui.presenters.visit.captures import is_open_question, is_untagged
from ui.presenters.visit.read_back import CheckState, ReadingBack
from ui.presenters.wording import ui

CAPTURE = "capture/"
COMPLETED = "Completed"
_PATIENCE = 2.0
"""Seconds without a change before everything is read back again while the list is looked at."""
_SETTLING = 0.2
"""Seconds that arriving notes are waited for before they are counted."""
_WRITES = ("entry", "addendum", "filing", "withdrawal", "activity", "visit", "person", "assessment", "assessor")


class Task(StrEnum):
    """The tasks; the value is the words of the row."""

    FOLLOW_UPS = "Follow-up questions answered"
    UNTAGGED = "No untagged notes"
    COVERAGE = "Coverage gaps looked at"
    SAVED = "Everything saved on this laptop"
    SENT = "Everything sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task with its status in words; an open one carries a tint beside its words."""

    task: Task
    status: str
    is_done: bool

    @property
    def sentence(self) -> str:
        """What a screen reader says, and the name of the row's button."""
        return f"{self.task.value}, {self.status}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveState:
    """The list."""

    tasks: tuple[TaskRow, ...] = ()

    @property
    def title(self) -> str:
        """``Before you leave (4 of 5 done)``."""
        return f"Before you leave ({sum(row.is_done for row in self.tasks)} of {len(self.tasks)} done)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    counts: VisitCounts = field(default_factory=VisitCounts)
    drafts: int = 0
    looked: datetime | None = None


def looked_key(assessment: AssessmentId) -> str:
    """The vault setting that holds when the coverage of an assessment was last looked at."""
    return f"looked/{assessment}"


class BeforeYouLeave(Presenter[LeaveState]):
    """Counts from the captures that are on the screen anyway, and asks the vault for the rest."""

    def __init__(self, session: Session, visit: Visit, rows: LogRows) -> None:
        super().__init__(LeaveState())
        self._session = session
        self._visit = visit
        self._rows = rows
        self._known = _Known()
        self._is_open = False
        self._check = ReadingBack(session, visit.assessment, self._refresh)
        self._again = Countdown(session.later, self._check.start)
        self._soon = Countdown(session.later, self._load)
        self._settled = Countdown(session.later, self._refresh)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(session.office.changed.listen(lambda _: self._refresh()))
        self._listening.add(rows.moved.listen(lambda _: self._settled.start(_SETTLING)))

    def start(self) -> None:
        """Read what the captures do not tell."""
        self._load()

    def open(self) -> None:
        """Somebody looks at the list: everything is read back for it, and again after each change."""
        self._is_open = True
        if not self._check.state.is_running and not self._check.state.is_good:
            self._check.start()

    def shut(self) -> None:
        """Nobody looks any more."""
        self._is_open = False
        self._again.drop()

    def check(self) -> None:
        """The row of what is saved was opened: read everything back now."""
        self._check.start()

    def close(self) -> None:
        """Hear nothing more."""
        self.shut()
        self._soon.drop()
        self._settled.drop()
        self._check.forget()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_WRITES):
            self._check.forget()
            if self._is_open:
                self._again.start(_PATIENCE)
        is_ours = looked_key(self._visit.assessment) in changes.ids("setting")
        if is_ours or changes.touches("draft", "receipt", *_WRITES):
            self._soon.start(0.2 if is_ours else 1.0)

    def _load(self) -> None:
        visit = self._visit
        self._session.workspace.ask_then(lambda q: _read(q, visit), self._answered)

    def _answered(self, known: _Known) -> None:
        self._known = known
        self._refresh()

    def _refresh(self) -> None:
        rows = self._rows.rows
        tasks = [
            _counted(Task.FOLLOW_UPS, sum(map(is_open_question, rows)), is_whole=self._rows.is_complete),
            _counted(Task.UNTAGGED, sum(map(is_untagged, rows)), is_whole=self._rows.is_complete),
            _looked(self._known.looked, rows, self._session.clock.now()),
            _saved(self._check.state, self._known.drafts),
        ]
        if self._session.office.state.connection is not Connection.STANDALONE:
            tasks.append(_sent(self._known.counts))
        self._show(LeaveState(tasks=tuple(tasks)))


def _read(questions: Questions, visit: Visit) -> _Known:
    looked = questions.setting(looked_key(visit.assessment))
    activities = {row.activity.id for row in questions.activities(visit.id)}
    drafts = [
        draft
        for draft in questions.drafts()
        if draft.text.strip() and draft.place.removeprefix(CAPTURE).partition("/")[0] in activities
    ]
    return _Known(
        counts=questions.visit_counts().get(visit.id, VisitCounts()), drafts=len(drafts),
        looked=from_stamp(looked) if looked else None,
    )  # fmt: skip


def _counted(task: Task, left: int, *, is_whole: bool) -> TaskRow:
    if left:
        return TaskRow(task=task, status=f"{left:,} left", is_done=False)
    return TaskRow(task=task, status=COMPLETED if is_whole else "Counting…", is_done=is_whole)


def _looked(at: datetime | None, rows: Sequence[EntryRow], now: datetime) -> TaskRow:
    """Looked at counts for the day and until a note is tagged after it: gaps of this morning are not those of now."""
    if at is None or at.astimezone().date() != now.astimezone().date():
        return TaskRow(task=Task.COVERAGE, status="Not started", is_done=False)
    since = sum(row.recorded_at > at and bool(row.evidence) for row in rows)
    if since:
        return TaskRow(task=Task.COVERAGE, status=f"{ui.count(since, 'tagged note')} since", is_done=False)
    return TaskRow(task=Task.COVERAGE, status=f"{COMPLETED} {ui.clock(at)}", is_done=True)


def _saved(check: CheckState, drafts: int) -> TaskRow:
    task = Task.SAVED
    if drafts:
        return TaskRow(task=task, status=f"{ui.count(drafts, 'note')} begun and not saved yet", is_done=False)
    if check.fault:
        return TaskRow(task=task, status=check.fault, is_done=False)
    if check.wrong:
        words = f"{ui.count(check.wrong, 'record')} could not be read back. Make a backup and tell IT"
        return TaskRow(task=task, status=words, is_done=False)
    if check.is_running:
        return TaskRow(task=task, status=f"Reading back, {check.read:,} so far", is_done=False)
    if check.at is None:
        return TaskRow(task=task, status="Not checked since the last change", is_done=False)
    words = f"{COMPLETED} {ui.clock(check.at)}, {ui.count(check.read, 'record')} read back"
    return TaskRow(task=task, status=words, is_done=True)


def _sent(counts: VisitCounts) -> TaskRow:
    waiting = counts.waiting + counts.others_waiting
    if waiting:
        return TaskRow(task=Task.SENT, status=f"{waiting:,} waiting to send", is_done=False)
    if counts.staying:
        only = f"{ui.count(counts.staying, 'untagged note')} only on this laptop"
        return TaskRow(task=Task.SENT, status=only, is_done=False)
    if counts.confirmed_at is None:
        words = "Not confirmed yet" if counts.notes else "Nothing to send yet"
        return TaskRow(task=Task.SENT, status=words, is_done=not counts.notes)
    return TaskRow(task=Task.SENT, status=f"Sent and confirmed {ui.clock(counts.confirmed_at)}", is_done=True)
