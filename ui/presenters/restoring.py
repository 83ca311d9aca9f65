"""Going back to a backup from the screens before the vault is open: a file, its passphrase, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from fieldkit.kernel.errors import Mistake
from ui.presenters.field_error import FieldError
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session, VaultDoor
from ui.presenters.wording import sentence

_AT_THE_FILE = frozenset(
    {"vault.not_a_backup", "vault.backup_key_missing", "vault.backup_damaged", "vault.other_vault"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoringState:
    """``done`` of ``total`` bytes of what is being done; 0 of 0 where that is not known."""

    file: str = ""
    busy: str = ""
    done: int = 0
    total: int = 0
    errors: tuple[FieldError, ...] = ()
    fault: str = ""


class Restoring(Presenter[RestoringState]):
    """``entered`` gets the restored vault, open."""

    def __init__(self, door: VaultDoor, entered: Callable[[Session], None]) -> None:
        super().__init__(RestoringState())
        self._door = door
        self._entered = entered

    def choose(self, file: str) -> None:
        """A file was chosen or typed."""
        self._show(replace(self.state, file=file, fault=""))

    def restore(self, file: str, passphrase: str) -> None:
        """The main button."""
        if self.state.busy:
            return
        wrong = (
            ("backup", "" if file.strip() else "restore.no_file"),
            ("passphrase", "" if passphrase else "restore.no_passphrase"),
        )
        errors = tuple(FieldError(field=field, text=sentence(code)) for field, code in wrong if code)
        self._show(replace(self.state, file=file.strip(), errors=errors, fault=""))
        if not errors:
            self._show(replace(self.state, busy="Reading the backup…", done=0, total=0))
            self._door.restore(Path(file.strip()), passphrase, self._went_on, self._done, self._refused)

    def _went_on(self, what: str, done: int, total: int) -> None:
        if self.state.busy:
            self._show(replace(self.state, busy=what, done=done, total=total))

    def _done(self, session: Session) -> None:
        self._show(RestoringState())
        self._entered(session)

    def _refused(self, problem: Exception) -> None:
        code = getattr(problem, "code", "")
        field = "backup" if code in _AT_THE_FILE else ""
        if code in ("vault.passphrase_wrong", "vault.wait"):
            field = "passphrase"
        if field or isinstance(problem, Mistake):
            error = FieldError(field=field or "backup", text=sentence(problem))
            self._show(replace(self.state, busy="", errors=(error,)))
        else:
            self._show(replace(self.state, busy="", fault=sentence(problem)))
