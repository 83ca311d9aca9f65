"""Reading one large JSON object element by element, in the memory of its largest element.

An export of 20,000 notes is some 60 MB, which as Python objects is ten times that: only one element is held at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from fieldkit.kernel.errors import Refusal

LARGEST: Final = 32 * 2**20
"""Characters that one element may have; the largest of ours is a note's revision of some hundred kB."""
_PIECE: Final = 2**18
_SPACE: Final = " \t\r\n"


def elements(source: IO[str]) -> Iterator[tuple[str, Any]]:
    """The keys of the object in ``source``, each with its value; of a list each element by itself.

    Raises ``Refusal('import.malformed')`` for anything but one JSON object, or an element beyond ``LARGEST``.
    """
    try:
        yield from _object(_Text(source))
    except (ValueError, RecursionError) as error:
        raise Refusal("import.malformed") from error


def _object(text: _Text) -> Iterator[tuple[str, Any]]:
    text.take("{")
    if text.peek() == "}":
        text.take("}")
        text.end()
        return
    while True:
        key = text.value()
        if not isinstance(key, str):
            raise ValueError("a key is a string")
        text.take(":")
        if text.peek() == "[":
            for one in _list(text):
                yield key, one
        else:
            yield key, text.value()
        if text.peek() != ",":
            break
        text.take(",")
    text.take("}")
    text.end()


def _list(text: _Text) -> Iterator[Any]:
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.peek() != ",":
            break
        text.take(",")
    text.take("]")


class _Text:
    """What is read of the file and not yet taken."""

    def __init__(self, source: IO[str]) -> None:
        self._source = source
        self._held = ""
        self._at = 0
        self._decoder = json.JSONDecoder(parse_constant=_no_number)

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._held):
                if self._held[self._at] not in _SPACE:
                    return self._held[self._at]
                self._at += 1
            if not self._more(_PIECE):
                return ""

    def take(self, wanted: str) -> None:
        """Raises ``ValueError`` where something else stands next."""
        if self.peek() != wanted:
            raise ValueError(f"{wanted} expected")
        self._at += 1

    def value(self) -> Any:
        """The next value, whole."""
        piece = _PIECE
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
            except json.JSONDecodeError:
                if len(self._held) - self._at > LARGEST or not self._more(piece):
                    raise
            else:
                if end < len(self._held) or not self._more(piece):
                    self._at = end
                    return value
            piece *= 2  # else an element of many pieces would be read anew for each of them

    def end(self) -> None:
        """Raises ``ValueError`` where something follows."""
        if self.peek():
            raise ValueError("more than one object")

    def _more(self, size: int) -> bool:
        piece = self._source.read(size)
        self._held, self._at = self._held[self._at :] + piece, 0
        return bool(piece)


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
