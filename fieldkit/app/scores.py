"""Use cases of scores: judge, moderate, override; and the board that screens, commands and reports all read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.blinding import in_sight
from fieldkit.domain.figures import Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Confidence, Judged, Judgement, Moderation, Override
from fieldkit.domain.marks import Mark, checked_marks
from fieldkit.domain.score_places import ScorePlace, score_places
from fieldkit.domain.scoring import Scores, work_out
from fieldkit.domain.settling import (
    Departure,
    Given,
    Moderated,
    Overridden,
    Settled,
    Stand,
    considered,
    departures,
    settle,
    standing,
)
from fieldkit.domain.working import in_words
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, new_id

_Made = TypeVar("_Made", Moderated, Overridden)
OVERALL = ""
"""The figure of an override that is about the overall rating."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJudgement:
    """What an assessor judges; the words first. ``value`` None and not ``insufficient``: not scored yet."""

    assessment: AssessmentId
    judged: Judged
    text: str = ""
    value: int | None = None
    insufficient: bool = False
    relied_on: tuple[EntryId, ...] = ()
    against: tuple[EntryId, ...] = ()
    confidence: Confidence | None = None
    carried_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewModeration:
    """What the team settles on."""

    assessment: AssessmentId
    judged: Judged
    text: str = ""
    reason: str = ""
    value: int | None = None
    insufficient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOverride:
    """Another rating than the sum gives; ``band`` None takes it back. ``figure`` is a theme's id or ``OVERALL``."""

    assessment: AssessmentId
    pack: str
    figure: str = OVERALL
    band: str | None = None
    rationale: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreBoard:
    """Everything about the scores of an assessment against one framework."""

    framework: Framework
    settled: dict[Judged, Settled]
    scores: Scores
    overrides: dict[str, Departure]
    places: tuple[ScorePlace, ...] = ()
    """Where the pack takes scores of this body, in its order."""

    @property
    def figures(self) -> dict[str, Outcome]:
        """What follows: the themes by their id, then the overall figure as ``OVERALL``; those that the pack has."""
        found = {one.id: one for one in self.scores.themes}
        return found if self.scores.overall is None else {**found, OVERALL: self.scores.overall}

    def of(self, subject: str, category: str | None = None) -> Settled | None:
        """How one statement stands; None where nobody wrote anything about it."""
        return self.settled.get(Judged(pack=self.framework.id, subject=subject, category=category))


def judge(uow: UnitOfWork, framework: Framework, new: NewJudgement) -> Judgement:
    """Record or change one's own judgement; every earlier account of it stays.

    Raises ``Mistake``: ``score.no_text``, ``score.no_evidence`` (a score with nothing it relies on: say that there is
    too little evidence, or add some), ``score.both_ways`` (a note for and against at once), ``score.unknown_note``,
    ``score.withdrawn_note``, ``score.too_long``, and what ``checked_marks`` raises.
    """
    before = _own(uow, new.assessment, new.judged)
    made = _checked(uow.questions, framework, new, before)
    if before is None:
        keep(uow, made)
    elif made != before:
        revise(uow, made)
    return made


def moderate(uow: UnitOfWork, framework: Framework, new: NewModeration) -> Moderation:
    """Settle the score of a statement. What it was made of is kept with it, as it stood.

    Raises ``Mistake``: ``score.nothing_to_moderate`` (nobody scored it), ``score.no_text``, ``score.no_reason``,
    ``score.no_score``, ``score.too_long``, and what ``checked_marks`` raises.
    """
    board = score_board(uow.questions, new.assessment, framework)
    settled = board.settled.get(new.judged)
    finding = Finding()
    finding.unless(settled is not None and bool(considered(settled)), "score.nothing_to_moderate", field="value")
    finding.unless(new.value is not None or new.insufficient, "score.no_score", field="value")
    _check_mark(finding, framework, new.judged, new.value, new.insufficient)
    finding.unless(bool(new.text.strip()), "score.no_text", field="text")
    finding.unless(bool(new.reason.strip()), "score.no_reason", field="reason")
    is_short = len(new.text) + len(new.reason) <= LONGEST_TEXT
    finding.unless(is_short, "score.too_long", field="text", longest=LONGEST_TEXT)
    finding.settle()
    assert settled is not None
    all_made = [one for one in moderated(uow.questions, new.assessment, framework.id) if one.value.judged == new.judged]
    own, others = _replacing(all_made)
    made = Moderation(
        id=own or RecordId(new_id()), assessment=new.assessment, judged=new.judged, text=typed(new.text),
        reason=typed(new.reason), value=new.value, insufficient=new.insufficient,
        considered=(*considered(settled), *others), before=_before(framework, settled),
    )  # fmt: skip
    (keep if own is None else revise)(uow, made)
    return made


def override(uow: UnitOfWork, framework: Framework, new: NewOverride) -> Override:
    """Depart from what the scores add up to, or take that back. Both figures are shown ever after.

    Raises ``Mistake``: ``score.no_rationale``, ``score.no_approver``, ``score.no_figure`` (the pack has no such
    figure), ``score.no_band``, ``score.same_band`` (it is what the scores give), ``score.no_override`` (none to take
    back), ``score.too_long``.
    """
    board = score_board(uow.questions, new.assessment, framework)
    outcome = board.figures.get(new.figure)
    all_made = [
        one for one in overridden(uow.questions, new.assessment, framework.id) if one.value.figure == new.figure
    ]
    own, others = _replacing(all_made)
    finding = Finding()
    finding.unless(outcome is not None, "score.no_figure", field="figure")
    is_known = new.band is None or framework.method.band(new.band) is not None
    finding.unless(is_known, "score.no_band", field="band")
    is_other = new.band is None or outcome is None or outcome.band is None or outcome.band.id != new.band
    finding.unless(is_other, "score.same_band", field="band")
    finding.when(new.band is None and new.figure not in board.overrides, "score.no_override", field="band")
    finding.unless(bool(new.rationale.strip()), "score.no_rationale", field="rationale")
    finding.unless(bool(new.approver.strip()), "score.no_approver", field="approver")
    is_short = len(new.rationale) + len(new.approver) <= LONGEST_TEXT
    finding.unless(is_short, "score.too_long", field="rationale", longest=LONGEST_TEXT)
    finding.settle()
    assert outcome is not None
    made = Override(
        id=own or RecordId(new_id()), assessment=new.assessment, pack=new.pack, figure=new.figure, band=new.band,
        rationale=typed(new.rationale), approver=typed(new.approver), worked_out=_result(outcome), considered=others,
    )  # fmt: skip
    (keep if own is None else revise)(uow, made)
    return made


def score_board(
    questions: Questions, assessment: AssessmentId, framework: Framework, *, what_if: Iterable[Mark] = (),
    limiters_on: Iterable[str] = (), is_blind: bool = False,
) -> ScoreBoard:  # fmt: skip
    """All judgements, what stands of them and what follows. ``what_if`` are marks tried out: nothing is saved.

    ``is_blind`` leaves out what the person at this laptop may not see yet, and every figure that would give it away.
    """
    found: Sequence[Given] = given(questions, assessment, framework.id)
    moderations, hidden = moderated(questions, assessment, framework.id), dict[Judged, int]()
    if is_blind:
        found, counts = in_sight(found, moderations)
        hidden = dict(counts)
    settled = dict(settle(found, moderations))
    for judged, count in hidden.items():
        shown = settled.get(judged) or Settled(judged=judged, stand=Stand.NONE, mark=None)
        settled[judged] = replace(shown, stand=Stand.HIDDEN, mark=None, hidden=count)
    marks = {(one.mark.subject, one.mark.category): one.mark for one in settled.values() if one.mark is not None}
    marks.update({(one.subject, one.category): one for one in what_if})
    subject = questions.assessment(assessment).subject.value
    return ScoreBoard(
        framework=framework, settled=settled, places=score_places(framework, subject),
        scores=work_out(framework, marks.values(), subject=subject, limiters_on=frozenset(limiters_on)),
        overrides=dict(departures(overridden(questions, assessment, framework.id))),
    )  # fmt: skip


def given(questions: Questions, assessment: AssessmentId, pack: str) -> list[Given]:
    """Every assessor's judgements against a framework."""
    return [
        Given(
            value=row.value, author=row.author, name=row.author_name, at=row.recorded_at, heads=row.heads,
            is_mine=row.is_mine,
        )
        for row in questions.records(Judgement.KIND, assessment=assessment) if row.value.judged.pack == pack
    ]  # fmt: skip


def _replacing(made_before: Sequence[_Made]) -> tuple[RecordId | None, tuple[RecordId, ...]]:
    """The record to revise, and what it considers: every other one of its place, or those would stand again.

    Where several stand it is a new record: one of them revised could be considered by another already, and then
    both would stand for ever.
    """
    standing_now = standing(made_before)
    own = standing_now[0].value.id if len(standing_now) == 1 else None
    return own, tuple(one.value.id for one in made_before if one.value.id != own)


def _before(framework: Framework, settled: Settled) -> tuple[str, ...]:
    """What each assessor had given, and what two laptops had settled where they did not know of each other."""
    scored = [f"{one.name}: {in_words(framework, one.value.mark)}" for one in settled.given if one.value.is_scored]
    if len(settled.moderations) < 2:
        return tuple(scored)
    return (*scored, *(f"Settled by {one.name}: {in_words(framework, one.value.mark)}" for one in settled.moderations))


def _result(outcome: Outcome) -> str:
    rating = outcome.band.label if outcome.band else ""
    return "" if outcome.share is None else f"{outcome.share} {rating}".strip()


def _own(uow: UnitOfWork, assessment: AssessmentId, judged: Judged) -> Judgement | None:
    found = given(uow.questions, assessment, judged.pack)
    return next((one.value for one in found if one.is_mine and one.value.judged == judged), None)


def moderated(questions: Questions, assessment: AssessmentId, pack: str) -> list[Moderated]:
    """Every moderation against a framework."""
    return [
        Moderated(value=row.value, author=row.author, name=row.author_name, at=row.recorded_at, heads=row.heads)
        for row in questions.records(Moderation.KIND, assessment=assessment) if row.value.judged.pack == pack
    ]  # fmt: skip


def overridden(questions: Questions, assessment: AssessmentId, pack: str) -> list[Overridden]:
    """Every override against a framework."""
    return [
        Overridden(value=row.value, author=row.author, name=row.author_name, at=row.recorded_at, heads=row.heads)
        for row in questions.records(Override.KIND, assessment=assessment) if row.value.pack == pack
    ]  # fmt: skip


def _checked(questions: Questions, framework: Framework, new: NewJudgement, before: Judgement | None) -> Judgement:
    kept = {*before.relied_on, *before.against} if before is not None else set[EntryId]()
    finding = Finding()
    finding.unless(bool(new.text.strip()), "score.no_text", field="text")
    finding.unless(len(new.text) <= LONGEST_TEXT, "score.too_long", field="text", longest=LONGEST_TEXT)
    _check_mark(finding, framework, new.judged, new.value, new.insufficient)
    relied_on, against = tuple(dict.fromkeys(new.relied_on)), tuple(dict.fromkeys(new.against))
    finding.when(new.value is not None and not relied_on, "score.no_evidence", field="relied_on")
    finding.when(set(relied_on) & set(against), "score.both_ways", field="against")
    for name, notes in (("relied_on", relied_on), ("against", against)):
        wrong = (_wrong_note(questions, new.assessment, note, is_kept=note in kept) for note in notes)
        for code in filter(None, wrong):
            finding.add(Mistake(code, field=name))
    finding.settle()
    return Judgement(
        id=before.id if before is not None else RecordId(new_id()), assessment=new.assessment, judged=new.judged,
        text=typed(new.text), value=new.value, insufficient=new.insufficient, relied_on=relied_on, against=against,
        confidence=new.confidence, carried_from=new.carried_from,
    )  # fmt: skip


def _check_mark(finding: Finding, framework: Framework, judged: Judged, value: int | None, insufficient: bool) -> None:
    mark = Mark(subject=judged.subject, category=judged.category, value=value, insufficient=insufficient)
    try:
        checked_marks(framework, [mark])
    except Mistake as problem:
        finding.add(Mistake(problem.code, **{**problem.details, "field": "value"}))


def _wrong_note(questions: Questions, assessment: AssessmentId, note: EntryId, *, is_kept: bool) -> str:
    """Why a note cannot be cited. One that was cited before may have left this laptop since (``storage/purge.py``)."""
    try:
        row = questions.entry(note)
    except Mistake:
        return "" if is_kept else "score.unknown_note"
    if row.entry.assessment != assessment:
        return "score.unknown_note"
    return "score.withdrawn_note" if row.withdrawal is not None or row.barred is not None else ""
