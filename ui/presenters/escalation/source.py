"""Where an escalation comes from: the note, activity or visit that is up, so that nobody types it again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.domain.assessment import Activity, Visit
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, RecordId, VisitId
from ui.presenters.wording import ui


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSource:
    """What is known before a word is typed. ``words`` says where it is from: ``From note 10:30``."""

    assessment: AssessmentId | None = None
    visit: VisitId | None = None
    about: RecordId | None = None
    words: str = ""
    what: str = ""
    place: str = ""
    organisation: str = ""

    def uncovered(self) -> RiskSource:
        """The same without anybody's words: what may be shown over a hidden screen."""
        return RiskSource(assessment=self.assessment, visit=self.visit, about=self.about)


def from_visit(visit: Visit) -> RiskSource:
    """A visit as a whole."""
    return RiskSource(
        assessment=visit.assessment, visit=visit.id, about=RecordId(visit.id), words=f"From {visit.name}",
        place=visit.place,
    )  # fmt: skip


def from_activity(activity: Activity) -> RiskSource:
    """What is being done."""
    return RiskSource(
        assessment=activity.assessment, visit=activity.visit, about=RecordId(activity.id),
        words=f"From {activity.title}", place=activity.place, organisation=activity.organisation,
    )  # fmt: skip


def from_note(row: EntryRow, activity: Activity | None) -> RiskSource:
    """A note: its words are what is happening; of one that a consent bars they do not leave without being typed."""
    note = row.entry
    return RiskSource(
        assessment=note.assessment, visit=note.visit, about=RecordId(note.id),
        what=note.text if row.barred is None else "",
        words=f"From note {ui.noticed(note)}", place=activity.place if activity else "",
        organisation=activity.organisation if activity else "",
    )  # fmt: skip


def completed(questions: Questions, source: RiskSource) -> RiskSource:
    """The source with what only the vault knows: an open record's activity, and the assessment where none was named."""
    if source.assessment is None:
        rows = questions.assessments()
        source = replace(source, assessment=rows[-1].assessment.id if rows else None)
    if source.visit is not None and source.about is None:
        return from_visit(questions.visit(source.visit))
    if source.visit is not None or source.about is None:
        return source
    try:
        found = from_activity(questions.activity(ActivityId(source.about)))
    except Mistake:  # the page is about a record of another kind; it is named all the same
        return source
    return found
