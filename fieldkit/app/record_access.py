"""Use cases of record review: open a record with all that has to be said of it, close it, take consent back.

A note of a record review belongs to an entry of the access log. The rule is here, under every way of noting: the page,
the live log, the command line. The access log is written whole or not at all: each answer that is missing is refused.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import EntryFilter, RecordRow
from fieldkit.app.texts import typed
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.record_access import Basis, Capacity, RecordAccess, Told
from fieldkit.domain.sources import standing_consent
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import ActivityId, AssessmentId, RecordId, new_id

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,7}")
LONGEST_ANSWER = 4_000
"""Characters of one answer; what was found in the record belongs into notes."""
_LINES = ("what", "system", "covers", "why", "allowed_by", "capacity_how", "told_why", "copied_what", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAnswers:
    """What was answered before a record is opened; None or empty = not answered."""

    whose: str = ""
    what: str = ""
    system: str = ""
    covers: str = ""
    why: str = ""
    basis: Basis | None = None
    allowed_by: str = ""
    capacity: Capacity | None = None
    capacity_how: str = ""
    told: Told | None = None
    told_why: str = ""
    copied: bool | None = None
    copied_what: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """A record that was looked at. ``consent`` is the one it rests on, if it rests on one."""

    row: RecordRow
    consent: Consent | None

    @property
    def access(self) -> RecordAccess:
        """The entry of the access log."""
        value: RecordAccess = self.row.value
        return value

    @property
    def is_held(self) -> bool:
        """Whether consent was taken back: its notes leave in nothing."""
        return self.consent is not None and self.consent.bars


def access_log(
    questions: Questions, *, assessment: AssessmentId | None = None, activity: str | None = None
) -> tuple[LookedAt, ...]:
    """The access log of an assessment or of one record review, in the order of time."""
    rows = questions.records(RecordAccess.KIND, assessment=assessment, about=activity)
    ordered = sorted(rows, key=lambda row: (row.value.opened_at, row.record))
    return tuple(LookedAt(row=row, consent=consent_of(questions, row.record)) for row in ordered)


def consent_of(questions: Questions, access: str) -> Consent | None:
    """The consent that a look rests on; of several the one that protects most."""
    return standing_consent(row.value for row in questions.records(Consent.KIND, about=access))


def open_record(uow: UnitOfWork, activity: Activity, answers: LookAnswers) -> RecordAccess:
    """Write the entry of the access log; the record that was open before on this laptop is closed by it.

    Raises ``Mistake('access.not_one')`` for any other kind of activity, and with ``field`` ``Mistake('access.whose' |
    'access.what' | 'access.why' | 'access.basis' | 'access.power' | 'access.consent' | 'access.capacity' |
    'access.capacity_how' | 'access.told' | 'access.told_why' | 'access.copied' | 'access.copied_what' |
    'access.too_long')``, all that are found at once.
    """
    if activity.kind is not ActivityKind.RECORD_REVIEW:
        raise Mistake("access.not_one", title=activity.title)
    _check(uow.questions, activity, answers)
    assert answers.basis is not None
    assert answers.capacity is not None
    assert answers.told is not None
    now = uow.clock.now()
    for row in _open_here(uow.questions, activity):
        revise(uow, dataclasses.replace(row.value, closed_at=now))
    made = RecordAccess(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id),
        reference=_reference(uow, activity.assessment), whose=answers.whose.strip().upper(), basis=answers.basis,
        capacity=answers.capacity, told=answers.told, copied=bool(answers.copied), opened_at=now,
        what=typed(answers.what), system=typed(answers.system), covers=typed(answers.covers), why=typed(answers.why),
        allowed_by=typed(answers.allowed_by), capacity_how=typed(answers.capacity_how),
        told_why=typed(answers.told_why) if answers.told is Told.NOT else "",
        copied_what=typed(answers.copied_what) if answers.copied else "", place=typed(answers.place),
    )  # fmt: skip
    keep(uow, made)
    if made.basis is Basis.CONSENT:
        keep(uow, _given(made, now))
    return made


def close_record(uow: UnitOfWork, access: str) -> RecordAccess:
    """It was put away. Raises ``Mistake('access.closed')``, ``Mistake('record.unknown')``."""
    current = _current(uow, access)
    if not current.is_open:
        raise Mistake("access.closed", reference=current.reference)
    return _saved(uow, dataclasses.replace(current, closed_at=uow.clock.now()))


def reopen_record(uow: UnitOfWork, access: str) -> RecordAccess:
    """Undo a closing: it is the record that is open, and no other one of this laptop is."""
    current = _current(uow, access)
    now = uow.clock.now()
    for row in _open_here(uow.questions, uow.questions.activity(ActivityId(current.about))):
        if row.record != access:
            revise(uow, dataclasses.replace(row.value, closed_at=now))
    return _saved(uow, dataclasses.replace(current, closed_at=None))


def take_back_consent(uow: UnitOfWork, access: str, reason: str = "") -> Consent:
    """The person no longer agrees to the look: every note of it is held from here on.

    Raises ``Mistake('access.no_consent')`` where the look rests on a power.
    """
    current = _current(uow, access)
    before = consent_of(uow.questions, access)
    if current.basis is not Basis.CONSENT:
        raise Mistake("access.no_consent", reference=current.reference)
    now = uow.clock.now()
    base = before or _given(current, now)
    taken = dataclasses.replace(
        base, agreed=Agreed.WITHDRAWN, reason=typed(reason), decided_at=now, withdrawn_on=now.astimezone().date()
    )
    (keep if before is None else revise)(uow, taken)
    return taken


def record_for(questions: Questions, activity: Activity, about: RecordId | None) -> RecordId | None:
    """What a note of ``activity`` belongs to: in a record review the entry of the access log it is about.

    Where the note names none, the record that is open on this laptop. Raises ``Mistake('access.needed')`` where none
    is, and ``Mistake('access.other')`` for a note about somebody else than the open record is of: nothing is lost by
    it, what was typed stays a draft.
    """
    if activity.kind is not ActivityKind.RECORD_REVIEW:
        return about
    here = questions.records(RecordAccess.KIND, about=activity.id)
    if about is not None and any(row.record == about for row in here):
        return about
    open_ones = [row for row in here if row.is_mine and row.value.is_open]
    if not open_ones:
        raise Mistake("access.needed", field="text")
    chosen = max(open_ones, key=lambda row: (row.value.opened_at, row.record))
    if about is not None and not _is_of(questions, about, chosen.value.whose):
        raise Mistake("access.other", field="text", whose=chosen.value.whose)
    return chosen.record


def placed_notes(questions: Questions, activity: ActivityId, among: Sequence[str] | None = None) -> dict[str, str]:
    """Which record each standing note of a review belongs to; the empty text for a note that belongs to none.

    With ``among`` of these notes alone: one that is missing then is withdrawn, elsewhere or cannot be read.
    """
    wanted = EntryFilter(activity=activity, limit=100_000)
    rows = questions.entries(wanted) if among is None else questions.among(wanted, among)[0]
    return {
        str(row.entry.id): str(row.entry.about or "")
        for row in rows
        if row.withdrawal is None and row.entry.activity == activity
    }  # fmt: skip


def _is_of(questions: Questions, about: RecordId, whose: str) -> bool:
    try:
        case: Case = questions.record(Case.KIND, about).value
    except Mistake:
        return False
    return whose.casefold() in (case.code.casefold(), case.person.casefold())


def _open_here(questions: Questions, activity: Activity) -> list[RecordRow]:
    rows = questions.records(RecordAccess.KIND, about=activity.id)
    return [row for row in rows if row.is_mine and row.value.is_open]


def _given(access: RecordAccess, now: datetime) -> Consent:
    return Consent(
        id=RecordId(new_id()), assessment=access.assessment, about=access.id, agreed=Agreed.GIVEN,
        how=access.allowed_by, decided_at=now,
    )  # fmt: skip


def _current(uow: UnitOfWork, access: str) -> RecordAccess:
    value: RecordAccess = uow.questions.record(RecordAccess.KIND, access).value
    return value


def _saved(uow: UnitOfWork, changed: RecordAccess) -> RecordAccess:
    revise(uow, changed)
    return changed


def _check(questions: Questions, activity: Activity, answers: LookAnswers) -> None:
    finding = Finding()
    finding.read(lambda: _check_whose(questions, activity, answers.whose.strip()))
    allowed_by = answers.basis.value if answers.basis else "basis"
    needed = (
        ("what", bool(typed(answers.what))),
        ("why", bool(typed(answers.why))),
        ("basis", answers.basis is not None),
        (allowed_by, bool(typed(answers.allowed_by))),
        ("capacity", answers.capacity is not None),
        ("capacity_how", answers.capacity is Capacity.NOT_APPLICABLE or bool(typed(answers.capacity_how))),
        ("told", answers.told is not None),
        ("told_why", answers.told is not Told.NOT or bool(typed(answers.told_why))),
        ("copied", answers.copied is not None),
        ("copied_what", not answers.copied or bool(typed(answers.copied_what))),
    )
    for name, is_answered in needed:
        finding.unless(is_answered, f"access.{name}", field=name)
    for name in _LINES:
        field = allowed_by if name == "allowed_by" else name
        is_short = len(getattr(answers, name)) <= LONGEST_ANSWER
        finding.unless(is_short, "access.too_long", field=field, longest=f"{LONGEST_ANSWER:,}")
    finding.settle()


def check_whose(whose: str) -> None:
    """Whether it is a code at all. Raises ``Mistake('access.whose' | 'access.whose_code')``."""
    if not whose.strip():
        raise Mistake("access.whose", field="whose")
    if _CODE.fullmatch(whose.strip()) is None:
        raise Mistake("access.whose_code", field="whose")


def _check_whose(questions: Questions, activity: Activity, whose: str) -> None:
    """A code with a figure in it, or one that is known here: a surname would pass for a code otherwise."""
    check_whose(whose)
    if any(one.isdecimal() for one in whose):
        return
    known = {one.code.casefold() for one in questions.people(activity.visit)}
    if whose.casefold() not in known:
        raise Mistake("access.whose_code", field="whose")


def _reference(uow: UnitOfWork, assessment: AssessmentId) -> str:
    initials = uow.identity.initials.upper()
    taken = {row.value.reference for row in uow.questions.records(RecordAccess.KIND, assessment=assessment)}
    number = 1
    while f"A-{initials}-{number}" in taken:
        number += 1
    return f"A-{initials}-{number}"
