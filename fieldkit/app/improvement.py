"""Use cases after publishing: the improvement summit, the action plan, follow-up, and scores that changed over time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from fieldkit.app.accuracy_rows import number_from
from fieldkit.app.bounds import check_words
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import RecordRow
from fieldkit.app.texts import typed
from fieldkit.domain.framework import Framework
from fieldkit.domain.improvement import PlannedAction, Summit
from fieldkit.domain.judgement import Moderation
from fieldkit.domain.working import in_words
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored:
    """A score that was settled at some time: of which statement, before and after, who, when, why."""

    statement: str
    before: str
    after: str
    by: str
    at: datetime
    reason: str


def hold_summit(
    uow: UnitOfWork, assessment: AssessmentId, on: date | None, place: str = "", who: str = "", outcome: str = ""
) -> Summit:
    """Record a summit, planned or held. Raises ``Mistake('improve.no_day' | 'improve.too_long')``."""
    finding = Finding()
    finding.unless(on is not None, "improve.no_day", field="on")
    finding.read(lambda: check_words(place + who + outcome, "improve", "outcome"))
    finding.settle()
    assert on is not None
    made = Summit(
        id=RecordId(new_id()), assessment=assessment, on=on, place=typed(place), who=typed(who), outcome=typed(outcome)
    )
    keep(uow, made)
    return made


def change_summit(uow: UnitOfWork, summit: RecordId, outcome: str) -> Summit:
    """What came of it. Raises ``Mistake('improve.too_long')``."""
    check_words(outcome, "improve", "outcome")
    before: Summit = uow.questions.record(Summit.KIND, summit).value
    made = replace(before, outcome=typed(outcome))
    if made != before:
        revise(uow, made)
    return made


def plan_action(
    uow: UnitOfWork, assessment: AssessmentId, what: str, owner: str, due_on: date | None, statement: str = ""
) -> PlannedAction:
    """Put an action on the plan. Raises ``Mistake('improve.no_what' | 'improve.no_owner' | 'improve.no_due' |
    'improve.too_long')``.
    """
    finding = Finding()
    finding.unless(bool(what.strip()), "improve.no_what", field="what")
    finding.unless(bool(owner.strip()), "improve.no_owner", field="owner")
    finding.unless(due_on is not None, "improve.no_due", field="due_on")
    finding.read(lambda: check_words(what + owner, "improve", "what"))
    finding.settle()
    assert due_on is not None
    number = number_from(uow, PlannedAction.KIND, assessment, "I")
    made = PlannedAction(
        id=RecordId(new_id()), assessment=assessment, reference=f"I-{uow.identity.initials}-{number}",
        what=typed(what), owner=typed(owner), due_on=due_on, statement=statement,
    )  # fmt: skip
    keep(uow, made)
    return made


def complete(uow: UnitOfWork, action: RecordId, evidence: str, on: date | None = None) -> PlannedAction:
    """It is done, and this proves it. Raises ``Mistake('improve.no_evidence' | 'improve.done_ahead')``."""
    today = uow.clock.now().astimezone().date()
    finding = Finding()
    finding.unless(bool(evidence.strip()), "improve.no_evidence", field="evidence")
    finding.unless(on is None or on <= today, "improve.done_ahead", field="on")
    finding.read(lambda: check_words(evidence, "improve", "evidence"))
    finding.settle()
    return _saved(uow, action, evidence=typed(evidence), done_on=on or today)


def follow_up(uow: UnitOfWork, action: RecordId, words: str, *, is_done: bool = True) -> PlannedAction:
    """What was found when it was looked at; ``is_done`` False opens it again.

    Raises ``Mistake('improve.no_words')``.
    """
    if not words.strip():
        raise Mistake("improve.no_words", field="words")
    check_words(words, "improve", "words")
    today = uow.clock.now().astimezone().date()
    more = {} if is_done else {"done_on": None}
    return _saved(uow, action, follow_up=typed(words), looked_on=today, **more)


def actions_of(questions: Questions, assessment: AssessmentId) -> list[RecordRow]:
    """The plan: open ones first, by the day they are due."""
    rows = questions.records(PlannedAction.KIND, assessment=assessment)
    return sorted(rows, key=lambda row: (row.value.done_on is not None, row.value.due_on, row.value.reference))


def action_row(questions: Questions, assessment: AssessmentId, wanted: str) -> RecordRow:
    """By its reference. Raises ``Mistake('improve.unknown')``."""
    found = [row for row in actions_of(questions, assessment) if row.value.reference == wanted.strip().upper()]
    if not found:
        raise Mistake("improve.unknown", wanted=wanted.strip()[:40])
    return found[0]


def rescored(questions: Questions, assessment: AssessmentId, framework: Framework) -> list[Rescored]:
    """Every time a score was settled, oldest first: each statement by itself, over the years."""
    found = []
    for row in questions.records(Moderation.KIND, assessment=assessment):
        if row.value.judged.pack != framework.id:
            continue
        before = ""
        for one in questions.history(row.record):
            after = in_words(framework, one.value.mark)
            before = before or "; ".join(one.value.before) or "none settled before"
            found.append(Rescored(
                statement=_title(framework, one.value.judged.subject), before=before, after=after,
                by=one.author_name, at=one.recorded_at, reason=one.value.reason,
            ))  # fmt: skip
            before = after
    return sorted(found, key=lambda one: one.at)


def _saved(uow: UnitOfWork, action: RecordId, **changes: object) -> PlannedAction:
    before: PlannedAction = uow.questions.record(PlannedAction.KIND, action).value
    made = replace(before, **changes)  # type: ignore[arg-type]
    if made != before:
        revise(uow, made)
    return made


def _title(framework: Framework, subject: str) -> str:
    found = framework.statement_by(subject)
    if found is not None:
        return f"{found.position} {found.title}"
    theme = next((one for one in framework.themes if one.id == subject), None)
    return theme.title if theme is not None else subject
