"""Use cases of scores: judge, moderate, override; and the board that screens, commands and reports all read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.rows import EntryRow, RecordRow
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.figures import Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Confidence, Judged, Judgement, Moderation, Override
from fieldkit.domain.marks import Mark, checked_marks
from fieldkit.domain.scoring import Scores, work_out
from fieldkit.domain.settling import Given, Moderated, Overridden, Settled, considered, latest_overrides, settle
from fieldkit.domain.working import in_words
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import AssessmentId, EntryId, RecordId, new_id

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
    overrides: dict[str, Overridden]

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
    made = _checked(uow.questions, framework, new, before.id if before else RecordId(new_id()))
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
    scored = [one for one in settled.given if one.value.is_scored]
    made = Moderation(
        id=settled.moderation.value.id if settled.moderation else RecordId(new_id()), assessment=new.assessment,
        judged=new.judged, text=typed(new.text), reason=typed(new.reason), value=new.value,
        insufficient=new.insufficient, considered=considered(settled),
        before=tuple(f"{one.name}: {in_words(framework, one.value.mark)}" for one in scored),
    )  # fmt: skip
    (revise if settled.moderation else keep)(uow, made)
    return made


def override(uow: UnitOfWork, framework: Framework, new: NewOverride) -> Override:
    """Depart from what the scores add up to, or take that back. Both figures are shown ever after.

    Raises ``Mistake``: ``score.no_rationale``, ``score.no_approver``, ``score.no_figure`` (the pack has no such
    figure), ``score.no_band``, ``score.same_band`` (it is what the scores give), ``score.no_override`` (none to take
    back), ``score.too_long``.
    """
    board = score_board(uow.questions, new.assessment, framework)
    worked_out = {one.id: one for one in board.scores.themes}
    if board.scores.overall is not None:
        worked_out[OVERALL] = board.scores.overall
    outcome = worked_out.get(new.figure)
    earlier = [
        one for one in _overridden(uow.questions, new.assessment, framework.id) if one.value.figure == new.figure
    ]
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
        id=earlier[0].value.id if earlier else RecordId(new_id()), assessment=new.assessment, pack=new.pack,
        figure=new.figure, band=new.band, rationale=typed(new.rationale), approver=typed(new.approver),
        worked_out=_result(outcome),
    )  # fmt: skip
    (revise if earlier else keep)(uow, made)
    return made


def score_board(
    questions: Questions, assessment: AssessmentId, framework: Framework, *, what_if: Iterable[Mark] = (),
    limiters_on: Iterable[str] = (),
) -> ScoreBoard:  # fmt: skip
    """All judgements, what stands of them and what follows. ``what_if`` are marks tried out: nothing is saved."""
    settled = dict(settle(given(questions, assessment, framework.id), _moderated(questions, assessment, framework.id)))
    marks = {(one.mark.subject, one.mark.category): one.mark for one in settled.values() if one.mark is not None}
    marks.update({(one.subject, one.category): one for one in what_if})
    subject = questions.assessment(assessment).subject.value
    return ScoreBoard(
        framework=framework, settled=settled,
        scores=work_out(framework, marks.values(), subject=subject, limiters_on=frozenset(limiters_on)),
        overrides=dict(latest_overrides(_overridden(questions, assessment, framework.id))),
    )  # fmt: skip


def given(questions: Questions, assessment: AssessmentId, pack: str) -> list[Given]:
    """Every assessor's judgements against a framework."""
    return [
        Given(
            value=row.value, author=row.author, name=row.author_name, at=row.recorded_at, heads=row.heads,
            is_mine=row.is_mine,
        )
        for row in _rows(questions, Judgement.KIND, assessment) if row.value.judged.pack == pack
    ]  # fmt: skip


def relied_rows(questions: Questions, judgement: Judgement) -> tuple[list[EntryRow], list[EntryRow]]:
    """The notes it relies on and those that point the other way, as they stand now; what is not here is left out."""
    return _found(questions, judgement.relied_on), _found(questions, judgement.against)


def _result(outcome: Outcome) -> str:
    rating = outcome.band.label if outcome.band else ""
    return "" if outcome.share is None else f"{outcome.share} {rating}".strip()


def _own(uow: UnitOfWork, assessment: AssessmentId, judged: Judged) -> Judgement | None:
    found = given(uow.questions, assessment, judged.pack)
    return next((one.value for one in found if one.is_mine and one.value.judged == judged), None)


def _moderated(questions: Questions, assessment: AssessmentId, pack: str) -> list[Moderated]:
    return [
        Moderated(value=row.value, author=row.author, name=row.author_name, at=row.recorded_at, heads=row.heads)
        for row in _rows(questions, Moderation.KIND, assessment) if row.value.judged.pack == pack
    ]  # fmt: skip


def _overridden(questions: Questions, assessment: AssessmentId, pack: str) -> list[Overridden]:
    return [
        Overridden(value=row.value, author=row.author, name=row.author_name, at=row.recorded_at)
        for row in _rows(questions, Override.KIND, assessment) if row.value.pack == pack
    ]  # fmt: skip


def _rows(questions: Questions, kind: str, assessment: AssessmentId) -> list[RecordRow]:
    return questions.records(kind, assessment=assessment)


def _checked(questions: Questions, framework: Framework, new: NewJudgement, record: RecordId) -> Judgement:
    finding = Finding()
    finding.unless(bool(new.text.strip()), "score.no_text", field="text")
    finding.unless(len(new.text) <= LONGEST_TEXT, "score.too_long", field="text", longest=LONGEST_TEXT)
    _check_mark(finding, framework, new.judged, new.value, new.insufficient)
    relied_on, against = tuple(dict.fromkeys(new.relied_on)), tuple(dict.fromkeys(new.against))
    finding.when(new.value is not None and not relied_on, "score.no_evidence", field="relied_on")
    finding.when(set(relied_on) & set(against), "score.both_ways", field="against")
    for name, notes in (("relied_on", relied_on), ("against", against)):
        for note in notes:
            finding.read(lambda note=note, name=name: _check_note(questions, new.assessment, note, name))  # type: ignore[misc]
    finding.settle()
    return Judgement(
        id=record, assessment=new.assessment, judged=new.judged, text=typed(new.text), value=new.value,
        insufficient=new.insufficient, relied_on=relied_on, against=against, confidence=new.confidence,
        carried_from=new.carried_from,
    )  # fmt: skip


def _check_mark(finding: Finding, framework: Framework, judged: Judged, value: int | None, insufficient: bool) -> None:
    mark = Mark(subject=judged.subject, category=judged.category, value=value, insufficient=insufficient)
    try:
        checked_marks(framework, [mark])
    except Mistake as problem:
        finding.add(Mistake(problem.code, **{**problem.details, "field": "value"}))


def _check_note(questions: Questions, assessment: AssessmentId, note: EntryId, field: str) -> None:
    try:
        row = questions.entry(note)
    except Mistake as problem:
        raise Mistake("score.unknown_note", field=field) from problem
    if row.entry.assessment != assessment:
        raise Mistake("score.unknown_note", field=field)
    if row.withdrawal is not None or row.barred is not None:
        raise Mistake(
            "score.withdrawn_note", field=field, words=" ".join(row.entry.text.split())[:60] if not row.barred else ""
        )


def _found(questions: Questions, notes: Iterable[EntryId]) -> list[EntryRow]:
    found = []
    for note in notes:
        try:
            found.append(questions.entry(note))
        except Mistake:
            continue
    return found
