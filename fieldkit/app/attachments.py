"""Use cases of attachments: take a file in, write its record, put the record right, take it out of use.

Taking in reads the whole file and may last minutes: it runs on the files lane and knows no vault. Writing the record is
a transaction like any other. A file without a record (the laptop went off between the two) is put aside at the next
opening; a record without its file cannot come about.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.app.file_store import FileStore, Taking, Told
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import RecordRow
from fieldkit.app.texts import typed
from fieldkit.domain.attachment import Attachment, Origin, People, next_exhibit, series
from fieldkit.domain.soundtrack import SoundTrack
from fieldkit.kernel.errors import Finding, Mistake, Trouble
from fieldkit.kernel.ids import AssessmentId, RecordId, VisitId, new_id
from fieldkit.media import location
from fieldkit.media.kinds import PICTURES, SNIFFED, kind_of, plain_name
from fieldkit.media.source import Source

LONGEST = 2000
"""Characters of a purpose or a declaration."""

_SHORT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that lies in the vault and has no record yet."""

    sha256: str
    size: int
    media: str
    name: str
    dropped: tuple[str, ...] = ()
    original_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says of a file. ``about`` is the activity or record it belongs to."""

    assessment: AssessmentId
    about: RecordId
    purpose: str
    visit: VisitId | None = None
    name: str = ""
    origin: Origin = Origin.FILE
    from_whom: str = ""
    place: str = ""
    taken_on: date | None = None
    people: People = People.NOT_A_PICTURE
    declaration: str = ""
    derived_from: RecordId | None = None
    boxes: int = 0
    pages: int | None = None
    retention: str = ""
    sound: SoundTrack | None = None


def media_of(source: Source) -> str:
    """What the file is, by its beginning: to be asked before it is copied, because ``check`` depends on it."""
    return kind_of(next(source.pieces(SNIFFED), b""))


def take_in(files: FileStore, source: Source, told: Told, *, keep_location: bool = False) -> Taken:
    """Copy a file into the vault while hashing it; a photo loses its position unless ``keep_location``.

    Raises ``Trouble`` (``attach.disk_full``, ``attach.changed``, ``attach.unreadable``, ``attach.stopped``) and
    ``Mistake('attach.location_unknown')`` for a picture too large to look through. Nothing is kept then.
    """
    media = media_of(source)
    taking = files.take(size=source.size)
    try:
        if media in PICTURES and not keep_location:
            return _take_picture(source, taking, media, told)
        return _taken(taking, source, media, told)
    except BaseException:
        taking.leave()
        raise


def take_bytes(files: FileStore, data: bytes, name: str) -> Taken:
    """The same for what is in memory: a pasted picture, a redacted copy. Nothing is looked for in it."""
    taking = files.take(size=len(data))
    taking.write(data)
    return Taken(sha256=taking.keep(), size=len(data), media=kind_of(data[:SNIFFED]), name=plain_name(name))


def attach(uow: UnitOfWork, taken: Taken, said: Said, *, again: bool = False) -> Attachment:
    """Write the record of a file that was taken in; durable when this returns.

    Raises ``Mistake('attach.already')`` for bytes that are an exhibit of this assessment already (unless ``again``),
    and what ``check`` raises.
    """
    check(said, taken.media, uow.clock.now())
    rows = uow.questions.records(Attachment.KIND, assessment=said.assessment)
    if not again and (same := with_hash(rows, taken)) is not None:
        raise Mistake("attach.already", exhibit=same.exhibit, record=same.id, name=same.name)
    identity = uow.identity
    exhibit = next_exhibit(series(identity.initials, identity.device), [row.value.exhibit for row in rows])
    value = Attachment(
        id=RecordId(new_id()), assessment=said.assessment, visit=said.visit, about=said.about, exhibit=exhibit,
        sha256=taken.sha256, size=taken.size, media=taken.media, name=plain_name(said.name or taken.name),
        origin=said.origin, purpose=typed(said.purpose), received_at=uow.clock.now(), from_whom=typed(said.from_whom),
        place=typed(said.place), taken_on=said.taken_on, people=said.people, declaration=typed(said.declaration),
        dropped=taken.dropped, original_sha256=taken.original_sha256, derived_from=said.derived_from,
        boxes=said.boxes, pages=said.pages, retention=typed(said.retention), sound=said.sound,
    )  # fmt: skip
    keep(uow, value)
    return value


def with_hash(rows: list[RecordRow], taken: Taken) -> Attachment | None:
    """The attachment in use that holds these bytes, or held them before the position was taken out."""
    hashes = {taken.sha256, taken.original_sha256 or taken.sha256}
    for row in rows:
        value: Attachment = row.value
        if not value.withdrawn and hashes & {value.sha256, value.original_sha256}:
            return value
    return None


def check(said: Said, media: str, now: datetime) -> None:
    """Raises ``Mistake``: ``attach.no_purpose``, ``attach.too_long``, ``attach.people`` (a picture of which nothing is
    said), ``attach.no_declaration``, ``attach.day_ahead`` (taken on a day to come).
    """
    finding = Finding()
    finding.unless(bool(said.purpose.strip()), "attach.no_purpose", field="purpose")
    for field, text, longest in (
        ("purpose", said.purpose, LONGEST), ("declaration", said.declaration, LONGEST),
        ("from_whom", said.from_whom, _SHORT), ("place", said.place, _SHORT), ("retention", said.retention, _SHORT),
    ):  # fmt: skip
        finding.when(len(text) > longest, "attach.too_long", field=field, longest=longest)
    finding.when(media in PICTURES and said.people is People.NOT_A_PICTURE, "attach.people", field="people")
    is_unsaid = said.people is People.DECLARED and not said.declaration.strip()
    finding.when(is_unsaid, "attach.no_declaration", field="declaration")
    is_ahead = said.taken_on is not None and said.taken_on > now.astimezone().date()
    finding.when(is_ahead, "attach.day_ahead", field="taken_on")
    finding.settle()


def correct(uow: UnitOfWork, record: RecordId, said: Said) -> Attachment:
    """Put right what was said of a file; the file, its number and where it came from stay as they are."""
    before: Attachment = uow.questions.record(Attachment.KIND, record).value
    check(said, before.media, uow.clock.now())
    after = dataclasses.replace(
        before, purpose=typed(said.purpose), from_whom=typed(said.from_whom), place=typed(said.place),
        taken_on=said.taken_on, people=said.people, declaration=typed(said.declaration),
        retention=typed(said.retention),
    )  # fmt: skip
    if after != before:
        revise(uow, after)
    return after


def withdraw(uow: UnitOfWork, record: RecordId, reason: str) -> Attachment:
    """Take an attachment out of use, or back into it with an empty ``reason``; record and file stay."""
    before: Attachment = uow.questions.record(Attachment.KIND, record).value
    after = dataclasses.replace(before, withdrawn=typed(reason)[:LONGEST])
    if after != before:
        revise(uow, after)
    return after


def find_exhibit(questions: Questions, wanted: str, assessment: AssessmentId | None = None) -> RecordRow:
    """An attachment by its exhibit number or id (or the end of one). Raises ``Mistake('attach.unknown')``."""
    key = wanted.strip().casefold()
    rows = questions.records(Attachment.KIND, assessment=assessment)
    for row in rows:
        if key in (row.value.exhibit.casefold(), row.record) or (len(key) >= 8 and row.record.endswith(key)):
            return row
    raise Mistake("attach.unknown", wanted=wanted[:80])


def _taken(taking: Taking, source: Source, media: str, told: Told) -> Taken:
    for piece in source.pieces():
        taking.write(piece)
        told(taking.done)
    source.assert_unchanged(taking.done)
    size = taking.done
    return Taken(sha256=taking.keep(), size=size, media=media, name=plain_name(source.name))


def _take_picture(source: Source, taking: Taking, media: str, told: Told) -> Taken:
    if source.size > location.LARGEST:
        raise Mistake("attach.location_unknown", field="keep_location", name=source.name)
    data = b"".join(source.pieces())
    source.assert_unchanged(len(data))
    told(len(data) // 2)
    kept = location.without_location(data)
    taking.write(kept)
    told(len(data))
    is_same = kept is data
    return Taken(
        sha256=taking.keep(), size=len(kept), media=media, name=plain_name(source.name),
        dropped=() if is_same else ("location",),
        original_sha256=None if is_same else hashlib.sha256(data).hexdigest(),
    )  # fmt: skip


def stopped() -> Trouble:
    """What a ``Told`` raises when the person wants no more of it."""
    return Trouble("attach.stopped")
