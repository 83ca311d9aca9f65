"""The status line: where the work is, what waits, how the office is reached, what a lost laptop would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from fieldkit.app.came_in import LOOKED, came_in
from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import Exposure, SendPreview, Standing
from ui.presenters.log.waiting_notes import WaitingNote
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, OfficeState, Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import ui

NOT_SAVED = "Not saved. Your text is still on screen"
SAVING = "Saving…"
_SLOW = 0.4
"""Seconds below which nobody needs to be told that something is being done (ux 2.0.7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusState:
    """The words of the line, left to right; each part in fewer words too, for narrow windows and large text."""

    saved: str = ui.SAVED_HERE
    saved_short: str = ui.SAVED_HERE
    waiting: str = ""
    waiting_short: str = ""
    exposure: str = ""
    exposure_short: str = ""
    exposure_brief: str = ""
    connection: str = ""
    connection_news: str = ""
    """The same, and how much came from the team since Send was looked at; where there is room."""
    connection_short: str = ""
    is_connected: bool = False
    is_at_risk: bool = False
    clock: str = ""


_NEWS_AFTER = 1.0
"""Seconds after something came: pages come one after the other, and each would count anew."""
_LOCAL = frozenset({"draft", "setting", "receipt"})
"""Changes of these kinds give nothing to send."""
_NOT_WRITTEN = frozenset({"setting", "receipt", "custody"})
"""Changes of these kinds are nobody's work."""
_FROM_OTHERS = frozenset({"sync", "hand_over"})


class StatusLine(Presenter[StatusState]):
    """Always visible, never ahead of the receipts."""

    def __init__(self, session: Session) -> None:
        super().__init__(StatusState())
        self._session = session
        self._saved_at: datetime | None = None
        self._is_all_there = False
        self._news = 0
        self._notes: tuple[WaitingNote, ...] = ()
        self._slow = Countdown(session.later, self._say_saving)
        self._reload = Countdown(session.later, self.load)
        self._tick = Countdown(session.later, self._ticked)
        self._news_due = Countdown(session.later, self._count_news)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(session.office.changed.listen(self._office))

    def start(self) -> None:
        """Begin to show the time and what waits."""
        self._office(self._session.office.state)
        self._ticked()
        self._session.workspace.ask_then(lambda questions: questions.saved_at(), self._saved_before)
        self._count_news()
        self.load()

    def load(self) -> None:
        """Read what waits."""
        self._session.workspace.ask_then(_ask, self._answered)

    def handing_over(self, notes: tuple[WaitingNote, ...]) -> None:
        """Notes of the log on their way to the disk: slow ones and those that were not taken are told."""
        self._notes = notes
        if any(note.problem is not None for note in notes):
            self._slow.drop()
            self._show(replace(self.state, saved=NOT_SAVED, saved_short=NOT_SAVED))
        elif any(note.entry is None for note in notes):
            if not self._slow.is_pending and self.state.saved != SAVING:
                self._slow.start(_SLOW)
        else:
            self._slow.drop()
            if self.state.saved in (NOT_SAVED, SAVING):
                self._say_saved()

    def close(self) -> None:
        """Stop."""
        self._slow.drop()
        self._reload.drop()
        self._news_due.drop()
        self._tick.drop()
        self._listening.close()

    @property
    def _today(self) -> date:
        return self._session.clock.now().astimezone().date()

    def _saved_before(self, at: datetime | None) -> None:
        """What was written last, before the vault was opened: it is as safe as what is written now."""
        if self._saved_at is None and at is not None:
            self._saved_at = at
            if self.state.saved not in (NOT_SAVED, SAVING):
                self._say_saved()

    def _say_saved(self) -> None:
        at = self._saved_at
        words = f"{ui.SAVED_HERE} {ui.day_and_clock(at, self._today)}" if at else ui.SAVED_HERE
        is_today = at is not None and at.astimezone().date() == self._today
        short = f"Saved {ui.clock(at)}" if at is not None and is_today else ui.SAVED_HERE
        self._show(replace(self.state, saved=words, saved_short=short))

    def _say_saving(self) -> None:
        if any(note.entry is None for note in self._notes):
            self._show(replace(self.state, saved=SAVING, saved_short=SAVING))

    def _count_news(self) -> None:
        """Only when something came or was looked at: nobody's own note waits for it."""
        self._session.workspace.ask_then(lambda questions: came_in(questions).count, self._counted)

    def _counted(self, count: int) -> None:
        self._news = count
        self._office(self._session.office.state)

    def _changed(self, changes: ChangeSet) -> None:
        if LOOKED in changes.ids("setting"):
            self._count_news()
        if changes.origin not in _FROM_OTHERS and any(kind not in _NOT_WRITTEN for kind in changes.records):
            self._saved_at = self._session.clock.now()
            if not any(note.problem is not None for note in self._notes):
                self._slow.drop()
                self._say_saved()
        if all(kind == "draft" for kind in changes.records):
            return
        if changes.origin != "sync":
            if self._is_all_there and any(kind not in _LOCAL for kind in changes.records):
                # A new note waits from now on; that everything is there must not stand a moment longer.
                self._is_all_there = False
                self._show(replace(self.state, waiting="Waiting to send", waiting_short="Waiting to send"))
            self.load()
        elif not self._reload.is_pending:
            self._reload.start(0.2)
        if changes.origin in _FROM_OTHERS and not changes.touches("receipt"):
            self._news_due.start(_NEWS_AFTER)

    def _answered(self, answer: tuple[SendPreview, Exposure, Standing]) -> None:
        preview, exposure, standing = answer
        self._is_all_there = standing.everything_is_there
        alone = self._session.office.state.connection is Connection.STANDALONE
        waiting, short = ("", "") if alone else _waiting(preview, standing, self._today)
        self._show(
            replace(
                self.state,
                waiting=waiting,
                waiting_short=short,
                exposure=ui.exposure(exposure, self._today),
                exposure_short=ui.exposure_short(exposure),
                exposure_brief=ui.exposure_brief(exposure),
                is_at_risk=exposure.entries > 0,
            )
        )

    def _office(self, office: OfficeState) -> None:
        words, short = _connection(office, self._today)
        connected = office.connection in (Connection.CONNECTED, Connection.SENDING)
        was_alone = self.state.connection == ui.STANDALONE
        news = f"{words}. {self._news:,} new from your team" if self._news else words
        self._show(
            replace(
                self.state, connection=words, connection_news=news, connection_short=short, is_connected=connected
            )
        )  # fmt: skip
        if was_alone and office.connection is not Connection.STANDALONE:
            self.load()  # enrolled a moment ago: now something can wait

    def _ticked(self) -> None:
        now = self._session.clock.now()
        self._show(replace(self.state, clock=now.astimezone().strftime("%H:%M:%S")))
        self._tick.start(1.0 - now.microsecond / 1_000_000)


def _waiting(preview: SendPreview, standing: Standing, today: date) -> tuple[str, str]:
    """Words and fewer words. What is said to be there rests on verified receipts and an agreeing certificate only."""
    if standing.everything_is_there:
        if preview.entries_staying:
            at = f" {ui.day_and_clock(standing.confirmed_at, today)}" if standing.confirmed_at else ""
            return f"Sent and confirmed by central store{at}", f"Sent and confirmed{at}"
        return "Everything has reached the central store", "All at the central store"
    if preview.entries_leaving:
        words = f"{preview.entries_leaving:,} waiting to send"
        return words, words
    waits = standing.contents_missing or standing.unreceipted or standing.files_missing
    return ("Waiting to send",) * 2 if waits else ("", "")


def _connection(office: OfficeState, today: date) -> tuple[str, str]:
    """Words and fewer words."""
    match office.connection:
        case Connection.STANDALONE:
            return ui.STANDALONE, "This laptop only"
        case Connection.SENDING if office.total:
            words = f"Sending {office.sent:,} of {office.total:,}"
            return words, words
        case Connection.SENDING if office.file_size:
            percent = office.bytes_done * 100 // max(1, office.bytes_total)
            number = f"file {office.file_number:,} of {office.files_total:,}" if office.files_total > 1 else "file"
            words = f"{'Fetching' if office.is_coming else 'Sending'} {number}, {percent} %"
            return words, words
        case Connection.CONNECTED | Connection.SENDING:
            return ui.CONNECTED, "Connected"
        case Connection.TROUBLE:
            again = f". Will try again at {ui.day_and_clock(office.next_try_at, today)}" if office.next_try_at else ""
            return f"Could not send{again}", "Could not send"
        case _:
            return ui.NOT_CONNECTED, ui.NOT_CONNECTED


def _ask(questions: Questions) -> tuple[SendPreview, Exposure, Standing]:
    return questions.send_preview(), questions.exposure(), questions.standing()
