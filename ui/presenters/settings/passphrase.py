"""Another passphrase for the vault that is open. Neither the old one nor the new is ever part of the state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.presenters.field_error import FieldError
from ui.presenters.passphrases import Strength, common_list, strength, suggest, word_list
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.settings.services import VaultKeeper
from ui.presenters.wording import sentence

CHANGED = "Passphrase changed. The old one opens nothing any more, backups of this laptop included"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseState:
    """``edition`` grows when the fields are to be emptied: after a change, never after a mistake."""

    busy: str = ""
    notice: str = ""
    fault: str = ""
    errors: tuple[FieldError, ...] = ()
    edition: int = 0


class ChangePassphrase(Presenter[PassphraseState]):
    """Checks, then has the vault's key sealed anew."""

    def __init__(self, session: Session, keeper: VaultKeeper) -> None:
        super().__init__(PassphraseState())
        self._session = session
        self._keeper = keeper

    def judge(self, passphrase: str) -> Strength:
        """How strong a new one is, in words."""
        return strength(passphrase, common_list())

    def suggestion(self) -> str:
        """Four random words."""
        return suggest(word_list())

    def change(self, present: str, fresh: str, again: str) -> None:
        """The main button."""
        if self.state.busy:
            return
        found = strength(fresh, common_list())
        wrong = (
            ("present", "" if present else "settings.no_present"),
            ("passphrase", found.code),
            ("again", "" if found.code or fresh == again else "setup.passphrase_differs"),
        )
        errors = tuple(FieldError(field=field, text=sentence(code)) for field, code in wrong if code)
        self._show(replace(self.state, errors=errors, fault="", notice=""))
        if not errors:
            self._show(replace(self.state, busy="Changing your passphrase…"))
            self._keeper.change_passphrase(self._session, present, fresh, self._changed, self._refused)

    def _changed(self) -> None:
        self._session.say(CHANGED)
        self._show(PassphraseState(notice=CHANGED, edition=self.state.edition + 1))

    def _refused(self, problem: Exception) -> None:
        if getattr(problem, "code", "") == "vault.passphrase_wrong":
            error = FieldError(field="present", text=sentence("settings.wrong_passphrase"))
            self._show(replace(self.state, busy="", errors=(error,)))
        else:
            self._show(replace(self.state, busy="", fault=sentence(problem)))
