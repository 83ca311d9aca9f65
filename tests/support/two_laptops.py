"""Two real vaults of one assessment that exchange revisions without a network: what conflicts need."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from fieldkit.app.assessments import introduce_author
from fieldkit.app.changes import ChangeSet
from fieldkit.app.handing_over import KnownBy, KnownLaptop
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.clock import Clock
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, new_vault

T = TypeVar("T")


class TwoLaptops:
    """``mine`` is the one that is looked at, ``theirs`` a team-mate's. Use inside ``quick_keys``."""

    def __init__(
        self, folder: Path, clock: Clock, mine: OpenVault | None = None, meeting: Activity | None = None
    ) -> None:
        self.mine = mine or new_vault(folder / "mine", clock, name="Asha Smith", initials="AS")
        self._is_own = mine is None
        self.theirs = new_vault(folder / "theirs", clock, name="Ben Mate", initials="BM")
        self.meeting = meeting or a_meeting(self.mine)
        self.meet()
        for vault in (self.mine, self.theirs):
            vault.perform(lambda uow: introduce_author(uow, self.meeting.assessment))
        self.meet()

    def here(self, action: Callable[[UnitOfWork], T]) -> T:
        """On this laptop."""
        return self.mine.perform(action)[0]

    def there(self, action: Callable[[UnitOfWork], T]) -> T:
        """On the team-mate's."""
        return self.theirs.perform(action)[0]

    def meet(self) -> None:
        """Both take in what the other has, until neither has anything new."""
        for _ in range(2):
            self.bring(self.mine, self.theirs)
            self.bring(self.theirs, self.mine)

    def bring(self, source: OpenVault, target: OpenVault) -> ChangeSet:
        """One way: what ``source`` holds of the assessment, as a file or a cable brings it."""
        revisions = list(source.questions.revisions(self.meeting.assessment))
        target.sync_store.hand_over.begin()
        keys = source.questions.devices()
        laptops = [
            KnownLaptop(
                device=key.device, author=key.author, public=key.public, name="", role="", assessments=frozenset(),
                by=KnownBy.OFFICE,
            )
            for key in keys
        ]  # fmt: skip
        return target.sync_store.hand_over.take_in(revisions, laptops)

    def close(self) -> None:
        """End; a vault that was given stays open."""
        self.theirs.close()
        if self._is_own:
            self.mine.close()
