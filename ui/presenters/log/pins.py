"""Pinned tags: added to every new note of a visit until they are cleared, and kept in the vault."""

from __future__ import annotations

from collections.abc import Sequence

from fieldkit.app.noting import Pin
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.workspace import Workspace
from fieldkit.domain.assessment import Visit
from fieldkit.domain.framework import Framework
from ui.presenters.log.opening import pins_key, write_pins


class Pins:
    """The pinned tags of one visit."""

    def __init__(
        self, workspace: Workspace, visit: Visit, frameworks: Sequence[Framework], pinned: tuple[Pin, ...]
    ) -> None:
        self._workspace = workspace
        self._key = pins_key(visit.id)
        self._frameworks = {framework.id: framework for framework in frameworks}
        self.tags = tuple(pin for pin in pinned if self._title(pin))

    @property
    def titles(self) -> tuple[str, ...]:
        """``Q2 Learning culture``, in the order of pinning."""
        return tuple(self._title(pin) for pin in self.tags)

    def add(self, tags: Sequence[Pin]) -> bool:
        """Pin these too. False when that changes nothing."""
        return self._set(tuple(dict.fromkeys((*self.tags, *tags))))

    def clear(self) -> None:
        """Pin nothing."""
        self._set(())

    def _set(self, tags: tuple[Pin, ...]) -> bool:
        if tags == self.tags:
            return False
        self.tags = tags
        self._workspace.perform(self._keep, initiator="pins")
        return True

    def _keep(self, uow: UnitOfWork) -> None:
        uow.set_setting(self._key, write_pins(self.tags) or None)

    def _title(self, pin: Pin) -> str:
        framework = self._frameworks.get(pin[0])
        statement = framework.statement_by(pin[1]) if framework else None
        return f"{statement.position} {statement.title}" if statement else ""
