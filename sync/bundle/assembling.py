"""Putting attached files together from the pieces of a hand-over file; what is begun is gone on with another time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.app.file_store import FileStore, Taking
from fieldkit.app.transfers import FileTask
from fieldkit.domain.hand_over_account import Account
from fieldkit.kernel.errors import FieldKitError, Trouble
from sync.wire.bundles.entries import FilePart


@dataclass(slots=True, kw_only=True)
class Assembling:
    """Takes pieces as they come, one file at a time. Only what a record known here names is taken."""

    store: FileStore
    told: Account
    brought: Callable[[FileTask], None]
    """Told of a file whose bytes came here whole, for the assessment that its task names."""
    _task: FileTask | None = None
    _taking: Taking | None = None
    _given_up: str = ""

    def add(self, part: FilePart, task: FileTask | None) -> None:
        """Take a piece. ``task`` is the file as a record here names it; ``None``: none does.

        Raises ``Trouble('attach.disk_full')``.
        """
        if task is None or task.size != part.size:
            self.told.foreign += 1
            return
        if self._given_up == part.sha256:
            return
        if self._task is None or self._task.sha256 != part.sha256:
            self._begin(task)
        taking = self._taking
        if taking is None:
            return
        if part.offset > taking.done:  # what lies between is in a part that is not here
            self.told.files_open[task.exhibit] = task.size - taking.done
            return
        taking.write(part.data[taking.done - part.offset :])
        if taking.done >= task.size:
            self._keep(task, taking)

    def close(self) -> None:
        """Leave what is not whole, to be gone on with."""
        task, taking = self._task, self._taking
        self._task = self._taking = None
        if task is not None and taking is not None:
            self.told.files_open[task.exhibit] = task.size - taking.done
            taking.leave()

    def _begin(self, task: FileTask) -> None:
        self.close()
        self._task = task
        if self.store.has(task.sha256):
            self.told.files.add(task.exhibit)
            self.told.files_open.pop(task.exhibit, None)
            return
        self._taking = self.store.take(task.sha256, task.size)
        if self._taking.done >= task.size:
            self._keep(task, self._taking)

    def _keep(self, task: FileTask, taking: Taking) -> None:
        self._taking = None
        try:
            taking.keep()
        except Trouble as error:
            if error.code != "attach.differs":
                raise
            self._given_up = task.sha256
            self.told.files_open[task.exhibit] = task.size
            self.told.add(Trouble("handover.file_differs", exhibit=task.exhibit))
            return
        self.brought(task)
        self.told.files.add(task.exhibit)
        self.told.files_open.pop(task.exhibit, None)


def is_of_the_disk(error: FieldKitError) -> bool:
    """Whether going on makes no sense: this laptop's own disk."""
    return error.code in {"attach.disk_full", "vault.disk_full", "vault.disk"}
