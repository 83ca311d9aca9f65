"""Before you leave: what is left to do on a visit, as a task list; each row opens where it is done (ux S4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from fieldkit.app.changes import ChangeSet
from fieldkit.app.consents import without_consent
from fieldkit.app.escalation_rows import escalations
from fieldkit.app.ports import Questions
from fieldkit.app.rows import VisitCounts, VisitLeft
from fieldkit.domain.assessment import Visit
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.ids import ActivityId, AssessmentId
from ui.presenters.escalation.needs import no_contact
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, Session
from ui.presenters.timing import Countdown
from ui.presenters.visit.read_back import CheckState, ReadingBack
from ui.presenters.wording import ui

CAPTURE = "capture/"
COMPLETED, COUNTING = "Completed", "Counting…"
_PATIENCE = 2.0
"""Seconds without a change before everything is read back again while the list is looked at."""
_AT_ONCE, _SETTLING = 0.2, 1.0
"""Seconds that further changes are waited for before everything is counted: what is done here, what comes in."""
_WRITES = (
    "entry", "addendum", "filing", "withdrawal", "activity", "visit", "person", "assessment", "assessor", *FIELDWORK,
)  # fmt: skip


class Task(StrEnum):
    """The tasks; the value is the words of the row."""

    FOLLOW_UPS = "Follow-up questions answered"
    ESCALATIONS = "Escalations have a contact recorded"
    CONSENT = "Consent recorded for each interview"
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
    left: VisitLeft | None = None
    untold: int | None = None
    """Open escalations nobody was told of."""
    counts: VisitCounts | None = None
    unasked: tuple[ActivityId, ...] = ()
    drafts: int = 0
    looked: datetime | None = None


def looked_key(assessment: AssessmentId) -> str:
    """The vault setting that holds when the coverage of an assessment was last looked at."""
    return f"looked/{assessment}"


class BeforeYouLeave(Presenter[LeaveState]):
    """Asks the vault what is left, again after each change."""

    def __init__(self, session: Session, visit: Visit) -> None:
        super().__init__(LeaveState())
        self._session = session
        self._visit = visit
        self._known = _Known()
        self._is_open = False
        self._check = ReadingBack(session, visit.assessment, self._refresh)
        self._again = Countdown(session.later, self._check.start)
        self._soon = Countdown(session.later, self._load)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(session.office.changed.listen(lambda _: self._office_changed()))

    def start(self) -> None:
        """Read how things stand."""
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

    @property
    def unasked(self) -> tuple[ActivityId, ...]:
        """The interviews whose consent is not recorded."""
        return self._known.unasked

    def check(self) -> None:
        """The row of what is saved was opened: read everything back now."""
        self._check.start()

    def close(self) -> None:
        """Hear nothing more."""
        self.shut()
        self._soon.drop()
        self._check.forget()
        self._listening.close()

    def _office_changed(self) -> None:
        self._load() if self._sends and self._known.counts is None else self._refresh()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches(*_WRITES):
            self._check.forget()
            if self._is_open:
                self._again.start(_PATIENCE)
        is_ours = looked_key(self._visit.assessment) in changes.ids("setting")
        is_done_here = is_ours or (changes.origin != "sync" and changes.touches(*_WRITES))
        if is_done_here:
            self._soon.start(_AT_ONCE)
        elif changes.touches("draft", "receipt", *_WRITES) and not self._soon.is_pending:
            self._soon.start(_SETTLING)

    @property
    def _sends(self) -> bool:
        return self._session.office.state.connection is not Connection.STANDALONE

    def _load(self) -> None:
        visit, sends = self._visit, self._sends
        today = self._session.clock.now().astimezone().date()
        self._session.workspace.ask_then(lambda q: _read(q, visit, today, sends=sends), self._answered)

    def _answered(self, known: _Known) -> None:
        self._known = known
        self._refresh()

    def _refresh(self) -> None:
        left = self._known.left
        tasks = [
            _counted(Task.FOLLOW_UPS, left.follow_ups if left else None),
            _counted(Task.ESCALATIONS, self._known.untold),
            _counted(Task.CONSENT, len(self._known.unasked) if left else None),
            _counted(Task.UNTAGGED, left.untagged if left else None),
            _looked(self._known.looked, left.tagged_since if left else 0, self._session.clock.now()),
            _saved(self._check.state, self._known.drafts),
        ]
        if self._sends:
            tasks.append(_sent(self._known.counts))
        self._show(LeaveState(tasks=tuple(tasks)))


def _read(questions: Questions, visit: Visit, today: date, *, sends: bool) -> _Known:
    """``sends``: whether what waits is shown too; with ten thousand notes waiting, counting them takes 80 ms."""
    setting = questions.setting(looked_key(visit.assessment))
    looked = from_stamp(setting) if setting else None
    rows = questions.activities(visit.id)
    activities = {row.activity.id for row in rows}
    drafts = [
        draft
        for draft in questions.drafts()
        if draft.text.strip() and draft.place.removeprefix(CAPTURE).partition("/")[0] in activities
    ]
    return _Known(
        left=questions.visit_left(visit.id, looked), untold=no_contact(escalations(questions, visit=visit.id)),
        unasked=without_consent(questions, [row.activity for row in rows], today), drafts=len(drafts), looked=looked,
        counts=questions.visit_counts().get(visit.id, VisitCounts()) if sends else None,
    )  # fmt: skip


def _counted(task: Task, left: int | None) -> TaskRow:
    if left:
        return TaskRow(task=task, status=f"{left:,} left", is_done=False)
    return TaskRow(task=task, status=COUNTING if left is None else COMPLETED, is_done=left == 0)


def _looked(at: datetime | None, since: int, now: datetime) -> TaskRow:
    """Looked at counts for the day and until a note is tagged after it: gaps of this morning are not those of now."""
    if at is None or at.astimezone().date() != now.astimezone().date():
        return TaskRow(task=Task.COVERAGE, status="Not started", is_done=False)
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


def _sent(counts: VisitCounts | None) -> TaskRow:
    if counts is None:
        return TaskRow(task=Task.SENT, status=COUNTING, is_done=False)
    waiting = counts.waiting + counts.others_waiting
    if waiting:
        return TaskRow(task=Task.SENT, status=f"{waiting:,} waiting to send", is_done=False)
    if counts.staying:
        only = f"{ui.staying_notes(counts.staying, counts.held)} only on this laptop"
        return TaskRow(task=Task.SENT, status=only, is_done=False)
    if counts.confirmed_at is None:
        words = "Not confirmed yet" if counts.notes else "Nothing to send yet"
        return TaskRow(task=Task.SENT, status=words, is_done=not counts.notes)
    return TaskRow(task=Task.SENT, status=f"Sent and confirmed {ui.clock(counts.confirmed_at)}", is_done=True)
