"""Practice: the sample visit, its own vault and its own central store on loopback; nothing to configure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Refusal
from ui.launch.vault_door import LocalVault, Surroundings

if TYPE_CHECKING:
    from central.serve import Running
    from storage.vault import OpenVault
    from ui.presenters.services import Created, Failed, NewVault, Session


class PracticeVault(LocalVault):
    """Opens without a passphrase: there is nothing in it to protect."""

    is_practice = True

    def __init__(self, folder: Path, around: Surroundings) -> None:
        super().__init__(folder / "vault", around)
        self._world_folder = folder
        self._office: Running | None = None

    def hint(self) -> str:
        return "Practice: the sample visit."

    def is_missing(self) -> bool:
        return False  # it is built again whenever it is opened

    def create(self, new: NewVault, done: Callable[[Created], None], failed: Failed) -> None:
        failed(Refusal("sample.ready_made"))

    def open(self, passphrase: str, done: Callable[[Session], None], failed: Failed) -> None:
        """Build the world if need be, start its office, open the lead's vault."""
        self.enter(self._open, done, failed)

    def _closed(self) -> None:
        self.stop_office()

    def stop_office(self) -> None:
        """End the central store; a second call does nothing."""
        office, self._office = self._office, None
        if office is not None:
            office.stop()

    def _open(self) -> OpenVault:
        from ui.practice.world import build, open_lead, start_office

        self.stop_office()
        world = build(self._world_folder)
        self._office = start_office(world, self.around.clock)
        return open_lead(world, self._office.url, self.around.clock)
