"""Gathers the factual accuracy check, and what followed publishing, for paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from fieldkit.app.accuracy import clock_of
from fieldkit.app.accuracy_rows import CommentRow, comments_of, sends_of
from fieldkit.app.accuracy_texts import changed_texts
from fieldkit.app.improvement import actions_of, rescored
from fieldkit.app.ports import Questions
from fieldkit.app.report_walls import lost_words, restricted_in
from fieldkit.domain.assessment import Assessment
from fieldkit.domain.framework import Framework
from fieldkit.domain.improvement import PlannedAction, Summit
from fieldkit.reports.accuracy import AccuracyPage, CommentLine, SentDraft, TextLine
from fieldkit.reports.dates import day
from fieldkit.reports.draft_report import LEFT_OUT
from fieldkit.reports.improvement import ActionLine, ImprovementPage, ScoreChange, SummitLine

NOT_HERE = "Not on this laptop, or erased"
NOTHING, TAKEN_OUT = "Nothing was written", "Taken out of the report"


def accuracy_page(
    questions: Questions, assessment: Assessment, at: datetime, framework: Framework | None = None
) -> AccuracyPage:
    """All of it, at any state; ``framework`` says what it has chosen. Called on the store lane."""
    comments = comments_of(questions, assessment.id)
    safe = _safe(questions, assessment)
    sent = tuple(
        SentDraft(
            body=row.value.body, report=row.value.report, sha256=row.value.sha256, due_on=row.value.due_on,
            term=clock_of(row.value.sent_on, row.value.days),
            comments=sum(one.value.about == row.record for one in comments),
        )
        for row in sends_of(questions, assessment.id)
    )  # fmt: skip
    return AccuracyPage(
        assessment=assessment.name, sent=sent, made_at=at,
        comments=tuple(_line(one, _texts(questions, framework, one, safe), safe) for one in comments),
        noun=framework.method.noun if framework is not None else "score",
    )  # fmt: skip


def improvement_page(
    questions: Questions, assessment: Assessment, framework: Framework, at: datetime
) -> ImprovementPage:
    """Summits, the plan, scores over time."""
    today = at.astimezone().date()
    summits = sorted(questions.records(Summit.KIND, assessment=assessment.id), key=lambda row: row.value.on)
    return ImprovementPage(
        assessment=assessment.name, framework=framework.title,
        summits=tuple(
            SummitLine(on=row.value.on, place=row.value.place, who=row.value.who, outcome=row.value.outcome)
            for row in summits
        ),
        actions=tuple(_action(row.value, today) for row in actions_of(questions, assessment.id)),
        scores=tuple(
            ScoreChange(
                on=one.at.astimezone().date(), statement=one.statement, before=one.before, after=one.after, by=one.by,
                reason=one.reason,
            )
            for one in rescored(questions, assessment.id, framework)
        ),
        made_at=at, noun=framework.method.noun,
    )  # fmt: skip


def state_of(action: PlannedAction, today: date) -> str:
    """``Open``, ``Late``, ``Done 4 March 2027``."""
    if action.done_on is not None:
        return f"Done {day(action.done_on)}"
    return "Late" if action.is_late(today) else "Open"


def _action(action: PlannedAction, today: date) -> ActionLine:
    looked = f"{day(action.looked_on)}: {action.follow_up}" if action.looked_on else ""
    return ActionLine(
        reference=action.reference, what=action.what, owner=action.owner, due_on=action.due_on,
        state=state_of(action, today), evidence=action.evidence, follow_up=looked,
    )  # fmt: skip


def _safe(questions: Questions, assessment: Assessment) -> Callable[[str], str]:
    """Words of the report as they may stand on paper: none of a note that counts no more."""
    lost = lost_words(questions, assessment.id, restricted_in(questions, assessment.id))
    return lambda words: LEFT_OUT if lost.are_in(words) else words


def _texts(
    questions: Questions, framework: Framework | None, one: CommentRow, safe: Callable[[str], str]
) -> tuple[TextLine, ...]:
    if one.answered is None:
        return ()
    return tuple(
        TextLine(
            title=each.title, was=NOT_HERE if each.was is None else safe(each.was) or NOTHING,
            becomes=NOT_HERE if each.becomes is None else safe(each.becomes) or TAKEN_OUT,
        )
        for each in changed_texts(questions, framework, one.answered)
    )  # fmt: skip


def _line(one: CommentRow, texts: tuple[TextLine, ...], safe: Callable[[str], str]) -> CommentLine:
    value, answer = one.value, one.answered
    evidence = value.evidence
    if value.evidence_on is not None:
        evidence = f"{evidence} (of {day(value.evidence_on)})"
    line = CommentLine(
        reference=value.reference, body=one.sent.body, paragraph=value.paragraph, says=value.says, text=one.text,
        evidence=evidence, files=tuple(f"{row.value.exhibit} {row.value.name}" for row in one.files),
        decided="" if answer is None else "Accepted" if answer.accepted else "Not accepted",
        reason=answer.reason if answer is not None else "", by=one.answer.author_name if one.answer else "",
        was=safe(answer.was) if answer is not None else "", becomes=safe(answer.becomes) if answer is not None else "",
        score=f"{answer.score_was} → {answer.score_is}" if answer is not None and answer.moderation else "",
        remark=_remark(one), texts=texts,
    )  # fmt: skip
    return line


def _remark(one: CommentRow) -> str:
    found = []
    if one.conflict:
        found.append(f"Whoever answered was on the visit ({one.conflict}): somebody else has to review it")
    for other in one.others:
        said = "accepted" if other.value.accepted else "not accepted"
        found.append(f"Also answered by {other.author_name}, {said}: {other.value.reason}. Answer again to settle it")
    return ". ".join(found)
