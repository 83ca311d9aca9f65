"""The statements used last, of all screens together: the list under the line and the tag panel put them first."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 8
"""As many as the list under the line has rows."""


class Recents:
    """Newest first; forgotten when the vault is locked."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    @property
    def statements(self) -> tuple[tuple[str, str], ...]:
        """Pack and statement, by their ids."""
        return tuple(self._found)

    def use(self, pack: str, statement: str) -> None:
        """A note was tagged with it just now."""
        one = (pack, statement)
        self._found = [one, *(other for other in self._found if other != one)][:MOST]

    def remember(self, older: Iterable[tuple[str, str]]) -> None:
        """Tags of notes that were there before, newest first; what was used since stays in front."""
        self._found = list(dict.fromkeys((*self._found, *older)))[:MOST]
