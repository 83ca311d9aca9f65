"""Every command with its keys: change, remove, reset, and Alt with numbers off; each undone by Ctrl+Z (ux S14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldkit.kernel.errors import Mistake
from ui.presenters.field_error import FieldError
from ui.presenters.presenter import Listening, Presenter
from ui.presenters.settings.deeds import deed
from ui.presenters.shortcuts import ShortcutRow, Shortcuts, ShortcutsState
from ui.presenters.undo import UndoStack
from ui.presenters.wording import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyboardState:
    """``changing`` is the command whose keys are asked for."""

    rows: tuple[ShortcutRow, ...]
    alt_numbers: bool = True
    changing: str = ""
    errors: tuple[FieldError, ...] = ()
    notice: str = ""


class Keyboard(Presenter[KeyboardState]):
    """The page over ``Shortcuts``, which the window binds."""

    def __init__(self, shortcuts: Shortcuts, undo: UndoStack) -> None:
        super().__init__(KeyboardState(rows=shortcuts.state.rows, alt_numbers=shortcuts.state.alt_numbers))
        self._shortcuts = shortcuts
        self._undo = undo
        self._listening = Listening()
        self._listening.add(shortcuts.changed.listen(self._changed))

    def begin(self, name: str) -> None:
        """Ask for the keys of a command."""
        self._show(replace(self.state, changing=name, errors=(), notice=""))

    def leave(self) -> None:
        """Keep its keys as they are."""
        self._show(replace(self.state, changing="", errors=()))

    def change(self, keys: str) -> None:
        """Give the command the keys that were pressed or typed."""
        name = self.state.changing
        if name and self._try(name, lambda: self._shortcuts.change(name, keys), "keys changed"):
            self._show(replace(self.state, changing=""))

    def remove(self, name: str) -> None:
        """Leave a command without keys."""
        self._try(name, lambda: self._shortcuts.remove(name), "without keys")

    def reset(self, name: str) -> None:
        """Back to the keys FieldKit came with."""
        self._try(name, lambda: self._shortcuts.reset(name), "keys as they came")

    def reset_all(self) -> None:
        """Everything as it came."""
        self._try("", self._shortcuts.reset_all, "All keys as they came")

    def alt_numbers(self, *, are_on: bool) -> None:
        """Whether Alt with a number does anything."""
        act = self._shortcuts.turn_on_alt_numbers if are_on else self._shortcuts.turn_off_alt_numbers
        self._try("", act, "Alt+number keys turned on" if are_on else "Alt+number keys turned off")

    def close(self) -> None:
        """Hear nothing more."""
        self._listening.close()

    def words(self, name: str) -> str:
        """What the command is called."""
        return next((row.command.words for row in self.state.rows if row.command.id == name), "")

    def _try(self, name: str, act: Callable[[], None], what: str) -> bool:
        before = self._shortcuts.kept
        try:
            act()
        except Mistake as wrong:
            self._show(replace(self.state, errors=(FieldError(field="keys", text=sentence(wrong)),)))
            return False
        words = f"{self.words(name)}: {what}" if name else what
        deed(self._undo, words, before, self._shortcuts.kept, self._shortcuts.restore)
        self._show(replace(self.state, errors=(), notice=words))
        return True

    def _changed(self, state: ShortcutsState) -> None:
        self._show(replace(self.state, rows=state.rows, alt_numbers=state.alt_numbers))
