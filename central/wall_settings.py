"""The two roles of a database behind ``central.walls``; the section ``[walls]`` of ``central.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SECTION = "walls"


@dataclass(frozen=True, slots=True, kw_only=True)
class WallSettings:
    """``word``: what the store says to its database to be shown everything; empty = there is no second wall.

    ``owner_url``: the database as its owner reaches it, to migrate and to erase by law. It may be left out of the
    settings of a server that does neither.
    """

    word: str = ""
    owner_url: str = ""

    def lines(self) -> list[str]:
        """The section; nothing where there is no wall."""
        if not self.word:
            return []
        return [f"{_SECTION}.word = {_quoted(self.word)}", f"{_SECTION}.owner_url = {_quoted(self.owner_url)}"]

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> WallSettings:
        """From ``central.toml``."""
        section = raw.get(_SECTION, {})
        return cls(word=str(section.get("word", "")), owner_url=str(section.get("owner_url", "")))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
