"""Which keys do what on this laptop: every shortcut can be changed, removed and reset (ux S14, WCAG 2.1.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from fieldkit.kernel.errors import Mistake
from ui.presenters import keys as chords
from ui.presenters.commands import COMMANDS, Command, command, meet
from ui.presenters.presenter import Presenter


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptShortcuts:
    """What a person chose: the keys of commands that were changed, and whether Alt with a number does anything."""

    chosen: Mapping[str, tuple[str, ...]]
    alt_numbers: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutRow:
    """One command with the keys it has now."""

    command: Command
    keys: tuple[str, ...]
    is_changed: bool

    @property
    def scope(self) -> str:
        """Where it works, in words."""
        return self.command.scope.value

    @property
    def shown_keys(self) -> str:
        """``Ctrl+Y, Ctrl+Shift+Z``, or empty."""
        return ", ".join(chords.shown(one) for one in self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutsState:
    """Every command in the order of the table."""

    rows: tuple[ShortcutRow, ...]
    alt_numbers: bool = True


Keep = Callable[[KeptShortcuts], None]


class Shortcuts(Presenter[ShortcutsState]):
    """``changed`` tells the window to bind anew; ``keep`` writes the choice to the settings file."""

    def __init__(self, kept: KeptShortcuts | None = None, keep: Keep | None = None) -> None:
        self._keep = keep or (lambda _: None)
        found = kept or KeptShortcuts(chosen={})
        known = {one.id for one in COMMANDS}
        good = {name: keys for name, keys in found.chosen.items() if name in known and all(map(_may_be, keys))}
        self._kept = replace(found, chosen=good)
        super().__init__(_state(self._kept))

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a command now. Raises ``StopIteration`` for an unknown one."""
        return next(row.keys for row in self.state.rows if row.command.id == name)

    def shown(self, name: str) -> str:
        """The first of them as a button shows it: ``Ctrl+K``, or empty."""
        return next((chords.shown(one) for one in self.keys(name)), "")

    def change(self, name: str, keys: str | tuple[str, ...]) -> None:
        """Give a command other keys, in any spelling. Raises ``Mistake`` with the words of ux S14; nothing is kept."""
        asked = (keys,) if isinstance(keys, str) else keys
        wanted = tuple(dict.fromkeys(chords.spelled(one) or one.strip() for one in asked))
        if not wanted:
            raise Mistake("keys.none", field="keys")
        for one in wanted:
            chords.check(one)
            self._check_free(name, one)
        self._choose(name, wanted)

    def remove(self, name: str) -> None:
        """Leave a command without keys; the palette still finds it."""
        self._choose(name, ())

    def reset(self, name: str) -> None:
        """Back to the keys FieldKit came with. Raises ``Mistake`` where another command was given them since."""
        for one in command(name).keys:
            self._check_free(name, one)
        self._set(replace(self._kept, chosen={key: one for key, one in self._kept.chosen.items() if key != name}))

    def reset_all(self) -> None:
        """Everything as it came."""
        self._set(KeptShortcuts(chosen={}))

    def turn_off_alt_numbers(self) -> None:
        """Alt with a number does nothing any more."""
        self._set(replace(self._kept, alt_numbers=False))

    def turn_on_alt_numbers(self) -> None:
        """As it came."""
        self._set(replace(self._kept, alt_numbers=True))

    def restore(self, kept: KeptShortcuts) -> None:
        """Undo: exactly what was chosen before."""
        self._set(kept)

    @property
    def kept(self) -> KeptShortcuts:
        """What is chosen now, for undo."""
        return self._kept

    def named(self, chord: str) -> tuple[str, ...]:
        """The commands that these keys stand for; which of them is meant depends on the screen."""
        return tuple(row.command.id for row in self.state.rows if chord in row.keys)

    def _check_free(self, name: str, chord: str) -> None:
        mine = command(name)
        for row in self.state.rows:
            if row.command.id != name and chord in row.keys and meet(row.command.scope, mine.scope):
                raise Mistake("keys.taken", field="keys", keys=chords.shown(chord), words=row.command.words)

    def _choose(self, name: str, keys: tuple[str, ...]) -> None:
        chosen = {key: one for key, one in self._kept.chosen.items() if key != name}
        if keys != command(name).keys:
            chosen[name] = keys
        self._set(replace(self._kept, chosen=chosen))

    def _set(self, kept: KeptShortcuts) -> None:
        self._kept = kept
        self._show(_state(kept))
        self._keep(kept)


def _may_be(chord: str) -> bool:
    """A file that somebody changed by hand must not make a letter, or Ctrl+V, do something else."""
    try:
        chords.check(chord)
    except Mistake:
        return False
    return True


def _state(kept: KeptShortcuts) -> ShortcutsState:
    rows = tuple(_row(one, kept) for one in COMMANDS)
    return ShortcutsState(rows=rows, alt_numbers=kept.alt_numbers)


def _row(one: Command, kept: KeptShortcuts) -> ShortcutRow:
    is_changed = one.id in kept.chosen
    keys = kept.chosen[one.id] if is_changed else tuple(key for key in one.keys if not _is_given_away(one, key, kept))
    allowed = tuple(key for key in keys if kept.alt_numbers or not chords.is_alt_number(key))
    return ShortcutRow(command=one, keys=allowed, is_changed=is_changed)


def _is_given_away(one: Command, chord: str, kept: KeptShortcuts) -> bool:
    """Whether a person gave these keys to another command before a later FieldKit put them on this one."""
    return any(chord in keys and meet(command(name).scope, one.scope) for name, keys in kept.chosen.items())
