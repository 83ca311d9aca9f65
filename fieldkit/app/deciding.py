"""Deciding an open question, combining what nobody has to decide, and taking either back.

A settlement is a revision with **all** heads as parents, an author and a reason, so both accounts stay in the history
and every laptop comes to the same end whatever it saw first. Nothing is overwritten and nothing is unsaid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldkit.app.account_rows import AccountRow, By, Decision
from fieldkit.app.assessments import introduce_author
from fieldkit.app.open_questions import NOTE, Question, open_question
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.texts import typed
from fieldkit.domain.entry import Withdrawal
from fieldkit.domain.escalation import FIRST, Contact, Escalation, Seen
from fieldkit.domain.merge_rules import How, rule_of
from fieldkit.domain.merging import DECISION, Merge, merge
from fieldkit.domain.quality_risk import QualityReview, QualityRisk
from fieldkit.domain.readable import READERS
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, RevisionId

LONGEST_REASON = 2000
"""Characters of a reason."""
_URGENT = frozenset({Escalation.KIND, Contact.KIND, Seen.KIND, QualityRisk.KIND, QualityReview.KIND})
Values = Mapping[str, Mapping[str, Any]]
"""For each part that is asked (``Part.name``) the fields it is to have; an empty one takes it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """A content put together of others, with what it says of itself."""

    KIND: str
    SHAPE: int
    body: Mapping[str, Any]
    decision: Decision

    def to_content(self) -> dict[str, Any]:
        return {**self.body, DECISION: self.decision.to_content()}


def decide(
    uow: UnitOfWork, record: str, values: Values, reason: str, *, seen: Sequence[RevisionId] | None = None
) -> Question:
    """Settle the question about a record: ``values`` for every part that is asked, and why.

    ``seen`` are the accounts that the person looked at. Raises ``Mistake``: ``question.none``, ``question.changed``
    (another account came meanwhile), ``question.unreadable``, ``question.held``, ``question.no_reason``,
    ``question.too_long``, ``question.no_choice`` or ``question.not_together`` (what was chosen makes no record).
    Returns the question as it was.
    """
    question = open_question(uow.questions, record)
    _check(question, reason, seen)
    if question.kind == NOTE:
        raise Mistake("question.is_note")
    lacking = [part for part in question.asked if part.name not in values]
    if lacking:
        raise Mistake("question.no_choice", field=lacking[0].name)
    body = question.merge.decided(values)
    _check_whole(question.kind, record, body)
    decision = Decision(by=By.PERSON, reason=typed(reason))
    _append(uow, question.kind, record, question.assessment, body, decision, question.merge.heads)
    introduce_author(uow, question.assessment)
    return question


def decide_note(
    uow: UnitOfWork, entry: EntryId, *, keep: bool, reason: str, seen: Sequence[RevisionId] | None = None
) -> Question:
    """Keep a note that was withdrawn and gone on with, or take it out of use with all that was added to it.

    Raises as ``decide`` does.
    """
    question = open_question(uow.questions, entry)
    _check(question, reason, seen)
    introduce_author(uow, question.assessment)
    added = uow.questions.added_to(entry)
    for row in question.rows:
        before: Withdrawal = row.value
        after = Withdrawal(
            id=before.id, assessment=before.assessment, entry=entry, reason=typed(reason), stands=not keep,
            over=before.over if keep else added,
        )  # fmt: skip
        uow.append(after.id, after, assessment=after.assessment, parents=uow.questions.heads(after.id))
    return question


def take_back(uow: UnitOfWork, record: str, reason: str) -> None:
    """Ask again what was decided or combined: every account that it went over is put forward anew.

    What was combined beside a decision stays combined; what was combined by rule is asked about.

    Raises ``Mistake('question.not_decided')`` where the record's one account is no settlement (somebody went on with
    it), or ``question.no_reason``.
    """
    _check_reason(reason)
    rows = uow.questions.accounts(record)
    known = {row.revision: row for row in rows}
    last = merge(rows[0].kind, [row.account for row in rows]).heads if rows else ()
    settled = known[last[0]] if len(last) == 1 else None
    if settled is None or settled.decision is None or settled.decision.by is By.REOPENED:
        raise Mistake("question.not_decided")
    before = [known[parent] for parent in settled.account.parents if parent in known]
    if any(row.account.body is None for row in before):
        raise Mistake("question.unreadable")
    place = settled.assessment or AssessmentId("")
    introduce_author(uow, place)
    then = merge(settled.kind, [row.account for row in rows if row is not settled])
    for row in before:
        source = row.decision.of if row.decision and row.decision.of else row.revision
        decision = Decision(by=By.REOPENED, reason=typed(reason), of=source)
        body = _put_forward(then, row) if settled.decision.by is By.PERSON else _plain(row)
        _append(uow, row.kind, record, place, body, decision, (settled.revision,))


def _put_forward(then: Merge, row: AccountRow) -> Mapping[str, Any]:
    """One account as the question had it: its own words where it was asked about, what was combined for the rest."""
    if not then.is_open or row.revision not in then.heads:
        return _plain(row)
    return then.decided({part.name: part.values[row.revision] for part in then.asked})


def take_back_note(uow: UnitOfWork, question: Question) -> None:
    """Undo ``decide_note``: each withdrawal says again what it said, of what it knew of."""
    for row in question.rows:
        before: Withdrawal = row.value
        uow.append(before.id, before, assessment=before.assessment, parents=uow.questions.heads(before.id))


def combine(uow: UnitOfWork, assessment: AssessmentId) -> list[tuple[str, RecordId]]:
    """Combine different fields that were changed at once, in every record of an assessment; kinds and records.

    Every laptop that works in the assessment may do it, as soon as it sees both accounts: what comes of it depends on
    the accounts alone, and accounts that say the same are no question, so two that combine at once are done. They
    are joined later, by the laptop that wrote the least of them. One that never wrote anything here leaves it to
    others: its revisions might be taken from nobody.
    """
    if not uow.questions.has_assessor(assessment, uow.author):
        return []
    found = ((_combine(uow, record), record) for record in uow.questions.several_heads(assessment))
    return [(kind, record) for kind, record in found if kind]


def _combine(uow: UnitOfWork, record: str) -> str:
    """The kind of a record that was combined; empty where it was not."""
    rows = uow.questions.accounts(record)
    kind, accounts = rows[0].kind, [row.account for row in rows]
    found = merge(kind, accounts)
    if rule_of(kind).how not in (How.FIELDS, How.ASKS) or len(found.heads) < 2:
        return ""
    body = _joined(rows, found) if found.is_same else found.body
    if body is None or not _makes(kind, record, body):
        return ""
    _append(uow, kind, record, rows[0].assessment, body, Decision(by=By.SYSTEM), found.heads)
    return kind


def _joined(rows: Sequence[AccountRow], found: Merge) -> Mapping[str, Any] | None:
    """What all heads say, where this laptop is the one to join them."""
    least = next(row for row in rows if row.revision == min(found.heads))
    return _plain(least) if least.is_here else None


def _append(
    uow: UnitOfWork,
    kind: str,
    record: str,
    assessment: AssessmentId | None,
    body: Mapping[str, Any],
    decision: Decision,
    parents: Sequence[RevisionId],
) -> None:
    settled = _Settled(KIND=kind, SHAPE=READERS[kind].shape, body=body, decision=decision)
    priority = FIRST if kind in _URGENT else 1
    uow.append(record, settled, assessment=assessment, parents=tuple(sorted(parents)), priority=priority)


def _plain(row: AccountRow) -> dict[str, Any]:
    return {name: value for name, value in row.body.items() if name != DECISION}


def _check(question: Question, reason: str, seen: Sequence[RevisionId] | None) -> None:
    if seen is not None and set(seen) != set(question.merge.heads):
        raise Mistake("question.changed")
    if not question.is_readable:
        raise Mistake("question.unreadable")
    if question.barred is not None:
        raise Mistake("question.held")
    _check_reason(reason)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Mistake("question.no_reason", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Mistake("question.too_long", field="reason", most=f"{LONGEST_REASON:,}")


def _check_whole(kind: str, record: str, body: Mapping[str, Any]) -> None:
    if not _makes(kind, record, body):
        raise Mistake("question.not_together")


def _makes(kind: str, record: str, body: Mapping[str, Any]) -> bool:
    """Whether these fields together are a record of the kind."""
    try:
        READERS[kind].make(record, dict(body))
    except (KeyError, ValueError, TypeError, AttributeError):
        return False
    return True
