"""Use cases of crosswalks: see every note and record that one touches, apply it as one act, take it back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from fieldkit.app.assessments import introduce_author
from fieldkit.app.parallel import pin_of, repin, tagged
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import revise
from fieldkit.app.rows import EntryRow, RecordRow
from fieldkit.domain.carrying import Choices, Following, Left, follow
from fieldkit.domain.crosswalk import Carried, Crosswalk, Step
from fieldkit.domain.entry import Filing
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judgement, Moderation
from fieldkit.domain.request import InformationRequest
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, EvidenceId, RecordId, new_id

CARRIED_KINDS = (InformationRequest.KIND,)
"""Records that name statements they are about: what follows is added to the list."""
STAYING_KINDS = (Judgement.KIND, Moderation.KIND)
"""What somebody judged of a statement is judged of no other: these stay with the older framework."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCarried:
    """A note with what follows each of its older tags. A withdrawn note is told and left as it is."""

    row: EntryRow
    followings: tuple[Following, ...]

    @property
    def is_withdrawn(self) -> bool:
        return self.row.withdrawal is not None

    @property
    def fresh(self) -> int:
        """Tags that would be added."""
        return 0 if self.is_withdrawn else sum(len(one.news) for one in self.followings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCarried:
    """A record with the statements that would be added to its list (``pack/statement``)."""

    row: RecordRow
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkPlan:
    """Everything that applying a crosswalk would do, and everything that it would not."""

    crosswalk: Crosswalk
    newer: Framework
    notes: tuple[NoteCarried, ...]
    records: tuple[RecordCarried, ...]
    staying: int
    """Judgements and moderations, which stay with the older framework."""
    asked: tuple[Step, ...] = field(default=())
    """Rows where a person has still to choose for some note or record."""

    @property
    def touched(self) -> tuple[NoteCarried, ...]:
        """Notes that would get tags."""
        return tuple(one for one in self.notes if one.fresh)

    @property
    def tags(self) -> int:
        """Tags that would be added."""
        return sum(one.fresh for one in self.notes)

    def left(self, why: Left) -> int:
        """Tags that nothing follows, for this reason."""
        return sum(one.left is why for note in self.notes if not note.is_withdrawn for one in note.followings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What was done: notes and tags, records; ``waiting`` tags that a person has still to choose for."""

    notes: int
    tags: int
    records: int
    waiting: int = 0


def crosswalk_between(older: Framework, newer: Framework) -> Crosswalk:
    """The newer pack's own crosswalk. Raises ``Mistake('framework.no_crosswalk')``."""
    found = newer.crosswalk_from(older.id, older.version)
    if found is None:
        raise Mistake("framework.no_crosswalk", field="pack", older=older.title, newer=newer.title)
    return found


def plan_crosswalk(
    questions: Questions, assessment: AssessmentId, older: Framework, newer: Framework, choices: Choices
) -> CrosswalkPlan:
    """What applying it would do; nothing is written.

    Raises ``Mistake``: ``framework.no_crosswalk``, ``framework.bad_choice`` (not one of those that follow).
    """
    crosswalk = crosswalk_between(older, newer)
    _check(crosswalk, choices)
    subject = questions.assessment(assessment).subject.value
    notes = []
    for row in tagged(questions, assessment, older):
        standing = {item.id for item in row.evidence}
        gone = {item.id for item in questions.all_evidence(row.entry.id)} - standing
        followings = follow(crosswalk, newer, row.evidence, gone, choices, subject)
        if followings:
            notes.append(NoteCarried(row=row, followings=followings))
    records = tuple(_records(questions, assessment, crosswalk, newer, choices))
    staying = sum(
        row.value.judged.pack == older.id
        for kind in STAYING_KINDS for row in questions.records(kind, assessment=assessment)
    )  # fmt: skip
    open_steps = dict.fromkeys(
        one.step for note in notes if not note.is_withdrawn for one in note.followings
        if one.left is Left.TO_CHOOSE and one.step is not None
    )  # fmt: skip
    return CrosswalkPlan(
        crosswalk=crosswalk, newer=newer, notes=tuple(notes), records=records, staying=staying, asked=tuple(open_steps)
    )


def apply_crosswalk(
    uow: UnitOfWork, assessment: AssessmentId, older: Framework, newer: Framework, choices: Choices
) -> Applied:
    """Add what follows beside what is there: all of it or nothing. What waits for a choice stays as it is.

    A later version of the same pack takes the place of the earlier one; another pack comes beside it. Applied again,
    by anybody, it adds only what is new. Raises as ``plan_crosswalk`` does.
    """
    plan = plan_crosswalk(uow.questions, assessment, older, newer, choices)
    introduce_author(uow, assessment)
    _pin(uow, assessment, older, newer)
    for note in plan.touched:
        added = tuple(item for one in note.followings for item in one.news)
        entry = note.row.entry
        filing = Filing(id=RecordId(new_id()), assessment=entry.assessment, entry=entry.id, added=added)
        uow.append(filing.id, filing, assessment=assessment)
    for record in plan.records:
        value = record.row.value
        revise(uow, dataclasses.replace(value, statements=(*value.statements, *record.added)))
    return Applied(
        notes=len(plan.touched), tags=plan.tags, records=len(plan.records), waiting=plan.left(Left.TO_CHOOSE)
    )


def undo_crosswalk(uow: UnitOfWork, assessment: AssessmentId, older: Framework, newer: Framework) -> Applied:
    """Take off every tag that this crosswalk carried over, whoever applied it; what people tagged themselves stays.

    The earlier version comes back where a later one had taken its place; another pack stays beside it. Raises
    ``Mistake``: ``framework.no_crosswalk``, ``framework.not_carried``.
    """
    crosswalk = crosswalk_between(older, newer)
    notes = tags = 0
    for row in tuple(tagged(uow.questions, assessment, newer)):
        gone = tuple(one.id for one in row.evidence if one.carried == crosswalk.name and one.pack == newer.id)
        if gone and row.withdrawal is None:
            _take_off(uow, row, gone)
            notes, tags = notes + 1, tags + len(gone)
    records = 0
    for record in _carried_records(uow.questions, assessment, crosswalk, newer):
        value = record.row.value
        kept = tuple(one for one in value.statements if one not in record.added)
        revise(uow, dataclasses.replace(value, statements=kept))
        records += 1
    current = uow.questions.assessment(assessment)
    was_replaced = older.id == newer.id and pin_of(newer) in current.packs
    if not tags and not records and not was_replaced:
        raise Mistake("framework.not_carried", field="pack", older=older.title)
    if was_replaced:
        repin(uow, current, tuple(pin_of(older) if one == pin_of(newer) else one for one in current.packs))
    return Applied(notes=notes, tags=tags, records=records)


def _pin(uow: UnitOfWork, assessment: AssessmentId, older: Framework, newer: Framework) -> None:
    current = uow.questions.assessment(assessment)
    if older.id == newer.id:
        packs = tuple(pin_of(newer) if one.id == newer.id else one for one in current.packs)
    elif any(one.id == newer.id for one in current.packs):
        packs = current.packs
    else:
        packs = (*current.packs, pin_of(newer))
    repin(uow, current, packs)


def _take_off(uow: UnitOfWork, row: EntryRow, gone: tuple[EvidenceId, ...]) -> None:
    filing = Filing(id=RecordId(new_id()), assessment=row.entry.assessment, entry=row.entry.id, removed=gone)
    uow.append(filing.id, filing, assessment=row.entry.assessment)


def _records(
    questions: Questions, assessment: AssessmentId, crosswalk: Crosswalk, newer: Framework, choices: Choices
) -> Iterator[RecordCarried]:
    for kind in CARRIED_KINDS:
        for row in questions.records(kind, assessment=assessment):
            news = _named(crosswalk, newer, row.value.statements, choices)
            added = tuple(one for one in news if one not in row.value.statements)
            if added and not row.barred:
                yield RecordCarried(row=row, added=added)


def _named(crosswalk: Crosswalk, newer: Framework, statements: tuple[str, ...], choices: Choices) -> tuple[str, ...]:
    """What follows the statements that a record names."""
    found: dict[str, None] = {}
    for named in statements:
        pack, _, old = named.partition("/")
        step = crosswalk.step(old) if pack == crosswalk.pack else None
        if step is None:
            continue
        news = step.news if step.how is not Carried.SPLIT else choices.get(old, ())
        found |= {f"{newer.id}/{one}": None for one in news if one in step.news}
    return tuple(found)


def _carried_records(
    questions: Questions, assessment: AssessmentId, crosswalk: Crosswalk, newer: Framework
) -> Iterator[RecordCarried]:
    """Records with statements that an account added which changed nothing else: what a crosswalk does."""
    everything = {old: step.news for step in crosswalk.steps for old in step.olds}
    for kind in CARRIED_KINDS:
        for row in questions.records(kind, assessment=assessment):
            follows = set(_named(crosswalk, newer, row.value.statements, everything))
            there = follows & set(row.value.statements)
            added = tuple(one for one in row.value.statements if one in there & _added_alone(questions, row))
            if added:
                yield RecordCarried(row=row, added=added)


def _added_alone(questions: Questions, row: RecordRow) -> set[str]:
    """Statements that came by an account of their own, with nothing else changed."""
    accounts = sorted(questions.history(row.record), key=lambda one: one.recorded_at)
    found: set[str] = set()
    for before, after in pairwise(accounts):
        if dataclasses.replace(after.value, statements=before.value.statements) == before.value:
            found |= set(after.value.statements) - set(before.value.statements)
    return found


def _check(crosswalk: Crosswalk, choices: Choices) -> None:
    for old, news in choices.items():
        step = crosswalk.step(old)
        follows = step.news if step is not None else ()
        wrong = next((one for one in news if one not in follows), None)
        if wrong is not None or not news:
            known = ", ".join(follows) or "nothing"
            raise Mistake("framework.bad_choice", field="choose", older=old, newer=wrong or "", known=known)
