"""Counting what matches, stretch by stretch, so that no count keeps the store's lane for more than a few ms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fieldkit.app.rows import EntryFilter, Tally
from fieldkit.app.workspace import Workspace
from ui.presenters.services import Failed


class Counting:
    """One count at a time; a new one overtakes what is still being counted."""

    def __init__(self, workspace: Workspace, done: Callable[[str, int], None], failed: Failed) -> None:
        self._workspace = workspace
        self._done = done
        self._failed = failed
        self._edition = 0
        self._waiting: list[tuple[str, EntryFilter]] = []

    def count(self, wanted: dict[str, EntryFilter]) -> None:
        """Count each, in this order; ``done`` is told the name and the number of one after another."""
        self._edition += 1
        self._waiting = list(wanted.items())
        self._next()

    def close(self) -> None:
        """Tell nothing more."""
        self._edition += 1

    def _next(self) -> None:
        if self._waiting:
            name, wanted = self._waiting.pop(0)
            self._ask(name, wanted, 0)

    def _ask(self, name: str, wanted: EntryFilter, so_far: int) -> None:
        edition = self._edition
        self._workspace.ask_then(
            lambda q: q.tally(wanted) if edition == self._edition else None,
            lambda tally: self._told(name, wanted, so_far, tally) if tally and edition == self._edition else None,
            self._failed,
        )

    def _told(self, name: str, wanted: EntryFilter, so_far: int, tally: Tally) -> None:
        if tally.reached:
            self._ask(name, replace(wanted, before=tally.reached), so_far + tally.count)
        else:
            self._done(name, so_far + tally.count)
            self._next()
