"""Send (ux S12): what will leave and what stays, in plain words; what has arrived, only from verified receipts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import Exposure, SendItem, SendPreview, SendStatus, Standing
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, OfficeState, Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import sentence, ui

KIND_WORDS = {
    "entry": "Note", "addendum": "Addition to a note", "filing": "Tags", "withdrawal": "Withdrawal",
    "assessment": "Assessment", "visit": "Visit", "activity": "Activity", "person": "Person", "assessor": "You",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One thing on its way, or there."""

    time: str
    kind: str
    title: str
    status: str
    send_status: SendStatus
    why: str = ""

    @property
    def sentence(self) -> str:
        """What a screen reader says."""
        return ". ".join(part for part in (self.time, f"{self.kind}: {self.title}", self.status, self.why) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendState:
    """What the screen shows."""

    loaded: bool = False
    headline: str = ""
    is_all_there: bool = False
    leaves: tuple[str, ...] = ()
    stays: str = ""
    connection: str = ""
    is_standalone: bool = False
    problem: str = ""
    progress: str = ""
    done: int = 0
    total: int = 0
    exposure: str = ""
    waiting: tuple[ItemRow, ...] = ()
    confirmed: tuple[ItemRow, ...] = ()
    aside: tuple[ItemRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    preview: SendPreview
    standing: Standing
    exposure: Exposure
    items: tuple[SendItem, ...]


class Send(Presenter[SendState]):
    """Watches the office and the receipts; the only verb is to send now."""

    def __init__(self, session: Session) -> None:
        super().__init__(SendState())
        self._session = session
        self._answer: _Answer | None = None
        self._reload = Countdown(session.later, self.load)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(session.office.changed.listen(lambda _: self._compose()))

    def load(self) -> None:
        """Read what waits and what has arrived."""
        self._reload.drop()
        self._session.workspace.ask_then(_ask, self._answered)

    def send_now(self) -> None:
        """Ctrl+Shift+S. It would happen by itself; this only hurries."""
        self._session.office.send_now()

    def close(self) -> None:
        """Watch no more."""
        self._reload.drop()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if not changes.is_empty and not self._reload.is_pending:
            self._reload.start(0.2)  # receipts come in sheets of 500; one reading for several is enough

    def _answered(self, answer: _Answer) -> None:
        self._answer = answer
        self._compose()

    def _compose(self) -> None:
        if self._answer is None:
            return
        answer, office = self._answer, self._session.office.state
        today = self._session.clock.now().astimezone().date()
        rows = [_row(item, today) for item in answer.items if item.kind in KIND_WORDS]
        alone = office.connection is Connection.STANDALONE
        self._show(
            SendState(
                loaded=True,
                headline=_headline(answer, alone=alone),
                is_all_there=not alone and answer.standing.everything_is_there,
                leaves=() if alone else leaving(answer.preview),
                stays=staying(answer.preview, alone=alone),
                connection=connection_words(office, today),
                is_standalone=alone,
                problem=problem_words(office, today),
                progress=f"{office.sent:,} of {office.total:,} sent and confirmed" if office.total else "",
                done=office.sent,
                total=office.total,
                exposure=ui.exposure(answer.exposure),
                waiting=tuple(row for row in rows if row.send_status is SendStatus.WAITING),
                confirmed=tuple(row for row in rows if row.send_status is SendStatus.CONFIRMED),
                aside=tuple(row for row in rows if row.send_status is SendStatus.QUARANTINED),
            )
        )


def leaving(preview: SendPreview) -> tuple[str, ...]:
    """What will leave this laptop, in words, one line for each kind."""
    notes, others = preview.entries_leaving, preview.other_leaving
    lines = []
    if notes:
        their = "its" if notes == 1 else "their"
        lines.append(f"{ui.count(notes, 'tagged note')} with {their} words, tags, times and your name")
    if others:
        records = ui.count(others, "other record")
        lines.append(f"{records}: additions, tags, withdrawals, and the visit, agenda and people they need")
    return tuple(lines)


def staying(preview: SendPreview, *, alone: bool) -> str:
    """What stays on this laptop, in words."""
    if alone:
        return "Everything stays on this laptop. To send to an office, enrol in Settings"
    if not preview.entries_staying:
        return "Nothing stays behind: every note is tagged"
    notes = ui.count(preview.entries_staying, "untagged note")
    if preview.entries_staying == 1:
        return f"{notes} stays on this laptop. Only the proof that it exists leaves, without a word of it"
    return f"{notes} stay on this laptop. Only the proof that they exist leaves, without a word of them"


def connection_words(office: OfficeState, today: date) -> str:
    """How the laptop stands to the office, in words."""
    last = f". Last confirmed {ui.day_and_clock(office.last_round_at, today)}" if office.last_round_at else ""
    match office.connection:
        case Connection.STANDALONE:
            return ui.STANDALONE
        case Connection.CONNECTED | Connection.SENDING:
            return f"{ui.CONNECTED}, {office.office}{last}"
        case Connection.UNKNOWN:
            return f"Looking for {office.office}"
        case _:
            return f"{ui.NOT_CONNECTED}{last}"


def problem_words(office: OfficeState, today: date) -> str:
    """What stands in the way, and when it is tried again."""
    if office.connection is Connection.NOT_CONNECTED:
        return "Not connected. Your work is saved on this laptop and will be sent when you connect"
    if office.problem is None:
        return ""
    again = f". FieldKit will try again at {ui.day_and_clock(office.next_try_at, today)}" if office.next_try_at else ""
    return sentence(office.problem).rstrip(".") + again


def _headline(answer: _Answer, *, alone: bool) -> str:
    if alone:
        return ui.ALL_SAVED
    if answer.standing.everything_is_there:
        return ui.all_there(answer.preview.entries_staying)
    notes = answer.preview.entries_leaving
    if notes:
        return f"{ui.ALL_SAVED}. {ui.count(notes, 'note')} {'has' if notes == 1 else 'have'} not reached the office yet"
    return f"{ui.ALL_SAVED}. The office has not confirmed everything yet"


def _row(item: SendItem, today: date) -> ItemRow:
    status = ui.STATUS[item.status]
    if item.confirmed_at is not None:
        status = f"{status} {ui.day_and_clock(item.confirmed_at, today)}"
    return ItemRow(
        time=ui.day_and_clock(item.at, today), kind=KIND_WORDS[item.kind], title=item.title, status=status,
        send_status=item.status, why=sentence(item.code) if item.code else "",
    )  # fmt: skip


def _ask(questions: Questions) -> _Answer:
    return _Answer(
        preview=questions.send_preview(),
        standing=questions.standing(),
        exposure=questions.exposure(),
        items=tuple(questions.send_items()),
    )
