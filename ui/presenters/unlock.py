"""Unlock (ux S2): back in fast, and back in at all when the passphrase is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.presenters.field_error import FieldError
from ui.presenters.passphrases import Strength, common_list, strength, suggest, word_list
from ui.presenters.presenter import Presenter
from ui.presenters.timing import Countdown, Later
from ui.presenters.wording import sentence, ui

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from ui.presenters.services import Session, VaultDoor


class Way(StrEnum):
    """How a person gets in."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    RESTORE = "restore"


SLOW_SECONDS = 0.4
"""Nothing is said of opening that is quicker (ux 2.0.7)."""
LONG_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockState:
    """What the locked screen shows: no name of a person or an organisation, ever.

    ``is_trying`` while the vault is being opened; ``busy`` says so once that takes longer than a blink.
    """

    way: Way = Way.PASSPHRASE
    hint: str = ""
    is_trying: bool = False
    busy: str = ""
    errors: tuple[FieldError, ...] = ()
    fault: str = ""
    strength: str = ""
    wait_seconds: int = 0
    is_missing: bool = False
    """The vault is not where it was left: it may be restored, or this laptop set up again."""


class Unlock(Presenter[UnlockState]):
    """Opens the vault; ``entered`` gets the session."""

    def __init__(
        self,
        door: VaultDoor,
        later: Later,
        entered: Callable[[Session], None],
        set_up_again: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(_start(door))
        self.door = door
        self._entered = entered
        self._set_up_again = set_up_again
        self._tick = Countdown(later, self._second_passed)
        self._slow = Countdown(later, self._is_slow)

    def unlock(self, passphrase: str) -> None:
        """Try a passphrase. Ignored while one is being tried or a wait is on."""
        if self.state.is_trying or self.state.wait_seconds:
            return
        if not passphrase:
            self._wrong(FieldError(field="passphrase", text=sentence("unlock.no_passphrase")))
            return
        self._try()
        self.door.open(passphrase, self._opened, self._refused)

    def forgotten(self) -> None:
        """Get in with the recovery key instead."""
        self._tick.drop()
        self._show(UnlockState(way=Way.RECOVERY, hint=self.state.hint))

    def to_restore(self) -> None:
        """Go back to a backup."""
        self._tick.drop()
        self._show(UnlockState(way=Way.RESTORE, hint=self.state.hint))

    def remembered(self) -> None:
        """Back to the passphrase."""
        self._show(_start(self.door))

    def set_up_again(self) -> None:
        """The vault is gone and there is no backup: begin with a new one. Offered only where it is missing."""
        if self.state.is_missing:
            self._set_up_again()

    def judge(self, passphrase: str) -> Strength:
        """How strong a new passphrase is, in words."""
        found = strength(passphrase, common_list())
        self._show(replace(self.state, strength=found.words))
        return found

    def suggestion(self) -> str:
        """Four random words."""
        return suggest(word_list())

    def recover(self, key: str, passphrase: str, again: str) -> None:
        """Open with the recovery key and make a new passphrase."""
        if self.state.is_trying:
            return
        found = strength(passphrase, common_list())
        wrong = (
            ("recovery_key", "" if key.strip() else "unlock.no_recovery_key"),
            ("passphrase", found.code),
            ("again", "" if found.code or passphrase == again else "setup.passphrase_differs"),
        )
        errors = tuple(FieldError(field=field, text=sentence(code)) for field, code in wrong if code)
        self._show(replace(self.state, errors=errors, fault=""))
        if not errors:
            self._try()
            self.door.recover(key, passphrase, self._opened, self._refused)

    def tell(self, problem: Exception) -> None:
        """Something else that was asked for here did not work."""
        self._show(replace(self.state, busy="", fault=sentence(problem)))

    def close(self) -> None:
        """The screen goes."""
        self._tick.drop()
        self._slow.drop()

    def restored(self, session: Session) -> None:
        """A backup was put in the vault's place and is open."""
        self._opened(session)

    def _try(self) -> None:
        self._show(replace(self.state, is_trying=True, errors=(), fault=""))
        self._slow.start(SLOW_SECONDS)

    def _is_slow(self) -> None:
        if not self.state.busy:
            self._show(replace(self.state, busy="Opening the vault…"))
            self._slow.start(LONG_SECONDS - SLOW_SECONDS)
        else:
            words = "Still opening the vault. After a power cut all of it is checked first. Your work is safe"
            self._show(replace(self.state, busy=words))

    def _opened(self, session: Session) -> None:
        self.close()
        self._show(UnlockState(hint=self.state.hint))
        self._entered(session)

    def _refused(self, problem: Exception) -> None:
        seconds = int(str(getattr(problem, "details", {}).get("seconds", 0)))
        field = str(getattr(problem, "details", {}).get("field", "passphrase"))
        self._slow.drop()
        if seconds:
            self._wrong(_wait(seconds), seconds)
        elif isinstance(problem, Mistake) or getattr(problem, "code", "") in _AT_FIELDS:
            self._wrong(FieldError(field=_AT_FIELDS.get(getattr(problem, "code", ""), field), text=sentence(problem)))
        else:
            missing = getattr(problem, "code", "") == "vault.not_found"
            self._show(replace(self.state, is_trying=False, busy="", fault=sentence(problem), is_missing=missing))

    def _wrong(self, error: FieldError, seconds: int = 0) -> None:
        self._slow.drop()
        self._show(replace(self.state, is_trying=False, busy="", errors=(error,), wait_seconds=seconds))
        if seconds:
            self._tick.start(1.0)

    def _second_passed(self) -> None:
        left = self.state.wait_seconds - 1
        self._show(replace(self.state, wait_seconds=left, errors=(_wait(left),) if left else ()))
        if left:
            self._tick.start(1.0)


_AT_FIELDS = {"vault.passphrase_wrong": "passphrase", "vault.recovery_key_wrong": "recovery_key"}


def _start(door: VaultDoor) -> UnlockState:
    if not door.is_missing():
        return UnlockState(hint=door.hint())
    return UnlockState(is_missing=True, fault=sentence("vault.not_found", folder=door.folder))


def _wait(seconds: int) -> FieldError:
    time = ui.count(seconds, "second") if seconds <= _IN_SECONDS else ui.count(-(-seconds // 60), "minute")
    return FieldError(field="passphrase", text=sentence("unlock.wait", time=time))


_IN_SECONDS = 120
"""A longer wait is told in minutes."""
