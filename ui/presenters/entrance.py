"""Which of the three doors a person stands at: first run, locked, or the open vault."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.presenter import Presenter
from ui.presenters.services import Session, VaultDoor


class Stage(StrEnum):
    """What the window shows."""

    FIRST_RUN = "first_run"
    LOCKED = "locked"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceState:
    """The stage, and whether the vault is the practice one."""

    stage: Stage
    is_practice: bool = False


class Entrance(Presenter[EntranceState]):
    """Opens and locks. ``session`` is there only while the stage is ``OPEN``."""

    def __init__(self, own: VaultDoor, practice: VaultDoor) -> None:
        super().__init__(EntranceState(stage=Stage.LOCKED if own.exists() else Stage.FIRST_RUN))
        self._doors = {False: own, True: practice}
        self.session: Session | None = None

    @property
    def door(self) -> VaultDoor:
        """The door of the vault that is open or is to be opened."""
        return self._doors[self.state.is_practice]

    @property
    def practice_door(self) -> VaultDoor:
        """The door of the sample visit."""
        return self._doors[True]

    def entered(self, session: Session) -> None:
        """A vault was opened. One that is open already is left: two doors may have been asked at once."""
        if self.session is not None:
            self.lock()
        self.session = session
        self._show(EntranceState(stage=Stage.OPEN, is_practice=session.is_practice))

    def lock(self) -> None:
        """Leave the vault: its words leave the screen at once, its keys as soon as everything is on disk."""
        session, self.session = self.session, None
        if session is None:
            return
        door = self.door
        was_practice = self.state.is_practice
        self._show(EntranceState(stage=self._after(was_practice), is_practice=False))
        door.close(session, lambda: None)

    def _after(self, was_practice: bool) -> Stage:
        # The sample has no passphrase of its own to ask for: leaving it leads back to the first screen.
        return Stage.LOCKED if self._doors[False].exists() and not was_practice else self._first()

    def _first(self) -> Stage:
        return Stage.LOCKED if self._doors[False].exists() else Stage.FIRST_RUN
