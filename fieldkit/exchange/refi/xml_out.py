"""Writing XML element by element into a file: the largest project is never held as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from fieldkit.exchange.refi.plain_text import plain

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


class XmlOut:
    """``attributes`` that are empty or None are left out, and so are containers that nothing is put into."""

    def __init__(self, target: IO[str]) -> None:
        self._target = target
        self._depth = 0
        target.write(_HEAD)

    @contextmanager
    def element(self, tag: str, /, **attributes: str | None) -> Iterator[None]:
        """Begin an element; what is written inside the block is in it."""
        self._begin(tag, attributes)
        self._target.write(">\n")
        self._depth += 1
        yield
        self._depth -= 1
        self._target.write(f"{' ' * self._depth}</{tag}>\n")

    def empty(self, tag: str, /, **attributes: str | None) -> None:
        """An element with nothing in it."""
        self._begin(tag, attributes)
        self._target.write("/>\n")

    def text(self, name: str, text: str) -> None:
        """An element with text; nothing where there is none."""
        if text:
            self._target.write(f"{' ' * self._depth}<{name}>{escape(plain(text, exact=True))}</{name}>\n")

    def _begin(self, name: str, attributes: Mapping[str, str | None]) -> None:
        said = "".join(f" {key}={quoteattr(plain(value, exact=True))}" for key, value in attributes.items() if value)
        self._target.write(f"{' ' * self._depth}<{name}{said}")


def moment(at: datetime | None) -> str | None:
    """``2026-11-12T09:00:00Z``."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
