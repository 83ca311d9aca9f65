"""What the page of a case shows, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldkit.app.case_file import CaseFile, read_case
from fieldkit.app.ports import Questions
from fieldkit.domain.case_gaps import Gap, gaps_at
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import ActivityId, RecordId
from fieldkit.reports.case_words import EventWords, summary
from ui.presenters.case.pasting import PastedLine
from ui.presenters.finalising import FinalPanel
from ui.presenters.forms import Form
from ui.presenters.services import Session

ZOOMS = (50, 75, 100, 150, 200, 300, 400)


class Remedy(StrEnum):
    """What a remark offers to do."""

    LEAVE = "leave"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRemark:
    """Something to mention after saving. ``first`` and ``second`` are buttons; the second keeps things as they are."""

    text: str
    first: str
    second: str
    remedy: Remedy
    event: RecordId
    above: RecordId | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CasePanel:
    """A form beside the timeline. ``has_preview``: what would come of it is shown below it."""

    heading: str
    form: Form
    identifier: str
    save_words: str
    has_preview: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackState:
    """What the page shows. ``zoom`` is the per cent by which the lanes' time is stretched."""

    file: CaseFile
    rows: tuple[EventWords, ...]
    current: RecordId | None = None
    as_lanes: bool = False
    zoom: int = 100
    panel: CasePanel | FinalPanel | None = None
    preview: tuple[PastedLine, ...] = ()
    """What a pasted list would become, while its panel is open."""
    remark: CaseRemark | None = None
    fault: str = ""
    edition: int = 0
    """Grows when the cursor was put on an event by the program."""

    @property
    def heading(self) -> str:
        """``Case C01``."""
        case = self.file.case
        return f"Case {case.code}" if case is not None else self.file.activity.title

    @property
    def code(self) -> str:
        """``C01``, also while the case was not begun."""
        return self.file.case.code if self.file.case is not None else "C01"

    @property
    def summary(self) -> str:
        """Criteria, events, services and the longest wait."""
        return summary(self.file.case, self.file.path)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps of the event under the cursor, or the days that passed before it."""
        return gaps_at(self.file.path, self.current) if self.current is not None else ()


def read_track(session: Session, questions: Questions, activity: str) -> tuple[CaseFile, tuple[Framework, ...]]:
    """Called on the store lane."""
    found = questions.activity(ActivityId(activity))
    packs = tuple(session.packs.framework(pin) for pin in questions.assessment(found.assessment).packs)
    return read_case(questions, found.id, packs, today_of(session)), packs


def today_of(session: Session) -> date:
    """The laptop's own day."""
    return session.clock.now().astimezone().date()
