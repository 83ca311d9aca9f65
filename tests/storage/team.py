"""A team-mate's laptop as this vault sees it: signed revisions of real domain values."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from fieldkit.app.ports import DeviceKey, Recordable
from fieldkit.domain.assessment import Activity, ActivityKind, Assessment, Assessor, SubjectKind, Visit
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.entry import Addendum, Entry, Filing, Withdrawal
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.people import Person
from fieldkit.domain.revision import ChainHead, Envelope, Revision, digest_of, make_revision
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.kernel.canonical import canonical
from fieldkit.kernel.ids import (
    ActivityId,
    AssessmentId,
    AuthorId,
    DeviceId,
    EntryId,
    EvidenceId,
    PersonId,
    RecordId,
    RevisionId,
    SecondaryId,
    VisitId,
)
from fieldkit.kernel.signing import SigningKey

AT = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
STAMP = "2026-11-12T09:30:00.000Z"


def an_id(*parts: object) -> str:
    """An id that is the same on every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "/".join(map(str, parts))))


ASSESSMENT = AssessmentId(an_id("assessment"))
VISIT = VisitId(an_id("visit"))
ACTIVITY = ActivityId(an_id("activity"))


class Teammate:
    """Writes revisions by one author on one device; the same calls give the same bytes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.author = AuthorId(an_id("author", name))
        self.key = SigningKey(uuid.uuid5(uuid.NAMESPACE_URL, name).bytes * 2)
        self.head = ChainHead(device=DeviceId(an_id("device", name)))
        self.parts = [0]

    @property
    def device_key(self) -> DeviceKey:
        """As the central store vouches for it."""
        return DeviceKey(device=self.head.device, author=self.author, public=self.key.public)

    def say(
        self, record: str, value: Recordable, *, parents: Sequence[RevisionId] = (), shape: int | None = None,
        kind: str | None = None, author: AuthorId | None = None, content: bytes | None = None,
        assessment: AssessmentId = ASSESSMENT,
    ) -> Revision:  # fmt: skip
        """The next revision of this device's chain."""
        seq = self.head.seq + 1
        body = canonical(value.to_content()) if content is None else content
        salt = uuid.uuid5(uuid.NAMESPACE_DNS, f"{self.name}{seq}").bytes
        id_ = an_id("revision", self.name, seq) if parents else record
        envelope = Envelope(
            id=RevisionId(id_), record=RecordId(record), kind=kind or value.KIND,
            shape=value.SHAPE if shape is None else shape, parents=tuple(parents), assessment=assessment,
            author=author or self.author, device=self.head.device, seq=seq, prev=self.head.hash, recorded_at=STAMP,
            mono_ms=seq, boot="boot", priority=1, digest=digest_of(salt, body), app="test",
        )  # fmt: skip
        revision = make_revision(envelope, body, salt, self.key)
        self.head = ChainHead(device=self.head.device, seq=seq, hash=revision.hash)
        return revision

    def note(
        self, name: str, text: str, *tags: EvidenceItem, speaker: str | None = None, about: str | None = None,
        activity: ActivityId = ACTIVITY,
    ) -> Revision:  # fmt: skip
        """A note by this team-mate."""
        entry = an_id("entry", name)
        return self.say(entry, an_entry(entry, text, *tags, speaker=speaker, about=about, activity=activity))

    def consent(
        self, name: str, agreed: Agreed, *, about: str, person: str = "", over: Sequence[Revision] = ()
    ) -> Revision:
        """A consent about an activity or a record, or another account of it."""
        record = RecordId(an_id("consent", name))
        value = Consent(id=record, assessment=ASSESSMENT, about=RecordId(about), agreed=agreed, person=person)
        return self.say(record, value, parents=[one.envelope.id for one in over])

    def person(self, code: str, *, merged_into: str = "", over: Sequence[Revision] = ()) -> Revision:
        """Somebody with this code, or another account of them."""
        record, other = PersonId(an_id("person", code)), PersonId(an_id("person", merged_into))
        value = Person(
            id=record, assessment=ASSESSMENT, visit=VISIT, code=code, role="Patient",
            merged_into=other if merged_into else None,
        )  # fmt: skip
        return self.say(record, value, parents=[one.envelope.id for one in over])

    def adds(self, entry: str, text: str) -> Revision:
        """An addendum to a note."""
        record = RecordId(self._new("addendum"))
        value = Addendum(
            id=record, assessment=ASSESSMENT, entry=EntryId(an_id("entry", entry)), text=text, reason="more",
            entered_at=AT,
        )  # fmt: skip
        return self.say(record, value)

    def files(
        self, entry: str, *tags: EvidenceItem, removed: Sequence[EvidenceId] = (),
        secondary: Sequence[SecondaryTag] = (), secondary_removed: Sequence[SecondaryId] = (),
    ) -> Revision:  # fmt: skip
        """Tags put on a note and taken off it."""
        record = RecordId(self._new("filing"))
        value = Filing(
            id=record, assessment=ASSESSMENT, entry=EntryId(an_id("entry", entry)), added=tags, removed=tuple(removed),
            secondary=tuple(secondary), secondary_removed=tuple(secondary_removed),
        )  # fmt: skip
        return self.say(record, value)

    def withdraws(self, entry: str, *, stands: bool = True, over: Revision | None = None) -> Revision:
        """A withdrawal, or what lifts one."""
        record = RecordId(over.envelope.record if over else self._new("withdrawal"))
        value = Withdrawal(
            id=record, assessment=ASSESSMENT, entry=EntryId(an_id("entry", entry)), reason="twice", stands=stands
        )
        return self.say(record, value, parents=(over.envelope.id,) if over else ())

    def sets_out(self) -> list[Revision]:
        """Assessment, visit, activity and an introduction."""
        assessment = Assessment(id=ASSESSMENT, name="Northshire", subject=SubjectKind.LOCAL_AUTHORITY, packs=())
        return [
            self.say(ASSESSMENT, assessment),
            self.say(VISIT, a_visit("Visit 1")),
            self.say(ACTIVITY, an_activity("Board")),
            self.say(
                an_id("assessor", self.name),
                Assessor(author=self.author, name=self.name, initials=self.name[:2].upper()),
            ),
        ]

    def _new(self, kind: str) -> str:
        return an_id(kind, self.name, self.head.seq)


def a_tag(name: str, statement: str = "learning_culture") -> EvidenceItem:
    """A tag with an id of its own."""
    return EvidenceItem(id=EvidenceId(an_id("tag", name)), pack="ics", statement=statement, category="observation")


def a_secondary(name: str, tag: str = "productivity") -> SecondaryTag:
    """One of the four purposes, with an id of its own."""
    return SecondaryTag(id=SecondaryId(an_id("secondary", name)), pack="ics", tag_set="purposes", tag=tag)


def an_entry(
    entry: str, text: str, *tags: EvidenceItem, speaker: str | None = None, about: str | None = None,
    activity: ActivityId = ACTIVITY,
) -> Entry:  # fmt: skip
    """A note of the board meeting."""
    return Entry(
        id=EntryId(entry), assessment=ASSESSMENT, visit=VISIT, activity=activity, agenda_item=None, noticed_at=AT,
        entered_at=AT, zone="+00:00", text=text, evidence=tags, speaker=speaker,
        about=RecordId(about) if about else None,
    )  # fmt: skip


def a_visit(name: str) -> Visit:
    """The visit under this name."""
    return Visit(id=VISIT, assessment=ASSESSMENT, name=name)


def an_activity(title: str) -> Activity:
    """The activity under this title."""
    return Activity(id=ACTIVITY, assessment=ASSESSMENT, visit=VISIT, kind=ActivityKind.OBSERVATION, title=title)
