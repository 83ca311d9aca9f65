"""Use cases of the factual accuracy check: send out, record comments, answer them, change a score because of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fieldkit.app.accuracy_rows import answers_of, number_from
from fieldkit.app.bounds import check_name, check_words
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.app.reviewers import on_visit
from fieldkit.app.scores import NewModeration, moderate, score_board
from fieldkit.app.texts import LONGEST_TEXT, typed
from fieldkit.domain.accuracy import AccuracyAnswer, AccuracyComment, Says, SendOut
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged
from fieldkit.domain.working import in_words
from fieldkit.domain.working_days import ACCURACY_DAYS, Term, term
from fieldkit.exchange.bank_holidays import bank_holidays, is_published
from fieldkit.kernel.errors import Finding, Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id

LONGEST_PIECE = LONGEST_TEXT
"""Characters of a comment in one record; a longer one goes on in others, so there is no longest comment."""


LONGEST_EVIDENCE = LONGEST_TEXT // 4
"""Characters of its evidence: beside a whole piece it still fits a frame of 8 MiB at six bytes each; more is a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewComment:
    """What a body says. ``origin`` is where it was read from; empty for what was typed."""

    paragraph: str = ""
    says: Says | None = None
    text: str = ""
    evidence: str = ""
    evidence_on: date | None = None
    received_on: date | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """What is decided. ``was`` and ``becomes`` are words of the report, where they change."""

    accepted: bool | None = None
    reason: str = ""
    was: str = ""
    becomes: str = ""


def clock_of(sent_on: date, days: int = ACCURACY_DAYS) -> Term:
    """The term of a draft that was sent on a day, with England's bank holidays."""
    years = range(sent_on.year, sent_on.year + 2 + days // 200)
    found = term(sent_on, days, bank_holidays(years))
    return replace(found, is_certain=all(is_published(one) for one in range(sent_on.year, found.due.year + 1)))


def send_out(
    uow: UnitOfWork,
    assessment: AssessmentId,
    bodies: Sequence[str],
    report: str,
    sha256: str,
    sent_on: date | None = None,
    note: str = "",
) -> tuple[SendOut, ...]:
    """Record that a draft went to one or more bodies; each has a clock of its own.

    Raises ``Mistake``: ``accuracy.no_body``, ``accuracy.no_report``, ``accuracy.sent_ahead``, ``accuracy.too_long``.
    """
    today = uow.clock.now().astimezone().date()
    on = sent_on or today
    named = tuple(dict.fromkeys(typed(one) for one in bodies if one.strip()))
    finding = Finding()
    finding.unless(bool(named), "accuracy.no_body", field="bodies")
    finding.unless(bool(report.strip()) and len(sha256) == 64, "accuracy.no_report", field="report")
    finding.unless(on <= today, "accuracy.sent_ahead", field="sent_on")
    for words in (*named, report):
        finding.read(lambda words=words: check_name(words, "accuracy", "bodies"))  # type: ignore[misc]
    finding.read(lambda: check_words(note, "accuracy", "note"))
    finding.settle()
    clock = clock_of(on)
    made = tuple(
        SendOut(
            id=RecordId(new_id()), assessment=assessment, body=body, report=typed(report), sha256=sha256, sent_on=on,
            due_on=clock.due, days=clock.days, note=typed(note),
        )
        for body in named
    )  # fmt: skip
    for one in made:
        keep(uow, one)
    return made


def add_comment(uow: UnitOfWork, sent: RecordId, new: NewComment) -> AccuracyComment:
    """Record a comment of any length. Raises ``Mistake`` with the codes of ``check_comment``."""
    return add_comments(uow, sent, [new])[0]


def add_comments(uow: UnitOfWork, sent: RecordId, new: Sequence[NewComment]) -> list[AccuracyComment]:
    """Several at once, all or none."""
    about: SendOut = uow.questions.record(SendOut.KIND, sent).value
    today = uow.clock.now().astimezone().date()
    for one in new:
        check_comment(one, today)
    number = number_from(uow, AccuracyComment.KIND, about.assessment, "F")
    made = []
    for one in new:
        first, *more = _pieces(one.text)
        comment = _comment(about, one, f"F-{uow.identity.initials}-{number}", first, today)
        keep(uow, comment)
        for place, piece in enumerate(more, start=1):
            keep(uow, replace(
                comment, id=RecordId(new_id()), text=piece, evidence="", continues=comment.id, piece=place
            ))  # fmt: skip
        made.append(comment)
        number += 1
    return made


def check_comment(new: NewComment, today: date) -> None:
    """Raises ``Mistake``: ``accuracy.no_paragraph``, ``accuracy.no_kind``, ``accuracy.no_text``,
    ``accuracy.no_evidence`` (a contested fact without what contests it), ``accuracy.evidence_ahead``,
    ``accuracy.too_long`` (of the paragraph or the evidence, never of the comment).
    """
    finding = Finding()
    finding.unless(bool(new.paragraph.strip()), "accuracy.no_paragraph", field="paragraph")
    finding.read(lambda: check_name(new.paragraph, "accuracy", "paragraph"))
    finding.unless(new.says is not None, "accuracy.no_kind", field="says")
    finding.unless(bool(new.text.strip()), "accuracy.no_text", field="text")
    is_bare = new.says is Says.CONTESTED and not new.evidence.strip()
    finding.when(is_bare, "accuracy.no_evidence", field="evidence")
    is_short = len(new.evidence) <= LONGEST_EVIDENCE
    finding.unless(is_short, "accuracy.too_long", field="evidence", length=len(new.evidence), most=LONGEST_EVIDENCE)
    is_past = new.evidence_on is None or new.evidence_on <= today
    finding.unless(is_past, "accuracy.evidence_ahead", field="evidence_on")
    finding.settle()


def answer(uow: UnitOfWork, comment: RecordId, new: NewAnswer) -> AccuracyAnswer:
    """Accept a comment or not, always with a reason; an earlier answer stays in the history.

    Raises ``Mistake``: ``accuracy.not_decided``, ``accuracy.no_reason``, ``accuracy.no_words`` (new words with nothing
    they stand for), ``accuracy.reviewer_visited`` (who was assigned to the visit, or wrote on it, does not review).
    """
    row = uow.questions.record(AccuracyComment.KIND, comment)
    value: AccuracyComment = row.value
    if value.continues is not None:
        return answer(uow, value.continues, new)
    check_reviewer(uow, value.assessment)
    finding = Finding()
    finding.unless(new.accepted is not None, "accuracy.not_decided", field="accepted")
    finding.unless(bool(new.reason.strip()), "accuracy.no_reason", field="reason")
    finding.when(new.accepted is False and bool(new.becomes.strip()), "accuracy.no_words", field="becomes")
    long = max(len(new.reason), len(new.was), len(new.becomes))
    finding.unless(long <= LONGEST_TEXT // 3, "accuracy.too_long", field="reason", length=long, most=LONGEST_TEXT // 3)
    finding.settle()
    given = answers_of(uow.questions, comment)
    base = AccuracyAnswer(id=RecordId(new_id()), assessment=value.assessment, about=comment, accepted=False, reason="")
    made: AccuracyAnswer = replace(
        given[0].value if given else base, accepted=bool(new.accepted), reason=typed(new.reason), was=typed(new.was),
        becomes=typed(new.becomes), considered=tuple(one.record for one in given[1:]),
    )  # fmt: skip
    if not given:
        keep(uow, made)
    elif made != given[0].value:
        revise(uow, made)
    return made


def rescore(
    uow: UnitOfWork,
    framework: Framework,
    comment: RecordId,
    judged: Judged,
    text: str,
    value: int | None,
    *,
    insufficient: bool = False,
) -> AccuracyAnswer:
    """Change the score of a statement because of a comment that was accepted: a moderation with that reason, linked.

    Raises ``Mistake('accuracy.not_accepted')``, ``Mistake('accuracy.reviewer_visited')``, and what ``moderate`` raises.
    """
    row = next(iter(answers_of(uow.questions, comment)), None)
    if row is None or not row.value.accepted:
        raise Mistake("accuracy.not_accepted", field="statement")
    before: AccuracyAnswer = row.value
    check_reviewer(uow, before.assessment, "statement")
    known: AccuracyComment = uow.questions.record(AccuracyComment.KIND, comment).value
    settled = score_board(uow.questions, before.assessment, framework).settled.get(judged)
    was = in_words(framework, settled.mark) if settled is not None and settled.mark is not None else "no score stood"
    made = moderate(uow, framework, NewModeration(
        assessment=before.assessment, judged=judged, text=text, value=value, insufficient=insufficient,
        reason=f"Factual accuracy, comment {known.reference}: {before.reason}",
    ))  # fmt: skip
    after = replace(
        before, moderation=made.id, subject=judged.subject, score_was=was, score_is=in_words(framework, made.mark)
    )
    revise(uow, after)
    return after


def check_reviewer(uow: UnitOfWork, assessment: AssessmentId, field: str = "accepted") -> None:
    """Raises ``Mistake('accuracy.reviewer_visited')`` where whoever works here was on the visit."""
    mine = uow.identity
    where = on_visit(uow.questions, assessment, mine.author, mine.name, mine.initials)
    if where:
        raise Mistake("accuracy.reviewer_visited", field=field, where=where)


def _comment(about: SendOut, new: NewComment, reference: str, text: str, today: date) -> AccuracyComment:
    assert new.says is not None
    return AccuracyComment(
        id=RecordId(new_id()), assessment=about.assessment, about=about.id, reference=reference,
        paragraph=typed(new.paragraph), says=new.says, text=text, evidence=typed(new.evidence),
        evidence_on=new.evidence_on, received_on=new.received_on or today, origin=typed(new.origin),
    )  # fmt: skip


def _pieces(text: str) -> Iterator[str]:
    words = typed(text)
    for begin in range(0, len(words), LONGEST_PIECE):
        yield words[begin : begin + LONGEST_PIECE]
