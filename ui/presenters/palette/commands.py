"""Commands as lines of the palette: each with its keys, and where it works when that is not here."""

from __future__ import annotations

from collections.abc import Collection

from ui.presenters.commands import Scope
from ui.presenters.palette.items import Item, Kind
from ui.presenters.shortcuts import ShortcutRow, Shortcuts

PINNED = ("note", "mark", "evidence", "coverage", "send_now")
"""What an empty query offers until there are five recent commands: the five most common tasks (ux 4)."""
OFFERED_FIRST = 5


def command_items(shortcuts: Shortcuts, here: Collection[str]) -> tuple[Item, ...]:
    """Every command of the app but the palette itself."""
    return tuple(_item(row, row.command.id in here) for row in shortcuts.state.rows if row.command.id != "palette")


def first_offers(items: tuple[Item, ...], recent: tuple[str, ...]) -> tuple[Item, ...]:
    """Recent and pinned commands, then every other that means something here, then the rest."""
    by_id = {item.target: item for item in items}
    first = [name for name in dict.fromkeys((*recent, *PINNED)) if name in by_id][:OFFERED_FIRST]
    rest = sorted((item for item in items if item.target not in first), key=lambda item: not item.is_here)
    return (*(by_id[name] for name in first), *rest)


def _item(row: ShortcutRow, is_here: bool) -> Item:
    where = "" if is_here or row.command.scope is Scope.EVERYWHERE else row.scope
    keys = row.shown_keys.split(", ", maxsplit=1)[0]
    return Item(
        kind=Kind.COMMAND, target=row.command.id, words=row.command.words,
        detail="   ".join(part for part in (where, keys) if part), is_here=is_here,
    )  # fmt: skip
