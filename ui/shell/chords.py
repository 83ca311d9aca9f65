"""The window listens to every chord that stands for a command; what it does depends on the screen.

First run and the locked screen have keys of their own (Alt+B goes back), and Qt gives a chord that two listen to to
neither. So those that mean nothing before a vault is open are listened to only while one is.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.presenters.commands import Scope
from ui.presenters.shortcuts import ShortcutsState


class Chords:
    """``press`` is called with the chord, such as ``Ctrl+K``."""

    def __init__(self, window: QWidget, press: Callable[[str], None]) -> None:
        self._window = window
        self._press = press
        self._bound: dict[str, QShortcut] = {}
        self._everywhere: frozenset[str] = frozenset()
        self._is_inside = False

    def bind(self, state: ShortcutsState) -> None:
        """The chords commands have now."""
        for old in self._bound.values():
            old.setEnabled(False)
            old.deleteLater()
        chords = dict.fromkeys(key for row in state.rows for key in row.keys)
        self._bound = {chord: self._listen(chord) for chord in chords}
        self._everywhere = frozenset(
            key for row in state.rows if row.command.scope is Scope.EVERYWHERE for key in row.keys
        )
        self._heed()

    def be_inside(self, *, is_inside: bool) -> None:
        """Whether a vault is open."""
        self._is_inside = is_inside
        self._heed()

    def _heed(self) -> None:
        for chord, shortcut in self._bound.items():
            shortcut.setEnabled(self._is_inside or chord in self._everywhere)

    def _listen(self, chord: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(chord), self._window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        for heard in (shortcut.activated, shortcut.activatedAmbiguously):
            heard.connect(lambda: self._press(chord))
        return shortcut
