"""The factual accuracy check as lists, reports and the screen read it: drafts sent, comments, answers, files."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.ports import Questions, UnitOfWork
from fieldkit.app.reviewers import on_visit
from fieldkit.app.rows import RecordRow
from fieldkit.domain.accuracy import AccuracyAnswer, AccuracyComment, SendOut
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """A comment whole, with its answer and its files. ``conflict``: why its answerer may not review; mostly empty.

    ``others`` are answers given on laptops that knew nothing of the one shown: answer again to settle them.
    """

    row: RecordRow
    text: str
    sent: SendOut
    answer: RecordRow | None
    files: tuple[RecordRow, ...]
    conflict: str = ""
    others: tuple[RecordRow, ...] = ()

    @property
    def value(self) -> AccuracyComment:
        found: AccuracyComment = self.row.value
        return found

    @property
    def answered(self) -> AccuracyAnswer | None:
        """The answer as it stands."""
        return self.answer.value if self.answer is not None else None


def sends_of(questions: Questions, assessment: AssessmentId) -> list[RecordRow]:
    """The drafts that were sent out, the latest first; of one day by the names of the bodies."""
    rows = sorted(questions.records(SendOut.KIND, assessment=assessment), key=lambda row: str(row.value.body))
    return sorted(rows, key=lambda row: row.value.sent_on, reverse=True)


def comments_of(questions: Questions, assessment: AssessmentId) -> list[CommentRow]:
    """Every comment, in the order of arrival; those not answered are among them."""
    rows = questions.records(AccuracyComment.KIND, assessment=assessment)
    sent = {row.record: row.value for row in questions.records(SendOut.KIND, assessment=assessment)}
    answers: dict[str, list[RecordRow]] = {}
    for one in questions.records(AccuracyAnswer.KIND, assessment=assessment):
        answers.setdefault(one.value.about, []).append(one)
    more: dict[str, list[AccuracyComment]] = {}
    for row in rows:
        if row.value.continues is not None:
            more.setdefault(row.value.continues, []).append(row.value)
    files: dict[str, list[RecordRow]] = {}
    for row in questions.records(Attachment.KIND, assessment=assessment):
        if not row.value.withdrawn:
            files.setdefault(row.value.about, []).append(row)
    conflicts: dict[str, str] = {}
    found = []
    for row in rows:
        if row.value.continues is None and row.value.about in sent:
            pieces = sorted(more.get(row.record, []), key=lambda one: one.piece)
            given = _standing(answers.get(row.record, []))
            answer = given[0] if given else None
            found.append(CommentRow(
                row=row, text="".join((row.value.text, *(one.text for one in pieces))), sent=sent[row.value.about],
                answer=answer, files=tuple(files.get(row.record, ())),
                conflict=_conflict(questions, assessment, answer, conflicts), others=tuple(given[1:]),
            ))  # fmt: skip
    return found


def comment_row(questions: Questions, assessment: AssessmentId, wanted: str) -> CommentRow:
    """By its reference or the end of its id. Raises ``Mistake('accuracy.unknown_comment')``."""
    key = wanted.strip()
    for one in comments_of(questions, assessment):
        if one.value.reference == key.upper() or (len(key) >= 4 and one.row.record.endswith(key.casefold())):
            return one
    raise Mistake("accuracy.unknown_comment", wanted=key[:40])


def answers_of(questions: Questions, comment: RecordId) -> list[RecordRow]:
    """The answers of a comment, what stands first."""
    rows = questions.records(AccuracyAnswer.KIND, about=comment)
    standing = _standing(rows)
    return [*standing, *(row for row in rows if row not in standing)]


def _standing(rows: list[RecordRow]) -> list[RecordRow]:
    gone = {str(one) for row in rows for one in row.value.considered if one != row.record}
    return [row for row in rows if str(row.record) not in gone] or rows


def number_from(uow: UnitOfWork, kind: str, assessment: AssessmentId, letter: str) -> int:
    """The next free number of references like ``F-AL-3``: by initials, so that two laptops never give the same."""
    begins = f"{letter}-{uow.identity.initials}-"
    taken = [row.value.reference for row in uow.questions.records(kind, assessment=assessment)]
    numbers = [one.removeprefix(begins) for one in taken if one.startswith(begins)]
    return max((int(one) for one in numbers if one.isdecimal()), default=0) + 1


def _conflict(questions: Questions, assessment: AssessmentId, answer: RecordRow | None, known: dict[str, str]) -> str:
    """An answer that came from elsewhere is looked at too; each answerer once."""
    if answer is None:
        return ""
    if answer.author not in known:
        known[answer.author] = on_visit(
            questions, assessment, answer.author, answer.author_name, answer.author_initials
        )  # fmt: skip
    return known[answer.author]
