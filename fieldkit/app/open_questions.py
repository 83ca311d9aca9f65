"""Open questions: records that several laptops changed at once, so that a person has to say what stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fieldkit.app.account_rows import AccountRow
from fieldkit.app.blind_scores import hides_by_choice, unseen
from fieldkit.app.ports import Questions
from fieldkit.app.rows import EntryRow
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.judgement import Judgement
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.merging import DECISION, Merge, Part, merge
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, AuthorId, EntryId, RecordId, RevisionId

NOTE = "entry"
"""The kind of a question whether a note is to be used, that one withdrew and another went on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What somebody added to a note without knowing that it was withdrawn; ``kind`` is ``addendum`` or ``filing``."""

    kind: str
    author: AuthorId
    author_name: str
    is_mine: bool
    at: datetime
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One open question. ``rows`` are the accounts that stand (a note's: its withdrawals), this laptop's first.

    ``value`` is the record as it is shown until somebody decides. ``barred``: a consent keeps it out of use, and its
    words are shown to nobody before that is given again.
    """

    record: RecordId
    kind: str
    assessment: AssessmentId
    title: str
    rows: tuple[AccountRow, ...]
    merge: Merge
    value: Any
    barred: Agreed | None = None
    note: EntryRow | None = None
    edits: tuple[Edit, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether all accounts can be read here; one of a later version cannot, nor one that is not shared here."""
        return self.merge.is_readable

    @property
    def is_deletion(self) -> bool:
        """Whether one took it out of use and another went on with it."""
        return self.note is not None or bool(self.merge.deleted_by)

    @property
    def asked(self) -> tuple[Part, ...]:
        """What has to be decided, field by field."""
        return self.merge.asked


def open_questions(questions: Questions, assessment: AssessmentId | None = None) -> list[Question]:
    """All of them, records before notes, each in the order of arrival."""
    found = [_of_record(questions, record) for record in questions.several_heads(assessment)]
    notes = [_of_note(questions, entry) for entry in questions.contested_notes(assessment)]
    return [one for one in (*found, *notes) if one is not None]


def questions_here(questions: Questions, assessment: AssessmentId | None = None) -> list[Question]:
    """Those that may be looked into here: a blind round keeps two accounts of somebody else's score from the eye too.

    Nothing hangs on it: it is theirs to decide, and it is asked here once one's own score is saved.
    """
    found = open_questions(questions, assessment)
    if all(one.kind != Judgement.KIND for one in found):
        return found
    hidden = unseen(questions, questions.records(Judgement.KIND, assessment=assessment))
    return [one for one in found if one.record not in hidden]


def hidden_questions(questions: Questions, assessments: Iterable[AssessmentId]) -> int:
    """How many open questions of these assessments a blind round keeps from whoever works here."""
    blind = [one for one in assessments if hides_by_choice(questions, one)]
    return sum(len(open_questions(questions, one)) - len(questions_here(questions, one)) for one in blind)


def open_question(questions: Questions, record: str) -> Question:
    """The question about one record or note. Raises ``Mistake('question.none')`` where there is none."""
    found = _of_record(questions, record)
    if found is None and record in questions.contested_notes():
        found = _of_note(questions, EntryId(record))
    if found is None:
        raise Mistake("question.none")
    return found


def title_of(kind: str, value: Any) -> str:
    """One line that names a record in lists."""
    if kind in FIELDWORK:
        return str(value.title)
    return str(getattr(value, "name", "") or getattr(value, "title", "") or getattr(value, "code", ""))


def _of_record(questions: Questions, record: str) -> Question | None:
    accounts = questions.accounts(record)
    if not accounts:
        return None
    found = merge(accounts[0].kind, [row.account for row in accounts])
    if not found.is_open:
        return None
    rows = _heads(accounts, found)
    shown = questions.over(record)
    value = next((row.value for row in accounts if row.revision in shown), None)
    first = rows[0]
    barred = questions.record(first.kind, record).barred if first.kind in FIELDWORK and value is not None else None
    return Question(
        record=RecordId(record), kind=first.kind, assessment=first.assessment or AssessmentId(""),
        title="" if barred or value is None else title_of(first.kind, _told(value)), rows=rows, merge=found,
        value=value, barred=barred,
    )  # fmt: skip


def _heads(accounts: Sequence[AccountRow], found: Merge) -> tuple[AccountRow, ...]:
    """Those that stand: what this laptop wrote first, then in order of arrival."""
    known = {row.revision: row for row in accounts}
    rows = [_first_told(row, known) for row in accounts if row.revision in found.heads]
    return tuple(sorted(rows, key=lambda row: not row.is_here))


def _first_told(row: AccountRow, known: Mapping[RevisionId, AccountRow]) -> AccountRow:
    """An account that was put forward again is still of whoever wrote it first."""
    source = known.get(row.decision.of) if row.decision is not None and row.decision.of else None
    if source is None:
        return row
    return replace(
        row, author=source.author, author_name=source.author_name, author_initials=source.author_initials,
        is_mine=source.is_mine, is_here=source.is_here, recorded_at=source.recorded_at,
    )  # fmt: skip


def _told(value: Any) -> Any:
    return value.told() if isinstance(value, Consent) else value


def _of_note(questions: Questions, entry: EntryId) -> Question | None:
    row, withdrawals = questions.entry(entry), tuple(questions.withdrawals_of(entry))
    known = frozenset(one for against in withdrawals for one in against.value.over or ())
    edits = [_edit(one) for one in questions.additions_to(entry) if one.record not in known]
    return Question(
        record=RecordId(entry), kind=NOTE, assessment=row.entry.assessment,
        title="" if row.barred else " ".join(row.entry.text.split()), rows=withdrawals,
        merge=Merge(heads=tuple(one.revision for one in withdrawals)), value=row.entry, barred=row.barred, note=row,
        edits=tuple(edits),
    )  # fmt: skip


def _edit(row: AccountRow) -> Edit:
    text = str(row.body.get("text", "")) if row.kind == "addendum" else ""
    return Edit(
        kind=row.kind, author=row.author, author_name=row.author_name, is_mine=row.is_mine, at=row.recorded_at,
        text=text,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """A record of which different fields were combined by rule, and that nobody went on with since."""

    record: RecordId
    kind: str
    assessment: AssessmentId
    title: str
    at: datetime
    names: tuple[str, ...]
    """Whose changes they were."""


def combined_lately(questions: Questions, limit: int = 50) -> list[Combined]:
    """What was combined, the newest first; each can be asked about instead (``fieldkit.app.deciding.take_back``)."""
    found = []
    for row in questions.combined(limit):
        accounts = {one.revision: one for one in questions.accounts(row.record)}
        before = [accounts[one] for one in row.account.parents if one in accounts]
        if len({json.dumps(_plain(one), sort_keys=True) for one in before}) > 1:
            names = tuple(dict.fromkeys(one.author_name or "a team-mate" for one in before))
            found.append(
                Combined(
                    record=row.record,
                    kind=row.kind,
                    assessment=row.assessment or AssessmentId(""),
                    title=title_of(row.kind, _told(row.value)),
                    at=row.recorded_at,
                    names=names,
                )
            )
    return found


def _plain(row: AccountRow) -> dict[str, Any]:
    return {name: value for name, value in row.body.items() if name != DECISION}
