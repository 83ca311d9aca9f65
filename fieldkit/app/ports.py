"""What the use cases need from the outside, as Protocols; ``storage`` implements them.

Everything here is called on the store lane, inside one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from fieldkit.app.account_rows import AccountRow
from fieldkit.app.changes import ChangeSet
from fieldkit.app.erasing import ErasureStore
from fieldkit.app.file_store import FileStore
from fieldkit.app.handing_over import HandOverStore
from fieldkit.app.laptop_word import LaptopStore
from fieldkit.app.news import CameIn
from fieldkit.app.rows import (
    ActivityRow,
    AssessmentRow,
    AssessorRow,
    Draft,
    EntryFilter,
    EntryRow,
    Exposure,
    FileRow,
    Finding,
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
from fieldkit.app.team_store import TeamStore
from fieldkit.app.transfers import FileTask
from fieldkit.domain.assessment import Activity, Assessment, Visit
from fieldkit.domain.coverage import Count, Place
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.office_policy import OfficePolicy
from fieldkit.domain.people import Person
from fieldkit.domain.receipt import Certificate, Cursor, Outcome, Signed, Witness
from fieldkit.domain.revision import ChainHead, Revision
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.ids import ActivityId, AssessmentId, AuthorId, DeviceId, EntryId, RecordId, RevisionId, VisitId
from fieldkit.kernel.signing import SigningKey

T = TypeVar("T")


class Recordable(Protocol):
    """A domain value that can become a revision's content."""

    @property
    def KIND(self) -> str: ...
    @property
    def SHAPE(self) -> int: ...
    def to_content(self) -> dict[str, Any]: ...


class Questions(Protocol):
    """Reads. Each answers within a few milliseconds; long lists come in pages."""

    def assessments(self) -> list[AssessmentRow]: ...
    def assessment(self, assessment: AssessmentId) -> Assessment: ...
    def visits(self, assessment: AssessmentId) -> list[Visit]: ...
    def visit(self, visit: VisitId) -> Visit: ...
    def visit_counts(self) -> dict[VisitId, VisitCounts]:
        """How each visit stands; one without anything is left out."""

    def visit_left(self, visit: VisitId, since: datetime | None) -> VisitLeft:
        """What is left to do on its notes; ``since`` None counts no tagged ones."""

    def read_back(self, assessment: AssessmentId, after: int, limit: int) -> ReadBack:
        """Read the next records of an assessment from the disk again and hold each against its fingerprint."""

    def activities(self, visit: VisitId) -> list[ActivityRow]: ...
    def activity(self, activity: ActivityId) -> Activity: ...
    def people(self, visit: VisitId) -> list[Person]: ...
    def has_assessor(self, assessment: AssessmentId, author: AuthorId) -> bool:
        """Whether this author has introduced themself in this assessment."""

    def entries(self, wanted: EntryFilter) -> list[EntryRow]:
        """Oldest first within the page; the page is the newest ``limit`` before ``wanted.before``."""

    def walk(self, wanted: EntryFilter) -> Walk:
        """Newest first, as far as a few ms get; the rest with ``before`` = ``reached``."""

    def tally(self, wanted: EntryFilter) -> Tally:
        """How many match, as far as a few ms get; ``limit`` does not matter."""

    def among(self, wanted: EntryFilter, entries: Sequence[str]) -> tuple[list[EntryRow], frozenset[str]]:
        """These notes as they are now, and which of them match; those that cannot be read here are left out."""

    def split(self, assessment: AssessmentId) -> frozenset[tuple[str, str]]:
        """Pack and statement of which some notes say strength and others shortfall, withdrawn and held ones aside."""

    def assessors(self, assessment: AssessmentId) -> list[AssessorRow]:
        """The team, as each of them introduced themself."""

    def entry(self, entry: EntryId) -> EntryRow:
        """Raises ``Mistake('entry.unknown')``."""

    def all_evidence(self, entry: EntryId) -> tuple[EvidenceItem, ...]:
        """Every tag ever put on the entry, those taken off included."""

    def all_secondary(self, entry: EntryId) -> tuple[SecondaryTag, ...]:
        """Every secondary tag ever put on the entry, those taken off included."""

    def search(self, words: str, wanted: EntryFilter) -> list[SearchHit]:
        """Newest first. ``words`` are a person's: words, ``"a phrase"``, ``prefix*``; never a syntax error."""

    def find(self, wanted: EntryFilter) -> list[SearchHit]:
        """Newest first: a whole filter's notes, each with the words around what was found."""

    def coverage(
        self,
        assessment: AssessmentId,
        pack: str,
        visit: VisitId | None = None,
        activities: frozenset[ActivityId] | None = None,
    ) -> dict[Place, Count]:
        """Standing evidence by statement and category of a pack; cells with nothing are left out.

        ``activities`` None = of all of them.
        """

    def newest_evidence(
        self, assessment: AssessmentId, pack: str, activities: frozenset[ActivityId] | None = None
    ) -> dict[Place, datetime]:
        """When the newest standing evidence was noticed, by statement and category of a pack."""

    def own_activities(self) -> frozenset[ActivityId]:
        """Those that this person planned or wrote a note in."""

    def draft(self, place: str) -> Draft | None: ...
    def drafts(self) -> list[Draft]: ...
    def exposure(self) -> Exposure: ...
    def exposed(self, limit: int = 200) -> list[EntryRow]:
        """The notes that would be lost with this laptop now, oldest first."""

    def send_preview(self) -> SendPreview: ...
    def send_items(self, limit: int = 500) -> list[SendItem]: ...
    def staying_items(self, limit: int = 500) -> list[SendItem]:
        """Notes made here that do not leave, newest first."""

    def standing(self) -> Standing: ...
    def info(self) -> VaultInfo: ...
    def came_in(self, after: int) -> CameIn:
        """What others wrote that came here after the number of arrival ``after`` (``fieldkit.app.came_in``)."""

    def saved_at(self) -> datetime | None:
        """When somebody last wrote something on this laptop; ``None`` where the newest 500 records came from others."""

    def setting(self, key: str) -> str | None:
        """A small setting that belongs in the vault (last open activity, pinned tags …)."""

    def heads(self, record: str) -> tuple[RevisionId, ...]: ...
    def over(self, record: str) -> tuple[RevisionId, ...]:
        """The parents of an edit of the account that is shown: its revision, and heads that say the same.

        Heads that say something else stay: only a decision (``fieldkit.app.deciding``) goes over them.
        """

    def accounts(self, record: str) -> list[AccountRow]:
        """Every revision of a record that is known here, readable or not, in order of arrival."""

    def several_heads(self, assessment: AssessmentId | None = None) -> list[RecordId]:
        """Records with more than one head, oldest first."""

    def combined(self, limit: int = 50) -> list[AccountRow]:
        """The accounts shown now that were combined by rule, the newest first."""

    def contested_notes(self, assessment: AssessmentId | None = None) -> list[EntryId]:
        """Notes that were withdrawn on one laptop and gone on with on another, neither knowing of the other."""

    def added_to(self, entry: EntryId) -> tuple[RecordId, ...]:
        """The ids of the additions and tags of a note that can be read here."""

    def additions_to(self, entry: EntryId) -> list[AccountRow]:
        """Its additions and tags, each with who wrote it, in order of arrival."""

    def withdrawals_of(self, entry: EntryId) -> list[AccountRow]:
        """The withdrawals of a note that somebody else's work stands against."""

    def records(
        self,
        kind: str,
        *,
        assessment: AssessmentId | None = None,
        visit: VisitId | None = None,
        about: str | None = None,
    ) -> list[RecordRow]:
        """The records of fieldwork of a kind, in the order of their first arrival; everything given has to hold."""

    def record(self, kind: str, record: str) -> RecordRow:
        """Raises ``Mistake('record.unknown')``."""

    def history(self, record: str) -> list[RecordRow]:
        """Every revision of a record of fieldwork that can be read here, oldest first."""

    def files(self, assessment: AssessmentId | None = None) -> list[FileRow]:
        """The attachments with where their files stand, in the order of their arrival."""

    def find_records(self, words: str, assessment: AssessmentId | None = None, limit: int = 50) -> list[RecordRow]:
        """Records of fieldwork in which every word, or its beginning, stands; newest first."""

    def revisions(self, assessment: AssessmentId | None = None) -> Iterator[Revision]:
        """Every revision in order of arrival, for export and verification."""

    def devices(self) -> list[DeviceKey]:
        """The public keys of every device whose revisions are here, our own first."""

    def sheets(self, assessment: AssessmentId) -> Iterator[Signed]:
        """The receipts of an assessment's revisions, exactly as signed."""

    def certificates(self) -> list[Signed]:
        """The central store's latest word on each of our devices, exactly as signed."""

    def enrolment(self) -> Enrolment | None:
        """The office this vault hands in to, if any."""


class UnitOfWork(Protocol):
    """One transaction. Commits when the action returns; rolls back whole on any exception."""

    @property
    def clock(self) -> Clock: ...
    @property
    def author(self) -> AuthorId: ...
    @property
    def identity(self) -> Identity: ...
    @property
    def questions(self) -> Questions: ...

    def append(
        self,
        record: str,
        value: Recordable,
        *,
        assessment: AssessmentId | None,
        parents: Sequence[RevisionId] = (),
        priority: int = 1,
    ) -> Revision:
        """Chain, sign and store a new revision of ``record``, project it and index it."""

    def keep_draft(self, draft: Draft) -> None: ...
    def drop_draft(self, place: str) -> None: ...
    def set_setting(self, key: str, value: str | None) -> None: ...
    def note_exported(self, what: str) -> None:
        """Put on the vault's own record that ``what`` (an id) leaves it in clear; before the first byte does."""

    def note_allowed(self, assessment: AssessmentId, count: int) -> None:
        """Put on the vault's own record that a person let in so many withdrawals at once (``fieldkit.app.floods``)."""

    def note_final(self, assessment: AssessmentId, count: int, reason: str) -> None:
        """Put on the vault's own record why something final was made over open questions."""

    def want_file(self, record: str, *, is_wanted: bool) -> None:
        """Ask for the file of a team-mate's attachment: it comes with the next sending."""

    def changes(self, origin: str) -> ChangeSet:
        """What this unit of work has changed so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who and what this laptop is: the person, and the device with its signing key."""

    author: AuthorId
    name: str
    initials: str
    device: DeviceId
    key: SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """The office this vault hands in to. ``store_key`` is pinned at enrolment, from the first receipt on for ever."""

    office: str
    url: str
    user: str
    store_key: bytes
    recovery_key: bytes | None
    enrolled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """What the engine must know before a round. ``unreceipted`` counts envelopes or shared contents."""

    identity: Identity
    enrolment: Enrolment
    epoch: str | None
    witnesses: tuple[Witness, ...]
    cursors: tuple[Cursor, ...]
    head: ChainHead
    unreceipted: int
    reoffer: bool
    """A new epoch was met: everything held, not only our own, is to be offered again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A revision to send: with its content if that is shared. ``n`` orders and pages.

    ``disclosure``: the envelope has its receipt already and only the content is due (tagged later). Without it
    an unreceipted revision that the store's certificate covers can only be one whose receipt got lost.
    """

    n: int
    revision: Revision
    disclosure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceKey:
    """A device that may have signed revisions, as the central store vouches for it."""

    device: DeviceId
    author: AuthorId
    public: bytes


class SyncStore(Protocol):
    """The vault as the sync engine sees it; each method is one local transaction on the store lane."""

    @property
    def erasures(self) -> ErasureStore:
        """What the office has ordered to be destroyed."""

    def state(self) -> SyncState:
        """Raises ``Refusal('send.not_enrolled')`` for a vault that works on its own."""

    def outgoing(self, after: int, limit: int) -> list[Outgoing]:
        """Unreceipted revisions, priority 0 first, then in order; content left out where it stays."""

    def held(self, after: int, limit: int) -> list[Outgoing]:
        """Every revision held (own and others'), for re-offering after a new epoch."""

    def mark_offered(self, leaving: Sequence[RevisionId]) -> tuple[RevisionId, ...] | None:
        """Call with the contents of a request just before it is sent: a later withdrawal then follows them.

        Returns the notes marked only now, for ``unmark_offered``; ``None``, with nothing marked, where one of them is
        not to leave any more and the request has to be made again.
        """

    def unmark_offered(self, marked: Sequence[RevisionId]) -> None:
        """The request for which these were marked reached nobody, or was refused whole: they have not been sent."""

    def keep_receipts(self, sheets: Iterable[Signed]) -> ChangeSet:
        """Verify each against the pinned key and store. A sheet that does not hold raises ``Refusal``."""

    def apply_page(
        self, revisions: Sequence[Revision], devices: Sequence[DeviceKey], cursor: Cursor, witness: Witness
    ) -> ChangeSet:
        """Keep a pulled page and its cursor together. Bad revisions are set aside, never block the rest."""

    def apply_part(self, revisions: Sequence[Revision], devices: Sequence[DeviceKey]) -> None:
        """Keep some of a page ahead of ``apply_page``, which keeps what is left and tells of both.

        Durable with that page's cursor: until then a power cut may forget it, and the page comes again.
        """

    def confirm_witnesses(self, epoch: str, keep: Witness | None) -> None:
        """One hello has confirmed all witnesses together: keep only the newest."""

    def keep_witness(self, witness: Witness) -> None:
        """One more point of the store's log that was seen, beside all others."""

    def meet_epoch(self, epoch: str) -> None:
        """A new epoch: forget cursors and witnesses of the old, re-offer what is held.

        Receipts of other epochs count for nothing from here until ``offered_all``.
        """

    def offered_all(self) -> None:
        """The store of this epoch was asked about everything held and has it: old receipts count again.

        Not those of revisions that were ``set_aside`` since: they wait until a new receipt comes.
        """

    def keep_certificate(self, signed: Signed) -> Certificate:
        """Verify and keep the latest certificate."""

    def keep_policy(self, policy: OfficePolicy, *, is_adviser: bool) -> ChangeSet:
        """Keep what the office decides, as it was heard under its pinned key; empty where nothing is new."""

    def set_aside(self, revision: RevisionId, outcome: Outcome, code: str) -> None: ...
    def start_incarnation(self, device: DeviceId, key: SigningKey) -> None:
        """Go on as a new device (a restored or cloned laptop was detected); nothing is lost.

        Cursors are forgotten: what the former device sent and this disk lost may lie behind them.
        """

    def keep_enrolment(self, enrolment: Enrolment) -> None: ...
    @property
    def hand_over(self) -> HandOverStore:
        """The same vault as handing over without a network sees it; used on the store lane."""

    @property
    def files(self) -> FileStore:
        """The files themselves; used by the sync thread directly, for they never change."""

    @property
    def team(self) -> TeamStore:
        """The teams of this person, and what they left."""

    @property
    def laptop(self) -> LaptopStore:
        """What the office says of this laptop itself."""

    def files_to_send(self) -> list[FileTask]:
        """Files that lie here, whose record the store has and which it has not confirmed in this epoch."""

    def files_to_fetch(self) -> list[FileTask]:
        """Team-mates' files that are not here: small ones, and those that were asked for."""

    def keep_file_place(self, task: FileTask, place: str | None) -> None:
        """Where a sending goes on; call before its first byte leaves."""

    def keep_file_receipt(self, task: FileTask, signed: Signed, *, more_follow: bool = False) -> ChangeSet:
        """Verify against the pinned key and keep. Raises ``Refusal`` for what does not hold, or is of another file.

        With ``more_follow`` a power cut may forget it until the next is kept; the store gives it again.
        """

    def note_file(self, task: FileTask, code: str = "") -> ChangeSet:
        """A file came (no code), or did not go or come, and why."""


class StillVault(Protocol):
    """An unlocked vault as it was at one moment, read by one thread while it goes on being written."""

    @property
    def questions(self) -> Questions: ...
    def verify(self, report: Callable[[str, int, int], None] | None = None) -> list[Finding]:
        """Everything that can be proved, proved; ``report(stage, done, total)`` as it goes on."""

    def backup(self) -> str:
        """Make and verify a dated encrypted backup; where it lies."""


class Vault(Protocol):
    """An unlocked vault."""

    def perform(self, action: Callable[[UnitOfWork], T], origin: str = "") -> tuple[T, ChangeSet]:
        """Run ``action(uow)`` in one transaction; its result and what it changed, once that is durable."""

    @property
    def questions(self) -> Questions: ...
    @property
    def sync_store(self) -> SyncStore: ...
    @property
    def files(self) -> FileStore:
        """The files of attachments; may be used from any thread until ``close``."""

    def verify(self, report: Callable[[str, int, int], None] | None = None) -> list[Finding]:
        """Everything that can be proved, proved; ``report(stage, done, total)`` as it goes on."""

    def hold_still(self) -> AbstractContextManager[StillVault]:
        """The vault as it is now, to be read once by another thread; closing the vault breaks that off.

        Raises ``RuntimeError`` while another such reading goes on.
        """

    def rebuild(self) -> None:
        """Drop every projection and compute it again from the log."""

    def backup(self) -> str:
        """Make and verify a dated encrypted backup; where it lies."""

    def renew_recovery_key(self) -> str:
        """A new recovery key in the place of the old one, which opens nothing any more; to be shown once."""

    def tidy(self) -> bool:
        """A bit of housekeeping that is due, some 10 ms; whether more is. Call when nobody waits."""

    def close(self) -> None: ...
