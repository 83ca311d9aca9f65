"""Which of the three doors a person stands at: first run, locked, or the open vault."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ui.presenters.presenter import Presenter

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from ui.presenters.services import Failed, Session, VaultDoor


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
        super().__init__(EntranceState(stage=_at_the_door(own)))
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
        self._show(EntranceState(stage=_at_the_door(self._doors[False]), is_practice=False))
        door.close(session, lambda: None)

    def left_alone(self) -> None:
        """Nobody was at first run for a while: the vault it made is locked like any other."""
        self._show(EntranceState(stage=_at_the_door(self._doors[False])))

    def start_afresh(self) -> None:
        """The vault is gone for good: set up this laptop again."""
        self._show(EntranceState(stage=Stage.FIRST_RUN))

    def erase(self, failed: Failed) -> None:
        """Delete the person's own vault and begin again at the first screen."""
        self.lock()
        self._doors[False].erase(self.start_afresh, failed)


def _at_the_door(own: VaultDoor) -> Stage:
    """A vault that is missed is told of on the locked screen: a first run would look as if all was lost."""
    return Stage.LOCKED if own.exists() or own.is_missing() else Stage.FIRST_RUN
