"""The check as lines of a list: drafts with their clocks, comments with how they stand, summits, actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from fieldkit.app.accuracy import clock_of
from fieldkit.app.accuracy_report import NOT_HERE, NOTHING, TAKEN_OUT, state_of
from fieldkit.app.accuracy_rows import CommentRow
from fieldkit.app.accuracy_texts import ChangedText
from fieldkit.app.rows import RecordRow
from fieldkit.domain.accuracy import AccuracyAnswer, SendOut
from fieldkit.domain.improvement import PlannedAction, Summit
from fieldkit.domain.working_days import Term
from fieldkit.reports.accuracy import SAYS, UNCERTAIN, left_out_words
from ui.presenters.wording import ui

SHOWN = 3_000
"""Characters of a comment that stand beside the list: a label of 200,000 would hold the screen."""


class LineKind(StrEnum):
    """What a line is about."""

    DRAFT = "draft"
    COMMENT = "comment"
    SUMMIT = "summit"
    ACTION = "action"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyLine:
    """A line: its words, how it stands, and ``facts`` for beside the list, labelled."""

    kind: LineKind
    record: str
    title: str
    status: str
    facts: tuple[tuple[str, str], ...]
    is_open: bool = False
    is_late: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind.value}/{self.record}"


def lines_of(
    sent: Sequence[RecordRow], comments: Sequence[CommentRow], summits: Sequence[RecordRow],
    actions: Sequence[RecordRow], today: date, holidays: Mapping[date, str],
) -> tuple[AccuracyLine, ...]:  # fmt: skip
    """Drafts first, then comments that nobody answered, then the others, then what follows publishing."""
    counts: dict[str, int] = {}
    for one in comments:
        counts[one.value.about] = counts.get(one.value.about, 0) + 1
    ordered = sorted(comments, key=lambda one: one.answer is not None)
    return (
        *(_draft(row.record, row.value, counts.get(row.record, 0), today, holidays) for row in sent),
        *(_comment(one) for one in ordered),
        *(_summit(row.record, row.value) for row in summits),
        *(_action(row.record, row.value, today) for row in actions),
    )


def with_texts(line: AccuracyLine, changed: Sequence[ChangedText]) -> AccuracyLine:
    """With the findings and parts of the report that changed because of the comment, before and after."""
    if not changed:
        return line
    told = [
        fact
        for one in changed
        for fact in (
            ("Changed because of it", one.title),
            ("Words before", NOT_HERE if one.was is None else _short(one.was) or NOTHING),
            ("Words after", NOT_HERE if one.becomes is None else _short(one.becomes) or TAKEN_OUT),
        )
    ]
    return replace(line, facts=(*line.facts, *told))


def _draft(record: str, value: SendOut, count: int, today: date, holidays: Mapping[date, str]) -> AccuracyLine:
    term = clock_of(value.sent_on, value.days)
    left = _left(term, value, today, holidays)
    digest = " ".join(value.sha256[at : at + 8] for at in range(0, 64, 8))
    facts = [
        ("Draft", value.report), ("SHA-256", digest), ("E-mail of", ui.day(value.sent_on)),
        ("Due", ui.day(value.due_on)), ("Counted", f"{value.days} working days. {left_out_words(term)}"),
        ("Bank holidays", "" if term.is_certain else UNCERTAIN),
        ("Worked out now", "" if term.due == value.due_on else ui.day(term.due)), ("Note", value.note),
    ]  # fmt: skip
    words = f"{ui.count(count, 'comment')}, {left}" if left else ui.count(count, "comment")
    return AccuracyLine(
        kind=LineKind.DRAFT, record=record, title=f"Draft to {value.body}, due {ui.day(value.due_on)}", status=words,
        facts=_said(facts), is_open=today <= value.due_on,
    )  # fmt: skip


def _left(term: Term, value: SendOut, today: date, holidays: Mapping[date, str]) -> str:
    if today > value.due_on:
        return "ended"
    left = term.days_left(max(today, value.sent_on + timedelta(days=1)), holidays)
    return f"{ui.count(left, 'working day')} left"


def _now(answer: AccuracyAnswer | None) -> str:
    return f"{answer.score_was} → {answer.score_is}" if answer and answer.moderation else ""


def _comment(one: CommentRow) -> AccuracyLine:
    value, answer = one.value, one.answered
    decided = "Not answered yet" if answer is None else "Accepted" if answer.accepted else "Not accepted"
    facts = [
        ("From", one.sent.body), ("Paragraph", value.paragraph), ("Kind", SAYS[value.says]),
        ("Comment", _short(one.text)), ("Evidence", _short(value.evidence)),
        ("Of", ui.day(value.evidence_on) if value.evidence_on else ""),
        ("Files", ", ".join(f"{row.value.exhibit} {row.value.name}" for row in one.files)), ("Read from", value.origin),
        ("Decided", decided), ("Why", _short(answer.reason) if answer else ""),
        ("Answered by", one.answer.author_name if one.answer else ""), ("Was", _short(answer.was) if answer else ""),
        ("Is now", _short(answer.becomes) if answer else ""),
        ("Score or rating, provisional", _now(answer)),
        ("Reviewer", f"Was on the visit: {one.conflict}. Somebody else has to answer" if one.conflict else ""),
        *(
            (f"Also answered by {row.author_name}", f"{_short(row.value.reason)}. Answer again to settle it")
            for row in one.others
        ),
    ]  # fmt: skip
    words = " ".join(one.text[:200].split())
    status = " · ".join(filter(None, (
        decided, SAYS[value.says], one.sent.body, "Reviewer was on the visit" if one.conflict else "",
        "Two answers" if one.others else "",
    )))  # fmt: skip
    return AccuracyLine(
        kind=LineKind.COMMENT, record=one.row.record, title=f"{value.reference}  {value.paragraph}: {words}",
        status=status, facts=_said(facts), is_open=answer is None or bool(one.others or one.conflict),
    )  # fmt: skip


def _summit(record: str, value: Summit) -> AccuracyLine:
    facts = [("On", ui.day(value.on)), ("Where", value.place), ("Who", value.who), ("Outcome", value.outcome)]
    return AccuracyLine(
        kind=LineKind.SUMMIT, record=record, title=f"Improvement summit, {ui.day(value.on)}",
        status=value.outcome or "No outcome written yet", facts=_said(facts),
        is_open=not value.outcome.strip(),
    )  # fmt: skip


def _action(record: str, value: PlannedAction, today: date) -> AccuracyLine:
    state = state_of(value, today)
    facts = [
        ("What", value.what),
        ("Who", value.owner),
        ("Due", ui.day(value.due_on)),
        ("Stands", state),
        ("Evidence", value.evidence),
        ("Follow-up", value.follow_up),
        ("Looked at", ui.day(value.looked_on) if value.looked_on else ""),
    ]
    return AccuracyLine(
        kind=LineKind.ACTION, record=record, title=f"{value.reference}  {value.what} · {value.owner}",
        status=f"{state} · due {ui.day(value.due_on)}", facts=_said(facts), is_open=value.done_on is None,
        is_late=value.is_late(today),
    )  # fmt: skip


def _said(facts: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in facts if words)


def _short(text: str) -> str:
    if len(text) <= SHOWN:
        return text
    return f"{text[:SHOWN].rstrip()} … The first {SHOWN:,} of {len(text):,} characters. All of it: Save to print"
