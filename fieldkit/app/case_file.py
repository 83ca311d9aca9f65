"""Everything known of one case, read in one go: what its page, its print and the command line show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fieldkit.app.cases import case_of
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.app.touchpoints import touchpoints_of
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Consent, Quoting
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.framework import Framework, Statement
from fieldkit.domain.pathway import Pathway, pathway
from fieldkit.domain.sources import standing_consent
from fieldkit.domain.touchpoint import Touchpoint
from fieldkit.kernel.ids import ActivityId, RecordId
from fieldkit.reports.case_report import CaseReport
from fieldkit.reports.case_words import NO_TAGS, EventTags

CONSENT_WORDS = {
    Agreed.NOT_ASKED: "Consent not recorded", Agreed.GIVEN: "Consent recorded",
    Agreed.GIVEN_FOR_THEM: "Consent recorded, given for them", Agreed.REFUSED: "Consent refused",
    Agreed.WITHDRAWN: "Consent withdrawn", Agreed.NOT_REQUIRED: "Consent not required",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """``case`` None = planned, and nothing entered yet. ``notes`` are counted by what they are about."""

    assessment: Assessment
    visit: Visit
    activity: Activity
    case: Case | None
    path: Pathway
    tags: Mapping[RecordId, EventTags]
    notes: Mapping[RecordId, int]
    consent: Consent | None
    services: tuple[str, ...]
    """Every service named in any case of the assessment: what a new event can be at."""

    @property
    def consent_words(self) -> str:
        """The state of the case's consent."""
        return CONSENT_WORDS[self.consent.agreed if self.consent is not None else Agreed.NOT_ASKED]

    @property
    def is_barred(self) -> bool:
        """Whether nothing of the case may leave this laptop in a document."""
        return self.consent is not None and self.consent.bars

    @property
    def may_quote(self) -> bool:
        """Whether exact words may be printed."""
        return self.consent is None or (
            not self.consent.bars and self.consent.quoting in (Quoting.YES, Quoting.UNNAMED)
        )


def read_case(questions: Questions, activity: ActivityId, frameworks: Sequence[Framework], today: date) -> CaseFile:
    """The case of an activity. Called on the store lane."""
    found = questions.activity(activity)
    case = case_of(questions, activity)
    events = touchpoints_of(questions, case.id) if case is not None else []
    tags, notes = tags_of(questions, activity, frameworks)
    return CaseFile(
        assessment=questions.assessment(found.assessment), visit=questions.visit(found.visit), activity=found,
        case=case, path=pathway(events, today), tags=tags, notes=notes, consent=consent_of(questions, activity),
        services=_services(questions, found),
    )  # fmt: skip


def consent_of(questions: Questions, activity: ActivityId) -> Consent | None:
    """The consent of a case: of several, the one that protects most."""
    return standing_consent(row.value for row in questions.records(Consent.KIND, about=activity))


def tags_of(
    questions: Questions, activity: ActivityId, frameworks: Sequence[Framework]
) -> tuple[dict[RecordId, EventTags], dict[RecordId, int]]:
    """The standing tags of the notes about each event, and how many such notes there are."""
    rows: dict[RecordId, list[EntryRow]] = {}
    for row in every_note(questions, EntryFilter(activity=activity)):
        if row.entry.about is not None and row.withdrawal is None:
            rows.setdefault(row.entry.about, []).append(row)
    packs = {one.id: one for one in frameworks}
    return {about: _tags(found, packs) for about, found in rows.items()}, {
        about: len(found) for about, found in rows.items()
    }


def case_report(file: CaseFile, today: date) -> CaseReport:
    """What the print of a case needs. Raises ``ValueError`` for one without a case."""
    if file.case is None:
        raise ValueError("nothing was entered of this case")
    return CaseReport(
        assessment=file.assessment.name, visit=file.visit.name, case=file.case, path=file.path, tags=file.tags,
        consent=file.consent_words, may_quote=file.may_quote, today=today,
    )  # fmt: skip


def _tags(rows: Sequence[EntryRow], packs: Mapping[str, Framework]) -> EventTags:
    items = [item for row in rows for item in row.evidence]
    known = [(_statement(packs, item.pack, item.statement), item) for item in items]
    if not known:
        return NO_TAGS
    chips = dict.fromkeys(one.position if one else item.statement for one, item in known)
    titles = dict.fromkeys(one.title if one else item.statement for one, item in known)
    return EventTags(
        chips=tuple(chips), titles=tuple(titles), is_concern=any(item.bearing is Bearing.SHORTFALL for item in items)
    )


def _statement(packs: Mapping[str, Framework], pack: str, statement: str) -> Statement | None:
    framework = packs.get(pack)
    return next((one for one in framework if one.id == statement), None) if framework is not None else None


def _services(questions: Questions, activity: Activity) -> tuple[str, ...]:
    named: dict[str, int] = {}
    for row in questions.records(Touchpoint.KIND, assessment=activity.assessment):
        for name in (row.value.organisation, row.value.towards):
            if name:
                named[name] = named.get(name, 0) + 1
    return tuple(sorted(named, key=lambda name: (-named[name], name.casefold())))
