"""What the store answers to screens and commands: frozen rows, ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.consent import Agreed
from fieldkit.domain.entry import Addendum, Entry, Withdrawal
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.kernel.ids import ActivityId, AssessmentId, AuthorId, EntryId, RecordId, RevisionId, VisitId


class SendStatus(StrEnum):
    """Where a record stands between this laptop and the central store; the words are in ux 5.2."""

    STAYS = "stays"
    """Saved on this laptop; nothing makes it leave (an untagged note)."""
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    """A verified receipt for every revision of it, content included, is stored here."""
    QUARANTINED = "quarantined"
    """Kept safe by the central store but set aside; ``code`` says why."""
    FROM_TEAM = "from_team"
    """Came from a team-mate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """An assessment with its visits, for the home screen."""

    assessment: Assessment
    visits: tuple[Visit, ...]
    entries: int
    waiting: int
    open_questions: int = 0
    """Records with more than one head."""
    made_later: int = 0
    """Revisions made with a later version: kept as they are, not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCounts:
    """How a visit stands. ``others_waiting`` are addenda, tags, withdrawals, plans and people that wait to be sent."""

    activities: int = 0
    notes: int = 0
    waiting: int = 0
    staying: int = 0
    """Notes made here that do not leave by themselves: untagged, withdrawn, held."""
    held: int = 0
    """Of ``staying`` those that a consent bars."""
    others_waiting: int = 0
    confirmed_at: datetime | None = None
    """When the central store confirmed the last note of each activity, the latest of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLeft:
    """What is left to do on a visit's notes. ``tagged_since``: notes with tags that were recorded after a moment."""

    untagged: int = 0
    """My own that stand and would stay on this laptop."""
    follow_ups: int = 0
    """Follow-up questions nobody has added words to."""
    tagged_since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """One page of records read from the disk again: how many, which do not hold, and up to which ``n``."""

    read: int
    wrong: tuple[RevisionId, ...]
    last: int
    is_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """An activity with the number of notes under it and under each agenda item."""

    activity: Activity
    entries: int
    by_item: dict[str, int] = field(default_factory=dict)
    noticed: tuple[datetime, datetime] | None = None
    """When its first and its last note was noticed; None without any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One note as a log shows it. ``n`` is its place in the order of arrival in this vault."""

    n: int
    entry: Entry
    author: AuthorId
    author_name: str
    author_initials: str
    is_mine: bool
    recorded_at: datetime
    evidence: tuple[EvidenceItem, ...]
    """The tags that stand now."""
    addenda: tuple[Addendum, ...]
    withdrawal: Withdrawal | None
    status: SendStatus
    confirmed_at: datetime | None = None
    secondary: tuple[SecondaryTag, ...] = ()
    """The secondary tags that stand now."""
    barred: Agreed | None = None
    """Why a consent keeps it out of use (``REFUSED``, ``WITHDRAWN``): it is shown as held and leaves in nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A record of fieldwork as its head (or one of its earlier revisions) shows it.

    ``value`` is of the class that ``fieldkit.domain.kinds.FIELDWORK`` names for ``kind``. Author, time and standing
    are those of the revision shown; ``heads`` above 1 is an open question. ``barred``: it belongs to what a consent
    keeps out of use, and is held with it (``fieldkit.domain.barring``).
    """

    record: RecordId
    kind: str
    value: Any
    revision: RevisionId
    heads: int
    author: AuthorId
    author_name: str
    author_initials: str
    is_mine: bool
    recorded_at: datetime
    status: SendStatus
    confirmed_at: datetime | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
    """As it was signed, with whatever a later version added."""
    barred: Agreed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """An attachment and where its file stands. Whether it lies here, ``FileStore.has`` tells.

    ``is_confirmed``: the central store's signed word that it has the file is here; only then is it handed in.
    ``is_wanted``: somebody here asked for a team-mate's. ``code`` says why it did not go or come.
    """

    row: RecordRow
    is_made_here: bool
    is_confirmed: bool
    confirmed_at: datetime | None = None
    is_wanted: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A found note and the words around the match, with the control characters 2 and 3 around each match."""

    row: EntryRow
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What would be lost with this laptop now: notes of which something has no verified receipt, from which minutes."""

    entries: int
    minutes: int
    """Distinct minutes of noticing (of recording, for what was added later): "23 minutes of notes"."""
    oldest: datetime | None
    staying: int = 0
    """How many of ``entries`` would never leave by themselves: untagged, withdrawn or held."""
    held: int = 0
    """How many of ``staying`` a consent holds back, or words that were added to them."""
    files: int = 0
    """Attached files that are nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPreview:
    """What pressing Send does, before it is pressed."""

    entries_leaving: int
    entries_staying: int
    """Untagged, withdrawn and held notes: only the proof that they exist travels."""
    other_leaving: int
    """Addenda, tags, withdrawals, visits, activities, people."""
    revisions: int
    """Envelopes without a verified receipt, contents left or not."""
    confirmed_entries: int
    entries_held: int = 0
    """Of those that stay the ones that a consent bars."""
    files_leaving: int = 0
    bytes_leaving: int = 0
    """Attached files that the central store has not confirmed, and how much they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendItem:
    """One row of the Send screen."""

    record: RecordId
    kind: str
    title: str
    assessment: AssessmentId | None
    status: SendStatus
    at: datetime
    """When a note was noticed, as everywhere; of anything else when it was recorded here."""
    confirmed_at: datetime | None = None
    code: str = ""
    is_on_the_way: bool = False
    """Its content was put into a request and no receipt has come: shown as sending, never as sent."""
    is_withdrawn: bool = False
    """A note that was withdrawn before it was ever sent."""
    is_barred: bool = False
    """A consent it depends on was refused or withdrawn."""
    receipt: int = 0
    """The central store's own number for it, from the verified receipt; 0 without one."""
    decided_by: str = ""
    decided_why: str = ""
    """Who of the office set it aside for good, and why; empty while it waits for a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The proof behind "Everything on this laptop is at the office"."""

    revisions: int
    unreceipted: int
    contents_missing: int
    """Shared contents without a verified receipt."""
    quarantined: int
    certificate_agrees: bool
    confirmed_at: datetime | None
    files_missing: int = 0
    """Files made here without the central store's signed word that it has them."""

    @property
    def everything_is_there(self) -> bool:
        """Whether the sentence may be shown: only verified receipts and an agreeing certificate count."""
        is_receipted = self.unreceipted == 0 and self.contents_missing == 0 and self.files_missing == 0
        return is_receipted and self.certificate_agrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is being typed and not yet committed; one per place (an activity's capture line, a form)."""

    place: str
    text: str
    caret: int
    noticed_at: datetime | None
    kept_at: datetime
    extra: str = ""
    """Opaque to the store: completed spans and the like, as the presenter wrote them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultInfo:
    """Facts of the open vault for ``vault info`` and settings."""

    vault: str
    created_at: datetime
    store_version: str
    revisions: int
    entries: int
    author: AuthorId
    name: str
    initials: str
    device: str
    is_practice: bool
    is_enrolled: bool
    office: str
    recovery_stored: bool


class Facet(StrEnum):
    """What a term of a filter asks about a note; beside each, what its values are."""

    STATEMENT = "statement"
    """``pack/statement``, ids of the pack; together with ``CATEGORY`` it asks for both on one tag."""
    CATEGORY = "category"
    """Ids of evidence categories: on a tag, or on the note itself."""
    MARK = "mark"
    """``untagged question risk quote view mark withdrawn mine contradicted restricted``."""
    BEARING = "bearing"
    """``strength shortfall mixed neutral`` on a tag, as ``fieldkit.domain.evidence.Bearing`` has them."""
    CAME = "came"
    """``held requested collected`` on a tag. Beside ``STATEMENT`` both ask for the same tag."""
    SECONDARY = "secondary"
    """``pack/set/tag``, ids of the pack: a secondary tag."""
    VISIT = "visit"
    ACTIVITY = "activity"
    ITEM = "item"
    """Ids of agenda items."""
    SPEAKER = "speaker"
    """Codes of people."""
    AUTHOR = "author"
    ABOUT = "about"
    """Ids of records (a case, an event of one, an attachment) or of activities: the note belongs to it."""
    DAY = "day"
    """``2026-11-12`` or ``2026-11-12/2026-11-14``, both days included."""
    STATUS = "status"
    """``waiting sent stays team``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One condition: the note has any of ``values`` (none of them, if negated).

    ``apart`` are the activities whose notes have no speaker for a search: those whose codes may not be told. ``also``
    are ids of notes, activities or records: a note that is one of them, or belongs to one, has it as well.
    """

    facet: Facet
    values: tuple[str, ...]
    negated: bool = False
    apart: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Words to be found beside each other in a note, in this order; ``is_prefix``: the last may go on."""

    text: str
    is_prefix: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which notes to list. Empty = all; everything given has to hold. See ``fieldkit.app.filters`` for the words."""

    assessment: AssessmentId | None = None
    visit: VisitId | None = None
    activity: ActivityId | None = None
    words: tuple[Word, ...] = ()
    terms: tuple[Term, ...] = ()
    before: int | None = None
    """Only notes with a smaller ``n``: the next page."""
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Notes found on a stretch of the log, newest first, and where the search got to.

    It covers every ``n`` from ``reached`` up to what was asked for; 0 = there is nothing older. A walk ends early
    when it has enough rows or has taken long enough: the store's lane is never kept for more than a few ms.
    """

    rows: tuple[EntryRow, ...]
    reached: int
    is_level: bool = True
    """False while the search index still takes in notes that were pulled: ask again in a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many notes match on a stretch of the log, down to ``reached``."""

    count: int
    reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorRow:
    """A member of the team as they introduced themself in an assessment."""

    author: AuthorId
    name: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing ``vault verify`` found wrong, in words, with the revision it concerns."""

    code: str
    sentence: str
    revision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRef:
    """An entry's id with the assessment it belongs to."""

    entry: EntryId
    assessment: AssessmentId
