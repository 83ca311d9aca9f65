"""The status line: where the work is, what waits, how the office is reached, what a lost laptop would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from fieldkit.app.changes import ChangeSet
from fieldkit.app.ports import Questions
from fieldkit.app.rows import Exposure, SendPreview, Standing
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Connection, OfficeState, Session
from ui.presenters.timing import Countdown
from ui.presenters.wording import ui


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusState:
    """The words of the line, left to right."""

    saved: str = ui.SAVED_HERE
    waiting: str = ""
    exposure: str = ""
    connection: str = ""
    is_connected: bool = False
    is_at_risk: bool = False
    clock: str = ""
    waiting_short: str = ""
    exposure_short: str = ""
    connection_short: str = ""
    """The same in fewer words, for narrow windows and large text."""


class StatusLine(Presenter[StatusState]):
    """Always visible, never ahead of the receipts."""

    def __init__(self, session: Session) -> None:
        super().__init__(StatusState())
        self._session = session
        self._saved_at: datetime | None = None
        self._reload = Countdown(session.later, self.load)
        self._tick = Countdown(session.later, self._ticked)
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._listening.add(session.office.changed.listen(self._office))

    def start(self) -> None:
        """Begin to show the time and what waits."""
        self._office(self._session.office.state)
        self._ticked()
        self.load()

    def load(self) -> None:
        """Read what waits."""
        self._session.workspace.ask_then(_ask, self._answered)

    def close(self) -> None:
        """Stop."""
        self._reload.drop()
        self._tick.drop()
        self._listening.close()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.touches("entry", "addendum", "filing", "withdrawal", "draft"):
            self._saved_at = self._session.clock.now()
            self._show(replace(self.state, saved=f"{ui.SAVED_HERE} {ui.clock(self._saved_at)}"))
        if not self._reload.is_pending and any(kind != "draft" for kind in changes.records):
            self._reload.start(0.2)

    def _answered(self, answer: tuple[SendPreview, Exposure, Standing]) -> None:
        preview, exposure, standing = answer
        if self._session.office.state.connection is Connection.STANDALONE:
            waiting = ""
        elif standing.everything_is_there:
            waiting = "All tagged notes at the office" if preview.entries_staying else "Everything at the office"
        elif preview.entries_leaving:
            waiting = f"{preview.entries_leaving:,} waiting to send"
        else:
            waiting = "Nothing waiting" if standing.unreceipted == 0 else "Waiting for the office to confirm"
        words = ui.exposure_short(exposure)
        short = f"{exposure.minutes:,} min only here" if exposure.entries else ""
        at_risk = exposure.entries > 0
        brief = waiting.replace(" notes at the", " at")
        self._show(
            replace(
                self.state, waiting=waiting, waiting_short=brief, exposure=words, exposure_short=short,
                is_at_risk=at_risk,
            )
        )  # fmt: skip

    def _office(self, office: OfficeState) -> None:
        match office.connection:
            case Connection.STANDALONE:
                words = ui.STANDALONE
            case Connection.SENDING:
                words = f"Sending {office.sent:,} of {office.total:,}" if office.total else ui.CONNECTED
            case Connection.CONNECTED:
                words = ui.CONNECTED
            case Connection.UNKNOWN:
                words = f"Looking for {office.office}"
            case Connection.TROUBLE:
                words = "Could not send"
            case _:
                words = ui.NOT_CONNECTED
        connected = office.connection in (Connection.CONNECTED, Connection.SENDING)
        short = {ui.CONNECTED: "Connected", ui.STANDALONE: "On its own"}.get(words, words)
        short = "Not connected yet" if office.connection is Connection.UNKNOWN else short
        self._show(replace(self.state, connection=words, connection_short=short, is_connected=connected))

    def _ticked(self) -> None:
        now = self._session.clock.now()
        self._show(replace(self.state, clock=now.astimezone().strftime("%H:%M:%S")))
        self._tick.start(1.0 - now.microsecond / 1_000_000)


def _ask(questions: Questions) -> tuple[SendPreview, Exposure, Standing]:
    return questions.send_preview(), questions.exposure(), questions.standing()
