"""Filters kept under a name, in the vault: they may name people by code and visits by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.app.workspace import Workspace
from fieldkit.kernel.errors import Mistake
from ui.presenters.services import Failed
from ui.presenters.undo import Deed, UndoStack

SAVED = "evidence/saved_filters"
"""The vault setting that holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A filter and what it is called."""

    name: str
    text: str


def read_saved(setting: str) -> tuple[Saved, ...]:
    """From the vault's setting; what does not read so is left out."""
    try:
        pairs = json.loads(setting) if setting else []
    except ValueError:
        return ()
    if not isinstance(pairs, list):
        return ()
    good = (
        pair for pair in pairs if isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair)
    )
    return tuple(Saved(name=name, text=text) for name, text in good)


def write_saved(saved: tuple[Saved, ...]) -> str:
    """What ``read_saved`` reads."""
    return json.dumps([[one.name, one.text] for one in saved], ensure_ascii=False)


class SavedFilters:
    """Keeps, renames and deletes them; each deed can be undone. ``changed`` is called with what there is now."""

    def __init__(
        self,
        workspace: Workspace,
        undo: UndoStack,
        saved: tuple[Saved, ...],
        changed: Callable[[tuple[Saved, ...]], None],
        troubled: Failed,
    ) -> None:
        self._workspace = workspace
        self._undo = undo
        self._changed = changed
        self._troubled = troubled
        self.all = saved

    def save(self, name: str, text: str) -> None:
        """Keep a filter. Raises ``Mistake('filter.no_name' | 'filter.nothing_to_save' | 'filter.name_taken')``."""
        if not text.strip():
            raise Mistake("filter.nothing_to_save", field="name")
        new = Saved(name=self._free(name), text=text.strip())
        self._do(f"Filter ‘{new.name}’ saved", (*self.all, new))

    def rename(self, before: str, after: str) -> None:
        """Call a filter something else. Raises ``Mistake('filter.no_name' | 'filter.name_taken')``."""
        name = self._free(after, besides=before)
        renamed = tuple(Saved(name=name, text=one.text) if one.name == before else one for one in self.all)
        self._do(f"Filter ‘{before}’ renamed", renamed)

    def delete(self, name: str) -> None:
        """Forget a filter; the notes it found stay as they are."""
        self._do(f"Filter ‘{name}’ deleted", tuple(one for one in self.all if one.name != name))

    def text_of(self, name: str) -> str | None:
        """The filter called so."""
        return next((one.text for one in self.all if one.name == name), None)

    def _free(self, name: str, besides: str = "") -> str:
        name = " ".join(name.split())
        if not name:
            raise Mistake("filter.no_name", field="name")
        if any(one.name.casefold() == name.casefold() and one.name != besides for one in self.all):
            raise Mistake("filter.name_taken", field="name", name=name)
        return name

    def _do(self, words: str, after: tuple[Saved, ...]) -> None:
        before = self.all
        if after == before:
            return
        self._keep(after)
        self._undo.did(Deed(name=words, undo=lambda: self._keep(before), redo=lambda: self._keep(after)))

    def _keep(self, saved: tuple[Saved, ...]) -> None:
        self.all = saved
        self._changed(saved)
        self._workspace.perform(
            lambda uow: uow.set_setting(SAVED, write_saved(saved)), initiator="evidence", failed=self._troubled
        )
