"""Use cases of notes: record, add to, file, withdraw, take back. Plain functions over a unit of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from fieldkit.app.assessments import introduce_author
from fieldkit.app.consents import check_may_note
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.record_access import record_for
from fieldkit.app.rows import EntryRow
from fieldkit.app.texts import LONGEST_TEXT, typed, whole
from fieldkit.domain.assessment import Activity
from fieldkit.domain.entry import Addendum, Entry, Filing, Risk, Withdrawal
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.metric import Metric
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId, EvidenceId, RecordId, SecondaryId, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What the capture line hands over on Enter: the parsed line and when its first key was pressed.

    ``noticed_by_hand``: a person typed the time, so that one in the future is a slip to be told of.
    """

    text: str
    noticed_at: datetime | None = None
    noticed_by_hand: bool = False
    agenda_item: str | None = None
    speaker: str | None = None
    exact: bool = False
    follow_up: bool = False
    risk: Risk = Risk.NONE
    own_view: bool = False
    is_mark: bool = False
    category: str | None = None
    evidence: tuple[EvidenceItem, ...] = field(default=())
    about: RecordId | None = None
    origin: str = ""


def record_entry(uow: UnitOfWork, activity: Activity, new: NewEntry, *, draft: str | None = None) -> Entry:
    """Commit a note: one revision, durable when this returns. ``draft`` is the place whose draft it was.

    Raises ``Mistake('entry.empty')`` without words (unless it is a mark), ``Mistake('entry.too_long')``,
    ``Mistake('entry.noticed_in_future')`` when a typed event time is after the entry time. A clock that was put back
    since the first key refuses nothing: the note then counts as noticed when it was entered. In an interview or focus
    group it raises what ``fieldkit.app.consents.check_may_note`` does, in a record review what
    ``fieldkit.app.record_access.record_for`` does; the draft then stays.
    """
    now = uow.clock.now()
    _check(new, now)
    check_may_note(uow.questions, activity, new.speaker)
    about = record_for(uow.questions, activity, new.about)
    noticed = min(new.noticed_at or now, now)
    introduce_author(uow, activity.assessment)
    entry = Entry(
        id=EntryId(new_id()), assessment=activity.assessment, visit=activity.visit, activity=activity.id,
        agenda_item=new.agenda_item, noticed_at=noticed, entered_at=now, zone=_zone(now), text=whole(new.text),
        speaker=None if new.speaker is None else whole(new.speaker), exact=new.exact, follow_up=new.follow_up,
        risk=new.risk, own_view=new.own_view, is_mark=new.is_mark, category=new.category, evidence=new.evidence,
        about=about, origin=whole(new.origin),
    )  # fmt: skip
    uow.append(entry.id, entry, assessment=entry.assessment)
    if draft is not None:
        uow.drop_draft(draft)
    return entry


def add_addendum(uow: UnitOfWork, entry: EntryId, text: str, reason: str) -> Addendum:
    """Add words to a note with the reason; the note itself stays as it was.

    Raises ``Mistake('addendum.empty')``, ``Mistake('addendum.no_reason')`` or ``Mistake('entry.too_long')``.
    """
    if not text.strip():
        raise Mistake("addendum.empty", field="text")
    if not reason.strip():
        raise Mistake("addendum.no_reason", field="reason")
    _check_length(text + reason, "text")
    row = uow.questions.entry(entry)
    check_by_hand(uow, row.entry)
    introduce_author(uow, row.entry.assessment)
    addendum = Addendum(
        id=RecordId(new_id()), assessment=row.entry.assessment, entry=entry, text=typed(text),
        reason=typed(reason), entered_at=uow.clock.now(),
    )  # fmt: skip
    uow.append(addendum.id, addendum, assessment=addendum.assessment)
    return addendum


def file_evidence(
    uow: UnitOfWork, entry: EntryId, added: Sequence[EvidenceItem] = (), removed: Sequence[EvidenceId] = (),
    secondary: Sequence[SecondaryTag] = (), secondary_removed: Sequence[SecondaryId] = (),
) -> Filing | None:  # fmt: skip
    """Put tags on a note or take some off. Tags that already stand are not added twice.

    Returns ``None`` when there is nothing to change. Raises ``Mistake('entry.withdrawn')`` for a withdrawn note.
    """
    row = uow.questions.entry(entry)
    if row.withdrawal is not None:
        raise Mistake("entry.withdrawn")
    staying = {_said(item) for item in row.evidence if item.id not in removed}
    fresh = tuple(item for item in added if _said(item) not in staying)
    known = {item.id for item in row.evidence}
    gone = tuple(item for item in removed if item in known)
    beside, off = _secondary_change(row, secondary, secondary_removed)
    if not (fresh or gone or beside or off):
        return None
    introduce_author(uow, row.entry.assessment)
    filing = Filing(
        id=RecordId(new_id()), assessment=row.entry.assessment, entry=entry, added=fresh, removed=gone,
        secondary=beside, secondary_removed=off,
    )  # fmt: skip
    uow.append(filing.id, filing, assessment=filing.assessment)
    return filing


def _secondary_change(
    row: EntryRow, added: Sequence[SecondaryTag], removed: Sequence[SecondaryId]
) -> tuple[tuple[SecondaryTag, ...], tuple[SecondaryId, ...]]:
    staying = {item.key for item in row.secondary if item.id not in removed}
    fresh = {item.key: item for item in added if item.key not in staying}
    known = {item.id for item in row.secondary}
    return tuple(fresh.values()), tuple(item for item in removed if item in known)


def _said(item: EvidenceItem) -> EvidenceItem:
    """The tag without whose it is: two that say the same are one piece of evidence."""
    return replace(item, id=EvidenceId(""))


def take_back_filing(uow: UnitOfWork, filing: Filing) -> Filing | None:
    """Undo a filing: take off what it put on, put on again (as new items) what it took off.

    What it put on may stand under another id by now, where a later filing took it off and was undone itself: then the
    tag that says the same is taken off.
    """
    row = uow.questions.entry(filing.entry)
    known = {item.id for item in row.evidence}
    elsewhere = {_said(item) for item in filing.added if item.id not in known}
    gone = [item.id for item in filing.added] + [item.id for item in row.evidence if _said(item) in elsewhere]
    before = {item.id: item for item in uow.questions.all_evidence(filing.entry)}
    again = tuple(replace(before[item], id=EvidenceId(new_id())) for item in filing.removed if item in before)
    if not filing.secondary and not filing.secondary_removed:
        return file_evidence(uow, filing.entry, again, tuple(gone))
    said = {item.key for item in filing.secondary}
    off = tuple(item.id for item in row.secondary if item.key in said)
    ever = {item.id: item for item in uow.questions.all_secondary(filing.entry)}
    beside = tuple(SecondaryTag.new(*ever[item].key) for item in filing.secondary_removed if item in ever)
    return file_evidence(uow, filing.entry, again, tuple(gone), beside, off)


def withdraw_entry(uow: UnitOfWork, entry: EntryId, reason: str) -> Withdrawal:
    """Take a note out of use; it stays in the log with the reason.

    Raises ``Mistake('withdrawal.no_reason')``, ``Mistake('entry.too_long')`` or ``Mistake('entry.withdrawn')`` when it
    already is.
    """
    if not reason.strip():
        raise Mistake("withdrawal.no_reason", field="reason")
    _check_length(reason, "reason")
    row = uow.questions.entry(entry)
    if row.withdrawal is not None:
        raise Mistake("entry.withdrawn")
    check_by_hand(uow, row.entry)
    introduce_author(uow, row.entry.assessment)
    withdrawal = Withdrawal(
        id=RecordId(new_id()), assessment=row.entry.assessment, entry=entry, reason=typed(reason),
        over=uow.questions.added_to(entry),
    )  # fmt: skip
    uow.append(withdrawal.id, withdrawal, assessment=withdrawal.assessment)
    return withdrawal


def restore_entry(uow: UnitOfWork, entry: EntryId, reason: str = "Taken back") -> Withdrawal:
    """Take a withdrawal back.

    Raises ``Mistake('entry.not_withdrawn')`` when the note is in use, or ``Mistake('entry.too_long')``.
    """
    _check_length(reason, "reason")
    row = uow.questions.entry(entry)
    standing = row.withdrawal
    if standing is None:
        raise Mistake("entry.not_withdrawn")
    check_by_hand(uow, row.entry)
    lifted = Withdrawal(id=standing.id, assessment=standing.assessment, entry=entry, reason=typed(reason), stands=False)
    uow.append(lifted.id, lifted, assessment=lifted.assessment, parents=uow.questions.heads(lifted.id))
    return lifted


def check_by_hand(uow: UnitOfWork, entry: Entry) -> None:
    """An imported figure is corrected by a newer import alone. Raises ``Mistake('entry.held_metric')``.

    Its tags may change: what it is evidence for is the team's own judgement.
    """
    if entry.about is None:
        return
    try:
        uow.questions.record(Metric.KIND, entry.about)
    except Mistake:  # it is about something else
        return
    raise Mistake("entry.held_metric")


def _check(new: NewEntry, now: datetime) -> None:
    if not new.text.strip() and not new.is_mark:
        raise Mistake("entry.empty", field="text")
    _check_length(new.text, "text")
    if new.noticed_by_hand and new.noticed_at is not None and new.noticed_at > now:
        raise Mistake("entry.noticed_in_future", field="time")


def _check_length(text: str, field: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Mistake("entry.too_long", field=field, longest=f"{LONGEST_TEXT:,}")


def _zone(moment: datetime) -> str:
    """The laptop's offset from UTC at ``moment``: ``+01:00``."""
    text = moment.astimezone().strftime("%z")
    return f"{text[:3]}:{text[3:5]}"
