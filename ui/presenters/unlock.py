"""Unlock (ux S2): back in fast, and back in at all when the passphrase is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from fieldkit.kernel.errors import Mistake
from ui.presenters.first_run import FieldError
from ui.presenters.passphrases import Strength, common_list, strength
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session, VaultDoor
from ui.presenters.timing import Countdown, Later
from ui.presenters.wording import sentence, ui


class Way(StrEnum):
    """How a person gets in."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockState:
    """What the locked screen shows: no name of a person or an organisation, ever."""

    way: Way = Way.PASSPHRASE
    hint: str = ""
    busy: str = ""
    errors: tuple[FieldError, ...] = ()
    fault: str = ""
    strength: str = ""
    wait_seconds: int = 0


class Unlock(Presenter[UnlockState]):
    """Opens the vault; ``entered`` gets the session."""

    def __init__(self, door: VaultDoor, later: Later, entered: Callable[[Session], None]) -> None:
        super().__init__(UnlockState(hint=door.hint()))
        self._door = door
        self._entered = entered
        self._tick = Countdown(later, self._second_passed)

    def unlock(self, passphrase: str) -> None:
        """Try a passphrase. Ignored while one is being tried or a wait is on."""
        if self.state.busy or self.state.wait_seconds:
            return
        if not passphrase:
            self._wrong(FieldError(field="passphrase", text=sentence("unlock.no_passphrase")))
            return
        self._show(replace(self.state, busy="Opening the vault…", errors=(), fault=""))
        self._door.open(passphrase, self._opened, self._refused)

    def forgotten(self) -> None:
        """Get in with the recovery key instead."""
        self._tick.drop()
        self._show(UnlockState(way=Way.RECOVERY, hint=self.state.hint))

    def remembered(self) -> None:
        """Back to the passphrase."""
        self._show(UnlockState(hint=self.state.hint))

    def judge(self, passphrase: str) -> Strength:
        """How strong a new passphrase is, in words."""
        found = strength(passphrase, common_list())
        self._show(replace(self.state, strength=found.words))
        return found

    def recover(self, key: str, passphrase: str, again: str) -> None:
        """Open with the recovery key and make a new passphrase."""
        if self.state.busy:
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
            self._show(replace(self.state, busy="Opening the vault…"))
            self._door.recover(key, passphrase, self._opened, self._refused)

    def tell(self, problem: Exception) -> None:
        """Something else that was asked for here did not work."""
        self._show(replace(self.state, busy="", fault=sentence(problem)))

    def close(self) -> None:
        """The screen goes."""
        self._tick.drop()

    def _opened(self, session: Session) -> None:
        self._tick.drop()
        self._show(UnlockState(hint=self.state.hint))
        self._entered(session)

    def _refused(self, problem: Exception) -> None:
        seconds = int(str(getattr(problem, "details", {}).get("seconds", 0)))
        field = str(getattr(problem, "details", {}).get("field", "passphrase"))
        at_field = isinstance(problem, Mistake) or seconds or "passphrase" in str(problem)
        if at_field:
            self._wrong(FieldError(field=field, text=sentence(problem)), seconds)
        else:
            self._show(replace(self.state, busy="", fault=sentence(problem)))

    def _wrong(self, error: FieldError, seconds: int = 0) -> None:
        self._show(replace(self.state, busy="", errors=(error,), wait_seconds=seconds))
        if seconds:
            self._tick.start(1.0)

    def _second_passed(self) -> None:
        left = self.state.wait_seconds - 1
        error = FieldError(field="passphrase", text=sentence("unlock.wait", time=ui.count(left, "second")))
        self._show(replace(self.state, wait_seconds=left, errors=(error,) if left else ()))
        if left:
            self._tick.start(1.0)
