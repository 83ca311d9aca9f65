"""Undo for the whole app: what was done can be taken back, as deep as the session goes.

Nothing is ever removed from the log: undoing appends the record that reverses the last one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.kernel.topic import Topic

Step = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something a person did: what to call it (``Note withdrawn``), how to reverse it and do it again."""

    name: str
    undo: Step
    redo: Step
    is_quiet: bool = False
    """Undoable, yet not worth a bar: a note saved every ten seconds would make it flicker all day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoState:
    """What the undo bar shows: the last deed, or what was just undone or redone."""

    done: str = ""
    can_undo: bool = False
    can_redo: bool = False
    message: str = ""
    offers_undo: bool = False
    """Whether ``message`` names a deed that a bar should offer to undo; else it only says what was reversed."""


class UndoStack:
    """Deeds in order. A new deed forgets what had been undone."""

    def __init__(self) -> None:
        self._done: list[Deed] = []
        self._undone: list[Deed] = []
        self._message = ""
        self._offers = False
        self.changed: Topic[UndoState] = Topic()

    @property
    def state(self) -> UndoState:
        """What can be undone and redone now."""
        return UndoState(
            done=self._done[-1].name if self._done else "",
            can_undo=bool(self._done),
            can_redo=bool(self._undone),
            message=self._message,
            offers_undo=self._offers,
        )

    def did(self, deed: Deed) -> None:
        """Remember a deed; the bar offers to undo it until the next one."""
        self._done.append(deed)
        self._undone.clear()
        self._tell("" if deed.is_quiet else deed.name, offers=not deed.is_quiet)

    def undo(self) -> bool:
        """Reverse the last deed. False when there is none."""
        if not self._done:
            return False
        deed = self._done.pop()
        self._undone.append(deed)
        deed.undo()
        self._tell(f"Undone: {_lower(deed.name)}")
        return True

    def redo(self) -> bool:
        """Do again what was undone last. False when there is nothing."""
        if not self._undone:
            return False
        deed = self._undone.pop()
        self._done.append(deed)
        deed.redo()
        self._tell(f"Done again: {_lower(deed.name)}")
        return True

    def _tell(self, message: str, *, offers: bool = False) -> None:
        self._message, self._offers = message, offers
        self.changed.tell(self.state)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
