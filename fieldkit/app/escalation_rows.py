"""Escalations with what belongs to them, as the list, the sheet, Home and the command line read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fieldkit.app.ports import Questions
from fieldkit.app.rows import RecordRow, SendStatus
from fieldkit.domain.escalation import Contact, Escalation, Seen
from fieldkit.kernel.ids import AssessmentId, RecordId, VisitId


class Stage(StrEnum):
    """Where an escalation stands; the words are in ux 5.2."""

    NO_CONTACT = "no_contact"
    CONTACTED = "contacted"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRow:
    """An escalation with its contacts (oldest first) and who has seen it.

    ``opened_by`` is whoever recorded it; the author of ``row`` may be somebody who changed it later.
    """

    row: RecordRow
    contacts: tuple[RecordRow, ...]
    seen: tuple[RecordRow, ...]
    opened_by: str

    @property
    def value(self) -> Escalation:
        """The record as it stands."""
        found: Escalation = self.row.value
        return found

    @property
    def stage(self) -> Stage:
        """Closed, told to somebody, or told to nobody yet."""
        if self.value.is_closed:
            return Stage.CLOSED
        return Stage.CONTACTED if self.contacts else Stage.NO_CONTACT

    @property
    def last_contact(self) -> Contact | None:
        """The latest by the time at which somebody was told."""
        values: list[Contact] = [one.value for one in self.contacts]
        return max(values, key=lambda one: one.at, default=None)

    @property
    def delivered_at(self) -> datetime | None:
        """When the central store confirmed what stands now; None while it has not, or it came from there."""
        return self.row.confirmed_at if self.row.status is SendStatus.CONFIRMED else None

    @property
    def is_news(self) -> bool:
        """Whether a team-mate wrote it and it was not opened here yet."""
        return not self.row.is_mine and not any(one.is_mine for one in self.seen)

    def is_late(self, now: datetime) -> bool:
        """Whether nobody was told in time, or an answer that was promised is due."""
        if self.value.is_closed:
            return False
        last = self.last_contact
        if last is None:
            return now > self.value.due_at
        return last.answer_due_at is not None and now > last.answer_due_at

    def needs_somebody(self, now: datetime) -> bool:
        """Whether it belongs under "Needs you"."""
        return not self.value.is_closed and (self.stage is Stage.NO_CONTACT or self.is_news or self.is_late(now))


def escalations(
    questions: Questions, *, assessment: AssessmentId | None = None, visit: VisitId | None = None
) -> list[EscalationRow]:
    """All of them: open ones first, the most urgent and oldest of them on top."""
    rows = questions.records(Escalation.KIND, assessment=assessment, visit=visit)
    contacts = _by_subject(questions.records(Contact.KIND, assessment=assessment))
    seen = _by_subject(questions.records(Seen.KIND, assessment=assessment))
    found = [_row(questions, row, contacts.get(row.record, []), seen.get(row.record, [])) for row in rows]
    return sorted(found, key=lambda one: (one.value.is_closed, one.value.priority.value, one.value.opened_at))


def escalation(questions: Questions, record: RecordId) -> EscalationRow:
    """One of them. Raises ``Mistake('record.unknown')``."""
    return _row(
        questions,
        questions.record(Escalation.KIND, record),
        questions.records(Contact.KIND, about=record),
        questions.records(Seen.KIND, about=record),
    )


def _row(
    questions: Questions, row: RecordRow, contacts: Sequence[RecordRow], seen: Sequence[RecordRow]
) -> EscalationRow:
    first = row if str(row.revision) == str(row.record) else next(iter(questions.history(row.record)), row)
    return EscalationRow(
        row=row, contacts=tuple(sorted(contacts, key=lambda one: one.value.at)), seen=_first_of_each(seen),
        opened_by=first.author_name,
    )  # fmt: skip


def _first_of_each(seen: Sequence[RecordRow]) -> tuple[RecordRow, ...]:
    """The latest sight of each team-mate, in the order of arrival."""
    latest = {one.author: one for one in sorted(seen, key=lambda one: one.value.at)}
    return tuple(latest.values())


def _by_subject(rows: Sequence[RecordRow]) -> dict[RecordId, list[RecordRow]]:
    found: dict[RecordId, list[RecordRow]] = {}
    for row in rows:
        found.setdefault(row.value.about, []).append(row)
    return found
