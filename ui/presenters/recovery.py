"""A new recovery key from Settings, for whoever did not store the first one or no longer trusts where it lies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.app.changes import ChangeSet
from ui.presenters.first_run import RECOVERY_STORED, printed_words
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.services import Session, Sheets
from ui.presenters.wording import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryState:
    """``key`` is there only between making and storing it."""

    is_stored: bool = False
    key: str = ""
    busy: str = ""
    notice: str = ""
    fault: str = ""


class Recovery(Presenter[RecoveryState]):
    """Makes a key, helps to store it, remembers that it is stored."""

    def __init__(self, session: Session, sheets: Sheets) -> None:
        super().__init__(RecoveryState())
        self._session = session
        self._sheets = sheets
        self._listening = Listening()
        self._listening.add(session.workspace.changed.listen(self._changed))
        self._read()

    def renew(self) -> None:
        """Make a new key; the old one opens nothing any more."""
        if not self.state.busy:
            self._show(replace(self.state, busy="Making a new recovery key…", fault="", notice=""))
            self._session.workspace.maintain(lambda vault: vault.renew_recovery_key(), self._renewed, self._refused)

    def save_sheet(self, path: Path) -> None:
        """Write the recovery sheet."""

        def saved() -> None:
            self._show(replace(self.state, fault="", notice=f"Recovery sheet saved as {path.name}"))

        self._sheets.save_recovery_sheet(path, self.state.key, self._session.name, saved, self._refused)

    def print_sheet(self) -> None:
        """Print the recovery sheet."""

        def printed(where: str) -> None:
            self._show(replace(self.state, fault="", notice=printed_words(where)))

        self._sheets.print_recovery_sheet(self.state.key, self._session.name, printed, self._refused)

    def copied(self) -> None:
        """The key is on the clipboard."""
        self._show(replace(self.state, notice="Recovery key copied. Paste it into your password manager"))

    def stored(self) -> None:
        """The person has it safe; it is shown no more."""
        self._keep("yes")
        self._show(RecoveryState(is_stored=True, notice="Your recovery key is stored"))

    def close(self) -> None:
        """Hear nothing more; a key on the screen goes."""
        self._listening.close()
        self._show(RecoveryState(is_stored=self.state.is_stored))

    def _read(self) -> None:
        self._session.workspace.ask_then(
            lambda q: q.info().recovery_stored, lambda stored: self._show(replace(self.state, is_stored=stored))
        )

    def _changed(self, changes: ChangeSet) -> None:
        if RECOVERY_STORED in changes.ids("setting"):
            self._read()

    def _renewed(self, key: str) -> None:
        self._keep(None)
        self._show(RecoveryState(key=key))

    def _keep(self, value: str | None) -> None:
        self._session.workspace.perform(lambda uow: uow.set_setting(RECOVERY_STORED, value), initiator="recovery")

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, busy="", fault=sentence(problem)))
