"""What screens and commands ask the vault; each answer is a page of frozen rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from fieldkit.app.account_rows import AccountRow
from fieldkit.app.news import CameIn
from fieldkit.app.ports import DeviceKey, Enrolment
from fieldkit.app.rows import (
    ActivityRow,
    AssessmentRow,
    AssessorRow,
    Draft,
    EntryFilter,
    EntryRow,
    Exposure,
    FileRow,
    ReadBack,
    RecordRow,
    SearchHit,
    SendItem,
    SendPreview,
    Standing,
    Tally,
    VaultInfo,
    VisitCounts,
    VisitLeft,
    Walk,
)
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.consent import Consent
from fieldkit.domain.coverage import Count, Place
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.interview import InterviewSession
from fieldkit.domain.people import Person
from fieldkit.domain.receipt import Signed
from fieldkit.domain.revision import Revision, heads
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.domain.sources import CONSENTED, first_of, standing_consent, told_title
from fieldkit.kernel.clock import from_stamp
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, AuthorId, EntryId, RecordId, RevisionId, VisitId
from storage import accounts, coverage, exposure, file_places, log, proofs, records, search, sending
from storage.came_in import came_in
from storage.engine import Database, Row
from storage.entry_rows import names_of, rows_of
from storage.identity import enrolment, fact, identity
from storage.notes import note_of
from storage.outbox import LEAVES
from storage.read_back import read_back
from storage.readable import decode
from storage.visit_counts import visit_counts
from storage.visit_left import visit_left

_COLUMNS = ", ".join("r." + name for name in log.COLUMNS.split(", "))
RECOVERY_STORED = "recovery_stored"
"""The setting that says ``yes`` once the person has stored the recovery key."""


class VaultQuestions:
    """See ``fieldkit.app.ports.Questions``."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def assessments(self) -> list[AssessmentRow]:
        notes = self._counts()
        later: dict[str, int] = dict(
            self._db.rows(
                "SELECT r.assessment, count(*) FROM later l JOIN revisions r ON r.n = l.n WHERE l.why = 'later'"
                " GROUP BY r.assessment"
            )
        )
        return [
            AssessmentRow(
                assessment=value, visits=tuple(self.visits(value.id)), entries=notes.get(value.id, (0, 0))[0],
                waiting=notes.get(value.id, (0, 0))[1], open_questions=accounts.open_count(self._db, value.id),
                made_later=later.get(value.id, 0),
            )
            for value in self._records("assessment")
        ]  # fmt: skip

    def _counts(self) -> dict[str, tuple[int, int]]:
        """Notes and notes waiting, by assessment: counted by activity, which an index answers alone."""
        by_activity = self._db.rows(
            "SELECT (SELECT assessment FROM entries WHERE n = found.n), count, waiting FROM"
            " (SELECT min(n) AS n, count(*) AS count, sum(sharing = ?) AS waiting FROM entries GROUP BY activity)"
            " AS found",
            (LEAVES,),
        )
        found: dict[str, tuple[int, int]] = {}
        for assessment, count, waiting in by_activity:
            before = found.get(assessment, (0, 0))
            found[assessment] = (before[0] + count, before[1] + waiting)
        return found

    def assessment(self, assessment: AssessmentId) -> Assessment:
        value: Assessment = self._record("assessment", assessment)
        return value

    def visits(self, assessment: AssessmentId) -> list[Visit]:
        return self._records("visit", "k.assessment = ?", assessment)

    def visit(self, visit: VisitId) -> Visit:
        value: Visit = self._record("visit", visit)
        return value

    def visit_counts(self) -> dict[VisitId, VisitCounts]:
        return visit_counts(self._db)

    def visit_left(self, visit: VisitId, since: datetime | None) -> VisitLeft:
        return visit_left(self._db, visit, since)

    def read_back(self, assessment: AssessmentId, after: int, limit: int) -> ReadBack:
        return read_back(self._db, assessment, after, limit)

    def activities(self, visit: VisitId) -> list[ActivityRow]:
        planned: list[Activity] = self._records("activity", "k.visit = ?", visit)
        return [self._activity_row(self._told(activity)) for activity in planned]

    def _activity_row(self, activity: Activity) -> ActivityRow:
        rows = self._db.rows(
            "SELECT coalesce(agenda_item, ''), count(*), min(noticed_at), max(noticed_at) FROM entries"
            " WHERE activity = ? GROUP BY 1",
            (activity.id,),
        )
        by_item: dict[str, int] = {item: count for item, count, _, _ in rows}
        noticed = (from_stamp(min(row[2] for row in rows)), from_stamp(max(row[3] for row in rows))) if rows else None
        return ActivityRow(activity=activity, entries=sum(by_item.values()), by_item=by_item, noticed=noticed)

    def activity(self, activity: ActivityId) -> Activity:
        value: Activity = self._record("activity", activity)
        return self._told(value)

    def _told(self, activity: Activity) -> Activity:
        """With the title that it may have today: see ``fieldkit.domain.sources.told_title``."""
        if activity.kind not in CONSENTED:
            return activity
        sessions = self._records(InterviewSession.KIND, "k.about = ?", activity.id)
        consents = self._records(Consent.KIND, "k.about = ?", activity.id)
        title = told_title(activity.title, first_of(sessions), standing_consent(consents))
        return activity if title == activity.title else replace(activity, title=title)

    def people(self, visit: VisitId) -> list[Person]:
        return self._records("person", "k.visit = ?", visit)

    def has_assessor(self, assessment: AssessmentId, author: AuthorId) -> bool:
        """Whether this author has introduced themself in this assessment."""
        return (
            self._db.one(
                "SELECT 1 FROM records WHERE kind = 'assessor' AND assessment = ? AND author = ?", (assessment, author)
            )
            is not None
        )

    def entries(self, wanted: EntryFilter) -> list[EntryRow]:
        return rows_of(self._db, search.numbers_of(self._db, wanted)[::-1])

    def walk(self, wanted: EntryFilter) -> Walk:
        return search.walk(self._db, wanted)

    def tally(self, wanted: EntryFilter) -> Tally:
        return search.tally(self._db, wanted)

    def among(self, wanted: EntryFilter, entries: Sequence[str]) -> tuple[list[EntryRow], frozenset[str]]:
        return search.among(self._db, wanted, entries)

    def split(self, assessment: AssessmentId) -> frozenset[tuple[str, str]]:
        return coverage.split(self._db, assessment)

    def assessors(self, assessment: AssessmentId) -> list[AssessorRow]:
        found = [(author, names) for (where, author), names in names_of(self._db).items() if where == assessment]
        return [AssessorRow(author=AuthorId(author), name=name, initials=short) for author, (name, short) in found]

    def entry(self, entry: EntryId) -> EntryRow:
        return rows_of(self._db, [self._number_of(entry)])[0]

    def all_evidence(self, entry: EntryId) -> tuple[EvidenceItem, ...]:
        """Every tag ever put on the entry, those taken off included."""
        note = note_of(self._db, self._number_of(entry))
        return (*note.entry.evidence, *(tag for filing in note.filings() for tag in filing.added))

    def all_secondary(self, entry: EntryId) -> tuple[SecondaryTag, ...]:
        """Every secondary tag ever put on the entry."""
        note = note_of(self._db, self._number_of(entry))
        return tuple(tag for filing in note.filings() for tag in filing.secondary)

    def search(self, words: str, wanted: EntryFilter) -> list[SearchHit]:
        return search.search(self._db, words, wanted)

    def find(self, wanted: EntryFilter) -> list[SearchHit]:
        return search.find(self._db, wanted)

    def coverage(
        self,
        assessment: AssessmentId,
        pack: str,
        visit: VisitId | None = None,
        activities: frozenset[ActivityId] | None = None,
    ) -> dict[Place, Count]:
        return coverage.count(self._db, assessment, pack, visit, activities)

    def newest_evidence(
        self, assessment: AssessmentId, pack: str, activities: frozenset[ActivityId] | None = None
    ) -> dict[Place, datetime]:
        return coverage.newest(self._db, assessment, pack, activities)

    def own_activities(self) -> frozenset[ActivityId]:
        me = identity(self._db).author
        rows = self._db.rows(
            "SELECT record FROM records WHERE kind = 'activity' AND author = ?"
            " UNION SELECT activity FROM entries WHERE author = ?",
            (me, me),
        )
        return frozenset(ActivityId(row[0]) for row in rows)

    def draft(self, place: str) -> Draft | None:
        row = self._db.one(f"{_DRAFTS} WHERE place = ?", (place,))
        return _draft(row) if row else None

    def drafts(self) -> list[Draft]:
        return [_draft(row) for row in self._db.rows(f"{_DRAFTS} ORDER BY kept_at, place")]

    def exposure(self) -> Exposure:
        return exposure.exposure(self._db)

    def exposed(self, limit: int = 200) -> list[EntryRow]:
        return exposure.exposed(self._db, limit)

    def send_preview(self) -> SendPreview:
        return sending.preview(self._db)

    def staying_items(self, limit: int = 500) -> list[SendItem]:
        return sending.staying(self._db, limit)

    def send_items(self, limit: int = 500) -> list[SendItem]:
        return sending.items(self._db, limit)

    def standing(self) -> Standing:
        return sending.standing(self._db)

    def info(self) -> VaultInfo:
        counts = self._db.one("SELECT (SELECT coalesce(max(n), 0) FROM revisions), (SELECT count(*) FROM entries)")
        revisions, entries = counts or (0, 0)
        who, office = identity(self._db), enrolment(self._db)
        return VaultInfo(
            vault=fact(self._db, "vault"), created_at=from_stamp(fact(self._db, "created_at")),
            store_version=fact(self._db, "store_version"), revisions=revisions, entries=entries, author=who.author,
            name=who.name, initials=who.initials, device=who.device,
            is_practice=fact(self._db, "is_practice") == "yes", is_enrolled=office is not None,
            office=office.office if office else "", recovery_stored=self.setting(RECOVERY_STORED) == "yes",
        )  # fmt: skip

    def came_in(self, after: int) -> CameIn:
        return came_in(self._db, after)

    def saved_at(self) -> datetime | None:
        row = self._db.one(
            "SELECT recorded_at FROM (SELECT n, recorded_at, here, kind FROM revisions ORDER BY n DESC LIMIT 500)"
            " WHERE here = 1 AND kind <> 'custody' ORDER BY n DESC LIMIT 1"
        )
        return from_stamp(row[0]) if row else None

    def setting(self, key: str) -> str | None:
        row = self._db.one("SELECT value FROM settings WHERE name = ?", (key,))
        return str(row[0]) if row else None

    def over(self, record: str) -> tuple[RevisionId, ...]:
        return accounts.over(self._db, record)

    def accounts(self, record: str) -> list[AccountRow]:
        return accounts.accounts(self._db, record)

    def several_heads(self, assessment: AssessmentId | None = None) -> list[RecordId]:
        return accounts.several(self._db, assessment)

    def combined(self, limit: int = 50) -> list[AccountRow]:
        return accounts.combined(self._db, limit)

    def contested_notes(self, assessment: AssessmentId | None = None) -> list[EntryId]:
        return accounts.contested(self._db, assessment)

    def added_to(self, entry: EntryId) -> tuple[RecordId, ...]:
        return note_of(self._db, self._number_of(entry)).added()

    def additions_to(self, entry: EntryId) -> list[AccountRow]:
        note = note_of(self._db, self._number_of(entry))
        return accounts.rows_of(self._db, [one for one in note.pointing if one.revision.envelope.kind != "withdrawal"])

    def withdrawals_of(self, entry: EntryId) -> list[AccountRow]:
        against = note_of(self._db, self._number_of(entry)).contested()
        found = [row for record in sorted({one.value.id for one in against}) for row in self.accounts(record)]
        return [row for row in found if row.revision in {one.revision for one in against}]

    def heads(self, record: str) -> tuple[RevisionId, ...]:
        found = [item.revision.envelope for item in log.at_home(record, log.of_record(self._db, record))]
        return tuple(sorted(heads({envelope.id: envelope.parents for envelope in found})))

    def records(
        self,
        kind: str,
        *,
        assessment: AssessmentId | None = None,
        visit: VisitId | None = None,
        about: str | None = None,
    ) -> list[RecordRow]:
        return records.rows(self._db, kind, assessment=assessment, visit=visit, about=about)

    def record(self, kind: str, record: str) -> RecordRow:
        return records.row(self._db, kind, record)

    def history(self, record: str) -> list[RecordRow]:
        return records.history(self._db, record)

    def files(self, assessment: AssessmentId | None = None) -> list[FileRow]:
        return file_places.rows(self._db, assessment)

    def find_records(self, words: str, assessment: AssessmentId | None = None, limit: int = 50) -> list[RecordRow]:
        return records.find(self._db, words, assessment, limit)

    def revisions(self, assessment: AssessmentId | None = None) -> Iterator[Revision]:
        """Every revision in order of arrival, for export and verification."""
        return (item.revision for item in log.scan(self._db, assessment))

    def devices(self) -> list[DeviceKey]:
        """The public keys of every device whose revisions are here, our own first."""
        return proofs.devices(self._db)

    def sheets(self, assessment: AssessmentId) -> Iterator[Signed]:
        """The receipts of an assessment's revisions, exactly as signed."""
        return proofs.sheets(self._db, assessment)

    def certificates(self) -> list[Signed]:
        """The central store's latest word on each of our devices, exactly as signed."""
        return proofs.certificates(self._db)

    def enrolment(self) -> Enrolment | None:
        """The office this vault hands in to, if any."""
        return enrolment(self._db)

    def _number_of(self, entry: EntryId) -> int:
        row = self._db.one("SELECT e.n FROM revisions r JOIN entries e ON e.n = r.n WHERE r.id = ?", (entry,))
        if row is None:
            raise Mistake("entry.unknown", entry=entry)
        return int(row[0])

    def _records(self, kind: str, condition: str = "1", *values: object) -> list[Any]:
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM records k JOIN revisions r ON r.n = k.current"
            f" WHERE k.kind = ? AND {condition} ORDER BY k.first",
            (kind, *values),
        )
        return [decode(log.read(row)) for row in rows]

    def _record(self, kind: str, record: str) -> Any:
        found = self._records(kind, "k.record = ?", record)
        if not found:
            raise Mistake(f"{kind}.unknown", **{kind: record})
        return found[0]


_DRAFTS = "SELECT place, text, caret, noticed_at, kept_at, extra FROM drafts"


def _draft(row: Row) -> Draft:
    place, text, caret, noticed_at, kept_at, extra = row
    return Draft(
        place=place, text=text, caret=caret, noticed_at=from_stamp(noticed_at) if noticed_at else None,
        kept_at=from_stamp(kept_at), extra=extra,
    )  # fmt: skip
