"""Home (ux S3): what needs me, and today's visit one key away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import AssessmentRow, Draft, SendPreview
from fieldkit.domain.assessment import Assessment, Visit
from fieldkit.kernel.ids import VisitId
from ui.presenters.first_run import RECOVERY_STORED
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session
from ui.presenters.wording import sentence, ui

CAPTURE = "capture/"
"""How the places of capture lines start (``fieldkit.app.drafts.capture_place``)."""


class Need(StrEnum):
    """What somebody may have to do; the value is the words of the button beside it."""

    STORE_KEY = "Store one now"
    SEND = "See what waits"
    CONTINUE = "Go on"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow:
    """One fact that asks for something."""

    need: Need
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """A visit as Home lists it."""

    visit: Visit
    assessment: Assessment
    name: str
    when: str
    is_today: bool

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return ", ".join(
            part for part in (self.name, self.when, "today" if self.is_today else "", self.visit.place) if part
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentGroup:
    """An assessment with its visits, newest first."""

    assessment: Assessment
    notes: str
    packs: str
    visits: tuple[VisitRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeState:
    """What Home shows; ``loaded`` is false until the first answer, so that no empty state flashes by."""

    loaded: bool = False
    needs: tuple[NeedRow, ...] = ()
    groups: tuple[AssessmentGroup, ...] = ()
    first: VisitId | None = None
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to open yet."""
        return self.loaded and not any(group.visits for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    assessments: tuple[AssessmentRow, ...]
    preview: SendPreview
    drafts: tuple[Draft, ...]
    recovery_stored: bool


class Home(Presenter[HomeState]):
    """Keeps the list right while notes are written and the team's work arrives."""

    def __init__(self, session: Session) -> None:
        super().__init__(HomeState())
        self._session = session
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))

    def load(self) -> None:
        """Read what there is."""
        self._session.workspace.ask_then(_answer, self._answered, self._refused)

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def visit(self, visit: VisitId) -> VisitRow | None:
        """A listed visit."""
        rows = (row for group in self.state.groups for row in group.visits)
        return next((row for row in rows if row.visit.id == visit), None)

    def _changed(self, changes: ChangeSet) -> None:
        is_key = RECOVERY_STORED in changes.ids("setting")
        if is_key or changes.touches("assessment", "visit", "entry", "receipt"):
            self.load()

    def _answered(self, answer: _Answer) -> None:
        today = self._session.clock.now().astimezone().date()
        groups = tuple(self._group(row, today) for row in answer.assessments)
        visits = [row for group in groups for row in group.visits]
        first = next((row for row in visits if row.is_today), visits[0] if visits else None)
        self._show(
            HomeState(
                loaded=True,
                needs=self._needs(answer),
                groups=groups,
                first=first.visit.id if first else None,
            )
        )

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, loaded=True, fault=sentence(problem)))

    def _needs(self, answer: _Answer) -> tuple[NeedRow, ...]:
        found = []
        if not answer.recovery_stored and not self._session.is_practice:
            found.append(NeedRow(need=Need.STORE_KEY, text="Your recovery key is not stored yet"))
        drafts = [draft for draft in answer.drafts if draft.place.startswith(CAPTURE) and draft.text.strip()]
        if drafts:
            found.append(NeedRow(need=Need.CONTINUE, text=f"{ui.count(len(drafts), 'note')} begun and not saved yet"))
        if answer.preview.entries_leaving and self._session.office.state.connection.value != "standalone":
            found.append(
                NeedRow(need=Need.SEND, text=f"{ui.count(answer.preview.entries_leaving, 'note')} waiting to send")
            )
        return tuple(found)

    def _group(self, row: AssessmentRow, today: date) -> AssessmentGroup:
        visits = sorted(row.visits, key=lambda visit: visit.starts_on or date.min, reverse=True)
        return AssessmentGroup(
            assessment=row.assessment,
            notes=ui.count(row.entries, "note"),
            packs=", ".join(f"{pin.id} {pin.version}" for pin in row.assessment.packs),
            visits=tuple(_visit_row(visit, row.assessment, today) for visit in visits),
        )


def _visit_row(visit: Visit, assessment: Assessment, today: date) -> VisitRow:
    starts, ends = visit.starts_on, visit.ends_on
    when = ui.weekday(starts) if starts and starts.year == today.year else ui.day(starts) if starts else "No date yet"
    if starts and ends and ends != starts:
        when = f"{when} to {ui.day(ends)}"
    is_today = starts is not None and starts <= today <= (ends or starts)
    return VisitRow(visit=visit, assessment=assessment, name=visit.name, when=when, is_today=is_today)


def _answer(questions: Questions) -> _Answer:
    return _Answer(
        assessments=tuple(questions.assessments()),
        preview=questions.send_preview(),
        drafts=tuple(questions.drafts()),
        recovery_stored=questions.info().recovery_stored,
    )
