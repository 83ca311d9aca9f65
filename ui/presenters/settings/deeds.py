"""Changes of settings that Ctrl+Z takes back, as everything else that a person does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ui.presenters.display import (
    COLOUR_WORDS,
    MOVEMENT_WORDS,
    ROW_WORDS,
    SAME,
    Colours,
    Display,
    DisplayState,
    Movement,
    Rows,
)
from ui.presenters.undo import Deed, UndoStack

T = TypeVar("T")


def deed(undo: UndoStack, name: str, before: T, after: T, restore: Callable[[T], None]) -> None:
    """Remember that ``before`` became ``after``; nothing where they are the same."""
    if before != after:
        undo.did(Deed(name=name, undo=lambda: restore(before), redo=lambda: restore(after)))


class DisplayDeeds:
    """What the page of text size and colours does: as ``Display``, and each change can be taken back."""

    def __init__(self, display: Display, undo: UndoStack) -> None:
        self.display = display
        self.undo = undo

    def size(self, percent: int | None) -> None:
        """One of ``SIZES``; None as on the whole computer."""
        words = SAME.lower() if percent is None else f"{percent} %"
        act = self.display.same_size if percent is None else lambda: self.display.size(percent)
        self._do(f"Text size {words}", act)

    def colours(self, colours: Colours) -> None:
        """A theme."""
        self._do(f"Colours: {COLOUR_WORDS[colours].lower()}", lambda: self.display.colours(colours))

    def rows(self, rows: Rows) -> None:
        """A row height."""
        self._do(f"Row height: {ROW_WORDS[rows].lower()}", lambda: self.display.rows(rows))

    def movement(self, movement: Movement) -> None:
        """Whether anything may move."""
        self._do(f"Movement: {MOVEMENT_WORDS[movement].lower()}", lambda: self.display.movement(movement))

    def dim(self, *, dims_log: bool) -> None:
        """Whether a live log dims the screen."""
        words = "Screen dimmed while a live log is open" if dims_log else "Screen not dimmed while a live log is open"
        self._do(words, lambda: self.display.dim(dims_log=dims_log))

    def _do(self, name: str, act: Callable[[], None]) -> None:
        before: DisplayState = self.display.state
        act()
        deed(self.undo, name, before, self.display.state, self.display.restore)
