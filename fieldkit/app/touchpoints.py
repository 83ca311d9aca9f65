"""Use cases of a case's timeline: add an event, change it, move it among its equals, take it off.

An event that is tagged writes a note in the case's activity, because coverage, search and reports count notes and
nothing else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fieldkit.app.cases import LONGEST_VALUE, case_for
from fieldkit.app.entries import NewEntry, file_evidence, record_entry, restore_entry, withdraw_entry
from fieldkit.app.paging import every_note
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import Case
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.pathway import in_order
from fieldkit.domain.programme import is_place, place_between
from fieldkit.domain.touchpoint import Accord, HandOver, Source, Told, Touchpoint, TouchpointKind
from fieldkit.domain.when import When
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import ActivityId, RecordId, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a person says of an event. ``category`` is the evidence category of the note that its tags make.

    ``origin`` tells where its words came from when they were not typed: the note says so too.
    """

    when: When | None = None
    kind: TouchpointKind = TouchpointKind.CONTACT
    organisation: str = ""
    towards: str = ""
    happened: str = ""
    should_have: str = ""
    sources: tuple[Told, ...] = field(default=())
    accord: Accord = Accord.UNKNOWN
    exact_words: str = ""
    standard_days: int | None = None
    hand_over: HandOver | None = None
    statements: tuple[str, ...] = field(default=())
    is_concern: bool = False
    evidence: tuple[EvidenceItem, ...] = field(default=())
    category: str | None = None
    origin: str = ""

    @classmethod
    def of(cls, one: Touchpoint) -> Event:
        """An event as it stands, without its tags."""
        known = {each.name for each in dataclasses.fields(Touchpoint)}
        return cls(**{each.name: getattr(one, each.name) for each in dataclasses.fields(cls) if each.name in known})


def touchpoints_of(questions: Questions, case: RecordId) -> list[Touchpoint]:
    """The events of a case in their order, those taken off left out."""
    return in_order(row.value for row in questions.records(Touchpoint.KIND, about=case))


def notes_about(questions: Questions, activity: ActivityId, one: RecordId) -> list[EntryRow]:
    """The notes of the case's activity that belong to an event, oldest first; withdrawn ones too."""
    found = every_note(questions, EntryFilter(activity=activity))
    return [row for row in found if row.entry.about == one]


def add_touchpoint(uow: UnitOfWork, activity: Activity, event: Event, today: date) -> Touchpoint:
    """Add an event to the case of ``activity``; the case is begun if it is the first.

    Raises ``Mistake('touchpoint.no_when' | 'touchpoint.future' | 'touchpoint.no_service' | 'touchpoint.nothing' |
    'touchpoint.no_words' | 'case.too_long' | 'entry.too_long')`` with the ``field`` it is about.
    """
    clean = checked(event, today)
    case = case_for(uow, activity)
    made = _filled(
        Touchpoint(id=RecordId(new_id()), assessment=case.assessment, case=case.id, when=_when(clean), kind=clean.kind),
        clean,
    )
    made = dataclasses.replace(made, order=_last_place(touchpoints_of(uow.questions, case.id), made))
    keep(uow, made)
    if clean.evidence:
        record_entry(uow, activity, _note(case, made, clean))
    return made


def revise_touchpoint(uow: UnitOfWork, activity: Activity, one: RecordId, event: Event, today: date) -> Touchpoint:
    """Say something else of an event; tags that are new are put on its note. Raises as ``add_touchpoint`` does."""
    known: Touchpoint = uow.questions.record(Touchpoint.KIND, one).value
    clean = checked(event, today)
    changed = _filled(known, clean)
    if changed.when != known.when:
        changed = dataclasses.replace(changed, placed=None)
    if changed != known:
        revise(uow, changed)
    if clean.evidence:
        _tag(uow, activity, changed, clean)
    return changed


def move_touchpoint(uow: UnitOfWork, one: RecordId, step: int) -> Touchpoint | None:
    """Move an event up (-1) or down (1) among those of its day; None where it stands at the end of them."""
    known: Touchpoint = uow.questions.record(Touchpoint.KIND, one).value
    group = [other for other in touchpoints_of(uow.questions, known.case) if other.day == known.day]
    at = next(place for place, other in enumerate(group) if other.id == one)
    if not 0 <= at + step < len(group):
        return None
    group.insert(at + step, group.pop(at))
    _number(uow, group)
    moved: Touchpoint = uow.questions.record(Touchpoint.KIND, one).value
    return moved


def leave_below(uow: UnitOfWork, one: RecordId, above: RecordId) -> Touchpoint:
    """Leave an event right below another although its date is earlier."""
    known: Touchpoint = uow.questions.record(Touchpoint.KIND, one).value
    upper: Touchpoint = uow.questions.record(Touchpoint.KIND, above).value
    group = [other for other in touchpoints_of(uow.questions, known.case) if other.day == upper.day and other.id != one]
    at = next(place for place, other in enumerate(group) if other.id == above)
    placed = dataclasses.replace(known, placed=upper.day if known.when.earliest != upper.day else None)
    group.insert(at + 1, placed)
    _number(uow, group)
    return placed


def take_off(uow: UnitOfWork, activity: ActivityId, one: RecordId, reason: str) -> Touchpoint:
    """Take an event off the timeline, its notes with it; everything is kept.

    Raises ``Mistake('touchpoint.no_reason')``.
    """
    if not reason.strip():
        raise Mistake("touchpoint.no_reason", field="reason")
    known: Touchpoint = uow.questions.record(Touchpoint.KIND, one).value
    gone = dataclasses.replace(known, withdrawn=typed(reason)[:LONGEST_VALUE])
    revise(uow, gone)
    for row in notes_about(uow.questions, activity, one):
        if row.withdrawal is None:
            withdraw_entry(uow, row.entry.id, gone.withdrawn)
    return gone


def put_back(uow: UnitOfWork, activity: ActivityId, one: RecordId) -> Touchpoint:
    """Undo ``take_off``, notes included."""
    known: Touchpoint = uow.questions.record(Touchpoint.KIND, one).value
    back = dataclasses.replace(known, withdrawn="")
    revise(uow, back)
    for row in notes_about(uow.questions, activity, one):
        if row.withdrawal is not None and row.withdrawal.reason == known.withdrawn:
            restore_entry(uow, row.entry.id)
    return back


def checked(event: Event, today: date) -> Event:
    """``event`` as it is kept; what is wrong is raised field by field, from the top of the form down."""
    clean = dataclasses.replace(
        event, happened=typed(event.happened), should_have=typed(event.should_have),
        exact_words=typed(event.exact_words), organisation=_named(event.organisation), towards=_named(event.towards),
        sources=tuple(Told(source=one.source, words=typed(one.words)) for one in event.sources),
    )  # fmt: skip
    is_words = clean.kind is TouchpointKind.WORDS
    finding = Finding()
    finding.when(clean.when is None, "touchpoint.no_when", field="when")
    finding.when(clean.when is not None and clean.when.earliest > today, "touchpoint.future", field="when")
    finding.when(is_words and not clean.exact_words, "touchpoint.no_words", field="exact_words")
    finding.when(not is_words and not clean.organisation, "touchpoint.no_service", field="organisation")
    finding.when(not is_words and not clean.happened, "touchpoint.nothing", field="happened")
    finding.read(lambda: _refuse_long(clean))
    finding.settle()
    return clean


def note_text(one: Touchpoint) -> str:
    """What a note about an event says, so that it is understood away from its timeline."""
    if not one.is_service:
        return one.exact_words
    text = f"{one.when.words()}, {one.organisation}: {one.happened}"
    if one.should_have:
        text += f"\nShould have happened: {one.should_have}"
    return text + (f"\n“{one.exact_words}”" if one.exact_words else "")


def _note(case: Case, one: Touchpoint, event: Event) -> NewEntry:
    told = {each.source for each in one.sources}
    return NewEntry(
        text=note_text(one), exact=not one.is_service, evidence=event.evidence, category=event.category, about=one.id,
        origin=event.origin,
        speaker=case.person if case.person and Source.PERSON in told and not one.is_service else None,
    )  # fmt: skip


def _tag(uow: UnitOfWork, activity: Activity, one: Touchpoint, event: Event) -> None:
    """On the first note of the event that stands; a new one where there is none."""
    standing = [row for row in notes_about(uow.questions, activity.id, one.id) if row.withdrawal is None]
    if standing:
        file_evidence(uow, standing[0].entry.id, event.evidence)
    else:
        record_entry(uow, activity, _note(case_for(uow, activity), one, event))


def _when(event: Event) -> When:
    if event.when is None:
        raise Mistake("touchpoint.no_when", field="when")
    return event.when


def _filled(one: Touchpoint, event: Event) -> Touchpoint:
    known = {each.name for each in dataclasses.fields(Touchpoint)}
    said = {each.name: getattr(event, each.name) for each in dataclasses.fields(event) if each.name in known}
    return dataclasses.replace(one, **said)


def _last_place(there: Sequence[Touchpoint], one: Touchpoint) -> str:
    """Behind those of its day that happened no later; the first of a day in the middle, so that one can come before."""
    group = [other for other in there if other.day == one.day]
    later = [other for other in group if one.when.at and other.when.at > one.when.at]
    before = group[: group.index(later[0])] if later else group
    low = before[-1].order if before and is_place(before[-1].order) else ""
    high = later[0].order if later and is_place(later[0].order) else ""
    try:
        return place_between(low, high)
    except ValueError:  # what other laptops wrote leaves no room: behind all of them
        return place_between(max((other.order for other in group if is_place(other.order)), default=""), "")


def _number(uow: UnitOfWork, group: Sequence[Touchpoint]) -> None:
    """Give a day's events places in the order of ``group``; only those whose place changes are written."""
    last = ""
    for place, one in enumerate(group):
        fits = (not place and not one.order) or (is_place(one.order) and one.order > last)
        known = uow.questions.record(Touchpoint.KIND, one.id).value
        wanted = one if fits else dataclasses.replace(one, order=place_between(last, ""))
        last = wanted.order
        if wanted != known:
            revise(uow, wanted)


def _named(text: str) -> str:
    return " ".join(typed(text).split())


def _refuse_long(event: Event) -> None:
    for name in ("organisation", "towards"):
        if len(getattr(event, name)) > LONGEST_VALUE:
            length = f"{len(getattr(event, name)):,}"
            raise Mistake("case.too_long", field=name, length=length, most=f"{LONGEST_VALUE:,}")
    for name in ("happened", "should_have", "exact_words"):
        if len(getattr(event, name)) > LONGEST_TEXT // 4:
            raise Mistake("entry.too_long", field=name, longest=f"{LONGEST_TEXT // 4:,}")
