"""Rows of the Send screen's lists. "Sent" stands only where a verified receipt is stored on this laptop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from fieldkit.app.open_questions import Question
from fieldkit.app.rows import SendItem, SendStatus
from fieldkit.domain.kinds import FIELDWORK
from ui.presenters.services import Connection, OfficeState
from ui.presenters.wording import sentence, ui
from ui.presenters.wording.kinds import kind_of_record

KIND_WORDS = {
    "entry": "Note", "addendum": "Addition to a note", "filing": "Tags", "withdrawal": "Withdrawal",
    "assessment": "Assessment", "visit": "Visit", "activity": "Activity", "person": "Person", "assessor": "You",
}  # fmt: skip
SENDING = "Sending"
COULD_NOT = "Could not send"
NEEDS = "Needs your decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One thing that stays, waits, could not be sent or is there. ``why`` is the sentence behind `Why?`."""

    record: str
    time: str
    kind: str
    title: str
    status: str
    send_status: SendStatus
    why: str = ""
    code: str = ""

    @property
    def is_note(self) -> bool:
        """Whether Enter can open it."""
        return self.kind == KIND_WORDS["entry"]

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return ". ".join(part for part in (self.time, f"{self.kind}: {self.title}", self.status, self.why) if part)


def item_rows(items: Iterable[SendItem], office: OfficeState, today: date) -> tuple[ItemRow, ...]:
    """Rows of the items that have words for a person."""
    return tuple(_row(item, office, today) for item in items if item.kind in KIND_WORDS or item.kind in FIELDWORK)


def question_rows(questions: Iterable[Question], today: date) -> tuple[ItemRow, ...]:
    """Rows of what has to be decided."""
    return tuple(
        ItemRow(
            record=one.record, time=ui.day_and_clock(max(row.recorded_at for row in one.rows), today),
            kind=kind_word(one.kind), title=one.title or ui.HELD, status=NEEDS, send_status=SendStatus.CONFIRMED,
        )
        for one in questions
    )  # fmt: skip


def kind_word(kind: str) -> str:
    """What a record is, for people: ``Note``, ``Record access``."""
    return KIND_WORDS.get(kind) or kind_of_record(kind)


def could_not(rows: Iterable[ItemRow]) -> tuple[ItemRow, ...]:
    """Those with something of their own in the way; what the office keeps apart belongs here too."""
    return tuple(row for row in rows if row.code)


def of_status(rows: Iterable[ItemRow], status: SendStatus) -> tuple[ItemRow, ...]:
    """Those with this status and nothing in the way."""
    return tuple(row for row in rows if row.send_status is status and not row.code)


def _row(item: SendItem, office: OfficeState, today: date) -> ItemRow:
    code = f"quarantine.{item.code}" if item.code and item.status is SendStatus.QUARANTINED else item.code
    if item.status is SendStatus.QUARANTINED and not code:
        code = "quarantine.collision"
    if item.decided_by:
        code = "quarantine.set_aside"
    why = sentence(code, by=item.decided_by, reason=item.decided_why) if code else ""
    return ItemRow(
        record=item.record, time=ui.day_and_clock(item.at, today), kind=kind_word(item.kind), title=item.title,
        status=_status(item, office, today), send_status=item.status, why=why, code=code,
    )  # fmt: skip


def _status(item: SendItem, office: OfficeState, today: date) -> str:
    match item.status:
        case SendStatus.CONFIRMED:
            return f"{ui.STATUS[item.status]} {_when(item.confirmed_at, today)}. Ref {item.receipt}"
        case SendStatus.QUARANTINED:
            return f"{ui.STATUS[item.status]} {_when(item.confirmed_at, today)}. Ref {item.receipt}"
        case SendStatus.WAITING if item.code:
            return f"{COULD_NOT}, next try {_when(office.next_try_at, today)}" if office.next_try_at else COULD_NOT
        case SendStatus.WAITING if item.is_on_the_way and office.connection is Connection.SENDING:
            return SENDING
        case SendStatus.STAYS if item.is_withdrawn:
            return ui.WITHDRAWN
        case SendStatus.STAYS if item.is_barred:
            return ui.HELD
        case _:
            return ui.STATUS[item.status]


def _when(moment: datetime | None, today: date) -> str:
    return ui.day_and_clock(moment, today) if moment is not None else ""
