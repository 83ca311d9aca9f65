"""What an accepted comment changes in the report: a finding, or a part that somebody wrote, by the same step.

The answer names the accounts before and after (``TextChange``) and holds no words of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fieldkit.app.accuracy import check_reviewer
from fieldkit.app.accuracy_rows import CommentRow, answers_of
from fieldkit.app.findings import NewFinding, change_finding
from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.records import revise
from fieldkit.app.rows import RecordRow
from fieldkit.app.sections import PARTS, Place, Written, read_sections, write_section
from fieldkit.domain.accuracy import AccuracyAnswer, AccuracyComment, TextChange
from fieldkit.domain.finding import Finding
from fieldkit.domain.framework import Framework
from fieldkit.domain.section import Section
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId

SURE = 40
"""From so many points on a text is the one that the comment speaks of; fewer only put it further up."""
_QUOTED, _NAMED, _WORDS = 100, 80, 20
_SPEAKS = 2_000
_LONG_WORD = re.compile(r"\w{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """What a comment may change. ``key`` names it on the page Findings; ``claim`` is a finding's, None of a part."""

    key: str
    title: str
    text: str
    claim: str | None = None
    statement: str = ""
    points: int = 0

    @property
    def is_finding(self) -> bool:
        return self.claim is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedText:
    """A text that changed because of a comment. None: that account is not on this laptop, or was erased."""

    key: str
    title: str
    was: str | None
    becomes: str | None


def texts_for(questions: Questions, framework: Framework, comment: CommentRow) -> tuple[ReportText, ...]:
    """Every finding in use and every part of the report: those that the comment speaks of first."""
    assessment = comment.value.assessment
    rows = questions.records(Finding.KIND, assessment=assessment)
    found = [
        _of_finding(framework, row.value) for row in rows
        if row.value.pack == framework.id and not row.value.is_dropped
    ]  # fmt: skip
    found += [_of_part(one) for one in read_sections(questions, assessment, framework)]
    weighed = (replace(one, points=_points(framework, one, comment)) for one in found)
    return tuple(sorted(weighed, key=lambda one: (-one.points, not one.is_finding, not one.text)))


def change_text(
    uow: UnitOfWork, framework: Framework, comment: RecordId, key: str, text: str, claim: str = ""
) -> AccuracyAnswer:
    """Write a finding or a part of the report anew because of a comment that was accepted, and keep that with it.

    ``text`` is the sentence of a finding. Raises ``Mistake``: ``accuracy.not_accepted``, ``accuracy.reviewer_visited``,
    ``accuracy.no_target``, ``accuracy.same_words``, and what ``change_finding`` and ``write_section`` raise.
    """
    row = next(iter(answers_of(uow.questions, comment)), None)
    if row is None or not row.value.accepted:
        raise Mistake("accuracy.not_accepted", field="target")
    before: AccuracyAnswer = row.value
    check_reviewer(uow, before.assessment, "target")
    kind, record, was = _written(uow, framework, before.assessment, key, text, claim)
    now = uow.questions.record(kind, record).revision
    if (was is None and not text.strip()) or (was is not None and was.revision == now):
        raise Mistake("accuracy.same_words", field="text")
    earlier = next((one for one in before.changed if one.record == record), None)
    change = TextChange(
        record=record, kind=kind, now=now,
        was=earlier.was if earlier is not None else was.revision if was is not None else None,
    )  # fmt: skip
    after = replace(before, changed=(*(one for one in before.changed if one.record != record), change))
    revise(uow, after)
    return after


def changed_texts(questions: Questions, framework: Framework | None, answer: AccuracyAnswer) -> tuple[ChangedText, ...]:
    """What changed because of a comment, with the words before and after as their accounts say them."""
    found = []
    for one in answer.changed:
        rows = {row.revision: row for row in questions.history(one.record)}
        then, now = rows.get(one.was) if one.was else None, rows.get(one.now)
        either = now or then
        was = "" if one.was is None else None if then is None else _words(then, now)
        found.append(ChangedText(
            key=_key(either), title=_title(framework, either, one.kind), was=was,
            becomes=None if now is None else _words(now, then),
        ))  # fmt: skip
    return tuple(found)


def changed_by(questions: Questions, assessment: AssessmentId) -> dict[RecordId, tuple[str, ...]]:
    """By finding or part of the report: the references of the comments because of which it changed."""
    found: dict[RecordId, tuple[str, ...]] = {}
    for row in questions.records(AccuracyAnswer.KIND, assessment=assessment):
        for one in row.value.changed:
            comment = questions.record(AccuracyComment.KIND, row.value.about).value
            found[one.record] = tuple(dict.fromkeys((*found.get(one.record, ()), comment.reference)))
    return found


def target_of(framework: Framework, texts: Sequence[ReportText], wanted: str) -> ReportText:
    """By a finding's reference (``F3``), or a statement for its key messages. Raises ``accuracy.no_target``."""
    key = wanted.strip().casefold()
    statement = framework.statement_by(wanted)
    for one in texts:
        if one.is_finding and one.title.casefold().startswith(f"finding {key},"):
            return one
        if statement is not None and one.key == f"text/message/{statement.id}":
            return one
        if key == "summary" and one.key == "text/summary/":
            return one
    raise Mistake("accuracy.no_target", field="target")


def _written(
    uow: UnitOfWork, framework: Framework, assessment: AssessmentId, key: str, text: str, claim: str
) -> tuple[str, RecordId, RecordRow | None]:
    """Kind and record of what was written anew, and its account before."""
    questions = uow.questions
    if key.startswith("finding/"):
        was = questions.record(Finding.KIND, key.removeprefix("finding/"))
        old: Finding = was.value
        new = NewFinding(
            statement=old.statement, claim=claim if claim.strip() else old.claim, bearing=old.bearing, sentence=text,
            strength=old.strength, why=old.why, state=old.state,
        )  # fmt: skip
        change_finding(uow, framework, old.id, new)
        return Finding.KIND, old.id, was
    for one in read_sections(questions, assessment, framework):
        if _place_key(one.place) == key:
            made: Section = write_section(uow, framework, assessment, one.place, text)
            return Section.KIND, made.id, next((row for row in one.rows if row.record == made.id), None)
    raise Mistake("accuracy.no_target", field="target")


def _of_finding(framework: Framework, one: Finding) -> ReportText:
    return ReportText(
        key=f"finding/{one.id}",
        title=_finding_title(framework, one),
        text=one.sentence,
        claim=one.claim,
        statement=one.statement,
    )


def _of_part(one: Written) -> ReportText:
    return ReportText(key=_place_key(one.place), title=one.place.words, text=one.text, statement=one.place.subject)


def _place_key(place: Place) -> str:
    return f"text/{place.part.value}/{place.subject}"


def _finding_title(framework: Framework | None, one: Finding) -> str:
    statement = framework.statement_by(one.statement) if framework is not None else None
    where = f"{statement.position} {statement.title}" if statement is not None else one.statement
    return f"Finding {one.reference}, {where}"


def _key(row: RecordRow | None) -> str:
    if row is None:
        return ""
    value = row.value
    return f"finding/{row.record}" if isinstance(value, Finding) else f"text/{value.part.value}/{value.subject}"


def _title(framework: Framework | None, row: RecordRow | None, kind: str) -> str:
    if row is None:
        return "A finding" if kind == Finding.KIND else "A part of the report"
    if isinstance(row.value, Finding):
        return _finding_title(framework, row.value)
    subject = row.value.subject
    statement = framework.statement_by(subject) if framework is not None else None
    themes = framework.themes if framework is not None else ()
    theme = next((one.title for one in themes if one.id == subject), subject)
    where = f"{statement.position} {statement.title}" if statement is not None else theme
    return f"{PARTS[row.value.part]}, {where}" if where else PARTS[row.value.part]


def _words(row: RecordRow, other: RecordRow | None) -> str:
    """What the report shows of it; the claim too where that is another."""
    value = row.value
    if not isinstance(value, Finding):
        return str(value.text)
    if other is None or other.value.claim == value.claim or not value.sentence:
        return value.sentence or value.claim
    return f"{value.claim}\n{value.sentence}"


def _points(framework: Framework, one: ReportText, comment: CommentRow) -> int:
    """How sure it is that the comment speaks of it: by words that change, by name, by statement, by words in common."""
    text, value, answered = f"{one.claim or ''} {one.text}", comment.value, comment.answered
    was = answered.was.strip() if answered is not None else ""
    said = f"{value.paragraph} {comment.text[:_SPEAKS]} {was}"
    points = _QUOTED if was and was.casefold() in text.casefold() else 0
    if one.is_finding and _names(one.title.split(",")[0].removeprefix("Finding "), said):
        points += _NAMED
    statement = framework.statement_by(one.statement) if one.statement else None
    if statement is not None and (one.is_finding or one.key.startswith("text/message")):
        is_named = _names(statement.position, value.paragraph) or _names(statement.title, value.paragraph)
        points += SURE if is_named else 0
    common = set(_LONG_WORD.findall(text.casefold())) & set(_LONG_WORD.findall(said.casefold()))
    return points + min(len(common), _WORDS)


def _names(name: str, words: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words, re.IGNORECASE) is not None
